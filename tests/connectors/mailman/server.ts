import { createHash } from 'node:crypto';
import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { makeWorld } from './world.ts';
import type { Held, Membership, Request, ScriptedList, World } from './world.ts';

export const USER = 'restadmin';
export const PASSWORD = 'p:ä 9';

/** A core that answers as 3.3.8 was measured to (tests/real/mailman), or as an older version. */
export type ScriptedMailman = {
  readonly server: WireServer;
  readonly world: World;
  version: '3.3.8' | '3.3.2' | '3.2.2';
  readonly close: () => Promise<void>;
};

const GONE: WireAnswer = { status: 404, json: { title: '404 Not Found', description: '404 Not Found' } };
const NO_SUCH: WireAnswer = { status: 404, json: { title: '404 Not Found' } };
const bad = (description: string): WireAnswer => ({ status: 400, json: { title: '400 Bad Request', description } });
const DONE: WireAnswer = { status: 204 };

type Entry = Readonly<Record<string, unknown>>;

export async function startMailman(now: () => number): Promise<ScriptedMailman> {
  const world = makeWorld(now);
  const base = (): string => `${far.server.origin}/3.1`;

  const shownList = ({ id, address, title, description }: ScriptedList): Entry => ({
    advertised: true, display_name: title, fqdn_listname: address, list_id: id, list_name: address.split('@')[0], mail_host: 'lists.example',
    member_count: world.memberships.filter(({ list, role }) => list === id && role === 'member').length, volume: 1, description, self_link: `${base()}/lists/${id}`,
  });
  const shownHeld = (one: Held): Entry => ({
    request_id: one.id, listid: one.list, original_size: world.textOf(one).length, received_time: timeOf(one.at - 800), to_list: true, version: 3, _parsemsg: false, lang: 'en',
    envsender: 'noreply@lists.example', rule_hits: one.rules, rule_misses: ['emergency', 'loop', 'banned-address'], member_moderation_action: 'hold', moderation_sender: one.sender,
    moderation_reasons: one.reasons, self_link: `${base()}/lists/${one.list}/held/${one.id}`, msg: world.textOf(one), message_id: one.messageId, sender: one.sender, subject: one.subject,
    reason: one.reasons.map((reason) => (typeof reason === 'string' ? reason : reason.slice(1).reduce((text, part) => text.replace('{}', part), reason[0] ?? ''))).join('; '),
    hold_date: timeOf(one.at), original_subject: one.subject,
  });
  const shownMember = ({ id, list, email, role, action }: Membership): Entry => ({
    address: `${base()}/addresses/${email}`, bounce_score: 0, last_warning_sent: '0001-01-01T00:00:00', total_warnings_sent: 0, delivery_mode: 'regular', email, list_id: list,
    subscription_mode: 'as_address', role, ...(action === null ? {} : { moderation_action: action }), display_name: '', self_link: `${base()}/members/${id}`, member_id: id,
  });

  /** Since 3.3.2 and 3.3.3; before, a name that is not known is refused. */
  const unexpected = ({ query }: WireRequest): WireAnswer | null => {
    const known = ['count', 'page', ...(far.version === '3.2.2' ? [] : ['token_owner']), ...(far.version === '3.3.8' ? ['request_type'] : [])];
    const others = [...query.keys()].filter((name) => !known.includes(name));
    return others.length === 0 ? null : bad(`Unexpected parameters: ${others.join(', ')}`);
  };
  const bans = (list: string): Set<string> => world.bans.get(list) ?? new Set();
  const banRoutes = (path: string, listOf: (request: WireRequest) => string) => ({
    [`GET ${path}`]: guarded((request) => collection(request, [...bans(listOf(request))].toSorted(), (email) => ({ email }))),
    [`POST ${path}`]: guarded((request) => {
      const email = String(request.body['email']);
      if (!email.includes('@')) return bad(`Invalid Parameter "email": Expected a valid email address or regular expression, got ${email}.`);
      if (world.isBanned(listOf(request), email)) return bad('Address is already banned');
      bans(listOf(request)).add(email);
      world.deeds += 1;
      return { status: 201, headers: { location: `${base()}${path}/${email}` } };
    }),
    [`GET ${path}/:email`]: guarded((request) => (world.isBanned(listOf(request), request.at['email'] ?? '') ? answer({ email: request.at['email'] }) : notBanned(request))),
    [`DELETE ${path}/:email`]: guarded((request) => {
      if (!world.isBanned(listOf(request), request.at['email'] ?? '')) return notBanned(request);
      bans(listOf(request)).delete(request.at['email'] ?? '');
      world.deeds += 1;
      return DONE;
    }),
  });
  const memberRoute = (role: string) => guarded(({ at }) => {
    const one = world.memberAt(at['list'] ?? '', at['email'] ?? '', role);
    return one === undefined ? NO_SUCH : answer(shownMember(one));
  });
  const heldAt = ({ at }: WireRequest): Held | undefined => world.held.find(({ id, list }) => String(id) === at['id'] && list === at['list']);
  const requestAt = ({ at }: WireRequest): Request | undefined => world.requests.find(({ token, list }) => token === at['token'] && list === at['list']);
  const onList = (then: (list: ScriptedList, request: WireRequest) => WireAnswer) => guarded((request) => {
    const list = [...world.lists.values()].find(({ id, address }) => id === request.at['list'] || address === request.at['list']);
    return list === undefined ? NO_SUCH : then(list, { ...request, at: { ...request.at, list: list.id } });
  });

  const server = await startWireServer({
    'GET /3.1/system/versions': guarded(() => answer({ mailman_version: `GNU Mailman ${far.version} (Tom Sawyer)`, python_version: '3.11.2', api_version: '3.1', self_link: `${base()}/system/versions` })),
    'GET /3.1/lists': guarded((request) => collection(request, [...world.lists.values()], shownList)),
    'GET /3.1/lists/:list/config': onList(({ description, info, title }) => answer({ acceptable_aliases: [], description, info, display_name: title, emergency: false, default_member_action: 'defer' })),
    'GET /3.1/lists/:list/held': onList(({ id }, request) => collection(request, world.held.filter(({ list }) => list === id), shownHeld)),
    'GET /3.1/lists/:list/held/count': onList(({ id }) => (far.version === '3.2.2' ? GONE : answer({ count: world.held.filter(({ list }) => list === id).length }))),
    'GET /3.1/lists/:list/held/:id': onList((_, request) => {
      const one = heldAt(request);
      return one === undefined ? GONE : answer(shownHeld(one));
    }),
    'POST /3.1/lists/:list/held/:id': onList((_, request) => {
      const action = String(request.body['action']);
      if (!ACTIONS.has(action)) return bad('Invalid Parameter "action": Accepted Values are: hold, reject, discard, accept, defer.');
      const one = heldAt(request);
      if (one === undefined) return GONE;
      world.handle(one, action, commentIn(request, 'comment'));
      return DONE;
    }),
    'GET /3.1/lists/:list/requests': onList(({ id }, request) => unexpected(request) ?? collection(request, world.requests.filter(({ list, type, owner }) => (
      list === id && type === (request.query.get('request_type') ?? 'subscription') && (request.query.get('token_owner') ?? owner) === owner
    )), shownRequest)),
    'GET /3.1/lists/:list/requests/:token': onList((_, request) => {
      const one = requestAt(request);
      return one === undefined ? GONE : answer(shownRequest(one));
    }),
    'POST /3.1/lists/:list/requests/:token': onList((_, request) => {
      const one = requestAt(request);
      if (one === undefined) return GONE;
      const action = String(request.body['action']);
      const taken = action === 'accept' && one.type === 'subscription' && world.memberAt(one.list, one.email, 'member') !== undefined;
      world.settle(one, taken ? 'discard' : action, commentIn(request, 'reason'));
      return taken ? { status: 409, json: { title: '409 Conflict', description: 'Already subscribed' } } : DONE;
    }),
    'GET /3.1/lists/:list/member/:email': memberRoute('member'),
    'GET /3.1/lists/:list/nonmember/:email': memberRoute('nonmember'),
    ...banRoutes('/3.1/lists/:list/bans', ({ at }) => at['list'] ?? ''),
    ...banRoutes('/3.1/bans', () => ''),
    'GET /3.1/members/find': guarded((request) => collection(request, world.memberships.filter(({ email }) => email === request.query.get('subscriber')), shownMember)),
    'GET /3.1/members/:id': guarded(({ at }) => {
      const one = world.memberships.find(({ id }) => id === at['id']);
      return one === undefined ? GONE : answer(shownMember(one));
    }),
    'PATCH /3.1/members/:id': guarded(({ at, body }) => {
      const one = world.memberships.find(({ id }) => id === at['id']);
      if (one === undefined) return GONE;
      one.action = String(body['moderation_action']) || null;
      world.deeds += 1;
      return DONE;
    }),
    'DELETE /3.1/members/:id': guarded(({ at, body }) => {
      const one = world.memberships.find(({ id }) => id === at['id']);
      if (one === undefined) return GONE;
      if (body['pre_approved'] !== 'True') return { status: 202, json: { token: 'f00', token_owner: 'moderator' } };
      world.memberships.splice(world.memberships.indexOf(one), 1);
      world.deeds += 1;
      return DONE;
    }),
    'POST /3.1/members': guarded(({ body }) => {
      const [list, email, role] = [String(body['list_id']), String(body['subscriber']), body['role'] === 'nonmember' ? 'nonmember' as const : 'member' as const];
      if (world.memberAt(list, email, role) !== undefined) return { status: 409, json: { title: '409 Conflict', description: 'Member already subscribed' } };
      const { id } = world.join(list, email, role);
      world.deeds += 1;
      return { status: 201, headers: { location: `${base()}/members/${id}` } };
    }),
    'GET /3.1/addresses/:email': guarded(({ at }) => (
      world.memberships.some(({ email }) => email === at['email']) ? answer({ email: at['email'], original_email: at['email'], registered_on: timeOf(1_000_000_000_000), self_link: '' }) : GONE
    )),
  });
  const far: ScriptedMailman = { server, world, version: '3.3.8', close: () => server.close() };
  return far;
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}123`;
}

function shownRequest({ token, type, list, email, name, at, owner }: Request): Entry {
  return { token, type, list_id: list, email, display_name: name, when: new Date(at).toISOString().slice(0, 19), token_owner: owner };
}

const ACTIONS = new Set(['hold', 'reject', 'discard', 'accept', 'defer']);

function commentIn({ body }: WireRequest, name: string): string | undefined {
  return typeof body[name] === 'string' ? body[name] : undefined;
}

function notBanned({ at }: WireRequest): WireAnswer {
  return { status: 404, json: { title: '404 Not Found', description: `Email is not banned: ${at['email'] ?? ''}` } };
}

/** Every answer carries its entity tag, in quotes (mailman/rest/helpers.py, etag). */
function tagged(resource: Entry): Entry {
  return { ...resource, http_etag: `"${createHash('sha1').update(JSON.stringify(resource)).digest('hex')}"` };
}

function answer(resource: Entry): WireAnswer {
  return { json: tagged(resource) };
}

/** A page, or everything where none is asked for; one past the end has no entries at all, half a question is an error. */
function collection<One>({ query }: WireRequest, all: readonly One[], shown: (one: One) => Entry): WireAnswer {
  const [count, page] = [query.get('count'), query.get('page')];
  if ((count === null) !== (page === null)) return { status: 500, json: { title: '500 Internal Server Error' } };
  if (page !== null && Number(page) < 1) return { status: 400, json: { title: 'Invalid parameter', description: 'The "page should be greater than 0." parameter is invalid. 0' } };
  const start = count === null ? 0 : (Number(page) - 1) * Number(count);
  const some = count === null ? all : all.slice(start, start + Number(count));
  return answer({ start, total_size: all.length, ...(some.length === 0 ? {} : { entries: some.map((one) => tagged(shown(one))) }) });
}

function guarded(then: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
  const wanted = `Basic ${Buffer.from(`${USER}:${PASSWORD}`, 'utf8').toString('base64')}`;
  return (request) => (request.headers.authorization === wanted ? then(request) : {
    status: 401, headers: { 'www-authenticate': 'Basic realm="mailman3-rest",charset="utf-8"' }, json: { title: '401 Unauthorized', description: 'REST API authorization failed' },
  });
}

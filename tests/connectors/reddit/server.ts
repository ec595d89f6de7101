import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { act } from './acts.ts';
import { shownAction, shownListing, shownNote, shownReplies, shownThing } from './render.ts';
import { inQueue, makeWorld } from './world.ts';
import type { Thing, World } from './world.ts';

export const CLIENT = 'docket-app';
export const ME = 'ines';
const TOKEN_S = 86_400;
/** A listing ends here, whatever is behind (r2/r2/lib/db/queries.py, precompute_limit). */
const CAP = 1000;

/** A Reddit that behaves as its documentation says (reddit.com/dev/api, github.com/Pyprohly/reddit-api-doc-notes, praw's cassettes). */
export type ScriptedReddit = World & {
  readonly server: WireServer;
  /** Scopes that a sign-in is given. */
  scopes: string;
  /** The app's secret; empty for an installed app. */
  secret: string;
  refreshToken: string;
  /** What the token endpoint gave out last; another one is no longer accepted. */
  accessToken: string;
  /** Requests left in the window of ten minutes, as the headers tell. */
  remaining: number;
  /** Whether the list of moderated subreddits has the permissions. */
  saysPermissions: boolean;
  /** Whether ines may read the log. */
  logs: boolean;
  readonly close: () => Promise<void>;
};

export async function startReddit(now: () => number): Promise<ScriptedReddit> {
  const world = makeWorld(now);
  let tokens = 0;
  const all = (): readonly Thing[] => [...world.things.values()];
  const perms = (multi: string | undefined, needed: string): boolean => [...world.subs].filter(([sub]) => covers(multi, sub)).some(([, { permissions }]) => permissions.includes('all') || permissions.includes(needed));

  function queue({ at, query }: WireRequest): WireAnswer {
    const list = at['list'] ?? '';
    if (!perms(at['sub'], 'posts')) return FORBIDDEN;
    const only = query.get('only');
    const rows = all().filter((thing) => covers(at['sub'], thing.sub) && inQueue(thing, list) && (only === null || thing.name.startsWith(only === 'links' ? 't3' : 't1')))
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1)).slice(0, CAP);
    return { json: paged(rows, query, 100, ({ name }) => name, (thing) => shownThing(thing)) };
  }

  /** An anchor that is no longer in the list still has its place in time. */
  function paged<Row extends object>(rows: readonly Row[], query: URLSearchParams, most: number, nameOf: (row: Row) => string, shown: (row: Row) => unknown): unknown {
    const limit = Math.min(most, Math.max(1, Number(query.get('limit') ?? 25)));
    const after = query.get('after');
    const anchor = after === null ? undefined : world.things.get(after);
    const place = rows.findIndex((row) => nameOf(row) === after);
    const from = after === null ? 0 : place !== -1 ? place + 1 : anchor === undefined ? rows.length : rows.findIndex((row) => 'createdAt' in row && Number(row.createdAt) < anchor.createdAt);
    const page = from === -1 ? [] : rows.slice(from, from + limit);
    return shownListing(page.map(shown), from !== -1 && from + limit < rows.length ? nameOf(page[page.length - 1] ?? rows[0] as Row) : null);
  }

  function token(request: WireRequest): WireAnswer {
    const { body, headers } = request;
    if (headers.authorization !== `Basic ${Buffer.from(`${CLIENT}:${far.secret}`).toString('base64')}`) return { status: 401, json: { message: 'Unauthorized', error: 401 } };
    if (body['grant_type'] === 'refresh_token' && body['refresh_token'] !== far.refreshToken) return { status: 400, json: { message: 'Bad Request', error: 400 } };
    // A wrong code is refused with status 200 (r2/r2/controllers/oauth2.py, _make_new_token_response).
    if (body['grant_type'] === 'authorization_code' && body['code'] !== 'good') return { json: { error: 'invalid_grant' } };
    tokens += 1;
    far.accessToken = `access-${tokens}`;
    return { json: { access_token: far.accessToken, token_type: 'bearer', expires_in: TOKEN_S, scope: far.scopes, ...(body['grant_type'] === 'refresh_token' ? {} : { refresh_token: far.refreshToken }) } };
  }

  const signedIn = (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest): WireAnswer => {
    const headers = { 'x-ratelimit-used': '19', 'x-ratelimit-remaining': `${far.remaining.toFixed(1)}`, 'x-ratelimit-reset': '55' };
    if (!/^desktop:\S+:v\S+ \(.+\)$/.test(request.headers['user-agent'] ?? '')) return { status: 429, json: { message: 'Too Many Requests', error: 429 } };
    if (request.headers.authorization !== `Bearer ${far.accessToken}`) return { status: 401, headers: { 'www-authenticate': 'Bearer realm="reddit", error="invalid_token"' }, json: { message: 'Unauthorized', error: 401 } };
    if (request.query.get('raw_json') !== '1') return { status: 500, text: 'this script writes no entities' };
    const given = answer(request);
    return { ...given, headers: { ...headers, ...given.headers } };
  };

  const server = await startWireServer({
    'POST /api/v1/access_token': token,
    'GET /api/v1/me': signedIn(() => ({ json: { name: ME, id: '4cixf', is_mod: true, is_suspended: false, created_utc: 1284611485.0, link_karma: 12, comment_karma: 9 } })),
    'GET /subreddits/mine/moderator': signedIn(({ query }) => (far.scopes.includes('mysubreddits') || far.scopes === '*'
      ? { json: paged([...world.subs], query, 100, ([sub]) => sub, ([sub, { permissions }]) => ({ kind: 't5', data: { name: 't5_1', display_name: sub, display_name_prefixed: `r/${sub}`, mod_permissions: far.saysPermissions ? permissions : [] } })) }
      : SCOPE)),
    'GET /r/:sub/about/log': signedIn(({ at, query }) => (far.logs ? { json: paged(world.log.filter(({ sub, action }) => covers(at['sub'], sub) && [null, action].includes(query.get('type'))), query, 500, ({ id }) => id, shownAction) } : NOT_FOUND)),
    'GET /r/:sub/about/rules': signedIn(({ at }) => (world.subs.has(at['sub'] ?? '') ? { json: { rules: world.rules, site_rules: ['Spam'], site_rules_flow: [] } } : { json: shownListing([]) })),
    'GET /r/:sub/about/banned': signedIn(({ at, query }) => ({ json: shownListing([...world.bans].filter(([key]) => key === `${at['sub']} ${query.get('user')}`).map(([key, ban]) => ({ rel_id: 'rb_1', name: key.split(' ')[1], id: 't2_x', date: ban.at / 1000, days_left: ban.days, note: ban.note }))) })),
    'GET /r/:sub/about/muted': signedIn(({ at, query }) => ({ json: shownListing([...world.mutes].filter((key) => key === `${at['sub']} ${query.get('user')}`).map((key) => ({ rel_id: 'rb_2', name: key.split(' ')[1], id: 't2_x', date: 1 }))) })),
    'GET /r/:sub/about/moderators': signedIn(({ at }) => ({ json: { kind: 'UserList', data: { children: [{ name: ME, id: 't2_4cixf', date: 1483592497.0, mod_permissions: world.subs.get(at['sub'] ?? '')?.permissions ?? [] }] } } })),
    'GET /r/:sub/about/:list': signedIn(queue),
    'GET /api/v1/:sub/removal_reasons': signedIn(() => ({ json: { data: Object.fromEntries([...world.reasons].map(([id, reason]) => [id, { id, ...reason }])), order: [...world.reasons.keys()].toReversed() } })),
    'GET /api/info': signedIn(({ query }) => {
      const ids = (query.get('id') ?? '').split(',');
      // More than 100 are all ignored.
      return { json: shownListing(ids.length > 100 ? [] : ids.flatMap((id) => (world.things.has(id) ? [shownThing(world.things.get(id) as Thing)] : []))) };
    }),
    'GET /comments/:id': signedIn(({ at, query }) => {
      const link = world.things.get(`t3_${at['id']}`);
      if (link === undefined) return NOT_FOUND;
      const comment = query.get('comment');
      const top = comment === null ? undefined : world.things.get(`t1_${comment}`);
      const parent = top?.parent === undefined || top.parent === null ? top : world.things.get(top.parent) ?? top;
      const tree = parent === undefined ? shownReplies(world, link.name) : shownListing([shownThing(parent, shownReplies(world, parent.name))]);
      return { json: [shownListing([shownThing(link)]), tree === '' ? shownListing([]) : tree] };
    }),
    'GET /user/:name/overview': signedIn(({ at, query }) => ({ json: paged(all().filter(({ author }) => author === at['name']), query, 100, ({ name }) => name, (thing) => shownThing(thing)) })),
    'GET /user/:name/about': signedIn(({ at }) => (at['name'] === 'shadow' ? NOT_FOUND : { json: { kind: 't2', data: { name: at['name'], id: 'x', created_utc: 1_500_000_000, link_karma: 40, comment_karma: 2 } } })),
    'GET /api/mod/notes': signedIn(({ query }) => ({ json: { mod_notes: world.notes.filter(({ sub, user }) => sub === query.get('subreddit') && user === query.get('user')).map(shownNote), start_cursor: null, end_cursor: null, has_next_page: false } })),
    'GET /api/mod/conversations': signedIn(({ query }) => ({ json: { viewerId: 't2_4cixf', conversationIds: [], conversations: {}, messages: Object.fromEntries(world.mails.filter(({ sub }) => sub === query.get('entity')).map(({ id, body }) => [id, { id, bodyMarkdown: body, date: '2026-01-01T00:00:00+00:00' }])) } })),
    'POST /api/:act': signedIn((request) => act(world, ME, request, perms)),
    'POST /api/mod/:act': signedIn((request) => act(world, ME, request, perms)),
    'POST /api/v1/modactions/:act': signedIn((request) => act(world, ME, request, perms)),
    'POST /r/:sub/api/:act': signedIn((request) => act(world, ME, request, perms)),
  }, { reads: (path) => path === '/api/v1/access_token' });

  const far: ScriptedReddit = Object.assign(world, {
    server, scopes: '*', secret: '', refreshToken: 'refresh-1', accessToken: '', remaining: 581, saysPermissions: true, logs: true, close: () => server.close(),
  });
  return far;
}

function covers(multi: string | undefined, sub: string): boolean {
  return multi === 'mod' || (multi ?? '').split('+').some((name) => name.toLowerCase() === sub.toLowerCase());
}

const FORBIDDEN: WireAnswer = { status: 403, json: { message: 'Forbidden', error: 403 } };
const NOT_FOUND: WireAnswer = { status: 404, json: { message: 'Not Found', error: 404 } };
const SCOPE: WireAnswer = { status: 403, headers: { 'www-authenticate': 'Bearer realm="reddit", error="insufficient_scope"' }, json: { message: 'Forbidden', error: 403 } };

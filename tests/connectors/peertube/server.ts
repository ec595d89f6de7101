import { startWireServer } from '../../support/wire-server.ts';
import type { Routes, WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { abuseJson, accountJson, commentJson, rootOf, treeJson, videoJson } from './render.ts';
import { makeWorld } from './world.ts';
import type { FarAbuse, FarAccount, World } from './world.ts';

/** Who is signed in and how; tests change it as they go. */
export type Setup = { role: number; password: string; otp: string | null; access: string; refresh: string; issued: number };
export type FarServer = { readonly server: WireServer; readonly world: World; readonly setup: Setup; readonly close: () => Promise<void> };

export const PASSWORD = 'a long pass phrase';
const HOST = '127.0.0.1';

type Sync = Readonly<Record<string, (request: WireRequest) => WireAnswer>>;
const DONE: WireAnswer = { status: 204 };

/** RFC 7807, as PeerTube answers what it refuses. */
function problem(status: number, detail: string, code = ''): WireAnswer {
  return { status, headers: { 'content-type': 'application/problem+json' }, json: { type: 'about:blank', title: 'Problem', detail, error: detail, status, ...(code === '' ? {} : { code }) } };
}

/** A PeerTube instance as its source behaves, in one process, on this machine only. */
export async function startFarServer(now: () => number, host = HOST): Promise<FarServer> {
  const world = makeWorld(host, now);
  const me = world.account('rosa');
  const setup: Setup = { role: 1, password: PASSWORD, otp: null, access: '', refresh: '', issued: 0 };
  const moderating = (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest): WireAnswer => {
    if (setup.access === '' || request.headers.authorization !== `Bearer ${setup.access}`) return problem(401, 'Token is invalid', 'invalid_token');
    return setup.role > 1 ? problem(403, 'User rosa does not have right MANAGE_ABUSES.') : answer(request);
  };
  const guarded = Object.entries({ ...abuseRoutes(world, me), ...contentRoutes(world), ...blockRoutes(world) }).map(([name, answer]) => [name, moderating(answer)] as const);
  const routes: Sync = { ...openRoutes(setup, me), ...Object.fromEntries(guarded) };
  const server = await startWireServer(Object.fromEntries(Object.entries(routes).map(([name, answer]) => [name.replace(' ', ' /api/v1'), answer])) satisfies Routes);
  return { server, world, setup, close: () => server.close() };
}

function openRoutes(setup: Setup, me: FarAccount): Sync {
  const issue = (): WireAnswer => {
    setup.issued += 1;
    Object.assign(setup, { access: `access-${setup.issued}`, refresh: `refresh-${setup.issued}` });
    return { json: { token_type: 'Bearer', access_token: setup.access, refresh_token: setup.refresh, expires_in: 86_399, refresh_token_expires_in: 1_209_599 } };
  };
  return {
    'GET /oauth-clients/local': () => ({ json: { client_id: 'local', client_secret: 'secret' } }),
    'POST /users/token': ({ body, headers }) => {
      if (body['client_id'] !== 'local' || body['client_secret'] !== 'secret') return problem(400, 'Invalid client: client is invalid', 'invalid_client');
      if (body['grant_type'] === 'refresh_token') return setup.refresh !== '' && body['refresh_token'] === setup.refresh ? issue() : problem(400, 'Invalid grant: refresh token is invalid', 'invalid_grant');
      if (body['username'] !== me.name || body['password'] !== setup.password) return problem(400, 'Invalid grant: user credentials are invalid', 'invalid_grant');
      if (setup.otp !== null && headers['x-peertube-otp'] === undefined) return problem(401, 'Missing two factor header', 'missing_two_factor');
      if (setup.otp !== null && headers['x-peertube-otp'] !== setup.otp) return problem(403, 'Invalid two factor header', 'invalid_two_factor');
      return issue();
    },
    'GET /users/me': ({ headers }) => (setup.access !== '' && headers.authorization === `Bearer ${setup.access}`
      ? { json: { id: 1, username: me.name, email: 'rosa@far.example', role: { id: setup.role, label: 'Moderator' }, account: accountJson(me) } } : problem(401, 'Token is invalid', 'invalid_token')),
    'GET /config/about': () => ({ json: { instance: { name: 'Far', shortDescription: '', description: '', terms: 'Be of age.', codeOfConduct: '# Conduct\n\n- **Be kind**\n- No adverts', moderationInformation: '' } } }),
  };
}

function paged(query: URLSearchParams, rows: readonly unknown[]): WireAnswer {
  const count = Number(query.get('count') ?? 15);
  const start = Number(query.get('start') ?? 0);
  // A larger count is refused, not cut.
  if (count > 100 || count < 0 || start < 0) return problem(400, 'Incorrect request parameters: count');
  return { json: { total: rows.length, data: rows.slice(start, start + count) } };
}

function abuseRoutes(world: World, me: FarAccount): Sync {
  const find = (id: string | undefined): FarAbuse | undefined => world.abuses.find((abuse) => String(abuse.id) === id);
  return {
    'GET /abuses': ({ query }) => {
      const [id, state, reportee] = [query.get('id'), query.get('state'), query.get('searchReportee')];
      // What nobody is left for who reported it is in every list (abuse-query-builder.ts).
      const found = world.shown().filter((abuse) => abuse.orphaned || ((id === null || String(abuse.id) === id) && (state === null || String(abuse.state) === state)
        && (reportee === null || world.flagged(abuse).name.includes(reportee))));
      const sorted = (query.get('sort') ?? '-createdAt').startsWith('-') ? found.toReversed() : found;
      const page = paged(query, sorted);
      const { data, total } = (page.json ?? {}) as { readonly data?: readonly FarAbuse[]; readonly total?: number };
      return data === undefined ? page : { json: { total, data: data.map((abuse) => abuseJson(world, abuse)) } };
    },
    'PUT /abuses/:id': ({ at, body }) => {
      const abuse = find(at['id']);
      const [state, comment] = [body['state'], body['moderationComment']];
      if (abuse === undefined) return problem(404, 'Abuse not found');
      if (comment !== undefined && (typeof comment !== 'string' || comment.length < 2 || comment.length > 3000)) return problem(400, 'Incorrect request parameters: moderationComment');
      world.set(abuse, typeof state === 'number' ? state : abuse.state, typeof comment === 'string' ? comment : undefined);
      // Accepting a report goes with what was done about it: that is what counts.
      if (state !== 3) world.acted();
      return DONE;
    },
    'GET /abuses/:id/messages': ({ at }) => {
      const abuse = find(at['id']);
      // The server looks where the reporter lives before it lists anything (checkAbuseValidForMessagesValidator).
      if (abuse?.orphaned === true) return problem(500, 'Cannot read properties of null (reading \'isLocal\')');
      if (abuse !== undefined && abuse.by.host !== world.host) return problem(400, 'This abuse was not created by a user of your instance.');
      const messages = abuse?.messages ?? [];
      return { json: { total: messages.length, data: messages.map(({ id, text, by, byModerator, at: when }) => ({ id, message: text, byModerator, createdAt: new Date(when).toISOString(), account: accountJson(by) })) } };
    },
    'POST /abuses/:id/messages': ({ at, body }) => {
      const abuse = find(at['id']);
      if (abuse === undefined) return problem(404, 'Abuse not found');
      if (abuse.by.host !== world.host) return problem(400, 'This abuse was created by a user of your instance.');
      abuse.messages.push({ id: abuse.messages.length + 1, text: String(body['message']), by: me, byModerator: true, at: abuse.updated });
      world.acted();
      return { json: { abuseMessage: { id: abuse.messages.length } } };
    },
  };
}

function contentRoutes(world: World): Sync {
  const video = (id: string | undefined) => world.videos.find((one) => !one.gone && (String(one.id) === id || one.uuid === id));
  const account = (name: string | undefined) => world.accounts.find((one) => `${one.name}@${one.host}` === name || (one.user !== null && one.name === name));
  const missing = problem(404, 'Video not found');
  return {
    'GET /videos/blacklist': ({ query }) => paged(query, world.videos
      .filter(({ blacklisted, automatic, name, gone }) => blacklisted && !gone && (query.get('type') === null || query.get('type') === (automatic ? '2' : '1')) && name.includes(query.get('search') ?? ''))
      .map((one) => ({ id: one.id + 500, createdAt: new Date(one.made).toISOString(), updatedAt: new Date(one.made).toISOString(), reason: one.automatic ? null : one.reason, unfederated: false, type: one.automatic ? 2 : 1, video: videoJson(one) }))),
    'GET /videos/:id': ({ at }) => {
      const found = video(at['id']);
      return found === undefined ? missing : { json: videoJson(found) };
    },
    'PUT /videos/:id': ({ at, text }) => {
      const found = video(at['id']);
      if (found === undefined) return missing;
      if (found.owner.user === null) return problem(403, 'Cannot manage a video of another server');
      const field = (name: string): string | undefined => new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(text)?.[1];
      if (field('commentsPolicy') !== undefined) found.comments = Number(field('commentsPolicy'));
      if (field('nsfw') !== undefined) found.nsfw = field('nsfw') === 'true';
      world.acted();
      return DONE;
    },
    'POST /videos/:id/blacklist': ({ at, body }) => {
      const found = video(at['id']);
      if (found === undefined) return missing;
      if (typeof body['reason'] === 'string' && (body['reason'].length < 2 || body['reason'].length > 300)) return problem(400, 'Incorrect request parameters: reason');
      if (found.blacklisted) return problem(409, 'This video is already blacklisted');
      Object.assign(found, { blacklisted: true, automatic: false, reason: String(body['reason'] ?? '') });
      world.acted();
      return DONE;
    },
    'DELETE /videos/:id/blacklist': ({ at }) => {
      const found = video(at['id']);
      if (found === undefined || !found.blacklisted) return problem(404, 'Blacklisted video not found');
      found.blacklisted = false;
      world.acted();
      return DONE;
    },
    'GET /videos/:id/comment-threads': ({ at, query }) => {
      const found = video(at['id']);
      return found === undefined ? missing : paged(query, world.comments.filter((one) => one.video === found && one.parent === null).map(commentJson));
    },
    'GET /videos/:id/comment-threads/:thread': ({ at }) => {
      const root = world.comments.find((one) => one.video === video(at['id']) && String(one.id) === at['thread'] && rootOf(one) === one);
      // Comments of muted accounts are left out.
      return root === undefined || world.muted.has(root.author) ? missing : { json: treeJson(world, root) };
    },
    'DELETE /videos/:id/comments/:comment': ({ at }) => {
      const found = world.comments.find((one) => one.video === video(at['id']) && String(one.id) === at['comment']);
      if (found === undefined) return problem(404, 'Video comment thread not found');
      if (found.deleted) return problem(409, 'This comment is already deleted');
      found.deleted = true;
      world.acted();
      return DONE;
    },
    'GET /accounts/:name': ({ at }) => {
      const found = account(at['name']);
      return found === undefined ? problem(404, 'Account not found') : { json: accountJson(found) };
    },
    'GET /accounts/:name/videos': ({ at, query }) => paged(query, world.videos.filter(({ owner, gone }) => !gone && owner === account(at['name'])).map(videoJson)),
  };
}

function blockRoutes(world: World): Sync {
  const account = (name: unknown) => world.accounts.find((one) => `${one.name}@${one.host}` === name);
  const block = (on: boolean) => ({ at, body }: WireRequest): WireAnswer => {
    const user = world.accounts.find((one) => String(one.user?.id) === at['id'])?.user;
    if (user === null || user === undefined) return problem(404, 'User not found');
    if (user.role < 2) return problem(403, 'You can only manage users.');
    Object.assign(user, { blocked: on, reason: on ? body['reason'] ?? null : null });
    world.acted();
    return DONE;
  };
  return {
    'GET /users': ({ query }) => paged(query, world.accounts.filter(({ user, name }) => user !== null && name.includes(query.get('search') ?? ''))
      .map((one) => ({ id: one.user?.id, username: one.name, email: `${one.name}@far.example`, blocked: one.user?.blocked, blockedReason: one.user?.reason, account: accountJson(one) }))),
    'GET /users/:id': ({ at, query }) => {
      const found = world.accounts.find(({ user }) => String(user?.id) === at['id']);
      const about = world.abuses.filter((abuse) => world.flagged(abuse) === found);
      const stats = { videosCount: world.videos.filter(({ owner }) => owner === found).length, videoCommentsCount: 0, abusesCount: about.length, abusesAcceptedCount: about.filter(({ state }) => state === 3).length, abusesCreatedCount: 2 };
      return found === undefined ? problem(404, 'User not found') : { json: { id: found.user?.id, username: found.name, ...(query.get('withStats') === 'true' ? stats : {}) } };
    },
    'POST /users/:id/block': block(true),
    'POST /users/:id/unblock': block(false),
    'GET /server/blocklist/accounts': ({ query }) => paged(query, [...world.muted].filter(({ name }) => name.includes(query.get('search') ?? '')).map((one) => ({ byAccount: accountJson(one), blockedAccount: accountJson(one), createdAt: new Date(one.made).toISOString() }))),
    'POST /server/blocklist/accounts': ({ body }) => {
      const found = account(body['accountName']);
      if (found === undefined) return problem(404, 'Account not found');
      world.muted.add(found);
      world.acted();
      return DONE;
    },
    'DELETE /server/blocklist/accounts/:name': ({ at }) => {
      const found = account(at['name']);
      if (found === undefined || !world.muted.delete(found)) return problem(404, 'Account block entry not found.');
      world.acted();
      return DONE;
    },
  };
}

import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';

export const TOKEN = 't-0123';

type User = { readonly uid: number; readonly username: string; bannedUntil: number | null; mutedUntil: number; readonly bans: { readonly at: number; readonly until: number; readonly by: number; readonly reason: string; readonly lifted?: boolean }[]; readonly mutes: { readonly at: number; readonly until: number; readonly by: number }[]; deleted: boolean };
type Post = { readonly pid: number; readonly tid: number; readonly uid: number; readonly content: string; readonly at: number; deleted: boolean; deleter?: number };
type Flag = {
  readonly id: number; readonly type: 'post' | 'user'; readonly targetId: number; readonly at: number; state: string; assignee: number | null;
  readonly reports: { readonly uid: number; readonly value: string; readonly at: number }[];
  readonly history: { readonly uid: number; readonly at: number; readonly changes: Readonly<Record<string, unknown>> }[];
  readonly notes: Note[];
};
type Note = { readonly uid: number; readonly content: string; readonly at: number };
type Queued = { readonly id: string; readonly uid: number; readonly content: string; readonly at: number };

/** A forum that behaves as NodeBB 4 does (public/openapi, and what was measured of 4.11). */
export type ScriptedNodebb = {
  readonly server: WireServer;
  readonly users: Map<number, User>;
  readonly posts: Map<number, Post>;
  readonly topics: Map<number, { locked: boolean }>;
  readonly topicEvents: { readonly tid: number; readonly type: 'lock' | 'unlock'; readonly uid: number; readonly at: number }[];
  readonly flags: Map<number, Flag>;
  readonly queue: Queued[];
  /** What the forum told authors of queued posts. */
  readonly notified: string[];
  /** What moderators wrote about members. */
  readonly memberNotes: Note[];
  readonly chats: { readonly roomId: number; readonly roomName: string; readonly uids: readonly number[]; readonly messages: string[] }[];
  /** 4.11 on Redis writes ids and times as text; later versions write numbers. */
  style: 'text' | 'numbers';
  /** What is told as everybody's full name; undefined leaves it out. */
  fullname: string | undefined;
  /** Whether the account reads the forum in German. */
  german: boolean;
  /** Whether ines may see flags and queue. */
  privileged: boolean;
  deeds: number;
  /** What the page of the token's owner says besides. */
  self: Readonly<Record<string, boolean>>;
  readonly addUser: (username: string) => number;
  readonly addPost: (uid: number, content: string, tid?: number) => number;
  /** Moves a post to the end of another topic. */
  readonly move: (pid: number, tid: number) => void;
  /** A report: another member's joins the flag there is. */
  readonly flag: (type: 'post' | 'user', targetId: number, by: number, value: string) => Flag;
  readonly hold: (uid: number, content: string) => Queued;
  readonly setState: (flagId: number, state: string, by: number) => void;
  readonly close: () => Promise<void>;
};

const OK = { code: 'ok', message: 'OK' };
const REFUSED = { status: 403, json: { error: 'You do not have enough privileges for this action.', path: '/api/flags' } };
/** Errors in the language of the account, or of the forum (src/controllers/helpers.js, generateError). */
const IN_GERMAN: Readonly<Record<string, string>> = {
  'Post does not exist': 'Der Beitrag existiert nicht', 'This post has already been deleted': 'Dieser Beitrag ist bereits gelöscht worden', 'This post has already been restored': 'Dieser Beitrag ist bereits wiederhergestellt worden',
};
const ALREADY = (what: string): WireAnswer => ({ status: 400, json: { status: { code: 'bad-request', message: what }, response: {} } });

export async function startNodebb(now: () => number): Promise<ScriptedNodebb> {
  let last = 100;
  const next = (): number => {
    last += 1;
    return last;
  };
  const id = (one: number): number | string => (far.style === 'text' ? String(one) : one);

  const shownUser = (uid: number, full = false): Readonly<Record<string, unknown>> | null => {
    const user = far.users.get(uid);
    if (user === undefined || user.deleted) return null;
    return {
      uid: id(uid), username: user.username, userslug: user.username, picture: null, reputation: id(4), 'icon:bgColor': '#f44336',
      ...(full ? { email: 'secret@forum.example', ips: ['192.0.2.7'], joindate: id(1000), postcount: id(7), banned: user.bannedUntil === null ? 0 : 1, 'banned:expire': user.bannedUntil ?? 0, mutedUntil: user.mutedUntil, aboutme: 'About me', fullname: far.fullname } : {}),
    };
  };
  const by = (uid: number): Readonly<Record<string, unknown>> => ({ uid: id(uid), username: far.users.get(uid)?.username, userslug: far.users.get(uid)?.username, picture: null });
  // A post of a flag does not name its topic (src/flags.js, getTarget); the posts of a member's page do.
  const shownPost = (pid: number, named = false): Readonly<Record<string, unknown>> => {
    const post = far.posts.get(pid);
    return post === undefined ? {} : {
      pid: id(pid), tid: id(post.tid), uid: id(post.uid), content: `<p>${post.content}</p>\n`, timestamp: id(post.at), edited: id(0), deleted: far.style === 'text' ? String(Number(post.deleted)) : post.deleted, deleterUid: id(post.deleter ?? 0),
      ip: '192.0.2.7', user: shownUser(post.uid), ...(named ? { topic: { title: `Topic ${post.tid}`, slug: `${post.tid}/topic` } } : {}),
    };
  };
  const shownFlag = (flag: Flag): Readonly<Record<string, unknown>> => ({
    state: flag.state, assignee: flag.assignee === null ? null : id(flag.assignee), heat: flag.reports.length, flagId: id(flag.id), type: flag.type, targetId: id(flag.targetId),
    targetUid: id(flag.type === 'user' ? flag.targetId : far.posts.get(flag.targetId)?.uid ?? 0), datetime: id(flag.at), labelClass: 'info', target_readable: `Post ${flag.targetId}`, datetimeISO: new Date(flag.at).toISOString(),
  });
  const detail = (flag: Flag): Readonly<Record<string, unknown>> => ({
    ...shownFlag(flag), target: flag.type === 'user' ? shownUser(flag.targetId, true) ?? {} : shownPost(flag.targetId), notes: flag.notes.map(({ uid, content, at }) => ({ uid, content, datetime: at, datetimeISO: new Date(at).toISOString(), user: by(uid) })),
    reports: flag.reports.map(({ uid, value, at }) => ({ value, timestamp: id(at), timestampISO: new Date(at).toISOString(), reporter: shownUser(uid) ?? former(uid) })),
  });
  /** Newest first; bans and changed addresses of the author stand in it, too (src/flags.js, getHistory). */
  const history = (flag: Flag): readonly unknown[] => [
    ...flag.history.map(({ uid, at, changes }) => ({ uid: id(uid), user: shownUser(uid) ?? former(uid), datetime: at, datetimeISO: new Date(at).toISOString(), fields: { ...changes, ...('state' in changes ? { state: `[[flags:state-${String(changes['state'])}]]` } : {}), ...('report' in changes ? { report: `[[flags:report-${String(changes['report'])}]]` } : {}) } })),
    { uid: 1, meta: [{ key: '[[user:change-email]]', value: 'secret@forum.example', labelClass: 'primary' }], datetime: 1, datetimeISO: '', user: null },
    { uid: 1, meta: [{ key: '[[user:banned]]', value: 'state-owned', labelClass: 'danger' }], datetime: now() + 1, datetimeISO: '', user: null },
  ].toReversed();
  const said = (what: string): string => (far.german ? IN_GERMAN[what] ?? what : what);
  const flagAt = ({ at }: WireRequest): Flag | undefined => far.flags.get(numberOf(at['id']));

  function setState(flagId: number, state: string, by: number): void {
    const flag = far.flags.get(flagId);
    // Unknown states and the same state once more are ignored in silence.
    if (flag === undefined || flag.state === state || !['open', 'wip', 'resolved', 'rejected'].includes(state)) return;
    flag.state = state;
    flag.history.push({ uid: by, at: now(), changes: { state } });
    far.deeds += 1;
  }
  const onUser = (answer: (user: User, request: WireRequest) => void) => guarded((request) => {
    // A DELETE without a JSON body (src/controllers/write/users.js reads req.body.reason).
    if (request.text === '') return { status: 400, json: { status: { code: 'bad-request', message: 'Cannot read properties of undefined (reading \'reason\')' }, response: {} } };
    const user = far.users.get(numberOf(request.at['id']));
    if (user === undefined) return ALREADY('User does not exist');
    answer(user, request);
    far.deeds += 1;
    return done({});
  });

  const server = await startWireServer({
    'GET /api/self': guarded(() => ({ json: { ...shownUser(far.ines, true), isAdmin: false, isGlobalModerator: far.privileged, isModerator: false, ...far.self } })),
    'GET /api/flags': guarded(({ query }) => {
      if (!far.privileged) return REFUSED;
      const states = query.getAll('state');
      const all = [...far.flags.values()].filter(({ state }) => states.length === 0 || states.includes(state)).toSorted((a, b) => a.at - b.at || a.id - b.id);
      const [page, perPage] = [Number(query.get('page') ?? 1), Number(query.get('perPage') ?? 20)];
      const shown = all.slice((page - 1) * perPage, page * perPage).map(shownFlag);
      return { json: { flags: shown, count: all.length, analytics: [], filters: {}, selected: {}, pagination: { currentPage: page, pageCount: Math.max(1, Math.ceil(all.length / perPage)) } } };
    }),
    'GET /api/flags/:id': guarded((request) => {
      const flag = flagAt(request);
      if (!far.privileged) return REFUSED;
      return flag === undefined ? { status: 404, json: { path: request.path, error: 'Not Found' } } : { json: { ...detail(flag), history: history(flag), assignees: [...far.users.values()].map(({ uid }) => by(uid)), title: 'Flag' } };
    }),
    'GET /api/v3/flags/:id': guarded((request) => {
      const flag = flagAt(request);
      return flag === undefined ? { status: 404, json: { status: { code: 'not-found', message: 'Flag does not exist' }, response: {} } } : done(detail(flag));
    }),
    'PUT /api/v3/flags/:id': guarded((request) => {
      const flag = flagAt(request);
      if (flag === undefined) return { status: 404, json: { status: { code: 'not-found', message: 'Flag does not exist' }, response: {} } };
      setState(flag.id, String(request.body['state']), far.ines);
      return done({ history: history(flag) });
    }),
    'POST /api/v3/flags/:id/notes': guarded((request) => {
      const flag = flagAt(request);
      flag?.notes.push({ uid: far.ines, content: String(request.body['note']), at: now() });
      return flag === undefined ? { status: 404, json: { status: { code: 'not-found', message: 'Flag does not exist' }, response: {} } } : done({ notes: [], history: [] });
    }),
    'GET /api/post-queue': guarded(({ query }) => shownQueue(far.queue, query)),
    'GET /api/post-queue/:id': guarded(({ query, at }) => shownQueue(far.queue.filter((one) => one.id === at['id']), query)),
    'POST /api/v3/posts/queue/:id': guarded(({ at }) => {
      const held = far.queue.find((one) => one.id === at['id']);
      const left = leaveQueue(at['id']);
      return held === undefined ? left : done({ post: { type: 'topic', pid: far.addPost(held.uid, held.content), tid: 1 } });
    }),
    'DELETE /api/v3/posts/queue/:id': guarded(({ at, body }) => {
      const left = leaveQueue(at['id']);
      if (left.status === undefined && typeof body['message'] === 'string') far.notified.push(body['message']);
      return left;
    }),
    'POST /api/v3/posts/queue/:id/notify': guarded(({ at, body }) => {
      if (!far.queue.some((one) => one.id === at['id'])) return ALREADY(said('Post does not exist'));
      far.notified.push(String(body['message']));
      far.deeds += 1;
      return done({});
    }),
    'GET /api/v3/posts/:id': guarded(({ at }) => (far.posts.has(numberOf(at['id'])) ? done(shownPost(numberOf(at['id']))) : { status: 404, json: { status: { code: 'not-found', message: said('Post does not exist') }, response: {} } })),
    'PUT /api/v3/posts/:id/state': guarded(({ at }) => setDeleted(numberOf(at['id']), false)),
    'DELETE /api/v3/posts/:id/state': guarded(({ at }) => setDeleted(numberOf(at['id']), true)),
    'GET /api/v3/posts/:id/index': guarded(({ at }) => done({ index: [...far.posts.values()].filter(({ tid }) => tid === far.posts.get(numberOf(at['id']))?.tid).findIndex(({ pid }) => pid === numberOf(at['id'])) })),
    'GET /api/topic/:id': guarded(({ at }) => shownTopic(numberOf(at['id']), 1)),
    'GET /api/topic/:id/:slug/:index': guarded(({ at }) => shownTopic(numberOf(at['id']), numberOf(at['index']))),
    'GET /api/v3/topics/:id/events': guarded(({ at }) => done({ events: far.topicEvents.filter(({ tid }) => tid === numberOf(at['id'])).map(({ type, uid, at: when }, place) => ({ id: place, type, uid: id(uid), user: by(uid), timestamp: when })) })),
    'PUT /api/v3/topics/:id/lock': guarded(({ at }) => lock(numberOf(at['id']), true)),
    'DELETE /api/v3/topics/:id/lock': guarded(({ at }) => lock(numberOf(at['id']), false)),
    'GET /api/v3/users/:id': guarded(({ at }) => {
      const shown = shownUser(numberOf(at['id']), true);
      return shown === null ? { status: 404, json: { status: { code: 'not-found', message: 'User does not exist' }, response: {} } } : done(shown);
    }),
    'PUT /api/v3/users/:id/ban': onUser((user, { body }) => {
      user.bannedUntil = Number(body['until']);
      user.bans.push({ at: now(), until: Number(body['until']), by: far.ines, reason: String(body['reason']) });
    }),
    'DELETE /api/v3/users/:id/ban': onUser((user) => {
      user.bannedUntil = null;
    }),
    'PUT /api/v3/users/:id/mute': onUser((user, { body }) => {
      user.mutedUntil = Number(body['until']);
      user.mutes.push({ at: now(), until: user.mutedUntil, by: far.ines });
    }),
    'DELETE /api/v3/users/:id/mute': onUser((user) => {
      user.mutedUntil = 0;
    }),
    'DELETE /api/v3/users/:id/account': onUser((user) => {
      user.deleted = true;
    }),
    'GET /api/user/:name/posts': guarded(({ at }) => ({ json: { posts: [...far.posts.values()].filter(({ uid }) => far.users.get(uid)?.username === at['name']).slice(-5).map(({ pid }) => shownPost(pid, true)) } })),
    'GET /api/user/:name/info': guarded(({ at }) => ({ json: { ips: ['192.0.2.7'], moderationNotes: far.memberNotes.map(({ uid, content, at: when }) => ({ uid, note: `<p>${content}</p>`, rawNote: content, timestamp: when, user: by(uid) })), history: { flags: [], mutes: [...far.users.values()].find(({ username }) => username === at['name'])?.mutes.map((mute) => ({ type: 'mute', timestamp: mute.at, until: mute.until, reason: '[[user:info.muted-no-reason]]', user: shownUser(mute.by) })) ?? [], bans: [...far.users.values()].find(({ username }) => username === at['name'])?.bans.map((ban) => ({ type: ban.lifted === true ? 'unban' : 'ban', timestamp: ban.at, until: ban.until, reason: ban.reason || '[[user:info.banned-no-reason]]', user: shownUser(ban.by) })) ?? [] } } })),
    'GET /api/v3/chats': guarded(() => done({ rooms: far.chats.map(({ roomId, roomName }) => ({ roomId, roomName })) })),
    'POST /api/v3/chats': guarded(({ body }) => {
      const room = { roomId: next(), roomName: String(body['roomName']), uids: Array.isArray(body['uids']) ? body['uids'].map(Number) : [], messages: [] };
      far.chats.push(room);
      return done(room);
    }),
    'GET /api/v3/chats/:id/messages': guarded(({ at }) => done({ messages: [{ messageId: 1, content: 'user-join', system: 1 }, ...far.chats.find(({ roomId }) => String(roomId) === at['id'])?.messages.map((content, place) => ({ messageId: place + 2, content, system: 0 })) ?? []] })),
    'POST /api/v3/chats/:id': guarded(({ at, body }) => {
      far.chats.find(({ roomId }) => String(roomId) === at['id'])?.messages.push(String(body['message']));
      far.deeds += 1;
      return done({});
    }),
    'GET /api/tos': guarded(() => ({ json: { termsOfUse: '<h2>Be civil</h2><p>Always.</p><h2>Stay on topic</h2><p>Please.</p>' } })),
  }, { now });

  function shownQueue(some: readonly Queued[], query: URLSearchParams): WireAnswer {
    if (!far.privileged) return { status: 404, json: { error: 'Not Found' } };
    const page = Number(query.get('page') ?? 1);
    return { json: { title: 'Queue', posts: some.slice((page - 1) * 20, page * 20).map((one) => ({
      id: one.id, uid: id(one.uid), type: 'topic', canEdit: true, user: shownUser(one.uid), topic: { cid: 2 }, category: { cid: 2, name: 'Talk' },
      data: { title: 'A &amp; B', content: `<p>${one.content}</p>`, rawContent: one.content, cid: 2, uid: one.uid, timestamp: one.at, req: { ip: '192.0.2.7', headers: { authorization: 'Bearer leaked', cookie: 'express.sid=leaked' } } },
    })), pagination: { pageCount: Math.max(1, Math.ceil(some.length / 20)) } } };
  }
  /** The page with the post of that place; the forum has 15 posts on a page (postsPerPage). */
  function shownTopic(tid: number, index: number): WireAnswer {
    const topic = far.topics.get(tid);
    if (topic === undefined) return { status: 404, json: { error: 'Not Found' } };
    const posts = [...far.posts.values()].filter((post) => post.tid === tid);
    // A place beyond the topic's end is answered with the address of its last post, as text.
    if (index > posts.length && posts.length > 0) return { headers: { 'x-redirect': encodeURIComponent(`/topic/${tid}/topic/${posts.length}`) }, json: `/topic/${tid}/topic/${posts.length}` };
    const from = Math.floor((index - 1) / 15) * 15;
    return { json: { tid: id(tid), title: `Topic ${tid}`, slug: 'topic', locked: topic.locked, posts: posts.slice(from, from + 15).map(({ pid }) => shownPost(pid)) } };
  }
  function leaveQueue(queuedId: string | undefined): WireAnswer {
    const place = far.queue.findIndex((one) => one.id === queuedId);
    if (place === -1) return ALREADY(said('Post does not exist'));
    far.queue.splice(place, 1);
    far.deeds += 1;
    return done({});
  }
  function setDeleted(pid: number, deleted: boolean): WireAnswer {
    const post = far.posts.get(pid);
    if (post === undefined) return ALREADY(said('Post does not exist'));
    if (post.deleted === deleted) return ALREADY(said(deleted ? 'This post has already been deleted' : 'This post has already been restored'));
    post.deleted = deleted;
    post.deleter = deleted ? far.ines : 0;
    far.deeds += 1;
    return done({});
  }
  function lock(tid: number, locked: boolean): WireAnswer {
    far.topics.set(tid, { locked });
    far.topicEvents.push({ tid, type: locked ? 'lock' : 'unlock', uid: far.ines, at: now() });
    far.deeds += 1;
    return done({});
  }

  const addUser = (username: string): number => {
    const uid = next();
    far.users.set(uid, { uid, username, bannedUntil: null, mutedUntil: 0, bans: [], mutes: [], deleted: false });
    return uid;
  };
  const far: ScriptedNodebb & { ines: number } = {
    server, users: new Map(), posts: new Map(), topics: new Map(), topicEvents: [], flags: new Map(), queue: [], notified: [], memberNotes: [], chats: [], style: 'text', fullname: undefined, german: false, privileged: true, self: {}, deeds: 0, ines: 0, addUser, setState,
    addPost(uid, content, tid) {
      const pid = next();
      const topic = tid ?? next();
      if (!far.topics.has(topic)) far.topics.set(topic, { locked: false });
      far.posts.set(pid, { pid, tid: topic, uid, content, at: now(), deleted: false });
      return pid;
    },
    move(pid, tid) {
      const post = far.posts.get(pid);
      far.posts.delete(pid);
      if (post !== undefined) far.posts.set(pid, { ...post, tid });
    },
    flag(type, targetId, by, value) {
      let flag = [...far.flags.values()].findLast((one) => one.type === type && one.targetId === targetId);
      if (flag === undefined) {
        flag = { id: next(), type, targetId, at: now(), state: 'open', assignee: null, reports: [], history: [], notes: [] };
        far.flags.set(flag.id, flag);
      }
      flag.reports.push({ uid: by, value, at: now() });
      // Another report opens a closed flag again (src/flags.js, create).
      if (flag.state !== 'open') flag.history.push({ uid: by, at: now(), changes: { state: 'open', report: 'added' } });
      flag.state = 'open';
      return flag;
    },
    hold(uid, content) {
      const one = { id: `topic-${1_700_000_000_000 + next()}`, uid, content, at: now() };
      far.queue.push(one);
      return one;
    },
    close: () => server.close(),
  };
  far.ines = addUser('ines');
  addUser('tomas');
  return far;
}

/** Who is gone is shown as a guest with a number of old (src/user/data.js, getUsersFields). */
function former(uid: number): Readonly<Record<string, unknown>> {
  return { uid: 0, oldUid: uid, username: '[[global:former-user]]', displayname: '[[global:former-user]]', userslug: '', fullname: '[[global:guest]]' };
}

function numberOf(text: string | undefined): number {
  return Number(text ?? Number.NaN);
}

function done(response: unknown): WireAnswer {
  return { json: { status: OK, response } };
}

function guarded(answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
  return (request) => (request.headers.authorization === `Bearer ${TOKEN}` ? answer(request) : { status: 401, json: { status: { code: 'not-authorised', message: 'A valid login session was not found.' }, response: {} } });
}

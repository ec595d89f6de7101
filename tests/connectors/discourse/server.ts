import { startWireServer } from '../../support/wire-server.ts';
import type { WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { actionsFor, applyAction, noteOf, sidesOf, wireOf } from './reviewables.ts';
import type { Forum, Reviewable } from './reviewables.ts';

export const KEY = 'k-0123';
export const USER_KEY = 'u-0123';
const PER_PAGE = 10;
const CONFLICT = 'There was an update from another user that prevents you from doing that.';
const NO_ACCESS = { status: 403, json: { errors: ['You are not permitted to view the requested resource. The API username or key is invalid.'], error_type: 'invalid_access' } };
const NOT_FOUND = { status: 404, json: { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' } };

/** A forum that behaves as app/controllers/reviewables_controller.rb and the API documentation say. */
export type ScriptedForum = Forum & {
  readonly server: WireServer;
  /** A flag on a post, in the order of the forum's clock; a handled item becomes pending again. */
  readonly flag: (postId: number, userId: number, type?: number, reason?: string) => Reviewable;
  readonly addPost: (userId: number, raw: string, topicId?: number) => number;
  readonly hold: (userId: number, raw: string) => Reviewable;
  readonly holdUser: (username: string) => Reviewable;
  readonly flagChat: (userId: number, text: string, byId: number) => Reviewable;
  readonly addUser: (username: string, more?: { readonly moderator?: boolean }) => number;
  /** Requests of the message bus that are held open; null where they are answered at once. */
  held: ((messages: readonly unknown[]) => void)[] | null;
  /** Another moderator reviews it. */
  readonly review: (id: number, action: string, by: number) => void;
  readonly close: () => Promise<void>;
};

export async function startForum(now: () => number): Promise<ScriptedForum> {
  const forum: Forum = {
    now, reviewables: new Map(), scores: new Map(), users: new Map(), posts: new Map(), topics: new Map(), claims: new Map(), chats: new Map(),
    messages: [], log: [], claiming: 'disabled', deeds: 0, next: 100, page: '', guidelines: '<h2><a name="p-1-civil-1" class="anchor"></a>Be civil</h2><p>Always &amp; to all.</p><h2>Stay on topic</h2><p>Please.</p>',
  };
  const id = (): number => {
    forum.next += 1;
    return forum.next;
  };
  const addUser: ScriptedForum['addUser'] = (username, more = {}) => {
    const one = id();
    forum.users.set(one, { id: one, username, name: username.toUpperCase(), moderator: more.moderator === true, trust: 1, silencedTill: null, suspendedTill: null });
    return one;
  };
  const me = addUser('ines', { moderator: true });
  addUser('tomas', { moderator: true });

  function add(fields: Pick<Reviewable, 'type' | 'targetId' | 'createdBy' | 'author' | 'topicId'> & { readonly payload?: Reviewable['payload'] }): Reviewable {
    const one: Reviewable = { payload: {}, ...fields, id: id(), status: 0, version: 0, createdAt: now(), scores: [] };
    forum.reviewables.set(one.id, one);
    return one;
  }
  function addScore(to: Reviewable, userId: number, type: number, reason: string | null): void {
    const one = { id: id(), userId, type, reason, status: 0, createdAt: now(), reviewedAt: null, reviewedBy: null };
    forum.scores.set(one.id, one);
    to.scores.push(one.id);
    if (to.status !== 0) {
      to.status = 0;
      to.version += 1;
    }
  }

  /** Reviewable#perform: claims, then whether the action is valid, then the version. */
  function perform(one: Reviewable, action: string, by: number, version: number): WireAnswer {
    const claimer = one.topicId === null ? undefined : forum.claims.get(one.topicId);
    if (forum.claiming !== 'disabled' && one.topicId !== null) {
      if (forum.claiming === 'required' && claimer === undefined) return { status: 422, json: { errors: ['You must claim items before you can review them.'] } };
      if (claimer !== undefined && claimer !== by) return { status: 422, json: { errors: ['This item has been claimed by another user.'] } };
    }
    if (!actionsFor(forum, one).includes(action)) return { status: 403, json: { errors: ['You are not permitted to do that.'], error_type: 'invalid_access' } };
    if (version !== one.version) return { status: 409, json: { errors: [CONFLICT] } };
    applyAction(forum, one, action, by);
    return { json: { reviewable_perform_result: { success: true, transition_to: ['pending', 'approved', 'rejected', 'ignored', 'deleted'][one.status], transition_to_id: one.status, remove_reviewable_ids: [one.id], version: one.version, reviewable_count: 0, unseen_reviewable_count: 0 } } };
  }

  const found = ({ at }: WireRequest): Reviewable | undefined => forum.reviewables.get(Number((at['id'] ?? '').replace('.json', '')));
  const listed = (query: URLSearchParams): Reviewable[] => {
    const pending = [...forum.reviewables.values()].filter(({ status }) => status === 0);
    const sign = query.get('sort_order') === 'created_at_asc' ? 1 : -1;
    return pending.toSorted((a, b) => sign * (a.createdAt - b.createdAt || a.id - b.id));
  };
  const penalise = (field: 'silencedTill' | 'suspendedTill', name: string, till: string) => guarded(({ at, body }) => {
    const user = forum.users.get(numberOf(at['id']));
    if (user === undefined) return NOT_FOUND;
    if (user.moderator) return { status: 403, json: { errors: ['You are not permitted to do that.'], error_type: 'invalid_access' } };
    if (String(body['reason']).length > 300 || Number.isNaN(Date.parse(String(body[till])))) return { status: 400, json: { failed: 'FAILED', errors: ['Reason is too long (maximum is 300 characters)'] } };
    if (user[field] !== null && user[field] > now()) return { status: 409, json: { failed: 'FAILED', message: `User was already ${name === 'silence' ? 'silenced' : 'suspended'} by tomas` } };
    user[field] = Date.parse(String(body[till]));
    user.penaltyBy = me;
    forum.deeds += 1;
    forum.log.push({ action: `${name}_user`, userId: user.id, by: me, at: now(), details: String(body['reason']) });
    return { json: { [name === 'silence' ? 'silence' : 'suspension']: { [`${name}d_till`]: body[till] } } };
  });
  const lift = (field: 'silencedTill' | 'suspendedTill', answer: string) => guarded(({ at }) => {
    const user = forum.users.get(numberOf(at['id']));
    if (user === undefined) return NOT_FOUND;
    user[field] = null;
    forum.deeds += 1;
    return { json: { [answer]: { [field]: null } } };
  });
  const postJson = (one: number, full = true): Readonly<Record<string, unknown>> => {
    const post = forum.posts.get(one);
    const user = forum.users.get(post?.userId ?? 0);
    return {
      id: one, user_id: post?.userId, username: user?.username, name: user?.name, cooked: `<p>${post?.raw ?? ''}</p>`, ...(full ? { raw: post?.raw } : {}),
      created_at: iso(post?.createdAt ?? 0), updated_at: iso(post?.createdAt ?? 0), version: 1, deleted_at: post?.deletedAt === null || post === undefined ? null : iso(post.deletedAt),
      hidden: post?.hidden ?? false, post_number: post?.number, topic_id: post?.topicId, topic_slug: 'a-topic',
    };
  };
  const topicJson = guarded(({ at }) => {
    const topic = forum.topics.get(numberOf(at['id']));
    if (topic === undefined) return NOT_FOUND;
    if (topic.id === 5) return { json: { id: 5, title: 'Guidelines', slug: 'faq', closed: false, post_stream: { posts: [{ id: 1, user_id: me, username: 'ines', cooked: forum.guidelines, post_number: 1, topic_id: 5, version: 1 }] } } };
    const near = numberOf(at['number']) || 1;
    const posts = [...forum.posts.values()].filter((post) => post.topicId === topic.id && Math.abs(post.number - near) <= 10);
    return { json: { id: topic.id, title: topic.title, slug: 'a-topic', closed: topic.closed, post_stream: { posts: posts.map((post) => postJson(post.id, false)) } } };
  });

  const server = await startWireServer({
    'GET /review.json': guarded(({ query }) => {
      const all = listed(query);
      const offset = Number(query.get('offset') ?? 0);
      const page = all.slice(offset, offset + PER_PAGE);
      return { json: {
        reviewables: page.map((one) => wireOf(forum, one)), ...sidesOf(forum, page),
        meta: {
          status: 'pending', total_rows_reviewables: all.length, types: { created_by: 'user' }, reviewable_types: ['ReviewableFlaggedPost'], reviewable_count: all.length, unseen_reviewable_count: 0,
          ...(offset + PER_PAGE < all.length ? { load_more_reviewables: `/review?offset=${offset + PER_PAGE}&status=pending` } : {}),
        },
        __rest_serializer: '1',
      } };
    }),
    'GET /review/count.json': guarded(() => ({ json: { count: listed(new URLSearchParams()).length } })),
    'GET /review/:id': guarded((request) => {
      const one = found(request);
      return one === undefined ? NOT_FOUND : { json: { reviewable: wireOf(forum, one), ...sidesOf(forum, [one]), meta: {}, __rest_serializer: '1' } };
    }),
    'PUT /review/:id/perform/:action': guarded((request) => {
      const version = request.query.get('version') ?? request.body['version'];
      if (version === undefined) return { status: 422, json: { errors: ['version is missing'] } };
      const one = found(request);
      return one === undefined ? NOT_FOUND : perform(one, (request.at['action'] ?? '').replace('.json', ''), me, Number(version));
    }),
    'POST /reviewable_claimed_topics.json': guarded(({ body }) => {
      const claim = body['reviewable_claimed_topic'];
      const topicId = Number(typeof claim === 'object' && claim !== null && 'topic_id' in claim ? claim.topic_id : 0);
      if (forum.claims.has(topicId)) return { status: 409, json: { errors: ['This item has been claimed by another user.'] } };
      forum.claims.set(topicId, me);
      return { json: { success: 'OK' } };
    }),
    'DELETE /reviewable_claimed_topics/:id': guarded(({ at }) => {
      forum.claims.delete(numberOf(at['id']));
      return { json: { success: 'OK' } };
    }),
    'GET /session/current.json': guarded(() => {
      const user = forum.users.get(me);
      return forum.bareKeys === true ? NO_ACCESS : { json: { current_user: { id: me, username: user?.username, name: user?.name, email: 'secret@forum.example', moderator: user?.moderator, admin: false, trust_level: 4, can_review: true } } };
    }),
    'POST /message-bus/:client/poll': guarded(({ body }) => {
      if (Object.values(body).includes(-1)) return { json: [{ global_id: -1, message_id: -1, channel: '/__status', data: Object.fromEntries(Object.keys(body).filter((name) => name.startsWith('/')).map((name) => [name, 40])) }] };
      const { held } = far;
      return held === null ? { json: [] } : new Promise((resolve) => {
        held.push((messages) => resolve({ json: messages }));
      });
    }),
    'POST /reviewables/:id/notes.json': guarded(({ at, body }) => {
      const given = body['reviewable_note'];
      const content = typeof given === 'object' && given !== null && 'content' in given ? String(given.content) : '';
      const one = { id: id(), content, by: me, at: now() };
      const item = forum.reviewables.get(numberOf(at['id']));
      if (item === undefined || forum.oldNotes === true) return NOT_FOUND;
      (item.notes ??= []).push(one);
      forum.deeds += 1;
      return { json: noteOf(forum, one) };
    }),
    'DELETE /reviewables/:id/notes/:note': guarded(({ at }) => {
      const notes = forum.reviewables.get(numberOf(at['id']))?.notes ?? [];
      const place = notes.findIndex((one) => one.id === numberOf(at['note']));
      if (place === -1) return NOT_FOUND;
      notes.splice(place, 1);
      forum.deeds += 1;
      return { json: { success: 'OK' } };
    }),
    'GET /chat/api/channels/:channel/messages.json': guarded(({ at, query }) => {
      const shown = [...forum.chats].filter(([, { channel }]) => String(channel) === at['channel']).map(([one, { text, deleted, by }]) => ({ id: one, message: text, cooked: `<p>${text}</p>`, created_at: iso(now()), chat_channel_id: Number(at['channel']), ...(deleted ? { deleted_at: iso(now()), deleted_by_id: 1 } : {}), user: { id: by, username: forum.users.get(by)?.username } }));
      return forum.chats.has(Number(query.get('target_message_id'))) ? { json: { messages: shown, meta: { target_message_id: Number(query.get('target_message_id')) } } } : NOT_FOUND;
    }),
    'DELETE /chat/api/channels/:channel/messages/:id': guarded(({ at }) => setChat(numberOf(at['id']), true)),
    'PUT /chat/api/channels/:channel/messages/:id/restore.json': guarded(({ at }) => setChat(numberOf(at['id']), false)),
    'GET /guidelines.html': guarded(() => ({ text: forum.page, headers: { 'content-type': 'text/html' } })),
    'GET /u/:name': guarded(({ at }) => {
      const user = [...forum.users.values()].find(({ username }) => `${username}.json` === at['name']);
      return user === undefined ? NOT_FOUND : { json: { user: { id: user.id, username: user.username, name: user.name, email: 'secret@forum.example', moderator: user.moderator, admin: false, trust_level: user.trust } } };
    }),
    'GET /admin/users/:id': guarded(({ at }) => {
      const user = forum.users.get(numberOf(at['id']));
      return user === undefined ? NOT_FOUND : { json: {
        id: user.id, username: user.username, name: user.name, ip_address: '192.0.2.7', created_at: iso(0), post_count: 12, trust_level: user.trust,
        silenced_till: user.silencedTill === null ? null : iso(user.silencedTill), suspended_till: user.suspendedTill === null ? null : iso(user.suspendedTill),
        ...(user.penaltyBy === undefined ? {} : { suspended_by: { id: user.penaltyBy, username: forum.users.get(user.penaltyBy)?.username, avatar_template: '/a.png' }, silenced_by: { id: user.penaltyBy, username: forum.users.get(user.penaltyBy)?.username, avatar_template: '/a.png' } }),
        penalty_counts: { silenced: 1, suspended: 0 }, flags_received_count: 3, warnings_received_count: 2,
      } };
    }),
    'PUT /admin/users/:id/silence.json': penalise('silencedTill', 'silence', 'silenced_till'),
    'PUT /admin/users/:id/suspend.json': penalise('suspendedTill', 'suspend', 'suspend_until'),
    'PUT /admin/users/:id/unsilence.json': lift('silencedTill', 'unsilence'),
    'PUT /admin/users/:id/unsuspend.json': lift('suspendedTill', 'suspension'),
    'GET /admin/logs/staff_action_logs.json': guarded(({ query }) => ({ json: { staff_action_logs: forum.log.filter(({ userId }) => forum.users.get(userId)?.username === query.get('target_user')).map(({ action, at, by, details }) => ({ action_name: action, details, created_at: iso(at), ip_address: '192.0.2.7', acting_user: { username: forum.users.get(by)?.username } })) } })),
    'GET /admin/site_settings.json': guarded(() => (forum.users.get(me)?.moderator !== true ? NO_ACCESS : { json: { site_settings: [{ setting: 'guidelines_topic_id', value: '5' }] } })),
    'GET /user_actions.json': guarded(({ query }) => ({ json: { user_actions: [...forum.posts.values()].filter(({ userId }) => forum.users.get(userId)?.username === query.get('username')).slice(-5).map((post) => ({ post_id: post.number === 1 && post.topicId < 900 ? null : post.id, topic_id: post.topicId, title: 'A topic', excerpt: post.raw, created_at: iso(post.createdAt), username: query.get('username'), slug: 'a-topic', post_number: post.number, deleted: post.deletedAt !== null })) } })),
    'GET /posts/:id': guarded(({ at }) => (forum.posts.has(numberOf(at['id'])) ? { json: postJson(numberOf(at['id'])) } : NOT_FOUND)),
    'DELETE /posts/:id': guarded(({ at }) => {
      const post = forum.posts.get(numberOf(at['id']));
      if (post === undefined) return NOT_FOUND;
      post.deletedAt = now();
      forum.deeds += 1;
      return { text: '' };
    }),
    'PUT /posts/:id/recover.json': guarded(({ at }) => {
      const post = forum.posts.get(numberOf(at['id']));
      if (post === undefined) return NOT_FOUND;
      post.deletedAt = null;
      forum.deeds += 1;
      return { text: '' };
    }),
    'POST /posts.json': guarded(({ body }) => {
      if (forum.messages.some(({ externalId }) => externalId === body['external_id'])) return { status: 422, json: { action: 'create_post', errors: ['External id has already been taken'] } };
      forum.messages.push({ externalId: String(body['external_id']), to: String(body['target_recipients']), warning: body['is_warning'] === 'true', raw: String(body['raw']) });
      forum.deeds += 1;
      return { json: { id: id(), topic_id: id() } };
    }),
    'GET /t/external_id/:id': guarded(({ at }) => (forum.messages.some(({ externalId }) => `${externalId}.json` === at['id']) ? { status: 301, headers: { location: 'https://forum.example/t/a-warning/77.json' }, text: '' } : NOT_FOUND)),
    'PUT /t/:id/status.json': guarded(({ at, body }) => {
      const topic = forum.topics.get(numberOf(at['id']));
      if (topic === undefined) return NOT_FOUND;
      topic.closed = body['enabled'] === 'true';
      forum.deeds += 1;
      return { json: { success: 'OK', topic_status_update: null } };
    }),
    'GET /t/:id/:number': topicJson,
    'GET /t/:id': topicJson,
  }, { reads: (path) => path.startsWith('/message-bus/'), now });

  function setChat(message: number, deleted: boolean): WireAnswer {
    const chat = forum.chats.get(message);
    // A deleted message is not found to be deleted again.
    if (chat === undefined || (deleted && chat.deleted)) return NOT_FOUND;
    chat.deleted = deleted;
    forum.deeds += 1;
    return { json: { success: 'OK' } };
  }

  forum.topics.set(5, { id: 5, title: 'Guidelines', closed: false });
  const far: ScriptedForum = Object.assign(forum, {
    held: null,
    server,
    addUser,
    addPost(userId: number, raw: string, topicId?: number) {
      const one = id();
      const topic = topicId ?? id();
      if (!forum.topics.has(topic)) forum.topics.set(topic, { id: topic, title: `Topic ${topic}`, closed: false });
      forum.posts.set(one, { id: one, userId, raw, topicId: topic, number: [...forum.topics.keys()].includes(topic) && topicId !== undefined ? [...forum.posts.values()].filter((post) => post.topicId === topic).length + 1 : 1, createdAt: now(), deletedAt: null, hidden: false });
      return one;
    },
    flag(postId: number, userId: number, type = 8, reason: string | null = null) {
      const post = forum.posts.get(postId);
      const one = forum.byPost?.get(postId) ?? add({ type: 'ReviewableFlaggedPost', targetId: postId, createdBy: userId, author: post?.userId ?? null, topicId: post?.topicId ?? null });
      (forum.byPost ??= new Map()).set(postId, one);
      addScore(one, userId, type, reason);
      return one;
    },
    hold(userId: number, raw: string) {
      const one = add({ type: 'ReviewableQueuedPost', targetId: null, createdBy: 1, author: userId, topicId: null, payload: { raw, title: 'A new topic', category: 4 } });
      addScore(one, me, 9, 'Posted too fast: <a href="/admin">watched words</a>');
      return one;
    },
    holdUser(username: string) {
      const user = addUser(username);
      const one = add({ type: 'ReviewableUser', targetId: user, createdBy: me, author: user, topicId: null, payload: { username, name: username, email: 'secret@forum.example', bio: 'Hello' } });
      addScore(one, me, 9, null);
      return one;
    },
    flagChat(userId: number, text: string, byId: number) {
      const message = id();
      forum.chats.set(message, { text, deleted: false, by: userId, channel: 7 });
      const one = add({ type: 'ReviewableChatMessage', targetId: message, createdBy: byId, author: userId, topicId: null, payload: { message_cooked: `<p>${text}</p>` } });
      addScore(one, byId, 4, null);
      return one;
    },
    review(one: number, action: string, by: number) {
      const item = forum.reviewables.get(one);
      if (item === undefined) throw new Error(`no item ${one}`);
      const answer = perform(item, action, by, item.version);
      if (answer.status !== undefined) throw new Error(`${action}: ${answer.status}`);
    },
    close: () => server.close(),
  });
  return far;
}

function numberOf(text: string | undefined): number {
  return Number((text ?? '').replace('.json', ''));
}

/** A wrong key is answered with 403. */
function guarded<Answer>(answer: (request: WireRequest) => Answer): (request: WireRequest) => Answer | WireAnswer {
  return (request) => ((request.headers['api-key'] === KEY && request.headers['api-username'] === 'ines') || request.headers['user-api-key'] === USER_KEY ? answer(request) : NO_ACCESS);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}


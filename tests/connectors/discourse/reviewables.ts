/** What the scripted forum knows; its ids are numbers, as Discourse's are. */
export type Forum = {
  readonly now: () => number;
  readonly reviewables: Map<number, Reviewable>;
  readonly scores: Map<number, Score>;
  readonly users: Map<number, { readonly id: number; readonly username: string; readonly name: string; moderator: boolean; trust: number; silencedTill: number | null; suspendedTill: number | null; penaltyBy?: number }>;
  readonly posts: Map<number, { readonly id: number; readonly userId: number; raw: string; readonly topicId: number; readonly number: number; readonly createdAt: number; deletedAt: number | null; hidden: boolean }>;
  readonly topics: Map<number, { readonly id: number; readonly title: string; closed: boolean }>;
  readonly chats: Map<number, { readonly text: string; deleted: boolean; readonly by: number; readonly channel: number }>;
  readonly claims: Map<number, number>;
  readonly messages: { readonly externalId: string; readonly to: string; readonly warning: boolean; readonly raw: string }[];
  readonly log: { readonly action: string; readonly userId: number; readonly by: number; readonly at: number; readonly details: string }[];
  byPost?: Map<number, Reviewable>;
  /** Releases before 2025 name the claiming user instead of the claim. */
  oldClaims?: boolean;
  claiming: 'disabled' | 'optional' | 'required';
  /** What was carried out, by anyone. */
  deeds: number;
  next: number;
  guidelines: string;
  /** What GET /guidelines.html shows. */
  page: string;
  /** Releases before 2025 have no notes at items. */
  oldNotes?: boolean;
  /** A key that does not reach who it belongs to. */
  bareKeys?: boolean;
};

export type Reviewable = {
  readonly id: number; readonly type: string; targetId: number | null; readonly createdBy: number; readonly author: number | null; readonly topicId: number | null;
  readonly payload: Readonly<Record<string, unknown>>; status: number; version: number; readonly createdAt: number; readonly scores: number[];
  notes?: Note[];
  /** What a plugin's kind offers. */
  offers?: readonly string[];
  /** Asks about post and author apart, and is closed after both. */
  apart?: boolean;
};

type Note = { readonly id: number; readonly content: string; readonly by: number; readonly at: number };

type Score = { readonly id: number; readonly userId: number; readonly type: number; readonly reason: string | null; status: number; readonly createdAt: number; reviewedAt: number | null; reviewedBy: number | null };

const TYPES = [
  { id: 3, title: 'Off-topic', type: 'off_topic', icon: 'flag' }, { id: 4, title: 'Inappropriate', type: 'inappropriate', icon: 'flag' },
  { id: 8, title: 'Spam', type: 'spam', icon: 'flag' }, { id: 9, title: 'Needs approval', type: 'needs_approval', icon: 'flag' }, { id: 77, title: 'Of tomorrow', type: 'tomorrow', icon: 'flag' },
];

/** build_actions of the reviewable's class: nothing once it is handled, but for held posts. */
export function actionsFor(forum: Forum, one: Reviewable): string[] {
  const pending = one.status === 0;
  switch (one.type) {
    case 'ReviewableQueuedPost':
      return [...(one.status === 1 ? [] : ['approve_post']), ...(pending ? ['reject_post', 'revise_and_reject_post', 'delete_user'] : []), 'delete'];
    case 'ReviewableUser': return pending ? ['approve_user', 'delete_user', 'delete_user_block'] : [];
    case 'ReviewableChatMessage': {
      if (!pending) return [];
      const gone = forum.chats.get(one.targetId ?? 0)?.deleted === true;
      return [...(gone ? ['agree_and_restore', 'agree_and_keep_deleted', 'disagree_and_restore'] : ['agree_and_delete', 'agree_and_keep_message', 'disagree']), 'agree_and_suspend', 'agree_and_silence', 'ignore'];
    }
    case 'ReviewableFlaggedPost': {
      const hidden = forum.posts.get(one.targetId ?? 0)?.hidden === true;
      if (!pending) return [];
      return [...(hidden ? ['agree_and_keep_hidden'] : ['agree_and_hide', 'agree_and_keep', 'agree_and_edit']), 'delete_and_agree', 'agree_and_suspend', 'agree_and_silence', hidden ? 'disagree_and_restore' : 'disagree', ...(hidden ? [] : ['ignore_and_do_nothing']), 'delete_and_ignore'];
    }
    default: return pending ? [...one.offers ?? ['acknowledge']] : [];
  }
}

/** The effect of an action (app/models/reviewable_flagged_post.rb and its kin). */
export function applyAction(forum: Forum, one: Reviewable, action: string, by: number): void {
  const post = forum.posts.get(one.targetId ?? 0);
  const chat = forum.chats.get(one.targetId ?? 0);
  if (post !== undefined && action.startsWith('delete_and')) post.deletedAt = forum.now();
  if (post !== undefined && action.endsWith('_and_hide')) post.hidden = true;
  if (post !== undefined && action.endsWith('_and_restore')) [post.hidden, post.deletedAt] = [false, null];
  if (action === 'approve_post') {
    const topic = one.topicId ?? one.id;
    if (!forum.topics.has(topic)) forum.topics.set(topic, { id: topic, title: 'A new topic', closed: false });
    one.targetId = one.id + 1_000_000;
    forum.posts.set(one.targetId, { id: one.targetId, userId: one.author ?? 0, raw: String(one.payload['raw']), topicId: topic, number: 1, createdAt: forum.now(), deletedAt: null, hidden: false });
  }
  if (chat !== undefined) chat.deleted = action === 'agree_and_delete' || (chat.deleted && !action.includes('restore'));
  one.version += 1;
  forum.deeds += 1;
  if (one.apart === true) {
    // What has been asked is not offered any more; the item waits for the other answer.
    one.offers = (one.offers ?? []).filter((offer) => offer.endsWith('_user') !== action.endsWith('_user'));
    if (one.offers.length > 0) return;
  }
  one.status = action.includes('ignore') ? 3 : /^(?:agree|delete_and_agree|approve|confirm)/.test(action) ? 1 : action === 'delete' ? 4 : 2;
  // A deletion is no verdict on the scores; an approval is one also on those of a held post that was rejected (updatable_reviewable_scores).
  for (const id of action === 'delete' ? [] : one.scores) {
    const score = forum.scores.get(id);
    if (score === undefined || !(score.status === 0 || (score.status === 2 && one.type === 'ReviewableQueuedPost'))) continue;
    score.status = one.status;
    score.reviewedAt = forum.now();
    score.reviewedBy = by;
  }
  if (one.topicId !== null) forum.claims.delete(one.topicId);
}

export function noteOf(forum: Forum, { id, content, by, at }: Note): Readonly<Record<string, unknown>> {
  return { id, content, cooked: `<p>${content}</p>`, created_at: iso(at), updated_at: iso(at), user: { id: by, username: forum.users.get(by)?.username } };
}

export function wireOf(forum: Forum, one: Reviewable): Readonly<Record<string, unknown>> {
  const post = forum.posts.get(one.targetId ?? 0);
  const claimer = one.topicId === null ? undefined : forum.claims.get(one.topicId);
  return {
    id: one.id, status: one.status, type: one.type, topic_tags: [], category_id: 4, created_at: iso(one.createdAt), can_edit: false, score: 11, version: one.version, target_created_by_trust_level: 1,
    ...(one.topicId === null ? {} : { topic_id: one.topicId, topic_url: `https://forum.example/t/hello/${one.topicId}`, target_url: `https://forum.example/t/hello/${one.topicId}/${post?.number ?? 1}` }),
    ...(post === undefined || post.deletedAt !== null ? {} : { post_id: post.id, cooked: `<p>${post.raw}</p>`, raw: post.raw, reply_count: 0, post_version: 1, post_updated_at: iso(post.createdAt) }),
    ...(one.type === 'ReviewableChatMessage' ? { chatmessage_id: one.targetId, target_id: one.targetId, chat_channel: { id: 7, title: 'General' } } : {}),
    ...(one.notes === undefined ? {} : { reviewable_notes: one.notes.map((note) => noteOf(forum, note)) }),
    ...(one.type === 'ReviewableUser' ? { user_id: one.targetId } : {}),
    created_by_id: one.createdBy, target_created_by_id: one.author, editable_fields: [], reviewable_score_ids: one.scores,
    bundled_action_ids: bundlesOf(forum, one).map(({ id }) => id), ...(claimer === undefined ? {} : { claimed_by_id: forum.oldClaims === true ? claimer : (one.topicId ?? 0) + 5000 }), payload: one.payload,
  };
}

/** Bundles, and the actions in them: "disagree" is a bundle of its own that items share. */
function bundlesOf(forum: Forum, one: Reviewable): { readonly id: string; readonly label: string; readonly action_ids: readonly string[] }[] {
  const actions = actionsFor(forum, one);
  const alone = actions.filter((id) => id.startsWith('disagree'));
  return [{ id: `${one.id}-agree`, label: 'Yes', action_ids: actions.filter((id) => !alone.includes(id)) }, ...alone.map((id) => ({ id, label: 'No', action_ids: [id] }))].filter(({ action_ids: ids }) => ids.length > 0);
}

export function sidesOf(forum: Forum, page: readonly Reviewable[]): Readonly<Record<string, unknown>> {
  const scores = page.flatMap((one) => shownScores(forum, one));
  const people = new Set([...page.flatMap(({ createdBy, author, topicId }) => [createdBy, author, topicId === null ? null : forum.claims.get(topicId) ?? null]), ...scores.flatMap(({ userId, reviewedBy }) => [userId, reviewedBy])]);
  const bundles = new Map(page.flatMap((one) => bundlesOf(forum, one)).map((bundle) => [bundle.id, bundle]));
  const actions = new Set([...bundles.values()].flatMap(({ action_ids: ids }) => ids));
  return {
    users: [...people].flatMap((id) => (id === null ? [] : forum.users.get(id) ?? [])).map(({ id, username, name, moderator }) => ({ id, username, name, moderator, avatar_template: '/a.png', email: 'secret@forum.example', custom_fields: {} })),
    topics: [...new Set(page.map(({ topicId }) => topicId))].flatMap((id) => (id === null ? [] : forum.topics.get(id) ?? [])).map(({ id, title }) => ({ id, title, fancy_title: title, slug: 'hello', posts_count: 4 })),
    reviewable_scores: scores.map((score) => ({
      id: score.id, score: 11, agree_stats: { agreed: 3, disagreed: 1, ignored: 0 }, reason: score.reason, created_at: iso(score.createdAt), reviewed_at: score.reviewedAt === null ? null : iso(score.reviewedAt),
      status: score.status, user_id: score.userId, score_type_id: score.type, reviewable_conversation_id: score.type === 4 ? score.id : null, reviewed_by_id: score.reviewedBy,
    })),
    ...(forum.oldClaims === true ? {} : { claimed_bies: [...forum.claims].map(([topicId, user]) => ({ id: topicId + 5000, automatic: false, user_id: user })) }),
    score_types: TYPES, bundled_actions: [...bundles.values()],
    actions: [...actions].map((id) => ({ id, icon: 'flag', label: id, server_action: id, ...(/suspend|silence/.test(id) ? { client_action: id.includes('suspend') ? 'suspend' : 'silence' } : {}) })),
    reviewable_conversations: scores.filter(({ type }) => type === 4).map(({ id }) => ({ id, permalink: '/t/1', has_more: false, conversation_post_ids: [id] })),
    conversation_posts: scores.filter(({ type }) => type === 4).map(({ id, userId }) => ({ id, excerpt: 'It <b>hurts</b> me', user_id: userId })),
  };
}

function shownScores(forum: Forum, one: Reviewable): Score[] {
  return one.scores.flatMap((id) => forum.scores.get(id) ?? []);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

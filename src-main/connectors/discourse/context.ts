import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { openAmong } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import type { Client } from './client.ts';
import { readItem } from './item.ts';
import { messageIn, messagesAround, subjectOfMessage } from './chat.ts';
import { personIn, postOf } from './kinds.ts';
import { excerptName, notesAt, recentOf, recordOf } from './member-record.ts';
import { memberOf, memberOfAdmin } from './members.ts';
import type { Review } from './review.ts';
import { adminUser, post as postSchema, topicShow } from './schemas.ts';
import type { WirePost } from './schemas.ts';
import { isUnsettled, subjectOf, subjectOfPost } from './subjects.ts';

export type ContextInput = {
  readonly client: Client;
  /** What is open as far as it was pulled; null before the first pull. */
  readonly known: Known | null;
  readonly now: number;
};

const AROUND = 10;

/** The thread around a subject, its author's posts and what staff did to them. What the account may not see is left out. */
export async function contextOf({ client, known, now }: ContextInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { url } = client.settings;
  const authorId = personIn(subject);
  const reviewId = subject.extra['review'];
  const [review, author] = await Promise.all([
    reviewId === undefined ? null : readItem(client, reviewId, signal),
    authorId === null || !/^-?\d+$/.test(authorId) ? null : client.glance(`/admin/users/${authorId}`, {}, adminUser, 'the member', signal),
  ]);
  const postId = subject.extra['post'] ?? (review === null ? null : postOf(review.reviewable));
  const post = postId === null ? null : await client.glance(`/posts/${encodeURIComponent(postId)}`, {}, postSchema, 'the post', signal);
  const username = author?.username ?? post?.username ?? review?.users.get(authorId ?? '')?.username ?? null;
  const topicId = post?.topic_id ?? review?.reviewable.topic_id ?? subject.extra['topic'] ?? null;
  const channelId = subject.type === 'message' ? subject.extra['channel'] ?? null : null;
  const [thread, chat, recent, record] = await Promise.all([

    topicId === null ? [] : threadOf(client, topicId, post?.post_number ?? null, signal),
    channelId === null ? [] : messagesAround(client, channelId, messageIn(subject), signal),
    username === null ? [] : recentOf(client, username, authorId, signal),
    username === null ? [] : recordOf(client, username, author, signal),
  ]);

  const members = new Map<string, RemoteMember>();
  for (const one of thread) if (one.user_id) members.set(one.user_id, memberOf(one.user_id, one.username ? { username: one.username, name: one.name } : undefined, url));
  for (const { user } of chat) if (user) members.set(user.id, memberOf(user.id, user, url));
  for (const [id, user] of review?.users ?? []) members.set(id, memberOf(id, user, url));
  if (author !== null) members.set(author.id, memberOfAdmin(author, url, now));
  if (authorId !== null && !members.has(authorId)) members.set(authorId, memberOf(authorId, username === null ? undefined : { username, name: null }, url));

  const place = review?.topicTitle ?? null;
  const number = post?.post_number ?? Number.POSITIVE_INFINITY;
  const others = thread.filter(({ id }) => id !== postId);
  const said = chat.map((message) => subjectOfMessage(message, channelId ?? '', url));
  const at = Number(messageIn(subject));
  const before = [...others.filter((one) => (one.post_number ?? 0) < number).map((one) => subjectOfPost(one, url, place)), ...said.filter(({ remoteId }) => Number(remoteId) < at)].slice(-AROUND);
  const after = [...others.filter((one) => (one.post_number ?? 0) > number).map((one) => subjectOfPost(one, url, place)), ...said.filter(({ remoteId }) => Number(remoteId) > at)].slice(0, AROUND);
  const kept = keepingReviews(known, [...before, ...after]);
  return {
    before: kept(before),
    after: kept(after),
    members: [...members.values()],
    recent: recent.filter(({ remoteId }) => ![postId, `${topicId}-${post?.post_number ?? 1}`].some((name) => remoteId === excerptName(name ?? ''))),
    subject: nowOf(subject, review, post, url),
    record: [...record, ...notesAt(review)].toSorted((a, b) => b.at - a.at),
  };
}

/** Posts that are flagged themselves keep what the queue told of them, also whether they are out of sight for good; before it was read, none is brought that might be. */
function keepingReviews(known: Known | null, posts: readonly RemoteSubject[]): (some: readonly RemoteSubject[]) => readonly RemoteSubject[] {
  if (known === null) return () => [];
  const open = openAmong(known, posts[0]?.type ?? 'post', new Set(posts.map(({ remoteId }) => remoteId)));
  return (some) => some.map((post) => {
    const review = open.get(post.remoteId);
    return review === undefined ? post : { ...post, removed: false, extra: { ...post.extra, review: review.id, seen: review.seen }, revision: review.seen };
  });
}

/** The subject as the queue has it, with what only the post itself says. */
function nowOf(subject: SubjectRef, review: Review | null, post: WirePost | null, url: string): RemoteSubject | null {
  const plain = post === null ? null : subjectOfPost(post, url, null);
  if (review === null) return plain === null ? null : { ...plain, type: subject.type, remoteId: subject.remoteId, extra: subject.extra };
  const held = subjectOf(review, url);
  // The queue names a deleted post no more; the post itself still tells.
  if (held.remoteId !== subject.remoteId) return plain === null ? null : { ...plain, type: subject.type, remoteId: subject.remoteId, extra: subject.extra, revision: subject.extra['seen'] ?? null };
  // What happened since the last pull is not counted as seen before it is pulled, so that a decision meets it as a conflict.
  const asPulled = { ...held, extra: subject.extra, revision: subject.extra['seen'] ?? null };
  return plain === null ? asPulled : { ...asPulled, createdAt: plain.createdAt, editedAt: plain.editedAt, deletedAt: plain.deletedAt, removed: plain.removed && !isUnsettled(review), media: plain.media.length > 0 ? plain.media : asPulled.media };
}

/** The posts around one: a topic is sent with the posts near the number that is asked for (TopicView, post_number). */
async function threadOf(client: Client, topicId: string, number: number | null, signal: AbortSignal): Promise<readonly WirePost[]> {
  const topic = await client.glance(`/t/${encodeURIComponent(topicId)}${number === null ? '' : `/${number}`}`, {}, topicShow, 'the topic', signal);
  return (topic?.post_stream.posts ?? []).toSorted((a, b) => (a.post_number ?? 0) - (b.post_number ?? 0));
}

import type { DeliveryResult, Order } from '../connector.ts';
import { offeredFor, planOf } from './actions.ts';
import { messageIn, setMessage } from './chat.ts';
import type { Client } from './client.ts';
import type { DeliverInput } from './deliver.ts';
import { carryOut } from './deeds.ts';
import { APPROVED, kindOf, outcomeWords, personIn, postOf } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { performAction } from './perform.ts';
import { lastReviewOf } from './review.ts';
import type { Review } from './review.ts';
import { adminUser, anything, post as postSchema } from './schemas.ts';

/** Carries out an order whose item is closed or gone, for a person who saw that and insists. */
export async function withoutReview(input: DeliverInput, order: Order, review: Review | null, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const kind: Kind = review === null ? 'other' : kindOf(review.reviewable);
  const plan = planOf(order.verb, kind, order.subject.type);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  if (plan.deed !== null) {
    const userId = personIn(order.subject);
    const username = userId === null ? null : await usernameOf(input, userId, review, signal);
    const result = await carryOut(input, plan.deed, order, { userId, username, topicId: order.subject.extra['topic'] ?? null, review }, signal);
    return result.refused ? result.met ?? { kind: 'refused', why: result.said } : { kind: 'done', remoteId: result.remoteId ?? review?.reviewable.id ?? null, said: result.said };
  }
  const postId = review?.reviewable.post_id ?? order.subject.extra['post'] ?? null;
  if (order.verb === 'remove' && kind === 'queued-post' && review?.reviewable.status === APPROVED) {
    // What was let through is a post now: the item offers its own deletion, which leaves the post where it is.
    return postId === null ? { kind: 'already', by: null, what: 'deleted', at: null } : setPost(input, postId, true, signal);
  }
  // A rejected held post can still be approved (app/models/reviewable_queued_post.rb).
  const action = review === null ? null : offeredFor(plan, review.offered);
  if (review !== null && action !== null) {
    const { id } = review.reviewable;
    await performAction(input, review, action, order.id, signal);
    return { kind: 'done', remoteId: id, said: `${action.replaceAll('_', ' ')} · item ${id}` };
  }
  const channelId = order.subject.extra['channel'];
  if (order.subject.type === 'message' && channelId !== undefined && (order.verb === 'remove' || order.verb === 'restore')) return setMessage(client, channelId, messageIn(order.subject), order.verb === 'remove', signal);
  if (postId !== null && (order.verb === 'remove' || order.verb === 'restore')) return setPost(input, postId, order.verb === 'remove', signal);
  if (order.verb === 'dismiss') {
    const last = review === null ? { by: null, at: null } : lastReviewOf(review);
    return { kind: 'already', by: last.by, what: review === null ? 'gone from the review queue' : outcomeWords(kind, review.reviewable.status), at: last.at };
  }
  return { kind: 'refused', why: 'Discourse closed the item and offers no way to do this any more. Open it there.' };
}

/** Whether what a closed item was about is out of sight; what Discourse keeps no state of went with the review. */
export async function isGone(client: Client, { reviewable }: Review, signal: AbortSignal): Promise<boolean> {
  const kind = kindOf(reviewable);
  if ((reviewable.deleted_at ?? null) !== null) return true;
  if (kind === 'queued-post' || kind === 'user') return reviewable.status !== APPROVED;
  const postId = postOf(reviewable);
  // A deleted post may be no target any more, and a chat message has no state to ask for.
  if (postId === null) return true;
  const post = await client.glance(`/posts/${encodeURIComponent(postId)}`, {}, postSchema, 'the post', signal);
  return post === null || (post.deleted_at ?? null) !== null || post.hidden === true;
}

/** Deletes a post, or brings it back (Discourse API docs, "Delete a single post"; app/controllers/posts_controller.rb, recover). */
export async function setPost(input: DeliverInput, postId: string, gone: boolean, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const post = await client.glance(`/posts/${encodeURIComponent(postId)}`, {}, postSchema, 'the post', signal);
  const isGone = post === null || (post.deleted_at !== null && post.deleted_at !== undefined);
  if (gone && isGone) return { kind: 'already', by: null, what: 'deleted', at: post?.deleted_at ?? null };
  if (!gone && post !== null && !isGone && post.hidden !== true) return { kind: 'already', by: null, what: 'not deleted', at: null };
  if (gone) await client.send('DELETE', `/posts/${encodeURIComponent(postId)}`, {}, anything, 'the deletion', signal);
  else await client.send('PUT', `/posts/${encodeURIComponent(postId)}/${isGone ? 'recover' : 'unhide'}`, {}, anything, 'the recovery', signal);
  return { kind: 'done', remoteId: postId, said: `post ${postId} ${gone ? 'deleted' : 'recovered'}` };
}

async function usernameOf({ client }: DeliverInput, userId: string, review: Review | null, signal: AbortSignal): Promise<string | null> {
  const known = review?.users.get(userId)?.username;
  if (known !== undefined) return known;
  return (await client.glance(`/admin/users/${encodeURIComponent(userId)}`, {}, adminUser, 'the member', signal))?.username ?? null;
}

import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { stoodBefore } from '../http/stood.ts';
import { messageIn, setMessage } from './chat.ts';
import type { DeliverInput } from './deliver.ts';
import { carryOut } from './deeds.ts';
import { readItem } from './item.ts';
import { APPROVED, PENDING, REJECTED, kindOf, outcomeWords, personIn } from './kinds.ts';
import { isMe } from './me.ts';
import { lift, penaltyNow } from './penalties.ts';
import { performAction } from './perform.ts';
import { lastReviewOf } from './review.ts';
import type { Review } from './review.ts';
import { takeNoteBack } from './notes.ts';
import { setPost } from './without-review.ts';

/** Takes an order back, as far as Discourse lets: a closed review stays closed, what was done with it can go. */
export async function deliverReverse(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const { subject } = order;
  switch (order.verb) {
    case 'mute':
    case 'suspend': {
      const userId = personIn(subject);
      if (userId === null) return { kind: 'refused', why: 'Discourse does not say whose this is.' };
      const deed = order.verb === 'mute' ? 'silence' : 'suspend';
      const { by } = await penaltyNow(client, deed, userId, signal);
      // One that a colleague gave, before ours was to be or since, is theirs to end.
      if (by !== null && !order.force && !isMe(by, await client.username(signal))) return { kind: 'conflict', by, what: deed === 'silence' ? 'silenced' : 'suspended', at: null };
      return { kind: 'done', remoteId: userId, said: await lift(client, deed, userId, signal) };
    }
    case 'lock': {
      const topicId = subject.extra['topic'];
      if (topicId === undefined) return { kind: 'refused', why: 'There is no topic to open.' };
      // Discourse does not tell who closed it.
      const before = stoodBefore(order, 'topic closed');
      if (before !== null) return before;
      const { said } = await carryOut(input, 'close-topic', order, { userId: null, username: null, topicId, review: null }, signal);
      return { kind: 'done', remoteId: topicId, said };
    }
    case 'escalate': {
      const said = await takeNoteBack(client, order, signal);
      return said === null ? { kind: 'already', by: null, what: 'without a note', at: null } : { kind: 'done', remoteId: subject.extra['review'] ?? null, said };
    }
    case 'remove': return bringBack(input, order, signal);
    default: return { kind: 'refused', why: 'Discourse keeps a closed review closed; a new report opens it again.' };
  }
}

async function bringBack(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const reviewId = order.subject.extra['review'];
  const review = reviewId === undefined ? null : await readItem(client, reviewId, signal);
  if (review !== null && kindOf(review.reviewable) === 'queued-post') {
    return takeOutOfRejected(input, order, review, signal);
  }
  const channelId = order.subject.extra['channel'];
  if (order.subject.type === 'message' && channelId !== undefined) return setMessage(client, channelId, messageIn(order.subject), false, signal);
  const postId = order.subject.extra['post'];
  if (postId === undefined) return { kind: 'refused', why: 'Discourse cannot bring this back over its API. Open the item there.' };
  return setPost(input, postId, false, signal);
}

/** A held post that was rejected is still offered for approval, whoever rejected it, and also once it was deleted from the queue (app/models/reviewable_queued_post.rb). */
async function takeOutOfRejected(input: DeliverInput, order: Order, review: Review, signal: AbortSignal): Promise<DeliveryResult> {
  const { id, status } = review.reviewable;
  const { by, at } = lastReviewOf(review);
  if (status === PENDING) return { kind: 'already', by: null, what: 'still held', at: null };
  if (status === APPROVED) {
    // It was removed as the post that it had become.
    const postId = order.reverses?.remoteId ?? '';
    return /^\d+$/.test(postId) ? setPost(input, postId, false, signal) : { kind: 'already', by, what: 'approved', at };
  }
  const rejectedByMe = status === REJECTED && (by === null || isMe(by, await input.client.username(signal)));
  // Who deleted it is not told: its reports keep who reviewed them first.
  if (!rejectedByMe && !order.force) return { kind: 'conflict', by: status === REJECTED ? by : null, what: outcomeWords('queued-post', status), at: status === REJECTED ? at : null };
  const action = ['approve_post', 'approve_post_closed'].find((wanted) => review.offered.some((one) => one.id === wanted));
  if (action === undefined) return { kind: 'refused', why: 'Discourse does not offer to approve this post any more.' };
  try {
    const result = await performAction(input, review, action, order.id, signal);
    return { kind: 'done', remoteId: `${id}@${result.version ?? ''}`, said: `approved · item ${id}` };
  } catch (error) {
    if (isRefused(error, 409)) return { kind: 'conflict', by: null, what: 'changed in the review queue', at: null };
    throw error;
  }
}

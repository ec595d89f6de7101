import type { ConnectorIo, DeliveryResult, Order } from '../connector.ts';
import { offeredFor, planOf } from './actions.ts';
import type { Plan } from './actions.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { claimFor } from './claims.ts';
import { carryOut } from './deeds.ts';
import type { Target } from './deeds.ts';
import { readItem } from './item.ts';
import { PENDING, kindOf, outcomeWords, personIn } from './kinds.ts';
import { isMe } from './me.ts';
import type { Ours } from './ours.ts';
import { performAction } from './perform.ts';
import { reasonOf } from './reason.ts';
import { lastReviewOf, nameOf } from './review.ts';
import type { Review } from './review.ts';
import { deliverReverse } from './reverse.ts';
import { revisionOf } from './subjects.ts';
import { isGone, withoutReview } from './without-review.ts';

export type DeliverInput = { readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours };

/** How often a review is tried again after its version moved or a claim was needed. */
const TRIES = 3;

/**
 * Sends one order: what it does beside the review first (Discourse's penalty actions only mark the report), then the
 * review itself with the version just read. The state is read before, since a repeated review is not harmless.
 */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  if (order.reverse) return deliverReverse(input, order, signal);
  const reviewId = order.subject.extra['review'];
  const review = reviewId === undefined ? null : await readItem(input.client, reviewId, signal);
  if (review === null) {
    if (order.force || reviewId === undefined) return withoutReview(input, order, null, signal);
    return { kind: 'conflict', by: null, what: 'gone from the review queue', at: null };
  }
  const plan = planOf(order.verb, kindOf(review.reviewable), order.subject.type);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  if (review.reviewable.status !== PENDING) return handled(input, order, plan, review, signal);
  if (!order.force) {
    const met = metSomeone(order, review, await input.client.username(signal));
    if (met !== null) return met;
  }
  if (plan.deed === null && offeredFor(plan, review.offered) === null) return notOffered(review);

  const deed = plan.deed === null ? null : await carryOut(input, plan.deed, order, targetOf(order, review), signal);
  if (deed?.refused === true) return deed.met ?? { kind: 'refused', why: deed.said };
  const reviewed = await perform(input, order, plan, review, signal);
  // The deed stands, whatever came of the review: that is told rather than tried again.
  if (deed !== null && reviewed.kind !== 'done') return { kind: 'done', remoteId: deed.remoteId ?? reviewId ?? null, said: `${deed.said}; the review was not closed by it: ${wordsFor(reviewed)}` };
  return deed === null || reviewed.kind !== 'done' ? reviewed : { ...reviewed, remoteId: deed.remoteId ?? reviewed.remoteId, said: [deed.said, reviewed.said].filter((part) => part !== null).join('; ') };
}

/** Closes the review, and once more where it moved or wants a claim first (app/controllers/reviewables_controller.rb, perform). */
async function perform(input: DeliverInput, order: Order, plan: Plan, first: Review, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  let review = first;
  for (let tries = 1; ; tries += 1) {
    const { id } = review.reviewable;
    const action = offeredFor(plan, review.offered);
    if (action === null) return plan.actions.length === 0 ? { kind: 'done', remoteId: id, said: 'the item stays open' } : notOffered(review);
    const claimed = await claimFor(client, review, order.force, signal);
    if (claimed !== null) return claimed;
    try {
      const rejectsMember = order.verb === 'remove' && order.subject.type === 'member';
      const result = await performAction(input, review, action, order.id, signal, rejectsMember ? { reject_reason: reasonOf(order), send_email: false } : {});
      if (result.success === false) return { kind: 'refused', why: 'Discourse could not carry this out. Open the item there to see why.' };
      const waits = (result.transition_to ?? 'pending') === 'pending';
      const outcome = (waits ? await finish(input, order, id, action, signal) : null) ?? result.transition_to;
      return { kind: 'done', remoteId: `${id}@${result.version ?? ''}`, said: `${action.replaceAll('_', ' ')}${outcome ? ` · ${outcome}` : ''} · item ${id}` };
    } catch (error) {
      // 409 a newer version; 403 the action is not offered any more, as on an item that was handled; 404 gone; 422 claims.
      if (!isRefused(error, 403, 404, 409, 422)) throw error;
      const now = await readItem(client, id, signal);
      if (now === null) return { kind: 'conflict', by: null, what: 'gone from the review queue', at: null };
      if (now.reviewable.status !== PENDING) return handled(input, order, plan, now, signal);
      const moved = revisionOf(now) !== revisionOf(review) || now.claimedBy !== review.claimedBy;
      if (!moved && error.status === 422 && tries === 1) {
        const taken = await claimFor(client, now, order.force, signal, true);
        if (taken !== null) return taken;
      } else if (!moved || tries >= TRIES) {
        return { kind: 'refused', why: error.message };
      } else if (!order.force && error.status === 409) {
        return changed(now);
      }
      review = now;
    }
  }
}

/** What says that nothing more is wished for, of the post and of its author. */
const NOTHING_MORE = { post: ['no_action_post', 'keep_post', 'keep_hidden_post', 'keep_deleted_post'], user: ['no_action_user'] } as const;

/** Releases of late 2025 may ask about the post and about its author apart, and close the item after both (ReviewablePost#build_new_separated_actions). Answers how it was closed; null where there was nothing more to say. */
async function finish(input: DeliverInput, order: Order, id: string, action: string, signal: AbortSignal): Promise<string | null> {
  const now = await readItem(input.client, id, signal);
  const left = NOTHING_MORE[action.endsWith('_user') ? 'post' : 'user'].find((one) => now?.offered.some((offered) => offered.id === one));
  if (now === null || now.reviewable.status !== PENDING || left === undefined) return null;
  return (await performAction(input, now, left, order.id, signal)).transition_to ?? null;
}

/** An item that was closed: by this order's first try, as the order wishes, or otherwise. */
async function handled(input: DeliverInput, order: Order, plan: Plan, review: Review, signal: AbortSignal): Promise<DeliveryResult> {
  const { id, status, version } = review.reviewable;
  const kind = kindOf(review.reviewable);
  const { by, at } = lastReviewOf(review);
  const theirs = { by, what: outcomeWords(kind, status), at };
  const asWished = plan.wished.includes(status ?? -1);
  const ours = isMe(by, await input.client.username(signal)) || input.ours.orderOf(id, version ?? null) === order.id;
  // Agreeing with a report leaves the post where it is, or not: its state tells.
  if (asWished && plan.deed === null && (order.verb === 'dismiss' || await isGone(input.client, review, signal) === (order.verb === 'remove'))) {
    return ours ? { kind: 'done', remoteId: `${id}@${version ?? ''}`, said: `was carried out before · item ${id}` } : { kind: 'already', ...theirs };
  }
  // A review by this desk, or one that the person saw, stands in nobody's way: what goes beside it is done, once (see carryOut).
  const seen = order.force || order.expected === revisionOf(review) || (asWished && ours) || input.ours.orderOf(id, version ?? null) !== null;
  return seen ? withoutReview(input, order, review, signal) : { kind: 'conflict', ...theirs };
}

/** What someone did since the person looked, while the item is still open: taken it on, edited it, or handled it before it was reported anew. */
function metSomeone(order: Order, review: Review, username: string): DeliveryResult | null {
  const claimer = review.claimedBy === null ? undefined : review.users.get(review.claimedBy);
  if (review.claimedBy !== null && claimer?.username.toLowerCase() !== username.toLowerCase()) {
    return { kind: 'conflict', by: nameOf(claimer), what: 'taken on', at: null };
  }
  return order.expected !== null && order.expected !== revisionOf(review) ? changed(review) : null;
}

function changed(review: Review): DeliveryResult {
  const { by, at } = lastReviewOf(review);
  return { kind: 'conflict', by, what: by === null ? 'changed in the review queue' : 'handled before and reported anew', at };
}

function notOffered({ reviewable, offered }: Review): DeliveryResult {
  const there = offered.map(({ id }) => id.replaceAll('_', ' ')).join(', ');
  return { kind: 'refused', why: there === '' ? `Discourse offers this account nothing for item ${reviewable.id}.` : `Discourse does not offer this for item ${reviewable.id}. It offers: ${there}.` };
}

function targetOf(order: Order, review: Review): Target {
  const userId = personIn(order.subject);
  return { userId, username: review.users.get(userId ?? '')?.username ?? null, topicId: review.reviewable.topic_id ?? null, review };
}

function wordsFor(result: DeliveryResult): string {
  if (result.kind === 'conflict' || result.kind === 'already') return result.by === null ? result.what : `${result.what} by ${result.by}`;
  return result.kind === 'done' ? result.said ?? '' : result.why;
}

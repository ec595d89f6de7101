import type { DeliveryResult } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { nameOf } from './review.ts';
import type { Review } from './review.ts';
import { anything } from './schemas.ts';

/**
 * Makes sure that a claim does not stand in the way (site setting reviewable_claiming): a colleague's is undone only for
 * who insists, and one of our own is made where the site demands it. Null where the review may go ahead.
 */
export async function claimFor(client: Client, review: Review, force: boolean, signal: AbortSignal, demanded = false): Promise<DeliveryResult | null> {
  const topicId = review.reviewable.topic_id ?? null;
  if (topicId === null) return null;
  const claimer = review.claimedBy === null ? undefined : review.users.get(review.claimedBy);
  const theirs = review.claimedBy !== null && claimer?.username.toLowerCase() !== (await client.username(signal)).toLowerCase();
  if (!theirs && !demanded) return null;
  if (theirs && !force) return { kind: 'conflict', by: nameOf(claimer), what: 'taken on', at: null };
  try {
    if (theirs) await client.send('DELETE', `/reviewable_claimed_topics/${encodeURIComponent(topicId)}`, {}, anything, 'the end of a claim', signal);
    await client.send('POST', '/reviewable_claimed_topics', { reviewable_claimed_topic: { topic_id: topicId } }, anything, 'the claim', signal);
    return null;
  } catch (error) {
    // 409: someone else was first. 404: the site knows no claims.
    if (isRefused(error, 409)) return { kind: 'conflict', by: null, what: 'taken on', at: null };
    if (isRefused(error, 403, 404, 422)) return null;
    throw error;
  }
}

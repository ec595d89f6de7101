import type { Client } from './client.ts';
import { joinOne } from './review.ts';
import type { Review } from './review.ts';
import { reviewShow } from './schemas.ts';

/** One item of the review queue as it is now; null where it is gone. What the account may not see is gone, too (404). */
export async function readItem(client: Client, id: string, signal: AbortSignal): Promise<Review | null> {
  try {
    const answer = await client.look(`/review/${encodeURIComponent(id)}`, {}, reviewShow, 'an item of the review queue', signal);
    return answer === null ? null : joinOne(answer);
  } catch (error) {
    throw await client.shutOut(error, signal);
  }
}

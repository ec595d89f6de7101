import type { z } from 'zod';
import type { DeliverInput } from './deliver.ts';
import type { Review } from './review.ts';
import { performed } from './schemas.ts';

type Performed = z.infer<typeof performed>['reviewable_perform_result'];

/** PUT /review/:id/perform/:action with the version that was read, and notes that this order closed the item. */
export async function performAction(
  { client, ours }: DeliverInput, { reviewable }: Review, action: string, orderId: string, signal: AbortSignal, more: Readonly<Record<string, unknown>> = {},
): Promise<Performed> {
  const { id } = reviewable;
  const version = reviewable.version ?? 0;
  const { reviewable_perform_result: result } = await client.send(
    'PUT', `/review/${encodeURIComponent(id)}/perform/${encodeURIComponent(action)}`, more, performed, 'the review', signal, { version },
  );
  if (result.success !== false) ours.note(id, result.version ?? version + 1, orderId);
  return result;
}

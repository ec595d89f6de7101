import type { DeliveryView, ItemDetail } from '../../../src-main/contract/queue.ts';

/** The delivery that waits for a person to choose between ours and theirs; undefined where none does. */
export function conflictOf(detail: ItemDetail): DeliveryView | undefined {
  return detail.decisions.flatMap((decision) => decision.deliveries).find((delivery) => delivery.state === 'conflict');
}

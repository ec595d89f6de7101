import type { DeliveryView } from '../contract/queue.ts';
import { Failure } from '../domain/failure.ts';
import { deliveryById, deliveryView, outboxCounts, outboxPage } from '../store/deliveries.ts';
import type { OutboxCounts } from '../store/deliveries.ts';
import { tryAgain } from '../store/outbox.ts';
import type { Context } from './context.ts';
import type { Delivery } from './deliver.ts';

/** What has not reached its platform: what needs a person first, then soonest first; with counts of all of it. */
export function listOutbox(ctx: Context, input: { readonly limit: number }): OutboxCounts & { readonly deliveries: DeliveryView[] } {
  return { deliveries: outboxPage(ctx.store, input.limit).map((row) => deliveryView(ctx.store, row)), ...outboxCounts(ctx.store) };
}

/** Tries a refused or failed delivery again, or one that waits, at once. Throws NOT_FOUND, NOT_POSSIBLE. */
export function retryDelivery(ctx: Context, delivery: Pick<Delivery, 'wake'>, input: { readonly deliveryId: string }): DeliveryView {
  const row = deliveryById(ctx.store, input.deliveryId);
  if (row === undefined) throw new Failure('NOT_FOUND', 'This delivery is not in the outbox.');
  if (ctx.connections.byN(row.connection)?.removed !== false) throw new Failure('NOT_POSSIBLE', 'Its connection was removed. Add the connection again first.');
  switch (row.state) {
    case 'refused': case 'failed': case 'pending':
      ctx.store.write(() => tryAgain(ctx.store, row.id, ctx.now()));
      break;
    case 'conflict': throw new Failure('NOT_POSSIBLE', 'Someone decided otherwise there. Choose whose decision stands.');
    case 'held': throw new Failure('NOT_POSSIBLE', 'It is not sent before its undo window ends.');
    case 'sent': case 'handled-there': case 'cancelled': case 'local':
      throw new Failure('NOT_POSSIBLE', 'There is nothing left to send.');
  }
  ctx.changed(['decisions'], [row.subject]);
  delivery.wake(row.connection);
  return deliveryView(ctx.store, deliveryById(ctx.store, row.id) ?? row);
}

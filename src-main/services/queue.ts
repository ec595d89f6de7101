import { ITEM_STATES } from '../contract/words.ts';
import type { ItemRow, QueueCounts, QueueFilter, QueuePage } from '../contract/queue.ts';
import { Failure } from '../domain/failure.ts';
import { itemRows } from '../store/item-rows.ts';
import { itemsPage, itemsSince } from '../store/queue-page.ts';
import type { PageKey, QueueOrder, QueueQuery } from '../store/queue-page.ts';
import { presentArrival } from '../store/items.ts';
import { countsByState, itemsDecidedSince } from '../store/queue-counts.ts';
import type { Context } from './context.ts';

/** One page of the queue; `after` is the `next` of the page before. Throws NOT_FOUND for an unknown connection. */
export function queuePage(ctx: Context, input: { readonly filter: QueueFilter; readonly order: QueueOrder; readonly after: string | null; readonly limit: number }): QueuePage {
  const { rows, last } = itemsPage(ctx.store, queryOf(ctx, input.filter), input.order, input.after === null ? null : keyOf(input.after), input.limit);
  return { rows, next: last === null ? null : `${last.value}.${last.subject}`, arrival: presentArrival(ctx.store) };
}

/** The rows as they are now, in the order asked. */
export function queueRows(ctx: Context, input: { readonly ids: readonly number[] }): ItemRow[] {
  return itemRows(ctx.store, input.ids);
}

/** How many items entered the filter since the desk last looked. */
export function queueIncoming(ctx: Context, input: { readonly filter: QueueFilter; readonly arrival: number }): { count: number; arrival: number } {
  return { ...itemsSince(ctx.store, queryOf(ctx, input.filter), input.arrival) };
}

/** Kept counts by state and connection, and what was decided since midnight here. */
export function queueCounts(ctx: Context): QueueCounts {
  const byState = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as QueueCounts['byState'];
  const byConnection: Record<string, number> = {};
  for (const { connection, state, n } of countsByState(ctx.store)) {
    byState[state] += n;
    const id = ctx.connections.byN(connection)?.id;
    if (id !== undefined && (state === 'open' || state === 'conflict')) byConnection[id] = (byConnection[id] ?? 0) + n;
  }
  return { byState, byConnection, decidedToday: itemsDecidedSince(ctx.store, new Date(ctx.now()).setHours(0, 0, 0, 0)) };
}

function queryOf(ctx: Context, { connectionId, ...filter }: QueueFilter): QueueQuery {
  const ids = connectionId === undefined ? [] : typeof connectionId === 'string' ? [connectionId] : connectionId;
  const connections = [...new Set(ids)].map((id) => {
    const connection = ctx.connections.byId(id);
    if (connection === null) throw new Failure('NOT_FOUND', 'That connection is not there any more. Choose another one.');
    return connection.n;
  });
  return { ...filter, connections };
}

function keyOf(after: string): PageKey {
  const match = /^(-?\d{1,16})\.(\d{1,16})$/.exec(after);
  if (match === null) throw new Failure('INVALID_INPUT', 'The list cannot go on from there. Load it again.', { fields: [{ path: 'after', problem: 'is not where a page ended' }] });
  return { value: Number(match[1]), subject: Number(match[2]) };
}

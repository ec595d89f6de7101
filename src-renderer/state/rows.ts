import type { ItemRow } from '../../src-main/contract/queue.ts';
import { makeKeyedStore, useKeyed } from './keyed-store.ts';

/** The queue's rows as last heard, by item id. */
export const rows = makeKeyedStore<ItemRow>();

/** One row, drawn again only when it changes. */
export function useRow(id: number | null): ItemRow | undefined {
  return useKeyed(rows, id);
}

/** Keeps a row as it was heard last; one that says nothing new draws nothing anew. */
export function keepRow(row: ItemRow): void {
  const before = rows.get(row.id);
  if (before === undefined || before.version !== row.version || before.state !== row.state || before.claimedBy !== row.claimedBy || before.author?.name !== row.author?.name) rows.put(row.id, row);
}

import type { ItemRow } from '../../src-main/contract/queue.ts';
import { makeKeyedStore, useKeyed } from './keyed-store.ts';

/** The queue's rows as last heard, by item id. */
export const rows = makeKeyedStore<ItemRow>();

/** One row, drawn again only when it changes. */
export function useRow(id: number | null): ItemRow | undefined {
  return useKeyed(rows, id);
}

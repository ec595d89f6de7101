import type { ItemDetail } from '../../src-main/contract/queue.ts';
import { client } from '../host/client.ts';
import { makeKeyedStore, useKeyed } from './keyed-store.ts';
import { keepRow } from './rows.ts';

/** Whole items near the selection, so that the next key finds them here. */
export const details = makeKeyedStore<ItemDetail>(300);
const stale = new Set<number>();

/** Few at a time: an answer that is long to read would be in the way of a key. */
const BATCH = 6;
let wanted: readonly number[] = [];
let loading = false;

/** The whole item; undefined while it is not here yet. */
export function useDetail(id: number | null): ItemDetail | undefined {
  return useKeyed(details, id);
}

/** Says which items should be ready, most urgent first; replaces the wish before. */
export function wantDetails(ids: readonly number[]): void {
  wanted = ids;
  if (!loading) void load();
}

/** Marks items as changed; those that are wanted are fetched again. Null: all. */
export function outdateDetails(ids: readonly number[] | null): void {
  for (const id of ids ?? details.ids()) stale.add(id);
  if (!loading) void load();
}

async function load(): Promise<void> {
  loading = true;
  try {
    for (;;) {
      // What has changed is fetched again only for the item on screen; the others follow when they are.
      const [onScreen] = wanted;
      const absent = wanted.filter((id) => details.get(id) === undefined || (id === onScreen && stale.has(id)));
      const ids = absent.slice(0, absent[0] === onScreen ? 1 : BATCH);
      if (ids.length === 0) return;
      for (const id of ids) stale.delete(id);
      const found = await client.queue.items({ ids });
      for (const detail of found) {
        details.put(detail.row.id, detail);
        keepRow(detail.row);
      }
      const missing = ids.filter((id) => !found.some((detail) => detail.row.id === id));
      if (missing.length > 0) wanted = wanted.filter((id) => !missing.includes(id));
    }
  } catch {
    // The frame says that the backend is away; the next wish or change tries again.
  } finally {
    loading = false;
  }
}

import type { ItemState } from '../contract/words.ts';
import { firstEventAt } from './history.ts';
import type { Store } from './store.ts';

/** Items by connection and state, kept by triggers. */
export function countsByState(store: Store): readonly { readonly connection: number; readonly state: ItemState; readonly n: number }[] {
  return store.sql<[], { connection: number; state: ItemState; n: number }>('counts-all', 'SELECT connection, state, n FROM counts').all();
}

/** Open items of one connection, conflicts included. */
export function openItems(store: Store, connection: number): number {
  return store.sql<[number], { n: number }>('counts-open', `SELECT coalesce(sum(n), 0) AS n FROM counts WHERE connection = ? AND state IN ('open', 'conflict')`).get(connection)?.n ?? 0;
}

/** Items that standing decisions since `at` are about (a decision has its event's id, and the log is in the order of its times). */
export function itemsDecidedSince(store: Store, at: number): number {
  return store.sql<[number], { n: number }>('counts-decided', `
    SELECT count(*) AS n FROM events e
    CROSS JOIN decisions d ON d.id = e.id AND d.undone_by IS NULL
    CROSS JOIN decision_subjects s ON s.decision_id = d.id
    WHERE e.seq >= ?
  `).get(firstEventAt(store, at))?.n ?? 0;
}

import type { Store } from './store.ts';

/** Snoozed items whose time is over, the longest over first (index items_snoozed). */
export function itemsToWake(store: Store, now: number, limit: number): readonly number[] {
  return store.sql<[number, number], { subject: number }>('due-snoozed', `
    SELECT subject FROM items WHERE state = 'snoozed' AND snoozed_until <= ? ORDER BY snoozed_until LIMIT ?
  `).all(now, limit).map((row) => row.subject);
}

export type DueItem = { readonly subject: number; readonly dueAt: number };

/** Open items that became due after `since` and until `now`, in that order (index items_due). */
export function itemsFallenDue(store: Store, since: number, now: number, limit: number): readonly DueItem[] {
  return store.sql<[number, number, number], DueItem>('due-open', `
    SELECT subject, due_at AS dueAt FROM items WHERE state IN ('open', 'conflict') AND due_at > ? AND due_at <= ? ORDER BY due_at LIMIT ?
  `).all(since, now, limit);
}

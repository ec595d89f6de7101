import type { Category } from '../contract/words.ts';
import type { Store } from './store.ts';

export type ItemReport = {
  readonly id: number;
  readonly category: Category;
  readonly remoteCategory: string | null;
  readonly comment: string;
  readonly createdAt: number;
  readonly open: 0 | 1;
  readonly reporterId: number | null;
  readonly reporterName: string | null;
  readonly reporterHandle: string | null;
  readonly upheld: number | null;
  readonly judged: number | null;
  readonly madeThere: number | null;
  readonly upheldThere: number | null;
};

/** An item's reports, newest first, with how each reporter's reports ended (index reports_by_subject). */
export function reportsOfItem(store: Store, subject: number, limit: number): readonly ItemReport[] {
  return store.sql<[number, number], ItemReport>('item-reports', `
    SELECT r.id, r.category, r.remote_category AS remoteCategory, r.comment, r.created_at AS createdAt, r.open,
           m.id AS reporterId, m.name AS reporterName, m.handle AS reporterHandle, m.reports_upheld AS upheld, m.reports_judged AS judged,
           m.reports_made_there AS madeThere, m.reports_upheld_there AS upheldThere
    FROM reports r LEFT JOIN members m ON m.id = r.reporter WHERE r.subject = ? ORDER BY r.created_at DESC LIMIT ?
  `).all(subject, limit);
}

/**
 * What someone did on the platform, newest first; echoes of this item's own decisions are left out, and what a decision on
 * another item did to this one is not (indexes resolutions_by_subject, deliveries_by_subject).
 */
export function outsideOf(store: Store, subject: number, limit: number): readonly { readonly by: string | null; readonly what: string; readonly at: number | null }[] {
  return store.sql<[number, number], { by: string | null; what: string; at: number | null }>('item-outside', `
    SELECT by, what, at FROM resolutions
    WHERE subject = ?1 AND NOT EXISTS (
      SELECT 1 FROM deliveries WHERE deliveries.id = resolutions.order_id
        AND decision_id IN (SELECT decision_id FROM deliveries WHERE subject = ?1)
    )
    ORDER BY at DESC, id DESC LIMIT ?2
  `).all(subject, limit);
}

/** A kept context as JSON; undefined while none was fetched. */
export function contextOf(store: Store, subject: number): { readonly fetchedAt: number; readonly body: string } | undefined {
  return store.sql<[number], { fetchedAt: number; body: string }>('item-context', 'SELECT fetched_at AS fetchedAt, body FROM contexts WHERE subject = ?').get(subject);
}

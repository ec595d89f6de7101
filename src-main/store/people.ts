import { findMemberIds } from './search.ts';
import type { Store } from './store.ts';

export type FoundMember = { readonly id: number; readonly name: string; readonly handle: string; readonly connectionId: string };

/** Of a beginning that many share, the newest are looked at. */
const MOST_CANDIDATES = 500;

/** Members whose name or address has words that begin with `text`'s, in the order of their names. */
export function membersBeginning(store: Store, text: string, limit: number): readonly FoundMember[] {
  const ids = findMemberIds(store, text, MOST_CANDIDATES);
  if (ids.length === 0) return [];
  return store.sql<[string, number], FoundMember>('members-beginning', `
    SELECT m.id, m.name, m.handle, c.id AS connectionId
    FROM json_each(?) f CROSS JOIN members m ON m.id = f.value JOIN connections c ON c.n = m.connection
    ORDER BY m.name COLLATE NOCASE, m.id LIMIT ?
  `).all(JSON.stringify(ids), limit);
}

/** How many items about a member's posts wait (index subjects_by_author). */
export function openItemsOf(store: Store, member: number): number {
  return store.sql<[number], { n: number }>('member-open-items', `
    SELECT count(*) AS n FROM subjects s JOIN items i ON i.subject = s.id WHERE s.author = ? AND i.bucket = 'open'
  `).get(member)?.n ?? 0;
}

/** A member's items that are not settled, newest first: enough to follow a change of strikes (index subjects_by_author). */
export function waitingItemsOf(store: Store, member: number): readonly number[] {
  return store.sql<[number], { id: number }>('member-waiting-items', `
    SELECT s.id FROM subjects s JOIN items i ON i.subject = s.id
    WHERE s.author = ? AND i.bucket IN ('open', 'escalated', 'snoozed') ORDER BY s.created_at DESC LIMIT 200
  `).all(member).map((row) => row.id);
}

/** What a member wrote last, newest first (index subjects_by_author). */
export function recentSubjectsOf(store: Store, member: number, limit: number): readonly number[] {
  return store.sql<[number, number], { id: number }>('member-recent', `
    SELECT id FROM subjects WHERE author = ? AND type <> 'member' ORDER BY created_at DESC LIMIT ?
  `).all(member, limit).map((row) => row.id);
}

export type OutsideRow = { readonly by: string | null; readonly what: string; readonly at: number };

/** What someone did on the platform about a member's posts, newest first; our own orders' echoes left out. */
export function outsideAgainst(store: Store, member: number, limit: number): readonly OutsideRow[] {
  return store.sql<[number, number], OutsideRow>('member-outside', `
    SELECT r.by, r.what, coalesce(r.at, r.seen_at) AS at
    FROM subjects s JOIN resolutions r ON r.subject = s.id
    WHERE s.author = ? AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id = r.order_id)
    ORDER BY at DESC LIMIT ?
  `).all(member, limit);
}

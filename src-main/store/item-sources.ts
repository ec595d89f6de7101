import type { Category, ItemState, SubjectType } from '../contract/words.ts';
import type { Closing, ItemInput } from '../domain/item-facts.ts';
import { subjectKey } from '../domain/key.ts';
import type { Mark } from '../domain/lifecycle.ts';
import type { Store } from './store.ts';

/** Everything about a subject that its item rests on, but its reports. */
export type Source = {
  readonly subject: number;
  readonly connection: number;
  readonly type: SubjectType;
  readonly remoteId: string;
  readonly author: number | null;
  /** The beginning of its text. */
  readonly head: string;
  readonly platform: string;
  readonly instance: string;
  readonly authorRemoteId: string | null;
  readonly version: number | null;
  readonly state: ItemState | null;
  readonly arrival: number | null;
  readonly strikes: number | null;
};

export type StoredReport = {
  readonly id: number;
  readonly reporter: number | null;
  readonly category: Category;
  readonly createdAt: number;
  readonly openedAt: number;
  readonly open: 0 | 1;
  readonly outcome: 'upheld' | 'dismissed' | null;
  readonly judged: number;
  readonly upheld: number;
};

export type StoredMark = Mark & { readonly claimedBy: string | null };

/** Whether any row of these tables exists: during a first sync none does, and nobody asks for each subject. */
export type Present = { readonly marks: boolean; readonly resolutions: boolean; readonly deliveries: boolean; readonly strikes: boolean };

/** See {@link Present}. */
export function whatIsPresent(store: Store): Present {
  const row = store.sql<[], { marks: number; resolutions: number; deliveries: number; strikes: number }>('items-present', `
    SELECT EXISTS (SELECT 1 FROM item_marks) AS marks, EXISTS (SELECT 1 FROM resolutions) AS resolutions,
           EXISTS (SELECT 1 FROM deliveries) AS deliveries, EXISTS (SELECT 1 FROM strikes) AS strikes
  `).get();
  return {
    marks: row?.marks === 1, resolutions: row?.resolutions === 1, deliveries: row?.deliveries === 1, strikes: row?.strikes === 1,
  };
}

/** A subject with its item as it was, if it is one. */
export function sourceOf(store: Store, id: number): Source | undefined {
  return store.sql<[number], Source>('items-source', `
    SELECT s.id AS subject, s.connection, s.type, s.remote_id AS remoteId, s.author, substr(s.text, 1, 400) AS head,
           c.platform, c.instance, m.remote_id AS authorRemoteId, i.version, i.state, i.arrival, i.strikes
    FROM subjects s JOIN connections c ON c.n = s.connection
    LEFT JOIN members m ON m.id = s.author LEFT JOIN items i ON i.subject = s.id
    WHERE s.id = ?
  `).get(id);
}

/** A connection's part of its subjects' keys. */
export function placeOf(store: Store, connection: number): Pick<Source, 'platform' | 'instance'> {
  const row = store.sql<[number], { platform: string; instance: string }>('items-place', 'SELECT platform, instance FROM connections WHERE n = ?').get(connection);
  if (row === undefined) throw new Error(`no connection ${connection}`);
  return row;
}

/** A subject's reports, oldest first (index reports_by_subject). */
export function reportsOf(store: Store, subject: number): readonly StoredReport[] {
  return store.sql<[number], StoredReport>('items-reports', `
    SELECT r.id, r.reporter, r.category, r.created_at AS createdAt, coalesce(r.opened_at, r.created_at) AS openedAt, r.open, r.outcome,
           coalesce(m.reports_judged, 0) AS judged, coalesce(m.reports_upheld, 0) AS upheld
    FROM reports r LEFT JOIN members m ON m.id = r.reporter WHERE r.subject = ? ORDER BY r.created_at
  `).all(subject);
}

/** What people decided about a subject. */
export function markOf(store: Store, key: string): StoredMark | undefined {
  return store.sql<[string], StoredMark>('items-mark', `
    SELECT state, outcome, marked_at AS markedAt, snoozed_until AS snoozedUntil, claimed_by AS claimedBy
    FROM item_marks WHERE subject_key = ?
  `).get(key);
}

/** The author's strikes and those of accounts linked with theirs. */
export function strikesOf(store: Store, source: Pick<Source, 'authorRemoteId' | 'platform' | 'instance'>, now: number): number {
  if (source.authorRemoteId === null) return 0;
  const key = subjectKey({ platform: source.platform, instance: source.instance, type: 'member', remoteId: source.authorRemoteId });
  return store.sql<[string, number], { n: number }>('items-strikes', `
    SELECT count(*) AS n FROM strikes WHERE member_key IN (
      SELECT ?1 UNION SELECT other.member_key FROM member_links mine JOIN member_links other ON other.person_id = mine.person_id
      WHERE mine.member_key = ?1
    ) AND expires_at > ?2
  `).get(key, now)?.n ?? 0;
}

/** Someone else's closing (of one report, `closes` 2, once no other is open), our own echoes, and conflicts (indexes resolutions_by_subject, deliveries_by_subject). */
export function fromOutside(store: Store, subject: number, present: Present): Pick<ItemInput, 'closing' | 'echoed' | 'conflict'> {
  const closed = present.resolutions
    ? store.sql<[number], Closing>('items-closed-outside', `
        SELECT at, seen_at AS seenAt FROM resolutions
        WHERE subject = ? AND closes > 0 AND (closes = 1 OR NOT EXISTS (SELECT 1 FROM reports WHERE reports.subject = resolutions.subject AND open = 1))
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.id = resolutions.order_id)
        ORDER BY coalesce(at, seen_at) DESC LIMIT 1
      `).get(subject)
    : undefined;
  const sent = present.deliveries
    ? store.sql<[number], { echoed: number | null; conflict: number | null }>('items-deliveries', `
        SELECT max(state IN ('sent', 'handled-there')) AS echoed, max(state = 'conflict') AS conflict FROM deliveries WHERE subject = ?
      `).get(subject)
    : undefined;
  return { closing: closed ?? null, echoed: sent?.echoed === 1, conflict: sent?.conflict === 1 };
}


import type { ItemRow } from '../contract/queue.ts';
import type { Category, ItemState, SubjectType } from '../contract/words.ts';
import { subjectKey } from '../domain/key.ts';
import type { Store } from './store.ts';

/** What a row of the queue is read from, as SQLite gives it. */
export type StoredItem = {
  readonly id: number;
  readonly version: number;
  readonly state: ItemState;
  readonly snippet: string;
  readonly category: Category;
  readonly severity: number;
  readonly priority: number;
  readonly reportCount: number;
  readonly firstReportAt: number;
  readonly lastReportAt: number;
  readonly dueAt: number | null;
  readonly reopened: 0 | 1;
  readonly strikes: number;
  readonly snoozedUntil: number | null;
  readonly claimedBy: string | null;
  readonly subjectType: SubjectType;
  readonly remoteId: string;
  readonly language: string | null;
  readonly place: string | null;
  readonly mediaCount: number;
  readonly authorId: number | null;
  readonly authorName: string | null;
  readonly authorHandle: string | null;
  readonly connectionId: string;
  readonly platform: string;
  readonly instance: string;
};

/** The columns and joins of a queue row, for the FROM of a statement that names items `i`. */
export const ITEM_COLUMNS = `
  i.subject AS id, i.version, i.state, i.snippet, i.category, i.severity, i.priority, i.report_count AS reportCount,
  i.first_report_at AS firstReportAt, i.last_report_at AS lastReportAt, i.due_at AS dueAt, i.reopened, i.strikes,
  i.snoozed_until AS snoozedUntil, i.claimed_by AS claimedBy, s.type AS subjectType, s.remote_id AS remoteId, s.language, s.place,
  s.media_count AS mediaCount, m.id AS authorId, m.name AS authorName, m.handle AS authorHandle, c.id AS connectionId, c.platform, c.instance`;
export const ITEM_JOINS = `
  CROSS JOIN subjects s ON s.id = i.subject CROSS JOIN connections c ON c.n = i.connection LEFT JOIN members m ON m.id = s.author`;

/** A queue row in the contract's terms. */
export function itemRowOf(row: StoredItem): ItemRow {
  return {
    id: row.id,
    key: subjectKey({ platform: row.platform, instance: row.instance, type: row.subjectType, remoteId: row.remoteId }),
    version: row.version,
    state: row.state,
    connectionId: row.connectionId,
    subjectType: row.subjectType,
    snippet: row.snippet,
    author: row.authorId === null ? null : { id: row.authorId, name: row.authorName ?? '', handle: row.authorHandle ?? '' },
    category: row.category,
    severity: row.severity,
    priority: row.priority,
    reportCount: row.reportCount,
    firstReportAt: row.firstReportAt,
    lastReportAt: row.lastReportAt,
    dueAt: row.dueAt,
    language: row.language,
    place: row.place,
    reopened: row.reopened === 1,
    strikes: row.strikes,
    mediaCount: row.mediaCount,
    snoozedUntil: row.snoozedUntil,
    claimedBy: row.claimedBy,
  };
}

/** One row of the queue; undefined where the subject is no item. */
export function itemRow(store: Store, id: number): ItemRow | undefined {
  const row = store.sql<[number], StoredItem>('item-row', `SELECT ${ITEM_COLUMNS} FROM items i ${ITEM_JOINS} WHERE i.subject = ?`).get(id);
  return row === undefined ? undefined : itemRowOf(row);
}

/** Rows in the order asked; those that are no items are left out. */
export function itemRows(store: Store, ids: readonly number[]): ItemRow[] {
  return ids.flatMap((id) => itemRow(store, id) ?? []);
}

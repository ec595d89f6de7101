import type { ItemRow, QueueFilter, QUEUE_ORDERS } from '../contract/queue.ts';
import { leastPriority, severityOf } from '../domain/priority.ts';
import { ITEM_COLUMNS, ITEM_JOINS, itemRowOf, itemRows } from './item-rows.ts';
import type { StoredItem } from './item-rows.ts';
import { presentArrival } from './items.ts';
import { matchOf, searched } from './search.ts';
import type { Statement, Store } from './store.ts';

export type QueueOrder = (typeof QUEUE_ORDERS)[number];

/** A filter with the connections' numbers in place of their ids; none is every one. */
export type QueueQuery = Omit<QueueFilter, 'connectionId'> & { readonly connections: readonly number[] };

/** Where a page ended: the order's value and the subject of its last row. */
export type PageKey = { readonly value: number; readonly subject: number };

export type Page = { readonly rows: ItemRow[]; readonly last: PageKey | null };

type Value = string | number;
type Part = { readonly sql: string; readonly values: readonly Value[] };

/** A text filter looks at this many of the newest matches; nobody pages further. */
const MOST_MATCHES = 5_000;
const MOST_INCOMING = 1_000;
/** New items are mostly new subjects; of a stretch that reaches far back, the newest matches are looked at. */
const MOST_LOOKED_AT = 20_000;

const COLUMN = { priority: 'priority', newest: 'last_report_at', oldest: 'last_report_at' } as const satisfies Record<QueueOrder, string>;

/** One page of the queue by key: the index is the order, whatever the filter. */
export function itemsPage(store: Store, query: QueueQuery, order: QueueOrder, after: PageKey | null, limit: number): Page {
  const rows = query.text === undefined || query.text.trim() === ''
    ? pageByIndex(store, query, order, after, limit)
    : pageByWords(store, query, query.text, order, after, limit);
  const last = rows.at(-1);
  return { rows, last: last === undefined || rows.length < limit ? null : keyOfRow(order, last) };
}

/** The prepared statement that reads a page, as the bench measures it too. */
export function pageStatement(store: Store, query: QueueQuery, order: QueueOrder, after: PageKey | null, limit: number): { readonly statement: Statement<Value[], StoredItem>; readonly values: Value[]; readonly sql: string } {
  const where = [...filterParts(query, order), ...afterPart(order, after)];
  const direction = order === 'oldest' ? 'ASC' : 'DESC';
  const sql = `
    SELECT ${ITEM_COLUMNS} FROM items i INDEXED BY ${indexFor(query, order)} ${ITEM_JOINS}
    WHERE ${where.map((part) => part.sql).join(' AND ')}
    ORDER BY i.${COLUMN[order]} ${direction}, i.subject ${direction} LIMIT ?`;
  return { statement: store.sql<Value[], StoredItem>(`page ${sql}`, sql), values: [...where.flatMap((part) => part.values), limit], sql };
}

/** Several connections by priority: a page of each by the index that one connection has, and the best of all is the page. */
function pageByIndex(store: Store, query: QueueQuery, order: QueueOrder, after: PageKey | null, limit: number): ItemRow[] {
  if (query.connections.length > 1 && order === 'priority' && query.category === undefined) {
    return query.connections
      .flatMap((connection) => pageByIndex(store, { ...query, connections: [connection] }, order, after, limit))
      .toSorted((a, b) => inOrder(order, keyOfRow(order, a), keyOfRow(order, b)))
      .slice(0, limit);
  }
  const { statement, values } = pageStatement(store, query, order, after, limit);
  return statement.all(...values).map(itemRowOf);
}

function keyOfRow(order: QueueOrder, { priority, lastReportAt, id }: ItemRow): PageKey {
  return { value: order === 'priority' ? priority : lastReportAt, subject: id };
}

function inOrder(order: QueueOrder, a: PageKey, b: PageKey): number {
  return (order === 'oldest' ? 1 : -1) * (a.value - b.value || a.subject - b.subject);
}

/** The newest matches of the words, put in the queue's order. */
function pageByWords(store: Store, query: QueueQuery, text: string, order: QueueOrder, after: PageKey | null, limit: number): ItemRow[] {
  const match = matchOf(text);
  if (match === null) return [];
  const where = filterParts(query, order);
  const sql = `
    SELECT i.subject, i.${COLUMN[order]} AS value
    FROM search_items f CROSS JOIN items i ON i.subject = f.rowid CROSS JOIN subjects s ON s.id = i.subject
    WHERE search_items MATCH ? AND ${where.map((part) => part.sql).join(' AND ')} ORDER BY f.rowid DESC LIMIT ?`;
  const found = searched(() => store.sql<Value[], { subject: number; value: number }>(`page ${sql}`, sql).all(match, ...where.flatMap((part) => part.values), MOST_MATCHES));
  const rest = after === null ? found : found.filter((key) => inOrder(order, key, after) > 0);
  return itemRows(store, rest.toSorted((a, b) => inOrder(order, a, b)).slice(0, limit).map((key) => key.subject));
}

/** How many items entered the filter since `arrival`, up to 1,000, and the present mark (index items_by_arrival). */
export function itemsSince(store: Store, query: QueueQuery, arrival: number): { readonly count: number; readonly arrival: number } {
  const where = filterParts(query, 'newest');
  const sql = `
    SELECT i.subject FROM items i INDEXED BY items_by_arrival CROSS JOIN subjects s ON s.id = i.subject
    WHERE ${where.map((part) => part.sql).join(' AND ')} AND i.arrival > ? LIMIT ?`;
  const found = store.sql<Value[], { subject: number }>(`since ${sql}`, sql).all(...where.flatMap((part) => part.values), arrival, MOST_INCOMING);
  const count = query.text === undefined || query.text.trim() === '' ? found.length : matching(store, query.text, found.map((row) => row.subject));
  return { count, arrival: presentArrival(store) };
}

/** Reads the matches of the whole stretch once: asking for each item alone would begin the search anew each time. */
function matching(store: Store, text: string, subjects: readonly number[]): number {
  const match = matchOf(text);
  if (match === null || subjects.length === 0) return 0;
  const wanted = new Set(subjects);
  const found = searched(() => store.sql<[string, number, number, number], { rowid: number }>('since-matching', `
    SELECT rowid FROM search_items WHERE search_items MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?
  `).all(match, Math.min(...subjects), Math.max(...subjects), MOST_LOOKED_AT));
  return found.filter(({ rowid }) => wanted.has(rowid)).length;
}

function indexFor(query: QueueQuery, order: QueueOrder): string {
  if (order !== 'priority') return 'items_by_time';
  // A category is read from the priority's index itself; a connection has one of its own.
  return query.connections.length !== 1 || query.category !== undefined ? 'items_by_priority' : 'items_by_connection';
}

function filterParts(query: QueueQuery, order: QueueOrder): Part[] {
  const parts: Part[] = [{ sql: 'i.bucket = ?', values: [query.state] }];
  const [first, ...others] = query.connections;
  if (first !== undefined) parts.push({ sql: others.length === 0 ? 'i.connection = ?' : `i.connection IN (${query.connections.map(() => '?').join(', ')})`, values: [...query.connections] });
  const minSeverity = Math.max(query.minSeverity ?? 0, query.category === undefined ? 0 : severityOf(query.category));
  if (query.category !== undefined) parts.push({ sql: 'i.category = ?', values: [query.category] });
  if (minSeverity > 0) {
    parts.push({ sql: 'i.severity >= ?', values: [minSeverity] });
    // Nothing of that severity has less, so the index's scan ends there.
    if (order === 'priority') parts.push({ sql: 'i.priority >= ?', values: [leastPriority(minSeverity)] });
  }
  if (query.language !== undefined) parts.push({ sql: 's.language = ?', values: [query.language] });
  return parts;
}

function afterPart(order: QueueOrder, after: PageKey | null): Part[] {
  if (after === null) return [];
  return [{ sql: `(i.${COLUMN[order]}, i.subject) ${order === 'oldest' ? '>' : '<'} (?, ?)`, values: [after.value, after.subject] }];
}

import type { Store } from './store.ts';

export type NewEntry = {
  /** `line 7`, or a message's own id. */
  readonly place: string;
  readonly body: string;
  /** Why it cannot even be read as a row: then it is kept aside at once. */
  readonly problem: string | null;
};

export type StoredEntry = { readonly id: number; readonly place: string; readonly receivedAt: number; readonly body: string };

/**
 * Puts what arrived into the inbox, in the caller's transaction. `key`: a message with a key that was taken before is
 * not taken again. Answers whether it was taken.
 */
export function appendEntries(store: Store, connection: number, entries: readonly NewEntry[], more: { readonly at: number; readonly key: string | null; readonly importId: string | null }): boolean {
  if (more.key !== null && store.sql<[number, string, number]>('inbox-see', 'INSERT INTO inbox_seen (connection, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(connection, more.key, more.at).changes === 0) return false;
  const insert = store.sql<[number, string | null, string, number, string | null, string]>('inbox-append', 'INSERT INTO inbox (connection, import, place, received_at, problem, body) VALUES (?, ?, ?, ?, ?, ?)');
  for (const { place, body, problem } of entries) insert.run(connection, more.importId, place, more.at, problem, body);
  const readable = entries.filter(({ problem }) => problem === null).length;
  store.sql<[number, number]>('inbox-count', 'INSERT INTO inbox_totals (connection, entries) VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries').run(connection, readable);
  return true;
}

/** What waits after an entry, oldest first (index inbox_waiting). */
export function entriesAfter(store: Store, connection: number, after: number, limit: number): StoredEntry[] {
  return store.sql<[number, number, number], StoredEntry>('inbox-read', `
    SELECT id, place, received_at AS receivedAt, body FROM inbox WHERE connection = ? AND id > ? AND problem IS NULL ORDER BY id LIMIT ?
  `).all(connection, after, limit);
}

/** How many entries that could be read as rows ever came. */
export function entryTotal(store: Store, connection: number): number {
  return store.sql<[number], { entries: number }>('inbox-total', 'SELECT entries FROM inbox_totals WHERE connection = ?').get(connection)?.entries ?? 0;
}

/** How many entries of an import wait after an entry (index inbox_waiting alone). */
export function waitingOf(store: Store, connection: number, importId: string, after: number): number {
  return store.sql<[number, number, string], { n: number }>('inbox-waiting', `
    SELECT count(*) AS n FROM inbox WHERE connection = ? AND id > ? AND import = ? AND problem IS NULL
  `).get(connection, after, importId)?.n ?? 0;
}

/** How many entries of a connection wait after an entry, wherever they came from. */
export function waitingCount(store: Store, connection: number, after: number): number {
  return store.sql<[number, number], { n: number }>('inbox-waiting-all', `
    SELECT count(*) AS n FROM inbox WHERE connection = ? AND id > ? AND problem IS NULL
  `).get(connection, after)?.n ?? 0;
}

/** Keeps an entry that could not be taken, with why. */
export function keepAside(store: Store, id: number, field: string | null, problem: string): void {
  store.sql<[string | null, string, number]>('inbox-keep-aside', 'UPDATE inbox SET field = ?, problem = ? WHERE id = ?').run(field, problem, id);
}

/** Forgets up to `limit` entries that were taken; answers how many those were. */
export function forgetEntries(store: Store, connection: number, upTo: number, limit: number): number {
  return store.sql<[number, number, number]>('inbox-forget', `
    DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE connection = ? AND id <= ? AND problem IS NULL ORDER BY id LIMIT ?)
  `).run(connection, upTo, limit).changes;
}

/** Forgets which messages were taken before a time (index inbox_seen_by_time). */
export function forgetSeen(store: Store, before: number): void {
  store.sql<[number]>('inbox-forget-seen', 'DELETE FROM inbox_seen WHERE at < ?').run(before);
}

export type AsideEntry = StoredEntry & { readonly importId: string | null; readonly field: string | null; readonly problem: string };

/** What was kept aside after an entry, oldest first; of one import where it is named (index inbox_aside). */
export function asidePage(store: Store, connection: number, importId: string | null, after: number, limit: number): AsideEntry[] {
  return store.sql<[number, number, string | null, number], AsideEntry>('inbox-aside', `
    SELECT id, place, received_at AS receivedAt, import AS importId, field, problem, body FROM inbox
    WHERE connection = ?1 AND id > ?2 AND problem IS NOT NULL AND (?3 IS NULL OR import = ?3) ORDER BY id LIMIT ?4
  `).all(connection, after, importId, limit);
}

/** How much was kept aside, of an import or of the whole connection (index inbox_aside alone). */
export function asideCount(store: Store, connection: number, importId: string | null): number {
  return store.sql<[number, string | null], { n: number }>('inbox-aside-count', `
    SELECT count(*) AS n FROM inbox WHERE connection = ?1 AND problem IS NOT NULL AND (?2 IS NULL OR import = ?2)
  `).get(connection, importId)?.n ?? 0;
}

/** Puts what was kept aside at the end of what waits, to be read again; answers how many entries. */
export function readAgain(store: Store, connection: number, importId: string | null): number {
  const { changes } = store.sql<[number, string | null]>('inbox-again', `
    INSERT INTO inbox (connection, import, place, received_at, body)
    SELECT connection, import, place, received_at, body FROM inbox WHERE connection = ?1 AND problem IS NOT NULL AND (?2 IS NULL OR import = ?2) ORDER BY id
  `).run(connection, importId);
  dropAside(store, connection, importId, null);
  store.sql<[number, number]>('inbox-count-again', 'INSERT INTO inbox_totals (connection, entries) VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries').run(connection, changes);
  return changes;
}

/** Drops what was kept aside: some entries, those of an import, or all; answers how many. */
export function dropAside(store: Store, connection: number, importId: string | null, ids: readonly number[] | null): number {
  return store.sql<[number, string | null, string | null]>('inbox-drop', `
    DELETE FROM inbox WHERE connection = ?1 AND problem IS NOT NULL AND (?2 IS NULL OR import = ?2) AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))
  `).run(connection, importId, ids === null ? null : JSON.stringify(ids)).changes;
}

/** Forgets up to `limit` entries of an import that wait; answers how many those were. What was taken stays in the queue. */
export function dropWaiting(store: Store, connection: number, importId: string, limit: number): number {
  return store.sql<[number, string, number]>('inbox-drop-waiting', `
    DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE connection = ? AND import = ? AND problem IS NULL LIMIT ?)
  `).run(connection, importId, limit).changes;
}

/** Forgets up to `limit` entries of a connection, kept aside or not, and which messages it took; answers how many entries. */
export function clearInbox(store: Store, connection: number, limit: number): number {
  store.sql<[number]>('inbox-clear-seen', 'DELETE FROM inbox_seen WHERE connection = ?').run(connection);
  return store.sql<[number, number, number]>('inbox-clear', `
    DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox WHERE connection = ? AND problem IS NULL UNION ALL SELECT id FROM inbox WHERE connection = ? AND problem IS NOT NULL LIMIT ?
    )
  `).run(connection, connection, limit).changes;
}

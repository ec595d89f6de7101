import type { Store } from './store.ts';

/** What is known of a medium that a subject names. */
export type MediaRow = {
  readonly url: string;
  /** SHA-256 of the bytes, under which the file lies in the media folder; null where it is not there. */
  readonly hash: string | null;
  readonly mime: string | null;
  readonly fetched_at: number;
  /** Why it could not be had, in plain words. */
  readonly problem: string | null;
};

/** The cache's answer for an address, if it was ever asked for. */
export function mediaByUrl(store: Store, url: string): MediaRow | undefined {
  return store.sql<[string], MediaRow>('media-by-url', `
    SELECT url, iif(let_go_at IS NULL, hash, NULL) AS hash, mime, fetched_at, problem FROM media WHERE url = ?
  `).get(url);
}

/**
 * Keeps what came of fetching a medium for an item. A hash that was kept is not lost to a later failure: what was seen
 * stays seen.
 */
export function keepMedia(store: Store, row: {
  readonly url: string; readonly connection: number; readonly item: number; readonly hash: string | null; readonly mime: string | null;
  readonly bytes: number | null; readonly fetchedAt: number; readonly problem: string | null;
}): void {
  store.sql<[string, number, number, string | null, string | null, number | null, number, string | null], never>('media-keep', `
    INSERT INTO media (url, connection, item, hash, mime, bytes, fetched_at, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET item = excluded.item, hash = coalesce(excluded.hash, hash), mime = coalesce(excluded.mime, mime),
      bytes = coalesce(excluded.bytes, bytes), fetched_at = excluded.fetched_at, problem = excluded.problem
  `).run(row.url, row.connection, row.item, row.hash, row.mime, row.bytes, row.fetchedAt, row.problem);
  if (row.hash === null) return;
  store.sql<[string], never>('media-here-again', 'UPDATE media SET let_go_at = NULL WHERE hash = ?').run(row.hash);
}

/** How many bytes the media folder holds; one file may stand for many addresses. */
export function mediaBytes(store: Store): number {
  return store.sql<[], { bytes: number | null }>('media-bytes', `
    SELECT sum(bytes) AS bytes FROM (SELECT max(bytes) AS bytes FROM media WHERE hash IS NOT NULL AND let_go_at IS NULL GROUP BY hash)
  `).get()?.bytes ?? 0;
}

/** The next media to let go: first those of items that nobody waits for, the longest fetched first (index media_by_hash). */
export function dispensableMedia(store: Store, limit: number): readonly { readonly hash: string; readonly bytes: number }[] {
  return store.sql<[number], { hash: string; bytes: number }>('media-dispensable', `
    SELECT m.hash, max(m.bytes) AS bytes FROM media m LEFT JOIN items i ON i.subject = m.item
    WHERE m.hash IS NOT NULL AND m.let_go_at IS NULL
    GROUP BY m.hash ORDER BY max(coalesce(i.bucket IN ('open', 'escalated', 'snoozed'), 0)), max(m.fetched_at), m.hash LIMIT ?
  `).all(limit);
}

/** Notes that a file is not there any more; its hash stays with those who saw it. */
export function letMediaGo(store: Store, hash: string, now: number): void {
  store.sql<[number, string], never>('media-let-go', 'UPDATE media SET let_go_at = ? WHERE hash = ?').run(now, hash);
}

/** Whether a file of that name belongs to the cache. */
export function isMediaHash(store: Store, hash: string): boolean {
  return store.sql<[string], { here: number }>('media-is-here', 'SELECT 1 AS here FROM media WHERE hash = ? AND let_go_at IS NULL LIMIT 1').get(hash) !== undefined;
}

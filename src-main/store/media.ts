import type { Store } from './store.ts';

/** What is known of a medium that a subject names. */
export type MediaRow = {
  readonly url: string;
  /** SHA-256 of the bytes, under which the file lies in the media folder; null where it could not be had. */
  readonly hash: string | null;
  readonly mime: string | null;
  readonly fetched_at: number;
  /** Why it could not be had, in plain words. */
  readonly problem: string | null;
};

/** The cache's answer for an address, if it was ever asked for. */
export function mediaByUrl(store: Store, url: string): MediaRow | undefined {
  return store.sql<[string], MediaRow>('media-by-url', 'SELECT url, hash, mime, fetched_at, problem FROM media WHERE url = ?').get(url);
}

/** Keeps what came of fetching a medium. A hash that was kept is not lost to a later failure: what was seen stays seen. */
export function keepMedia(store: Store, row: {
  readonly url: string; readonly connection: number; readonly hash: string | null; readonly mime: string | null;
  readonly bytes: number | null; readonly fetchedAt: number; readonly problem: string | null;
}): void {
  store.sql<[string, number, string | null, string | null, number | null, number, string | null], never>('media-keep', `
    INSERT INTO media (url, connection, hash, mime, bytes, fetched_at, problem) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET hash = coalesce(excluded.hash, hash), mime = coalesce(excluded.mime, mime),
      bytes = coalesce(excluded.bytes, bytes), fetched_at = excluded.fetched_at, problem = excluded.problem
  `).run(row.url, row.connection, row.hash, row.mime, row.bytes, row.fetchedAt, row.problem);
}

import type { SubjectType } from '../contract/words.ts';
import type { Store } from './store.ts';

/** What surrounds a subject: subjects by row id, and what was done there before, newest first. */
export type KeptContext = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly recent: readonly number[];
  readonly record: readonly { readonly at: number; readonly text: string; readonly by: string | null }[];
};

/** Of a connection's next open items, those whose context is missing or older than `staleBefore` (index items_by_connection). */
export function itemsWithoutContext(store: Store, connection: number, ahead: number, staleBefore: number): readonly number[] {
  return store.sql<[number, number, number], { subject: number }>('contexts-wanted', `
    SELECT next.subject FROM (
      SELECT subject FROM items WHERE connection = ? AND bucket = 'open' ORDER BY priority DESC, subject DESC LIMIT ?
    ) AS next LEFT JOIN contexts ON contexts.subject = next.subject
    WHERE contexts.fetched_at IS NULL OR contexts.fetched_at < ?
  `).all(connection, ahead, staleBefore).map(({ subject }) => subject);
}

/** When a subject's context was last fetched; null while it never was. */
export function contextAge(store: Store, subject: number): number | null {
  return store.sql<[number], { at: number }>('context-age', 'SELECT fetched_at AS at FROM contexts WHERE subject = ?').get(subject)?.at ?? null;
}

/** Row ids of subjects that were just stored, in the order given; unknown ones are left out. */
export function subjectIds(store: Store, connection: number, subjects: readonly { readonly type: SubjectType; readonly remoteId: string }[]): readonly number[] {
  const find = store.sql<[number, string, string], { id: number }>('context-subject', 'SELECT id FROM subjects WHERE connection = ? AND type = ? AND remote_id = ?');
  return subjects.flatMap(({ type, remoteId }) => find.get(connection, type, remoteId)?.id ?? []);
}

/** Keeps a subject's context, in place of the one before. */
export function keepContext(store: Store, subject: number, fetchedAt: number, context: KeptContext): void {
  store.sql<[number, number, string], never>('context-keep', `
    INSERT INTO contexts (subject, fetched_at, body) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET fetched_at = excluded.fetched_at, body = excluded.body
  `).run(subject, fetchedAt, JSON.stringify(context));
}

/** Notes that the platform no longer has a subject. */
export function markGone(store: Store, subject: number, now: number): void {
  store.sql<[number, number], never>('subject-gone', 'UPDATE subjects SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(now, subject);
}

/** Addresses of the media that these subjects name. */
export function mediaOf(store: Store, subjects: readonly number[]): readonly string[] {
  const find = store.sql<[number], { url: string }>('subject-media', `
    SELECT value ->> 'url' AS url FROM subjects, json_each(subjects.media) WHERE subjects.id = ? AND media_count > 0
  `);
  return subjects.flatMap((id) => find.all(id).map(({ url }) => url));
}

import type { Rows } from '../domain/fold/rows.ts';
import type { Store } from './store.ts';

export type NoteRow = Rows['notes'];
export type RevisionRow = Rows['note_revisions'];

/** Notes about one thing, oldest first, expired ones and other people's private ones left out (index notes_by_about). */
export function notesAbout(store: Store, kind: NoteRow['about_kind'], key: string, reader: string, now: number): readonly NoteRow[] {
  return store.sql<[string, string, string, number], NoteRow>('notes-about', `
    SELECT * FROM notes
    WHERE about_kind = ? AND about_key = ? AND (audience <> 'me' OR author = ?) AND (expires_at IS NULL OR expires_at > ?)
    ORDER BY written_at, id
  `).all(kind, key, reader, now);
}

/** How many notes there are about one thing, for that reader (index notes_by_about). */
export function countNotesAbout(store: Store, kind: NoteRow['about_kind'], key: string, reader: string, now: number): number {
  return store.sql<[string, string, string, number], { n: number }>('notes-count-about', `
    SELECT count(*) AS n FROM notes
    WHERE about_kind = ? AND about_key = ? AND (audience <> 'me' OR author = ?) AND (expires_at IS NULL OR expires_at > ?)
  `).get(kind, key, reader, now)?.n ?? 0;
}

/** One note by its id. */
export function noteById(store: Store, id: string): NoteRow | undefined {
  return store.sql<[string], NoteRow>('note-by-id', 'SELECT * FROM notes WHERE id = ?').get(id);
}

/** Every revision of a note, newest first. */
export function noteRevisions(store: Store, id: string): readonly RevisionRow[] {
  return store.sql<[string], RevisionRow>('note-revisions', 'SELECT * FROM note_revisions WHERE note_id = ? ORDER BY revision DESC').all(id);
}

import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** A note's first text or a revision of it; every revision is kept. */
export function foldNote(read: Read, event: LoggedOf<'note.written'> | LoggedOf<'note.revised'>): readonly Change[] {
  const said = event.public;
  const text = event.payload?.text ?? null;
  const before = read.note(said.noteId);
  return [
    {
      table: 'notes',
      put: {
        id: said.noteId,
        about_kind: said.about.kind,
        about_key: said.about.key,
        text,
        audience: said.audience,
        author: before?.author ?? event.actor,
        written_at: before?.written_at ?? event.at,
        revised_at: before === undefined ? null : event.at,
        revision: said.revision,
        expires_at: said.expiresAt,
      },
    },
    { table: 'note_revisions', put: { note_id: said.noteId, revision: said.revision, text, author: event.actor, at: event.at, event: event.seq } },
  ];
}

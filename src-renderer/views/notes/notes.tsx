import type { NoteAbout, NoteView } from '../../../src-main/contract/work.ts';
import { client } from '../../host/client.ts';
import { useLive } from '../../state/use-live.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Time } from '../../ui/time.tsx';
import { audienceWords } from './audience-words.ts';
import { NoteEditor } from './note-editor.tsx';
import { aboutName, putPenDown, takePen, useOwnPen, usePen } from './pen.ts';
import css from './notes.module.css';

function NoteLine({ note, onRevise }: { readonly note: NoteView; readonly onRevise: () => void }) {
  return (
    <li>
      <button type="button" className={css.line} onClick={onRevise} title="Revise this note">
        <span className={css.text} dir="auto">{note.text}</span>
        <span className={css.by}>
          <bdi>{note.author}</bdi>, {audienceWords(note.audience)}, <Time at={note.revisedAt ?? note.writtenAt} as="when" />
          {note.revision > 1 && `, revision ${note.revision}`}
          {note.expiresAt !== null && <>, until <Time at={note.expiresAt} as="when" /></>}
        </span>
      </button>
    </li>
  );
}

/**
 * The notes about an item or a member, newest first, with the one under the pen on top.
 * `takePen(about)` begins a new one, from a command's handler.
 */
export function Notes({ about }: { readonly about: NoteAbout }) {
  const name = aboutName(about);
  const { data, failure } = useLive(`notes/${name}`, ['notes'], () => client.notes.list({ about }));
  const pen = usePen();
  useOwnPen(name);
  const writing = pen.about === name;
  const notes = (data ?? []).toSorted((a, b) => b.writtenAt - a.writtenAt).filter(({ id }) => !writing || id !== pen.noteId);
  const revised = pen.isNew ? null : data?.find(({ id }) => id === pen.noteId) ?? null;
  return (
    <div className={css.notes}>
      {writing && (pen.isNew || revised !== null) && (
        <NoteEditor key={pen.noteId} about={about} note={revised} newId={pen.noteId} onDone={putPenDown} />
      )}
      {failure !== null && data === undefined && <ErrorNote failure={failure} />}
      {notes.length > 0 && <ul>{notes.map((note) => <NoteLine key={note.id} note={note} onRevise={() => takePen(about, note.id)} />)}</ul>}
      {data !== undefined && notes.length === 0 && !writing && <p className={css.none}>No notes yet.</p>}
    </div>
  );
}

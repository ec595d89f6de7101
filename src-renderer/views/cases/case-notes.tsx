import { useState } from 'react';
import type { CaseDetail, NoteAbout } from '../../../src-main/contract/work.ts';
import { keptDraft } from '../../state/drafts.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Empty } from '../../ui/empty.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { audienceWords } from '../notes/audience-words.ts';
import { NoteEditor } from '../notes/note-editor.tsx';
import { aboutName, putPenDown, takePen, useOwnPen, usePen } from '../notes/pen.ts';
import { draftName } from '../notes/use-note-box.ts';
import { SavedAgo } from '../notes/saved-ago.tsx';
import { useKey } from '../../commands/use-keys.ts';
import { firstLine } from './timeline.ts';
import css from './case-notes.module.css';

type CaseNotesProps = {
  readonly detail: CaseDetail;
  readonly shownId: string | null;
  readonly onShow: (id: string) => void;
};

/** The case's notes: one is read or written at a time, the others are a chip away. */
export function CaseNotes({ detail, shownId, onShow }: CaseNotesProps) {
  const [about] = useState<NoteAbout>({ kind: 'case', id: detail.id });
  const pen = usePen();
  useOwnPen(aboutName(about));
  const { data: draft } = useLive(`draft/${detail.id}`, ['notes'], () => keptDraft(draftName(about, null)));
  const noteKey = useKey('case.note');
  const writing = pen.about === aboutName(about);
  const drafted = !writing && typeof draft === 'string';
  const shown = detail.notes.find(({ id }) => id === (writing ? pen.noteId : shownId)) ?? (writing ? null : detail.notes.at(-1) ?? null);
  return (
    <section className={css.card} aria-label="Notes">
      {(detail.notes.length > 0 || writing || drafted) && (
        <header className={css.bar}>
          {detail.notes.map((note) => (
            <button
              key={note.id}
              type="button"
              className={classes(css.tab, note.id === shown?.id && css.now)}
              aria-pressed={note.id === shown?.id}
              onClick={() => { putPenDown(); onShow(note.id); }}
            >
              <bdi>{firstLine(note.text, 24)}</bdi>
            </button>
          ))}
          {drafted && <button type="button" className={css.tab} onClick={() => takePen(about)}>Unsaved draft</button>}
          {writing && shown === null && <span className={classes(css.tab, css.now)}>New note</span>}
          {!writing && shown !== null && (
            <span className={css.meta}>
              <SavedAgo at={shown.revisedAt ?? shown.writtenAt} /> by <bdi>{shown.author}</bdi> · {audienceWords(shown.audience)} · revision {shown.revision}
            </span>
          )}
        </header>
      )}
      {writing && <div className={css.writing}><NoteEditor key={pen.noteId} about={about} note={pen.isNew ? null : shown} newId={pen.noteId} onDone={() => { onShow(pen.noteId); putPenDown(); }} placeholder="What each side wants, what was found, what is open" /></div>}
      {!writing && shown !== null && (
        <div className={css.body} onDoubleClick={() => takePen(about, shown.id)}><Markdown text={shown.text} /></div>
      )}
      {!writing && shown === null && (
        <Empty
          title="No notes yet"
          said="What each side wants, what was found, what is open. Notes save themselves and keep their revisions."
          {...(noteKey === undefined ? {} : { next: [{ keys: noteKey, text: 'write the first note' }] })}
        >
          <Button onClick={() => takePen(about)}>Write a note</Button>
        </Empty>
      )}
    </section>
  );
}

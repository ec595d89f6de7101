import { useRef, useState } from 'react';
import type { NoteAbout, NoteView } from '../../../src-main/contract/work.ts';
import { TextArea } from '../../ui/field.tsx';
import { NoteConflict } from './note-conflict.tsx';
import { NoteMeta } from './note-meta.tsx';
import type { NoteStep } from './note-box.ts';
import { RevisionsDialog } from './revisions-dialog.tsx';
import { useNoteBox } from './use-note-box.ts';
import css from './notes.module.css';

type NoteEditorProps = {
  readonly about: NoteAbout;
  /** Null for a new note. */
  readonly note: NoteView | null;
  readonly newId: string;
  /** Escape, or Mod+Enter: the pen is put down; what is there is saved. */
  readonly onDone: () => void;
  readonly placeholder?: string;
};

/** A note under the pen. It saves itself; Escape puts the pen down. */
export function NoteEditor({ about, note, newId, onDone, placeholder = 'Write a note' }: NoteEditorProps) {
  const { box, step, flush } = useNoteBox(about, note, newId);
  const [revisions, setRevisions] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  function choose(choice: NoteStep): void {
    step(choice);
    flush();
    area.current?.focus();
  }
  return (
    <div className={css.editor}>
      <NoteMeta box={box} step={step} onRevisions={() => setRevisions(true)} />
      <TextArea
        ref={area}
        autoFocus
        aria-label="Note"
        placeholder={placeholder}
        value={box.text}
        onChange={(event) => step({ do: 'type', text: event.target.value })}
        onBlur={flush}
        onKeyDown={(event) => {
          const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
          if (!done || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          if (box.phase === 'stale' && event.key === 'Enter') {
            choose({ do: 'keep-mine' });
            return;
          }
          flush();
          onDone();
        }}
      />
      {box.phase === 'stale' && <NoteConflict box={box} step={choose} />}
      {box.problem !== null && <p className={css.problem} role="alert">{box.problem}</p>}
      {box.saved !== null && <RevisionsDialog noteId={box.saved.id} open={revisions} onClose={() => setRevisions(false)} />}
    </div>
  );
}

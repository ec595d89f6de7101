import { DiffView } from '../../ui/diff-view.tsx';
import { Button } from '../../ui/button.tsx';
import { lineDiff } from '../../ui/line-diff.ts';
import type { NoteBox, NoteStep } from './note-box.ts';
import css from './notes.module.css';

/** Two people revised one note: shows both and lets a person choose. Nothing is lost either way. */
export function NoteConflict({ box, step }: { readonly box: NoteBox; readonly step: (step: NoteStep) => void }) {
  if (box.theirs === null) return null;
  const { author, text, revision } = box.theirs;
  return (
    <div className={css.conflict} role="alert">
      <p><bdi>{author}</bdi> saved revision {revision} while you were writing. Below, theirs turned into yours.</p>
      <DiffView lines={lineDiff(text, box.text)} />
      <div className={css.choices}>
        <Button look="main" keys="Mod+Enter" onClick={() => step({ do: 'keep-mine' })}>Save mine as revision {revision + 1}</Button>
        <Button onClick={() => step({ do: 'take-theirs' })}>Take theirs</Button>
      </div>
      <p className={css.quietly}>Either way revision {revision} stays among the revisions.</p>
    </div>
  );
}

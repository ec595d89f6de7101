import { History } from 'lucide-react';
import { useNow } from '../../state/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { when } from '../../ui/time-words.ts';
import { AUDIENCE_OPTIONS } from './audience-words.ts';
import { expiryAt, expiryOptions } from './expiry.ts';
import type { NoteBox, NoteStep } from './note-box.ts';
import { SavedAgo } from './saved-ago.tsx';
import css from './notes.module.css';

/** Whether the note is safe, in a few words that change quietly. */
function SaveState({ box }: { readonly box: NoteBox }) {
  if (box.phase === 'failed') return <span className={css.failed}>not saved; kept as a draft</span>;
  if (box.phase === 'stale') return <span className={css.failed}>revised by someone else meanwhile</span>;
  if (box.saved === null) return <span>{box.text.trim() === '' ? 'saves by itself' : 'draft kept'}</span>;
  if (box.phase === 'typing' || box.phase === 'saving') return <span>saving</span>;
  return <span><SavedAgo at={box.saved.revisedAt ?? box.saved.writtenAt} /></span>;
}

/** The line above a note under the pen: whether it is saved, for whom it is, how long it stays, its revisions. */
export function NoteMeta({ box, step, onRevisions }: { readonly box: NoteBox; readonly step: (step: NoteStep) => void; readonly onRevisions: () => void }) {
  const now = useNow();
  return (
    <div className={css.meta}>
      <span className={css.state} role="status"><SaveState box={box} /></span>
      <Select aria-label="Who may read the note" value={box.audience} options={AUDIENCE_OPTIONS} onPick={(audience) => step({ do: 'audience', audience })} />
      <Select
        aria-label="How long the note stays"
        value={box.expiresAt === null ? 'never' : 'kept'}
        options={expiryOptions(box.expiresAt, (at) => when(at, now))}
        onPick={(choice) => step({ do: 'expiry', expiresAt: expiryAt(choice, box.expiresAt, now) })}
      />
      {box.saved !== null && (
        <Button look="quiet" icon={<History aria-hidden="true" />} onClick={onRevisions}>revision {box.saved.revision}</Button>
      )}
    </div>
  );
}

import { useState } from 'react';
import { client } from '../../host/client.ts';
import { useLive } from '../../state/use-live.ts';
import { DiffView } from '../../ui/diff-view.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Select } from '../../ui/field.tsx';
import { lineDiff } from '../../ui/line-diff.ts';
import { fullTime } from '../../ui/time-words.ts';
import css from './notes.module.css';

/** Every revision of a note, each against the one before. */
export function RevisionsDialog({ noteId, open, onClose }: { readonly noteId: string; readonly open: boolean; readonly onClose: () => void }) {
  const { data, failure } = useLive(open ? `revisions/${noteId}` : null, ['notes'], () => client.notes.revisions({ id: noteId }));
  const [picked, setPicked] = useState<string | null>(null);
  const revisions = (data ?? []).toSorted((a, b) => b.revision - a.revision);
  const shown = revisions.find(({ revision }) => String(revision) === picked) ?? revisions[0];
  const before = shown === undefined ? undefined : revisions.find(({ revision }) => revision === shown.revision - 1);
  return (
    <Dialog open={open} onClose={onClose} title="Revisions of this note" size="medium">
      {failure !== null && <ErrorNote failure={failure} />}
      {shown !== undefined && (
        <div className={css.revisions}>
          <Select
            aria-label="Revision"
            value={String(shown.revision)}
            options={revisions.map(({ revision, author, at }) => ({ value: String(revision), label: `Revision ${revision} by ${author}, ${fullTime(at)}` }))}
            onPick={setPicked}
          />
          <DiffView lines={lineDiff(before?.text ?? '', shown.text)} />
        </div>
      )}
    </Dialog>
  );
}

import { useState } from 'react';
import { changeDraft, choicesFor, useDeciding } from '../../state/deciding.ts';
import { labelsOf, withLabel } from '../../state/deciding-steps.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { Picker } from '../../ui/picker.tsx';

/** All labels that a verb offers, where they are more than the number keys. */
export function LabelsDialog() {
  const open = useDesk((state) => state.overlay === 'labels');
  return open ? <Asking /> : null;
}

function toggle(label: string): void {
  changeDraft((draft) => withLabel(draft, label));
}

function Asking() {
  const draft = useDeciding((state) => state.draft);
  const [text, setText] = useState('');
  if (draft === null) return null;
  const chosen = draft.actions.at(-1)?.labels ?? [];
  const wanted = text.trim().toLocaleLowerCase();
  const { labels } = labelsOf(draft, choicesFor(draft.itemIds));
  return (
    <Dialog open onClose={() => openOverlay(null)} title="Choose labels" size="medium" bare>
      <Picker
        label="Label"
        placeholder="Find a label"
        text={text}
        onText={setText}
        options={labels.filter((label) => label.toLocaleLowerCase().includes(wanted)).map((label) => ({ id: label, label, on: chosen.includes(label) }))}
        onPick={(label) => {
          openOverlay(null);
          toggle(label);
        }}
        onAdd={toggle}
        empty="No label by that name."
        hint={<><Keys chord="Enter" /> takes it and goes back, <Keys chord="Shift+Enter" /> takes it or lets it go and stays</>}
      />
    </Dialog>
  );
}

import { useState } from 'react';
import type { CaseDetail } from '../../../src-main/contract/work.ts';
import { AUDIENCES } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { useNow } from '../../state/clock.ts';
import { useDraft } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextBox } from '../../ui/field.tsx';
import { Picker } from '../../ui/picker.tsx';
import { Time } from '../../ui/time.tsx';
import { audienceWords } from '../notes/audience-words.ts';
import { followUpChoices } from './follow-up.ts';
import { firstLine } from './timeline.ts';
import { changeCase } from './use-case.ts';
import { ROLE_WORDS } from './words.ts';

async function change(detail: CaseDetail, changes: Parameters<typeof changeCase>[1], done: () => void): Promise<void> {
  if (await changeCase(detail, changes, 'key')) done();
}

type CaseDialogProps = { readonly detail: CaseDetail; readonly onClose: () => void };

/** When to look at the case again. */
export function FollowUpDialog({ detail, onClose }: CaseDialogProps) {
  const [text, setText] = useState('');
  const choices = followUpChoices(text, useNow(), detail.followUpAt !== null);
  return (
    <Dialog open onClose={onClose} title="Follow up" said="When the case should come back to the top of the list.">
      <Picker
        label="When"
        placeholder="A span, or a day such as 2026-12-01"
        text={text}
        onText={setText}
        options={choices.map(({ id, label, at }) => ({ id, label, ...(at === null ? {} : { detail: <Time at={at} as="when" /> }) }))}
        onPick={(picked) => {
          const choice = choices.find(({ id }) => id === picked);
          if (choice !== undefined) void change(detail, { followUpAt: choice.at }, onClose);
        }}
        empty="Write a day as 2026-12-01."
      />
    </Dialog>
  );
}

/** Who may read the case. */
export function AudienceDialog({ detail, onClose }: CaseDialogProps) {
  const [text, setText] = useState('');
  const options = AUDIENCES.map((id) => ({ id, label: audienceWords(id), on: id === detail.audience })).filter(({ label }) => label.includes(text.trim().toLowerCase()));
  return (
    <Dialog open onClose={onClose} title="Who may read this case">
      <Picker
        label="Audience"
        text={text}
        onText={setText}
        options={options}
        onPick={(picked) => {
          const audience = AUDIENCES.find((known) => known === picked);
          if (audience !== undefined) void change(detail, { audience }, onClose);
        }}
      />
    </Dialog>
  );
}

/** Another title. */
export function RenameDialog({ detail, onClose }: CaseDialogProps) {
  const { text, change: type, drop } = useDraft(`case-title/${detail.id}`, detail.title);
  async function rename(): Promise<void> {
    if (text.trim() === '' || !await changeCase(detail, { title: text.trim() }, 'key')) return;
    drop();
    onClose();
  }
  return (
    <Dialog
      open
      onClose={() => { drop(); onClose(); }}
      title="Rename the case"
      actions={<><Button onClick={() => { drop(); onClose(); }}>Cancel</Button><Button look="main" keys="Enter" disabled={text.trim() === ''} onClick={() => { void rename(); }}>Rename</Button></>}
    >
      <Field label="Title" bare>
        {({ id }) => (
          <TextBox
            id={id}
            autoFocus
            value={text}
            maxLength={200}
            onFocus={(event) => event.target.select()}
            onChange={(event) => type(event.target.value)}
            onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) void rename(); }}
          />
        )}
      </Field>
    </Dialog>
  );
}

/** Takes a party or an item out of the case; the log keeps that they were in it. */
export function RemoveDialog({ detail, onClose }: CaseDialogProps) {
  const [text, setText] = useState('');
  const all = [
    ...detail.parties.map((party) => ({ id: `party/${party.id}`, label: party.name, detail: ROLE_WORDS[party.role] })),
    ...detail.items.map((item, index) => ({ id: `item/${item.id}`, label: firstLine(item.kept === '' ? item.snippet : item.kept), detail: `evidence E${index + 1}` })),
  ];
  async function remove(picked: string): Promise<void> {
    const [kind, id = ''] = picked.split('/');
    const call = kind === 'party'
      ? client.cases.removeParty({ id: detail.id, partyId: id, source: 'key' })
      : client.cases.unlinkItem({ id: detail.id, itemId: Number(id), source: 'key' });
    if (await attempt(call) !== null) onClose();
  }
  return (
    <Dialog open onClose={onClose} title="Take out of the case" said="A party or a piece of evidence. The history keeps that it was here." size="medium">
      <Picker
        label="What to take out"
        text={text}
        onText={setText}
        options={all.filter(({ label, detail: said }) => `${label} ${said}`.toLowerCase().includes(text.trim().toLowerCase()))}
        onPick={(picked) => { void remove(picked); }}
        empty="Nothing here by that name."
      />
    </Dialog>
  );
}

import { useDeferredValue, useState } from 'react';
import type { CaseDetail } from '../../../src-main/contract/work.ts';
import type { PartyRole } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { useCounts } from '../../state/counts.ts';
import { useHeld } from '../../state/use-held.ts';
import { useLive } from '../../state/use-live.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { Picker } from '../../ui/picker.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { ROLE_OPTIONS } from './words.ts';
import { twoSides } from './timeline.ts';

/** The role that is most likely still missing. */
function likelyRole(detail: CaseDetail): PartyRole {
  const { affected, other } = twoSides(detail.parties);
  if (affected === null) return 'affected';
  return other === null ? 'other-side' : 'witness';
}

/** Adds a party: a member found by name or address, or someone by name only. Tab leads to the role. */
export function PartyDialog({ detail, onClose }: { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [role, setRole] = useState<PartyRole>(() => likelyRole(detail));
  const asked = useDeferredValue(text.trim());
  const connections = useCounts((state) => state.connections);
  const { data } = useLive(asked === '' ? null : `members/${asked}`, [], () => client.members.find({ text: asked, limit: 20 }));
  const held = useHeld(data);
  const found = (held ?? []).filter(({ id }) => !detail.parties.some(({ member }) => member?.id === id));
  const options: readonly PickerOption[] = text.trim() === '' ? [] : [
    ...found.map((member): PickerOption => ({
      id: String(member.id),
      label: <><bdi>{member.name}</bdi> <bdi>{member.handle}</bdi></>,
      detail: connections?.find(({ id }) => id === member.connectionId)?.title ?? '',
    })),
    { id: 'name', label: `Add “${text.trim()}” by name only`, detail: 'no account here' },
  ];

  async function add(option: string): Promise<void> {
    // What is still in sight from the text before is not what was asked for.
    if (option !== 'name' && data === undefined) return;
    const memberId = option === 'name' ? null : Number(option);
    const done = await attempt(client.cases.addParty({ id: detail.id, partyId: crypto.randomUUID(), memberId, name: memberId === null ? text.trim() : '', role, source: 'key' }));
    if (done !== null) onClose();
  }

  return (
    <Dialog open onClose={onClose} title="Add a party" said="A member, or someone without an account. Enter adds, Tab leads to the role." size="medium">
      <Picker
        label="Who"
        placeholder="Name or address"
        text={text}
        onText={setText}
        options={options}
        onPick={(option) => { void add(option); }}
        empty={text.trim() === '' ? 'Type a name or an address.' : undefined}
      />
      <Field label="Role in the case">
        {({ id }) => <Select id={id} value={role} options={ROLE_OPTIONS} onPick={setRole} />}
      </Field>
    </Dialog>
  );
}

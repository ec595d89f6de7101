import { useState } from 'react';
import type { CaseRow } from '../../../src-main/contract/work.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { useDraft } from '../../state/drafts.ts';
import { navigate } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Picker } from '../../ui/picker.tsx';
import { openCase } from './use-case.ts';
import { useAskedCase } from './open-flow.ts';
import { firstLine } from './timeline.ts';
import { STAGE_WORDS } from './words.ts';

function close(): void {
  useAskedCase.setState({ asked: null });
}

function matches(row: CaseRow, text: string, prefilled: string): boolean {
  return text === prefilled || `${row.number} ${row.title}`.toLowerCase().includes(text.trim().toLowerCase());
}

function Asking({ itemIds, title: prefilled }: { readonly itemIds: readonly number[]; readonly title: string }) {
  const first = firstLine(prefilled);
  const linking = itemIds.length > 0;
  const [begun, setBegun] = useState(first);
  // A title begun for nothing in particular survives a crash; one begun from an item is there again with its key.
  const draft = useDraft('case/new');
  const [text, setText] = linking ? [begun, setBegun] : [draft.text, draft.change];
  const { data } = useLive(linking ? 'open-cases' : null, ['cases'], () => client.cases.list({ limit: 50 }));
  const title = text.trim();

  async function open(): Promise<void> {
    const opened = await openCase(title, itemIds, 'key');
    if (opened === null) return;
    if (!linking) draft.drop();
    close();
    navigate('cases', opened.id);
  }
  async function link(row: CaseRow): Promise<void> {
    for (const itemId of itemIds) if (await attempt(client.cases.linkItem({ id: row.id, itemId, source: 'key' })) === null) return;
    close();
    toast({ tone: 'done', text: `Kept as evidence in case ${row.number}`, action: { title: 'Open the case', run: () => navigate('cases', row.id) } });
  }

  const others = (data?.rows ?? []).filter((row) => matches(row, text, first));
  return (
    <Dialog
      open
      onClose={close}
      title={linking ? 'Open a case' : 'New case'}
      said={linking ? 'What was reported is kept as evidence and its author becomes a party. Enter opens the case; the arrows choose one that is open already.' : 'Give it a title; Enter opens it.'}
      size="medium"
    >
      <Picker
        label="Title"
        placeholder="A few words for the conflict"
        text={text}
        onText={setText}
        selectAll
        options={[
          ...(title === '' ? [] : [{ id: 'new', label: `Open “${title}”`, detail: 'new case' }]),
          ...others.map((row) => ({ id: row.id, label: row.title, detail: `add to case ${row.number} · ${STAGE_WORDS[row.stage].toLowerCase()}` })),
        ]}
        onPick={(picked) => {
          const row = others.find(({ id }) => id === picked);
          void (row === undefined ? open() : link(row));
        }}
        empty="Type a title."
      />
    </Dialog>
  );
}

/** The way from an item, or from nothing, to an open case. Mounted once, by the frame. */
export function CaseFlow() {
  const asked = useAskedCase((state) => state.asked);
  return asked === null ? null : <Asking itemIds={asked.itemIds} title={asked.title} />;
}

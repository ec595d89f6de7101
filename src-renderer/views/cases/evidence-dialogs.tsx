import { useDeferredValue, useState } from 'react';
import type { CaseDetail } from '../../../src-main/contract/work.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { navigate } from '../../state/route.ts';
import { useHeld } from '../../state/use-held.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MemberName } from '../../ui/member-name.tsx';
import { Picker } from '../../ui/picker.tsx';
import { Time } from '../../ui/time.tsx';
import css from './dialogs.module.css';

/** Links an item; its text is kept as it is now, whatever becomes of it on its platform. */
export function LinkDialog({ detail, onClose }: { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const hits = useLive(asked === '' ? null : `search/${asked}`, [], () => client.search.find({ text: asked, limit: 30 }));
  const recent = useLive('recent', ['decisions'], () => client.decide.recent({ limit: 12 }));
  const held = useHeld(hits.data);
  const linked = new Set(detail.items.map(({ id }) => String(id)));
  const found = asked === ''
    ? (recent.data ?? []).flatMap(({ itemIds, snippet, at }) => itemIds.slice(0, 1).map((id) => ({ id: String(id), title: snippet, detail: <>decided <Time at={at} /></> })))
    : (held ?? []).filter(({ kind }) => kind === 'item').map(({ id, title, detail: said }) => ({ id, title, detail: said }));
  const unique = [...new Map(found.filter(({ id }) => !linked.has(id)).map((hit) => [hit.id, hit])).values()];

  async function link(itemId: number): Promise<void> {
    if (await attempt(client.cases.linkItem({ id: detail.id, itemId, source: 'key' })) !== null) onClose();
  }

  return (
    <Dialog open onClose={onClose} title="Add evidence" said="Search what was reported; the text is kept as it is now. Without a search, your latest decisions." size="medium">
      <Picker
        label="Items"
        placeholder="Words of the post"
        text={text}
        onText={setText}
        options={unique.map((hit) => ({ id: hit.id, label: hit.title, detail: hit.detail }))}
        // What is still in sight from the words before is not what was asked for.
        onPick={(id) => { if (asked === '' || hits.data !== undefined) void link(Number(id)); }}
        empty={asked === '' ? 'Type some words of the post.' : 'Nothing was found with these words.'}
      />
    </Dialog>
  );
}

/** The evidence as it was kept, each piece with what has become of it since. */
export function EvidenceDialog({ detail, itemId, onClose }: { readonly detail: CaseDetail; readonly itemId: number | null; readonly onClose: () => void }) {
  const items = itemId === null ? detail.items : detail.items.filter(({ id }) => id === itemId);
  return (
    <Dialog open onClose={onClose} title={itemId === null ? 'Evidence as it was kept' : 'As it was kept'} size="medium">
      <ol className={css.pieces}>
        {items.map((item) => (
          <li key={item.id} className={css.piece}>
            <header>
              <span className={css.number}>E{detail.items.indexOf(item) + 1}</span>
              <MemberName member={item.author} address />
              {item.gone ? <Chip tone="warn">gone since</Chip> : <Chip>{item.state}</Chip>}
              <span className={css.at}>kept <Time at={item.linkedAt} as="when" /></span>
            </header>
            <p dir="auto">{item.kept === '' ? item.snippet : item.kept}</p>
            <Button look="quiet" onClick={() => { onClose(); navigate('queue', String(item.id)); }}>Open the item</Button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

import { useState } from 'react';
import { navigate } from '../../state/route.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { changeFilter, useQueue } from '../../state/queue.ts';
import { HueDot } from '../../ui/badge.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Picker } from '../../ui/picker.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { useSourceChoices } from './filter-sources.ts';
import { withField } from './filter-state.ts';
import css from './filter-bar.module.css';

const EVERY = 'every';

/** Shows the items of one connection in the queue, or those of all again. */
export function showItemsOf(connectionId: string | undefined): void {
  navigate('queue');
  const { filter } = useQueue.getState();
  changeFilter({ filter: withField(filter, 'connectionId', connectionId) });
}

/** Asks which connection's items the queue shows. */
export function SourceDialog() {
  const open = useDesk((state) => state.overlay === 'sources');
  return open ? <Asking /> : null;
}

function Asking() {
  const chosen = useQueue((state) => state.filter.connectionId);
  const choices = useSourceChoices(chosen);
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const every: PickerOption = { id: EVERY, label: 'Every connection', on: chosen === undefined };
  const options = choices
    .filter(({ source }) => `${source.title} ${source.platformTitle} ${source.instance}`.toLocaleLowerCase().includes(wanted))
    .map(({ source, name, open }): PickerOption => ({
      id: source.id,
      label: <span className={css.choice}><HueDot hue={source.hue} /><bdi>{name}</bdi></span>,
      detail: `${source.platformTitle}${source.removed ? ', removed' : ''} · ${countWords(open)} open`,
      on: source.id === chosen,
    }));
  return (
    <Dialog open onClose={() => openOverlay(null)} title="Show one connection" size="medium" bare>
      <Picker
        label="Connection"
        placeholder="Show the items of one connection"
        text={text}
        onText={setText}
        options={wanted === '' ? [every, ...options] : options}
        onPick={(id) => {
          openOverlay(null);
          showItemsOf(id === EVERY ? undefined : id);
        }}
        empty={choices.length === 0 ? 'Nothing is connected yet.' : 'No connection by that name.'}
      />
    </Dialog>
  );
}

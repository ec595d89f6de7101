import { useState } from 'react';
import { navigate } from '../../state/route.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { changeFilter, useQueue } from '../../state/queue.ts';
import { HueDot } from '../../ui/badge.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { Picker } from '../../ui/picker.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { useSourceChoices } from './filter-sources.ts';
import { chosenSources, withSources } from './filter-state.ts';
import css from './filter-bar.module.css';

const EVERY = 'every';

/** Shows the items of some connections in the queue; of none, those of all again. */
export function showItemsOf(connectionIds: readonly string[]): void {
  navigate('queue');
  const { filter } = useQueue.getState();
  changeFilter({ filter: withSources(filter, connectionIds) });
}

/** Asks which connections' items the queue shows. */
export function SourceDialog() {
  const open = useDesk((state) => state.overlay === 'sources');
  return open ? <Asking /> : null;
}

function Asking() {
  const filter = useQueue((state) => state.filter);
  const chosen = chosenSources(filter);
  const choices = useSourceChoices(chosen);
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const every: PickerOption = { id: EVERY, label: 'Every connection', on: chosen.length === 0 };
  const options = choices
    .filter(({ source }) => `${source.title} ${source.platformTitle} ${source.instance}`.toLocaleLowerCase().includes(wanted))
    .map(({ source, name, open }): PickerOption => ({
      id: source.id,
      label: <span className={css.choice}><HueDot hue={source.hue} /><bdi>{name}</bdi></span>,
      detail: `${source.platformTitle}${source.removed ? ', removed' : ''} · ${countWords(open)} open`,
      on: chosen.includes(source.id),
    }));
  return (
    <Dialog open onClose={() => openOverlay(null)} title="Show some connections" size="medium" bare>
      <Picker
        label="Connection"
        placeholder="Show the items of one connection, or of several"
        text={text}
        onText={setText}
        options={wanted === '' ? [every, ...options] : options}
        onPick={(id) => {
          openOverlay(null);
          showItemsOf(id === EVERY ? [] : [id]);
        }}
        onAdd={(id) => showItemsOf(id === EVERY ? [] : chosen.includes(id) ? chosen.filter((known) => known !== id) : [...chosen, id])}
        empty={choices.length === 0 ? 'Nothing is connected yet.' : 'No connection by that name.'}
        hint={choices.length > 1 ? <><Keys chord="Enter" /> shows it alone, <Keys chord="Shift+Enter" /> adds it to those shown or takes it away</> : undefined}
      />
    </Dialog>
  );
}

import { useEffect } from 'react';
import { openItem, useQueue } from '../../state/queue.ts';
import { useDesk } from '../../state/desk.ts';
import { classes } from '../../ui/classes.ts';
import { ItemPane } from '../item/item-pane.tsx';
import type { PlaceProps } from '../places.ts';
import { Coach } from '../first-run/coach.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { QueueHead } from './queue-head.tsx';
import { IncomingBar } from './incoming-bar.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { useQueueCommands } from './queue-commands.ts';
import css from './queue-view.module.css';

/** The queue: the list, and beside it the selected item. */
export function QueueView({ id }: PlaceProps) {
  const selected = useQueue((state) => state.selected);
  const empty = useQueue((state) => state.ids.length === 0);
  const focusMode = useDesk((state) => state.focusMode);
  useQueueCommands();
  useEffect(() => { if (id !== null && Number.isSafeInteger(Number(id))) void openItem(Number(id)); }, [id]);
  return (
    <div className={classes(css.view, focusMode && css.focus)}>
      <section className={css.list} aria-label="List">
        <QueueHead />
        <IncomingBar />
        {empty ? <QueueEmpty /> : <QueueGrid />}
        {!empty && <Coach />}
      </section>
      <ItemPane id={selected} />
    </div>
  );
}

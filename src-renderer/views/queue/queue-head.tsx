import { ArrowDownWideNarrow, Check, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useKey } from '../../commands/use-keys.ts';
import { useCounts } from '../../state/counts.ts';
import { changeFilter, useQueue } from '../../state/queue.ts';
import { ORDER_TITLES, SAVED_VIEWS } from '../../state/saved-views.ts';
import type { QueueOrder } from '../../state/saved-views.ts';
import { Button } from '../../ui/button.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { Popover } from '../../ui/popover.tsx';
import { FilterBar } from './filter-bar.tsx';
import { isFiltered, useFilterBar } from './filter-state.ts';
import { countWords } from '../../ui/count-words.ts';
import css from './queue-head.module.css';

const ORDERS: readonly QueueOrder[] = ['priority', 'newest', 'oldest'];

/** The list's name, how much it holds, its order and its filter. */
export function QueueHead() {
  const view = useQueue((state) => state.view);
  const filter = useQueue((state) => state.filter);
  const filterKey = useKey('find.filter');
  const open = useFilterBar((state) => state.open);
  const title = SAVED_VIEWS.find((known) => known.id === view)?.title ?? 'Filtered';
  return (
    <>
      <PlaceHead title={view === 'view.open' ? 'Queue' : title} said={<Count />}>
        <OrderButton />
        <Button icon={<ListFilter />} keys={filterKey} pressed={isFiltered(filter)} onClick={() => useFilterBar.setState({ open: !open })}>Filter</Button>
      </PlaceHead>
      {(open || isFiltered(filter)) && <FilterBar />}
    </>
  );
}

function Count() {
  const filter = useQueue((state) => state.filter);
  const loaded = useQueue((state) => state.ids.length);
  const more = useQueue((state) => state.next !== null);
  const byState = useCounts((state) => state.queue?.byState);
  if (isFiltered(filter) || filter.minSeverity !== undefined) return <span className="tabular">{countWords(loaded)}{more ? '+' : ''} found</span>;
  if (byState === undefined) return null;
  const count = (byState[filter.state] ?? 0) + (filter.state === 'open' ? byState.conflict ?? 0 : 0);
  return <span className="tabular">{countWords(count)} {filter.state === 'handled' ? 'handled' : filter.state}</span>;
}

function OrderButton() {
  const [open, setOpen] = useState(false);
  const order = useQueue((state) => state.order);
  return (
    <Popover open={open} onOpenChange={setOpen} label="Order" trigger={<Button icon={<ArrowDownWideNarrow />}>{ORDER_TITLES[order]}</Button>}>
      <ul className={css.orders}>
        {ORDERS.map((known) => (
          <li key={known}>
            <button type="button" aria-pressed={known === order} onClick={() => { setOpen(false); changeFilter({ order: known }); }}>
              <span>{ORDER_TITLES[known]}</span>
              {known === order && <Check aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

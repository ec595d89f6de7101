import { createColumnHelper, useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useCounts } from '../../state/counts.ts';
import { loadMore, useQueue } from '../../state/queue.ts';
import { showsRows } from '../../state/queue-live.ts';
import { ContentCell } from './content-cell.tsx';
import { gridFeatures } from './grid-row.ts';
import type { GridFeatures, GridRow } from './grid-row.ts';
import { NumbersCell } from './numbers-cell.tsx';
import { QueueRow } from './queue-row.tsx';
import { rowElementId } from './row-id.ts';
import { SeverityCell } from './severity-cell.tsx';
import css from './queue-grid.module.css';

/** Two lines of text and their hairline. */
const ROW_HEIGHT = 56;
const OVERSCAN = 8;
/** Rows before the end at which the next page is asked for. */
const EARLY = 40;

const helper = createColumnHelper<GridFeatures, GridRow>();
const columns = helper.columns([
  helper.display({ id: 'severity', header: 'Severity', cell: ({ row }) => <SeverityCell id={row.original.id} /> }),
  helper.display({ id: 'content', header: 'What was reported', cell: ({ row }) => <ContentCell id={row.original.id} /> }),
  helper.display({ id: 'numbers', header: 'Reports and age', cell: ({ row }) => <NumbersCell id={row.original.id} /> }),
]);

const gridRows = new Map<number, GridRow>();
/** One object an id, for as long as the page lives: equal objects keep drawn rows as they are. */
function gridRow(id: number): GridRow {
  const known = gridRows.get(id) ?? { id };
  gridRows.set(id, known);
  return known;
}

/** The queue as a virtual grid: only what is in sight is in the document, and the selected row always is. */
export function QueueGrid() {
  const ids = useQueue((state) => state.ids);
  const selected = useQueue((state) => state.selected);
  const scroller = useRef<HTMLDivElement>(null);
  const at = selected === null ? -1 : ids.indexOf(selected);

  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => ids[index] ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: ROW_HEIGHT * 2,
    useFlushSync: false,
    // The active row stays in the document wherever the wheel went, so that aria-activedescendant never dangles.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      return at < 0 || inSight.includes(at) ? inSight : [...inSight, at].toSorted((a, b) => a - b);
    },
  });
  const items = virtualizer.getVirtualItems();
  const inSight = items.map((item) => ids[item.index] ?? 0);
  const sightKey = inSight.join(' ');
  const data = useMemo(() => (sightKey === '' ? [] : sightKey.split(' ').map((id) => gridRow(Number(id)))), [sightKey]);
  const table = useTable({ features: gridFeatures, columns, data, getRowId: (row) => String(row.id) });

  useLayoutEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [at, virtualizer]);
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    showsRows(data.map(({ id }) => id));
    if (lastIndex > ids.length - EARLY) void loadMore();
  }, [data, lastIndex, ids.length]);

  const places = new Map(items.map((item) => [ids[item.index], item]));
  return (
    <div
      ref={scroller}
      className={css.grid}
      role="grid"
      tabIndex={0}
      data-focus-home
      aria-label="Queue"
      aria-multiselectable="true"
      aria-colcount={columns.length}
      aria-activedescendant={selected === null ? undefined : rowElementId(selected)}
      aria-rowcount={useRowCount(ids.length)}
    >
      <div className={css.canvas} style={{ blockSize: virtualizer.getTotalSize() }} role="presentation">
        {table.getRowModel().rows.map((row) => {
          const place = places.get(row.original.id);
          return place === undefined ? null : (
            <QueueRow key={row.id} row={row} id={row.original.id} index={place.index} start={place.start} />
          );
        })}
      </div>
    </div>
  );
}

/** How many rows there are in all, where that is known; -1 says unknown. */
function useRowCount(loaded: number): number {
  const more = useQueue((state) => state.next !== null);
  const plain = useQueue((state) => state.view !== null && state.filter.minSeverity === undefined);
  const state = useQueue((queue) => queue.filter.state);
  const total = useCounts((counts) => (counts.queue === null ? -1 : (counts.queue.byState[state] ?? 0) + (state === 'open' ? counts.queue.byState.conflict ?? 0 : 0)));
  if (!more) return loaded;
  return plain ? Math.max(total, loaded) : -1;
}

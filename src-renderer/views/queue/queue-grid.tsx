import { createColumnHelper, useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useMemo, useState } from 'react';
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

/**
 * The queue as a virtual grid. A move of the selection changes two attributes here and two rows below; the rows
 * themselves are drawn anew only when the list or its scroll position changes.
 */
export function QueueGrid() {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const selected = useQueue((state) => state.selected);
  const loaded = useQueue((state) => state.ids.length);
  return (
    <div
      ref={setScroller}
      className={css.grid}
      role="grid"
      tabIndex={0}
      data-focus-home
      aria-label="Queue"
      aria-multiselectable="true"
      aria-colcount={columns.length}
      aria-activedescendant={selected === null ? undefined : rowElementId(selected)}
      aria-rowcount={useRowCount(loaded)}
    >
      {scroller !== null && <GridRows scroller={scroller} />}
    </div>
  );
}

function selectedIndex(): number {
  const { ids, selected } = useQueue.getState();
  return selected === null ? -1 : ids.indexOf(selected);
}

/** Whether a row is well in sight by what is known already; asking the document would cost a layout at every key. */
function inSight({ scrollOffset, scrollRect }: { readonly scrollOffset: number | null; readonly scrollRect: { readonly height: number } | null }, index: number): boolean {
  if (scrollOffset === null || scrollRect === null) return false;
  const top = index * ROW_HEIGHT - scrollOffset;
  return top >= (scrollOffset === 0 ? 0 : ROW_HEIGHT) && top + 3 * ROW_HEIGHT <= scrollRect.height;
}

const GridRows = memo(function GridRows({ scroller }: { readonly scroller: HTMLDivElement }) {
  const ids = useQueue((state) => state.ids);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => ids[index] ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: ROW_HEIGHT * 2,
    useFlushSync: false,
    // The active row stays in the document wherever the wheel went, so that aria-activedescendant never dangles.
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      const at = selectedIndex();
      return at < 0 || at >= range.count || near.includes(at) ? near : [...near, at].toSorted((a, b) => a - b);
    },
  });
  const items = virtualizer.getVirtualItems();
  const sightKey = items.map((item) => ids[item.index] ?? 0).join(' ');
  const data = useMemo(() => (sightKey === '' ? [] : sightKey.split(' ').map((id) => gridRow(Number(id)))), [sightKey]);
  const table = useTable({ features: gridFeatures, columns, data, getRowId: (row) => String(row.id) });

  useLayoutEffect(() => {
    function follow(): void {
      const at = selectedIndex();
      if (at >= 0 && !inSight(virtualizer, at)) virtualizer.scrollToIndex(at, { align: 'auto' });
    }
    follow();
    return useQueue.subscribe((state, before) => { if (state.selected !== before.selected) follow(); });
  }, [virtualizer]);
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    showsRows(data.map(({ id }) => id));
    if (lastIndex > ids.length - EARLY) void loadMore();
  }, [data, lastIndex, ids.length]);

  const places = new Map(items.map((item) => [ids[item.index], item]));
  return (
    <div className={css.canvas} style={{ blockSize: virtualizer.getTotalSize() }} role="presentation">
      {table.getRowModel().rows.map((row) => {
        const place = places.get(row.original.id);
        return place === undefined ? null : <QueueRow key={row.id} row={row} id={row.original.id} index={place.index} start={place.start} />;
      })}
    </div>
  );
});

/** How many rows there are in all, where that is known; -1 says unknown. */
function useRowCount(loaded: number): number {
  const more = useQueue((state) => state.next !== null);
  const plain = useQueue((state) => state.view !== null && state.filter.minSeverity === undefined);
  const state = useQueue((queue) => queue.filter.state);
  const total = useCounts((counts) => (counts.queue === null ? -1 : (counts.queue.byState[state] ?? 0) + (state === 'open' ? counts.queue.byState.conflict ?? 0 : 0)));
  if (!more) return loaded;
  return plain ? Math.max(total, loaded) : -1;
}

import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { EventRow } from '../../../src-main/contract/work.ts';
import { classes } from '../../ui/classes.ts';
import { columns, features } from './columns.tsx';
import css from './history-table.module.css';

const ROW_HEIGHT = 32;
const HEADER_HEIGHT = 30;
/** How many rows before the end the next page is asked for. */
const AHEAD = 40;

type HistoryTableProps = {
  readonly rows: readonly EventRow[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly more: (() => void) | null;
};

/** Every event as a row; only those in sight are drawn. Selected by id, so that new events above move nothing. */
export function HistoryTable({ rows, selected, onSelect, onOpen, more }: HistoryTableProps) {
  const base = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.id });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => model[index]?.id ?? index,
    overscan: 12,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const at = selected === null ? -1 : model.findIndex(({ id }) => id === selected);

  useEffect(() => { if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' }); }, [at, virtual]);
  useEffect(() => { if (more !== null && last >= model.length - AHEAD) more(); }, [last, model.length, more]);

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.table}
        role="grid"
        aria-label="History"
        aria-rowcount={model.length + 1}
        aria-readonly="true"
        tabIndex={0}
        data-focus-home
        aria-activedescendant={selected === null ? undefined : `${base}-${selected}`}
      >
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={classes(css.row, css.header)}>
            {group.headers.map((header) => <div key={header.id} role="columnheader" className={css[header.id]}><table.FlexRender header={header} /></div>)}
          </div>
        ))}
        <div className={css.body} role="rowgroup" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = model[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={row.id}
                id={`${base}-${row.id}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={row.id === selected}
                className={classes(css.row, row.id === selected && css.selected)}
                style={{ transform: `translateY(${item.start - HEADER_HEIGHT}px)` }}
                onMouseDown={() => onSelect(row.id)}
                onDoubleClick={() => onOpen(row.id)}
              >
                {row.getAllCells().map((cell) => <div key={cell.id} role="gridcell" className={css[cell.column.id]}><table.FlexRender cell={cell} /></div>)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

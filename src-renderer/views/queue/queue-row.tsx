import { FlexRender } from '@tanstack/react-table';
import type { Row } from '@tanstack/react-table';
import { memo } from 'react';
import type { MouseEvent } from 'react';
import { changeWindow, useQueue } from '../../state/queue.ts';
import { ranged, selectedAt, toggled } from '../../state/queue-window.ts';
import { useRow } from '../../state/rows.ts';
import { fitsView } from '../../state/leaving.ts';
import { classes } from '../../ui/classes.ts';
import type { GridFeatures, GridRow } from './grid-row.ts';
import { rowElementId } from './row-id.ts';
import css from './queue-grid.module.css';

type QueueRowProps = {
  readonly row: Row<GridFeatures, GridRow>;
  readonly id: number;
  readonly index: number;
  /** Where it lies in the list, px. */
  readonly start: number;
};

function press(event: MouseEvent, id: number): void {
  if (event.shiftKey) changeWindow((window) => ranged(window, id));
  else if (event.ctrlKey || event.metaKey) changeWindow((window) => toggled(window, id));
  else changeWindow((window) => ({ ...selectedAt(window, id), picked: new Set() }));
}

/** What is in a row follows from its id alone; where the row lies and whether it is selected changes nothing in it. */
const RowCells = memo(function RowCells({ row }: Pick<QueueRowProps, 'row' | 'id'>) {
  return row.getAllCells().map((cell) => <div key={cell.id} role="gridcell" className={css[cell.column.id]}><FlexRender cell={cell} /></div>);
}, (before, after) => before.id === after.id);

/** One row; a move of the selection draws the row it left and the row it came to, no other. */
export const QueueRow = memo(function QueueRow({ row, id, index, start }: QueueRowProps) {
  const selected = useQueue((state) => state.selected === id);
  const picked = useQueue((state) => state.picked.has(id));
  const item = useRow(id);
  const elsewhere = item !== undefined && !fitsView(item);
  return (
    <div
      id={rowElementId(id)}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={picked || selected}
      aria-current={selected ? 'true' : undefined}
      className={classes(css.row, selected && css.selected, picked && css.picked, elsewhere && css.gone)}
      style={{ insetBlockStart: start }}
      onMouseDown={(event) => { if (event.shiftKey) event.preventDefault(); }}
      onClick={(event) => press(event, id)}
    >
      <RowCells row={row} id={id} />
    </div>
  );
}, (before, after) => before.id === after.id && before.index === after.index && before.start === after.start);

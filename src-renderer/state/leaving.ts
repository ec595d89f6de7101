import type { ItemRow } from '../../src-main/contract/queue.ts';
import { outdateDetails } from './details.ts';
import { changeWindow, useQueue } from './queue.ts';
import { withBack, without } from './queue-window.ts';
import { rows } from './rows.ts';

/** Where rows stood when they left the list, so that an undo puts them back under the same eyes. */
const leftFrom = new Map<number, number>();

/** The places of these rows in the list when they were decided; the top for any that were not here. */
export function formerPlaces(ids: readonly number[]): readonly { readonly id: number; readonly index: number }[] {
  return ids.map((id) => ({ id, index: leftFrom.get(id) ?? 0 }));
}

/** Whether a row belongs to what the list shows. */
export function fitsView(row: ItemRow): boolean {
  const { state } = useQueue.getState().filter;
  return row.state === state || (state === 'open' && row.state === 'conflict');
}

/** Takes rows out of the list, remembering their places; the selection goes on to the next. */
export function leaveList(ids: readonly number[]): void {
  const shown = useQueue.getState().ids;
  for (const id of ids) leftFrom.set(id, Math.max(0, shown.indexOf(id)));
  changeWindow((window) => without(window, new Set(ids)));
}

/** Puts rows back into the list where they were, and selects the first. */
export function rejoinList(back: readonly ItemRow[]): void {
  for (const row of back) rows.put(row.id, row);
  const fitting = back.filter(fitsView).map((row) => row.id);
  if (fitting.length > 0) changeWindow((window) => withBack(window, formerPlaces(fitting)));
  outdateDetails(back.map((row) => row.id));
}

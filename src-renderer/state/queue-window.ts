/** What of the queue is on screen, by id: never by index, because rows come and go above the hand. */
export type Window = {
  /** In the order they were loaded; frozen until the person asks for more. */
  readonly ids: readonly number[];
  readonly selected: number | null;
  /** Where a range selection began. */
  readonly anchor: number | null;
  readonly picked: ReadonlySet<number>;
};

export const EMPTY_WINDOW: Window = { ids: [], selected: null, anchor: null, picked: new Set() };

function at(ids: readonly number[], index: number): number | null {
  return ids[Math.max(0, Math.min(ids.length - 1, index))] ?? null;
}

/** Moves the selection by so many rows; stays inside the list. */
export function moved(window: Window, by: number): Window {
  const from = window.selected === null ? -1 : window.ids.indexOf(window.selected);
  const selected = from < 0 ? at(window.ids, 0) : at(window.ids, from + by);
  return selected === window.selected ? window : { ...window, selected, anchor: null };
}

/** Selects one row; null selects none. */
export function selectedAt(window: Window, id: number | null): Window {
  return { ...window, selected: id, anchor: null };
}

/** Adds or takes one row from the picked ones. */
export function toggled(window: Window, id: number): Window {
  const picked = new Set(window.picked);
  if (!picked.delete(id)) picked.add(id);
  return { ...window, picked, anchor: id };
}

/** Moves the selection and picks everything between where the range began and it. */
export function extended(window: Window, by: number): Window {
  const { ids, selected } = window;
  if (selected === null) return moved(window, by);
  const anchor = window.anchor ?? selected;
  const next = at(ids, ids.indexOf(selected) + by);
  return next === null ? window : ranged({ ...window, anchor }, next);
}

/** Picks everything between where the range began and `to`, and selects `to`. */
export function ranged(window: Window, to: number): Window {
  const anchor = window.anchor ?? window.selected ?? to;
  const [first, last] = [window.ids.indexOf(anchor), window.ids.indexOf(to)].toSorted((a, b) => a - b);
  if (first === undefined || last === undefined || first < 0) return window;
  return { ...window, selected: to, anchor, picked: new Set(window.ids.slice(first, last + 1)) };
}

/** Takes rows out; the selection goes to the next that is left, else to the one before. */
export function without(window: Window, gone: ReadonlySet<number>): Window {
  const { ids, selected } = window;
  const left = ids.filter((id) => !gone.has(id));
  const picked = new Set([...window.picked].filter((id) => !gone.has(id)));
  if (selected === null || !gone.has(selected)) return { ...window, ids: left, picked };
  const from = ids.indexOf(selected);
  const next = ids.slice(from + 1).find((id) => !gone.has(id)) ?? left.at(-1) ?? null;
  return { ids: left, selected: next, anchor: null, picked };
}

/** Puts rows back where they were, as far as their neighbours still stand; selects the first of them. */
export function withBack(window: Window, back: readonly { readonly id: number; readonly index: number }[]): Window {
  const ids = window.ids.filter((id) => !back.some((entry) => entry.id === id));
  for (const { id, index } of back.toSorted((a, b) => a.index - b.index)) ids.splice(Math.min(index, ids.length), 0, id);
  return { ...window, ids, selected: back[0]?.id ?? window.selected, anchor: null };
}

/** Adds the next page; an id that is already here keeps its place. */
export function withPage(window: Window, page: readonly number[]): Window {
  const known = new Set(window.ids);
  const ids = [...window.ids, ...page.filter((id) => !known.has(id))];
  return { ...window, ids, selected: window.selected ?? ids[0] ?? null };
}

/** Begins anew with a first page; keeps the selection where its row is still there. */
export function withFirstPage(window: Window, page: readonly number[]): Window {
  const selected = window.selected !== null && page.includes(window.selected) ? window.selected : page[0] ?? null;
  return { ids: page, selected, anchor: null, picked: new Set([...window.picked].filter((id) => page.includes(id))) };
}

/** The ids worth having ready: the selected, the next ones, then the ones before; nearest first. */
export function neighbours(window: Window, ahead: number, behind: number): readonly number[] {
  if (window.selected === null) return window.ids.slice(0, ahead);
  const from = window.ids.indexOf(window.selected);
  if (from < 0) return [window.selected, ...window.ids.slice(0, ahead)];
  return [...window.ids.slice(from, from + ahead + 1), ...window.ids.slice(Math.max(0, from - behind), from).toReversed()];
}

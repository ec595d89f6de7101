import { create } from 'zustand';
import type { QueueFilter, QueuePage } from '../../src-main/contract/queue.ts';
import { client } from '../host/client.ts';
import { failureOf } from '../host/failure.ts';
import type { DeskFailure } from '../host/failure.ts';
import { wantDetails } from './details.ts';
import { EMPTY_WINDOW, neighbours, selectedAt, withBack, withFirstPage, withPage } from './queue-window.ts';
import type { Window } from './queue-window.ts';
import { keepRow, rows } from './rows.ts';
import { savedView, viewOf } from './saved-views.ts';
import type { QueueOrder, ViewId } from './saved-views.ts';

type QueueState = Window & {
  /** The saved view that is shown; null once its filter was changed by hand. */
  readonly view: ViewId | null;
  readonly filter: QueueFilter;
  readonly order: QueueOrder;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly arrival: number;
  /** How many arrived since the list was loaded. */
  readonly incoming: number;
  /** `first` until anything was loaded at all. */
  readonly status: 'first' | 'loading' | 'ready';
  readonly failure: DeskFailure | null;
};

const PAGE = 100;
const AHEAD = 10;
const BEHIND = 4;

const first = savedView('view.open');

export const useQueue = create<QueueState>(() => ({
  ...EMPTY_WINDOW, view: first.id, filter: first.filter, order: first.order, next: null, arrival: 0, incoming: 0, status: 'first', failure: null,
}));

let run = 0;
let loadingMore = false;

function keep(page: QueuePage): readonly number[] {
  for (const row of page.rows) keepRow(row);
  return page.rows.map((row) => row.id);
}

/** Loads the list from its beginning; what is on screen stays until the answer is here. */
export async function reloadQueue(): Promise<void> {
  const mine = ++run;
  const { filter, order, status } = useQueue.getState();
  useQueue.setState({ status: status === 'first' ? 'first' : 'loading' });
  try {
    const page = await client.queue.page({ filter, order, limit: PAGE });
    if (mine !== run) return;
    const ids = keep(page);
    useQueue.setState((state) => ({ ...withFirstPage(state, ids), next: page.next, arrival: page.arrival, incoming: 0, status: 'ready', failure: null }));
    prefetch();
  } catch (error) {
    if (mine === run) useQueue.setState({ status: 'ready', failure: failureOf(error) });
  }
}

/** Loads the next page, once at a time; the list calls it as its end comes near. */
export async function loadMore(): Promise<void> {
  const { next, filter, order } = useQueue.getState();
  if (next === null || loadingMore) return;
  loadingMore = true;
  const mine = run;
  try {
    const page = await client.queue.page({ filter, order, after: next, limit: PAGE });
    if (mine !== run) return;
    const ids = keep(page);
    useQueue.setState((state) => ({ ...withPage(state, ids), next: page.next, failure: null }));
    prefetch();
  } catch (error) {
    if (mine === run) useQueue.setState({ failure: failureOf(error) });
  } finally {
    loadingMore = false;
  }
}

let touched = false;

/** Whether the person has moved or picked anything since the page was opened. */
export function isTouched(): boolean {
  return touched;
}

/** Changes what the list shows of the selection and the order, at once. */
export function changeWindow(change: (window: Window) => Window): void {
  touched = true;
  const before = useQueue.getState();
  const after = change(before);
  if (after === before) return;
  const { ids, selected, anchor, picked } = after;
  useQueue.setState({ ids, selected, anchor, picked });
  if (selected !== before.selected || ids !== before.ids) afterFrame(prefetch);
}

let prefetchWaits = false;

/** What is not for this frame waits until it was drawn. */
function afterFrame(work: () => void): void {
  if (prefetchWaits) return;
  prefetchWaits = true;
  requestAnimationFrame(() => setTimeout(() => {
    prefetchWaits = false;
    work();
  }));
}

function prefetch(): void {
  const state = useQueue.getState();
  wantDetails(neighbours(state, AHEAD, BEHIND));
  const at = state.selected === null ? 0 : state.ids.indexOf(state.selected);
  if (state.ids.length - at < AHEAD * 2) void loadMore();
}

/** Shows a saved view. */
export function showView(id: ViewId): void {
  const view = savedView(id);
  useQueue.setState({ view: view.id, filter: view.filter, order: view.order, picked: new Set(), selected: null, next: null });
  void reloadQueue();
}

/** Changes the filter or the order by hand. */
export function changeFilter(change: Partial<{ readonly filter: QueueFilter; readonly order: QueueOrder }>): void {
  useQueue.setState((state) => {
    const filter = change.filter ?? state.filter;
    const order = change.order ?? state.order;
    return { filter, order, view: viewOf(filter, order), picked: new Set(), next: null };
  });
  void reloadQueue();
}

/** Opens an item wherever it stands; one outside the list comes to its top. */
export async function openItem(id: number): Promise<void> {
  const known = rows.get(id) ?? (await client.queue.rows({ ids: [id] }))[0];
  if (known === undefined) return;
  rows.put(id, known);
  changeWindow((window) => (window.ids.includes(id) ? selectedAt(window, id) : withBack(window, [{ id, index: 0 }])));
  wantDetails(neighbours(useQueue.getState(), AHEAD, BEHIND));
}

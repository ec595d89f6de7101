import type { CommandId } from '../../src-main/contract/commands.ts';
import type { QueueFilter } from '../../src-main/contract/queue.ts';
import type { ItemState } from '../../src-main/contract/words.ts';

export type QueueOrder = 'priority' | 'newest' | 'oldest';
export type ViewId = Extract<CommandId, `view.${string}`>;

export type SavedView = {
  /** The command that opens it; its key is the view's number. */
  readonly id: ViewId;
  readonly title: string;
  readonly filter: QueueFilter;
  readonly order: QueueOrder;
  /** Which states its live count adds up; null where no count is kept. */
  readonly countOf: readonly ItemState[] | null;
};

export const ORDER_TITLES: Readonly<Record<QueueOrder, string>> = { priority: 'Priority', newest: 'Newest first', oldest: 'Oldest first' };

const OPEN: SavedView = { id: 'view.open', title: 'Open items', filter: { state: 'open' }, order: 'priority', countOf: ['open', 'conflict'] };

/** The queue's saved views in the order of their number keys. */
export const SAVED_VIEWS: readonly SavedView[] = [
  OPEN,
  { id: 'view.severe', title: 'High and severe', filter: { state: 'open', minSeverity: 2 }, order: 'priority', countOf: null },
  { id: 'view.newest', title: 'Newest first', filter: { state: 'open' }, order: 'newest', countOf: null },
  { id: 'view.escalated', title: 'Escalated', filter: { state: 'escalated' }, order: 'priority', countOf: ['escalated'] },
  { id: 'view.snoozed', title: 'Snoozed', filter: { state: 'snoozed' }, order: 'oldest', countOf: ['snoozed'] },
  { id: 'view.decided', title: 'Decided', filter: { state: 'decided' }, order: 'newest', countOf: ['decided'] },
  { id: 'view.handled', title: 'Handled elsewhere', filter: { state: 'handled' }, order: 'newest', countOf: ['handled'] },
];

/** The saved view of a command; the open items where there is none. */
export function savedView(id: ViewId): SavedView {
  return SAVED_VIEWS.find((view) => view.id === id) ?? OPEN;
}

/** The saved view that a filter and an order amount to; null where they are someone's own. */
export function viewOf(filter: QueueFilter, order: QueueOrder): ViewId | null {
  const { state, minSeverity, ...narrowed } = filter;
  if (Object.values(narrowed).some((value) => value !== undefined)) return null;
  return SAVED_VIEWS.find((view) => view.filter.state === state && view.filter.minSeverity === minSeverity && view.order === order)?.id ?? null;
}

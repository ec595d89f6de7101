import { create } from 'zustand';

/** Parts of the item that open and close by key. */
export type ItemPart = 'why' | 'reports' | 'thread' | 'member' | 'text';
export type SideTab = 'item' | 'member' | 'guideline' | 'notes';

type ItemViewState = {
  /** The item the open parts belong to; another item begins closed. */
  readonly id: number | null;
  readonly open: ReadonlySet<ItemPart>;
  /** Which tab is shown where the window is too narrow for a side column. */
  readonly tab: SideTab;
};

const NONE: ReadonlySet<ItemPart> = new Set();

export const useItemView = create<ItemViewState>(() => ({ id: null, open: NONE, tab: 'item' }));

/** Whether a part of this item is open. */
export function usePartOpen(id: number, part: ItemPart): boolean {
  return useItemView((state) => state.id === id && state.open.has(part));
}

/** Opens or closes a part of an item. */
export function togglePart(id: number, part: ItemPart): void {
  useItemView.setState((state) => {
    const open = new Set(state.id === id ? state.open : NONE);
    if (!open.delete(part)) open.add(part);
    return { id, open };
  });
}

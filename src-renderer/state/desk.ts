import { create } from 'zustand';

/** What is open over or beside the places. */
export type Overlay = 'palette' | 'help' | 'outbox' | 'guidelines' | 'sources' | 'labels' | null;

type DeskState = {
  readonly overlay: Overlay;
  /** The item, the verbs and nothing else. */
  readonly focusMode: boolean;
  /** Media and veiled text are shown while the key is held. */
  readonly revealed: boolean;
};

export const useDesk = create<DeskState>(() => ({ overlay: null, focusMode: false, revealed: false }));

export function openOverlay(overlay: Overlay): void {
  useDesk.setState({ overlay });
}

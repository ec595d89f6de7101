import { create } from 'zustand';

const TICK_MS = 30_000;

const useClock = create<{ readonly now: number }>(() => ({ now: Date.now() }));
setInterval(() => useClock.setState({ now: Date.now() }), TICK_MS);

/** The present for words such as "4m"; moves every half minute, so that lists are not drawn every second. */
export function useNow(): number {
  return useClock((state) => state.now);
}

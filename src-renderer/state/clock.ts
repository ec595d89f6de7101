import { useEffect, useState } from 'react';
import { create } from 'zustand';

const TICK_MS = 30_000;

const useClock = create<{ readonly now: number }>(() => ({ now: Date.now() }));
setInterval(() => useClock.setState({ now: Date.now() }), TICK_MS);

const SECOND_MS = 1000;

/** The present for spans of seconds, for as long as something shows them. */
export function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The present for words such as "4m"; moves every half minute, so that lists are not drawn every second. */
export function useNow(): number {
  return useClock((state) => state.now);
}

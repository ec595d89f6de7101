/**
 * A hybrid logical clock's reading: wall time, and a counter that keeps the order within one millisecond or while the
 * wall clock is behind (Kulkarni et al., Logical Physical Clocks, 2014).
 */
export type Hlc = { readonly at: number; readonly counter: number };

/** The reading for a new event: later than `last` whatever the wall clock says. */
export function tick(last: Hlc | null, now: number): Hlc {
  if (last === null || now > last.at) return { at: now, counter: 0 };
  return { at: last.at, counter: last.counter + 1 };
}

/** Orders two readings: negative where `a` is earlier. */
export function compareHlc(a: Hlc, b: Hlc): number {
  return a.at - b.at || a.counter - b.counter;
}

/** Waits between attempts grow from `baseMs` by doubling up to `capMs`. */
export type Pace = { readonly baseMs: number; readonly capMs: number };

/**
 * How long to wait after the given number of failures in a row (from 1): exponential, with half of it left to chance,
 * so that many desks do not return to a recovering server at the same moment.
 */
export function backoffMs(failures: number, pace: Pace, random: () => number): number {
  const full = Math.min(pace.capMs, pace.baseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.round(full / 2 + (full / 2) * random());
}

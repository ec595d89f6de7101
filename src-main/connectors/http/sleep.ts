import { setTimeout as timer } from 'node:timers/promises';

/** Waits; rejects with the signal's reason when it is aborted first. Comes in as an argument, so that tests have their own time. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** setTimeout counts in 32 bits; a longer wait is taken in parts. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits by the system's timers. */
export async function sleepByTimer(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let left = Math.max(0, ms);
  do {
    const part = Math.min(left, LONGEST_TIMER_MS);
    await timer(part, undefined, { signal, ref: false });
    left -= part;
  } while (left > 0);
}

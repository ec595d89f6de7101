import { setImmediate as turn } from 'node:timers/promises';
import type { Sleep } from '../../src-main/connectors/http/sleep.ts';

export type FakeClock = {
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Lets everything that is due run, without time passing. */
  readonly settle: () => Promise<void>;
  /** Lets time pass, waking each sleeper at its time. */
  readonly advance: (ms: number) => Promise<void>;
};

/** Turns of the event loop after which whatever could run has run. */
const TURNS = 12;

async function settle(): Promise<void> {
  for (let count = 0; count < TURNS; count += 1) await turn();
}

/** A clock that only a test moves. */
export function makeFakeClock(start = Date.parse('2026-05-01T12:00:00Z')): FakeClock {
  let time = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  return {
    now: () => time,
    sleep: (ms, signal) => new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const sleeper = {
        at: time + ms,
        wake(): void {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      const stop = (): void => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
      sleepers.add(sleeper);
    }),
    settle,
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const next = [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        time = Math.max(time, next.at);
        next.wake();
        await settle();
      }
      time = end;
      await settle();
    },
  };
}

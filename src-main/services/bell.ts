import type { Sleep } from '../connectors/http/sleep.ts';

/** A wait that can be cut short. A ring while nobody waits is kept for the next wait. */
export type Bell = {
  /** Resolves after `ms` or at a ring; null waits for the ring alone. Rejects when the signal is aborted. */
  readonly wait: (ms: number | null, signal: AbortSignal) => Promise<void>;
  readonly ring: () => void;
};

/** Longer than any process runs; the signal still ends it. */
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/** Makes a bell on the given clock. */
export function makeBell(sleep: Sleep): Bell {
  let rung = false;
  let wake: AbortController | null = null;
  return {
    async wait(ms, signal) {
      signal.throwIfAborted();
      if (!rung) {
        const controller = new AbortController();
        wake = controller;
        try {
          await sleep(ms ?? FOREVER_MS, AbortSignal.any([signal, controller.signal]));
        } catch (error) {
          if (signal.aborted || !controller.signal.aborted) throw error;
        } finally {
          wake = null;
        }
      }
      rung = false;
    },
    ring() {
      rung = true;
      wake?.abort();
    },
  };
}

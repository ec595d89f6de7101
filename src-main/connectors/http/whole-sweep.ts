import type { Batch } from '../connector.ts';
import type { Known } from './known.ts';

/** Begins a sweep of a whole list, or goes on with the one under way, by `parts`; `flush` gives out what was collected. */
export async function* sweepWhole(known: Known, now: () => number, flush: (always: boolean) => Iterable<Batch>, parts: () => AsyncIterable<Batch>): AsyncGenerator<Batch> {
  if (known.offset === null) {
    for (const [id, entry] of known.entries) known.entries.set(id, { ...entry, met: false });
    known.offset = 0;
  }
  try {
    yield* parts();
  } catch (error) {
    // A rate limit ends most long sweeps: what was read before it need not be read again.
    yield* flush(false);
    throw error;
  }
  known.offset = null;
  known.sweptAt = now();
  yield* flush(true);
}

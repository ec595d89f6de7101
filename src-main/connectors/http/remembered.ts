import { shared } from './shared.ts';

/** Something that is asked for once and then remembered; a failure is not. */
export type Remembered<Value> = { readonly get: (signal: AbortSignal) => Promise<Value>; readonly forget: () => void };

export function remembered<Value>(ask: (signal: AbortSignal) => Promise<Value>): Remembered<Value> {
  type Kept = { readonly asked: (signal: AbortSignal) => Promise<Value>; known: { readonly value: Value } | null };
  function fresh(): Kept {
    const kept: Kept = {
      known: null,
      asked: shared(async (signal) => {
        const value = await ask(signal);
        kept.known = { value };
        return value;
      }),
    };
    return kept;
  }
  let kept = fresh();
  return {
    get: async (signal) => (kept.known === null ? kept.asked(signal) : kept.known.value),
    // What is being asked for belongs to those who wait for it; the next one asks anew.
    forget() {
      kept = fresh();
    },
  };
}

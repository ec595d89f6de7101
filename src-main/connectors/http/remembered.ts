import { shared } from './shared.ts';

/** Something that is asked for once and then remembered; a failure is not. */
export type Remembered<Value> = { readonly get: (signal: AbortSignal) => Promise<Value>; readonly forget: () => void };

export function remembered<Value>(ask: (signal: AbortSignal) => Promise<Value>): Remembered<Value> {
  let known: { readonly value: Value } | null = null;
  /** What is asked for before it is forgotten is not remembered afterwards. */
  let era = 0;
  const asked = shared(async (signal) => {
    const before = era;
    const value = await ask(signal);
    if (before === era) known = { value };
    return value;
  });
  return {
    get: async (signal) => (known === null ? asked(signal) : known.value),
    forget() {
      era += 1;
      known = null;
    },
  };
}

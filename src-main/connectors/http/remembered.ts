/** Something that is asked for once and then remembered; a failure is not. */
export type Remembered<Value> = { readonly get: (signal: AbortSignal) => Promise<Value>; readonly forget: () => void };

export function remembered<Value>(ask: (signal: AbortSignal) => Promise<Value>): Remembered<Value> {
  let known: Promise<Value> | null = null;
  return {
    get(signal) {
      known ??= ask(signal).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    },
    forget() {
      known = null;
    },
  };
}

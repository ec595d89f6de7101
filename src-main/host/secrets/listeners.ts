export type Listeners = {
  readonly add: (listener: () => void) => () => void;
  readonly call: () => void;
};

/** Those who wait for the store to open. */
export function makeListeners(): Listeners {
  const all = new Set<() => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => {
        all.delete(listener);
      };
    },
    call: () => {
      for (const listener of all) listener();
    },
  };
}

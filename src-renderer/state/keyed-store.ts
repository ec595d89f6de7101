import { useCallback, useSyncExternalStore } from 'react';

/** Values by id where a change wakes only who shows that id. */
export type KeyedStore<Value> = {
  readonly get: (id: number) => Value | undefined;
  readonly put: (id: number, value: Value) => void;
  readonly remove: (id: number) => void;
  readonly ids: () => IterableIterator<number>;
  readonly subscribe: (id: number, listener: () => void) => () => void;
};

/** `most`: the longest untouched go first once there are more. */
export function makeKeyedStore<Value>(most = Number.POSITIVE_INFINITY): KeyedStore<Value> {
  const values = new Map<number, Value>();
  const listeners = new Map<number, Set<() => void>>();

  function tell(id: number): void {
    for (const listener of listeners.get(id) ?? []) listener();
  }

  return {
    get: (id) => values.get(id),
    put(id, value) {
      values.delete(id);
      values.set(id, value);
      for (const old of values.keys()) {
        if (values.size <= most) break;
        if (!listeners.has(old)) values.delete(old);
      }
      tell(id);
    },
    remove(id) {
      if (values.delete(id)) tell(id);
    },
    ids: () => values.keys(),
    subscribe(id, listener) {
      const heard = listeners.get(id) ?? new Set();
      heard.add(listener);
      listeners.set(id, heard);
      return () => {
        heard.delete(listener);
        if (heard.size === 0 && listeners.get(id) === heard) listeners.delete(id);
      };
    },
  };
}

/** The value of one id, drawn again only when that value changes. */
export function useKeyed<Value>(store: KeyedStore<Value>, id: number | null): Value | undefined {
  const subscribe = useCallback((listener: () => void) => (id === null ? () => undefined : store.subscribe(id, listener)), [store, id]);
  return useSyncExternalStore(subscribe, () => (id === null ? undefined : store.get(id)));
}

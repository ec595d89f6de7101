import { useCallback, useEffect, useRef, useState } from 'react';
import type { Change } from '../../src-main/contract/contract.ts';
import { onChange } from '../host/live.ts';
import { failureOf } from '../host/failure.ts';
import type { DeskFailure } from '../host/failure.ts';

export type Topic = Change['topics'][number];

export type Live<Data> = {
  /** What was last loaded; stays while the next load is under way. */
  readonly data: Data | undefined;
  readonly failure: DeskFailure | null;
  readonly loading: boolean;
  readonly reload: () => void;
};

/** Between two answers, while changes come without end. */
const CALM_MS = 100;

/**
 * Loads what is on screen and loads it again when one of `topics` changes. `key` names what is asked for:
 * a new key forgets the old answer. A null key asks for nothing.
 */
export function useLive<Data>(key: string | null, topics: readonly Topic[], load: () => Promise<Data>): Live<Data> {
  const [state, setState] = useState<{ readonly key: string | null; readonly data: Data | undefined; readonly failure: DeskFailure | null; readonly loading: boolean }>(
    { key: null, data: undefined, failure: null, loading: key !== null },
  );
  const latest = useRef(load);
  const flight = useRef<{ readonly key: string; again: boolean } | null>(null);
  useEffect(() => { latest.current = load; });

  const reload = useCallback(() => {
    if (key === null) return;
    // A first sync says at every frame that something changed: one answer is waited for, then it is asked for again once.
    if (flight.current?.key === key) {
      flight.current.again = true;
      return;
    }
    const mine = { key, again: false };
    flight.current = mine;
    void (async () => {
      do {
        if (mine.again) await new Promise((wake) => { setTimeout(wake, CALM_MS); });
        if (flight.current !== mine) return;
        mine.again = false;
        try {
          const data = await latest.current();
          if (flight.current === mine) setState({ key, data, failure: null, loading: false });
        } catch (error) {
          if (flight.current === mine) setState((before) => ({ key, data: before.key === key ? before.data : undefined, failure: failureOf(error), loading: false }));
        }
      } while (mine.again && flight.current === mine);
      if (flight.current === mine) flight.current = null;
    })();
  }, [key]);

  const watched = topics.join(' ');
  useEffect(() => {
    reload();
    return onChange((change) => { if (change.topics.some((topic) => watched.split(' ').includes(topic))) reload(); });
  }, [reload, watched]);

  if (state.key !== key) return { data: undefined, failure: null, loading: key !== null, reload };
  return { ...state, reload };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf } from '../host/failure.ts';
import { onChange } from '../host/live.ts';
import { merged } from './pages.ts';
import type { Page, PagesState } from './pages.ts';
import type { Topic } from './use-live.ts';

export type Pages<Row> = Omit<PagesState<Row>, 'key' | 'next'> & {
  /** Loads the next page; null at the end. */
  readonly more: (() => void) | null;
};

/** A list by pages, kept fresh at its beginning when one of `topics` changes. `key` names what is asked for. */
export function usePages<Row extends { readonly id: string }>(key: string, topics: readonly Topic[], load: (after: string | null) => Promise<Page<Row>>): Pages<Row> {
  const [state, setState] = useState<PagesState<Row>>({ key, rows: [], next: null, failure: null, loaded: false });
  const latest = useRef({ load, state, key });
  const busy = useRef(false);
  useEffect(() => { latest.current = { load, state, key }; });

  const refresh = useCallback(async () => {
    try {
      const page = await latest.current.load(null);
      if (latest.current.key === key) setState((before) => merged(before, page, key));
    } catch (error) {
      if (latest.current.key === key) setState((before) => ({ ...(before.key === key ? before : { key, rows: [], next: null }), failure: failureOf(error), loaded: true }));
    }
  }, [key]);

  const watched = topics.join(' ');
  useEffect(() => {
    void refresh();
    return onChange((change) => { if (change.topics.some((topic) => watched.split(' ').includes(topic))) void refresh(); });
  }, [refresh, watched]);

  const more = useCallback(async () => {
    const { next } = latest.current.state;
    if (next === null || busy.current) return;
    busy.current = true;
    try {
      const page = await latest.current.load(next);
      setState((before) => (before.next === next ? { ...before, rows: [...before.rows, ...page.rows], next: page.next, failure: null } : before));
    } catch (error) {
      setState((before) => ({ ...before, failure: failureOf(error) }));
    } finally {
      busy.current = false;
    }
  }, []);

  // Until the next answer is there the last one stays in sight, so that the list does not blink.
  if (state.key !== key) return { rows: state.rows, failure: null, loaded: false, more: null };
  return { rows: state.rows, failure: state.failure, loaded: state.loaded, more: state.next === null ? null : () => { void more(); } };
}

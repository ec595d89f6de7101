import type { Change } from '../contract/contract.ts';
import type { Topic } from './context.ts';

/** One frame of a 60 Hz screen: nobody sees more. */
const FRAME_MS = 16;
/** More changed items than this are "many". */
const MOST_ITEMS = 500;

export type Live = {
  /** Tells every desk, at most once a frame. */
  readonly changed: (topics: readonly Topic[], items?: readonly number[]) => void;
  /** Changes from now on, for one desk, until `signal` ends it. What comes while it is not looking is joined into one. */
  readonly changes: (signal: AbortSignal | undefined) => AsyncGenerator<Change, void, void>;
  readonly stop: () => void;
};

type Desk = { topics: Set<Topic>; items: Set<number>; many: boolean; wake: () => void };

/** The change feed. `timer` stands in for setTimeout in tests. */
export function makeLive(timer: (run: () => void, ms: number) => void = setTimeout): Live {
  const desks = new Set<Desk>();
  let version = 0;
  let waiting = false;
  let stopped = false;

  function flush(): void {
    waiting = false;
    for (const desk of desks) if (desk.topics.size > 0) desk.wake();
  }

  /** The desk counts from the call on, not from when its first change is asked for. */
  function changes(signal: AbortSignal | undefined): AsyncGenerator<Change, void, void> {
    let next = Promise.withResolvers<void>();
    const desk: Desk = { topics: new Set(), items: new Set(), many: false, wake: () => next.resolve() };
    desks.add(desk);
    signal?.addEventListener('abort', () => {
      desks.delete(desk);
      desk.wake();
    });

    const ended = (): boolean => stopped || signal?.aborted === true;

    async function* listen(): AsyncGenerator<Change, void, void> {
      try {
        while (!ended()) {
          await next.promise;
          next = Promise.withResolvers();
          if (desk.topics.size === 0) continue;
          const change: Change = { version, topics: [...desk.topics], items: desk.many ? [] : [...desk.items] };
          desk.topics = new Set();
          desk.items = new Set();
          desk.many = false;
          yield change;
        }
      } finally {
        desks.delete(desk);
      }
    }
    return listen();
  }

  return {
    changed(topics, items) {
      version += 1;
      // An empty list is no item at all; none given is "many".
      const said = items?.length === 0 ? topics.filter((topic) => topic !== 'queue') : topics;
      if (desks.size === 0 || said.length === 0) return;
      for (const desk of desks) {
        for (const topic of said) desk.topics.add(topic);
        for (const item of items ?? []) desk.items.add(item);
        if ((items === undefined && said.includes('queue')) || desk.items.size > MOST_ITEMS) desk.many = true;
      }
      if (waiting) return;
      waiting = true;
      timer(flush, FRAME_MS);
    },
    changes,
    stop() {
      stopped = true;
      for (const desk of desks) desk.wake();
    },
  };
}

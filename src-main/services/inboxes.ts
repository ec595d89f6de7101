import type { Inbox } from '../connectors/connector.ts';
import { appendEntries, entriesAfter, entryTotal, forgetEntries, forgetSeen, keepAside, waitingCount } from '../store/inbox.ts';
import type { Context } from './context.ts';

/** The inbox of every connection, as its session sees it. */
export type Inboxes = {
  readonly of: (n: number) => Inbox;
  /** The entry up to which a pull has read since Docket started: what comes after it waits. */
  readonly position: (n: number) => number;
  /** How many entries wait. */
  readonly waiting: (n: number) => number;
};

/** A message that is sent again within this time is known (a sender gives up sooner). */
const SEEN_MS = 7 * 24 * 60 * 60_000;
/** Entries forgotten in one transaction. */
const STRIDE = 2000;
/** How often a desk hears how far a pull is. */
const SAID_EVERY_MS = 500;

/** Makes the inboxes; they live in the database. */
export function makeInboxes(ctx: Pick<Context, 'store' | 'now' | 'changed'>): Inboxes {
  const { store } = ctx;
  const positions = new Map<number, number>();
  let saidAt = -Infinity;

  /** Entries that wait, and with them the imports they came with, are fewer. */
  function moved(atEnd: boolean): void {
    if (!atEnd && ctx.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = ctx.now();
    ctx.changed(['imports']);
  }

  return {
    position: (n) => positions.get(n) ?? 0,
    waiting: (n) => waitingCount(store, n, positions.get(n) ?? 0),
    of: (n) => ({
      async append(entries, key) {
        const at = ctx.now();
        return store.write(() => {
          forgetSeen(store, at - SEEN_MS);
          return appendEntries(store, n, entries.map((entry) => ({ ...entry, problem: null })), { at, key, importId: null });
        });
      },
      async read(after, limit) {
        const entries = store.read(() => entriesAfter(store, n, after, limit));
        const before = positions.get(n);
        positions.set(n, after);
        if (before !== after) moved(entries.length < limit);
        return { entries, total: entryTotal(store, n) };
      },
      async keepAside(some) {
        if (some.length === 0) return;
        store.write(() => {
          for (const { id, field, problem } of some) keepAside(store, id, field, problem);
        });
        ctx.changed(['imports', 'connections']);
      },
      async forget(upTo) {
        // Durable as a whole before it: what a power cut could still take back of the pull is not forgotten here.
        while (store.write(() => forgetEntries(store, n, upTo, STRIDE)) === STRIDE) await new Promise(setImmediate);
      },
    }),
  };
}

/** The inbox of a session that only tries whether it could work. */
export const TRIAL_INBOX: Inbox = {
  append: () => Promise.reject(new Error('a trial takes nothing')),
  read: () => Promise.resolve({ entries: [], total: 0 }),
  keepAside: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

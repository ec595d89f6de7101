import { ConnectorError } from '../connectors/connector.ts';
import type { RemoteSubject, Session, SubjectContext } from '../connectors/connector.ts';
import { contextAge, itemsWithoutContext, keepContext, markGone, mediaOf, subjectIds } from '../store/context-keeping.ts';
import { ingestBatch } from '../store/ingest.ts';
import { subjectRef } from '../store/outbox.ts';
import type { Context } from './context.ts';
import type { MediaCache } from './media.ts';
import type { Sync } from './sync.ts';

export type ContextsOptions = {
  readonly sync: Pick<Sync, 'usable' | 'report'>;
  readonly media: Pick<MediaCache, 'want'>;
};

export type Contexts = {
  /** Fetches ahead for the next items: after a pull, and as the queue moves on. */
  readonly wake: (n?: number) => void;
  /** The desk shows these: fetched first, where missing or stale. */
  readonly want: (subjects: readonly number[]) => void;
  readonly stop: () => Promise<void>;
};

/** Items ahead of the hand whose context is kept ready. */
const AHEAD = 30;
/** A thread goes on; after this its context is fetched again. Offline what is kept is used, however old. */
const STALE_MS = 10 * 60_000;
/** Subjects of a thread or a record that are kept. */
const MOST = 50;
const MOST_MEMBERS = 200;
/** A subject whose context could not be had is left alone for this long. */
const REST_MS = 5 * 60_000;
/** Addresses of media that a context may bring at once. */
const MOST_MEDIA = 20;

/** Fetches what surrounds the next items before anyone looks at them, one at a time a connection. */
export function startContexts(ctx: Context, options: ContextsOptions): Contexts {
  const { store } = ctx;
  const { sync, media } = options;
  const asked = new Map<number, number>();
  const restingUntil = new Map<number, number>();
  const working = new Map<number, Promise<void>>();
  const again = new Set<number>();

  /** What to fetch next for a connection: what the desk shows, then what comes next in the queue. */
  function next(n: number): number | null {
    const now = ctx.now();
    const rested = (subject: number): boolean => (restingUntil.get(subject) ?? 0) <= now;
    const shown = [...asked].findLast(([subject, connection]) => connection === n && rested(subject))?.[0];
    return shown ?? itemsWithoutContext(store, n, AHEAD, now - STALE_MS).find(rested) ?? null;
  }

  async function fetchOne(n: number, session: Session, subject: number): Promise<void> {
    const about = subjectRef(store, subject);
    if (about === null) return;
    const found = await session.context(about.ref, ctx.signal);
    const around = storeContext(ctx, n, subject, found);
    media.want(n, mediaOf(store, [subject, ...around]).slice(0, MOST_MEDIA), subject);
    ctx.changed(['queue'], [subject]);
  }

  async function work(n: number): Promise<void> {
    for (let subject = next(n); subject !== null; subject = next(n)) {
      const session = sync.usable(n);
      if (session === null || ctx.signal.aborted) return;
      asked.delete(subject);
      try {
        await fetchOne(n, session, subject);
      } catch (error) {
        if (ctx.signal.aborted) return;
        restingUntil.set(subject, ctx.now() + REST_MS);
        if (stopsAll(error)) {
          sync.report(n, error);
          return;
        }
        if (!(error instanceof ConnectorError)) ctx.log.error('context-failed', error, { subject });
      }
    }
  }

  function wake(n: number): void {
    if (working.has(n)) {
      again.add(n);
      return;
    }
    working.set(n, work(n).catch((error: unknown) => {
      ctx.log.error('contexts-failed', error, { connection: n });
    }).finally(() => {
      working.delete(n);
      if (again.delete(n) && !ctx.signal.aborted) wake(n);
    }));
  }

  return {
    wake(n) {
      for (const connection of n === undefined ? ctx.connections.all().map((one) => one.n) : [n]) wake(connection);
    },
    want(subjects) {
      for (const subject of subjects) {
        const at = contextAge(store, subject);
        const about = at === null || at < ctx.now() - STALE_MS ? subjectRef(store, subject) : null;
        if (about === null) continue;
        asked.delete(subject);
        asked.set(subject, about.connection);
        wake(about.connection);
      }
    },
    async stop() {
      await Promise.all(working.values());
    },
  };
}

/** Trouble that the next subject would meet too. */
function stopsAll(error: unknown): boolean {
  return error instanceof ConnectorError && error.kind !== 'refused' && error.kind !== 'unintelligible';
}

/** Keeps a context and the subjects and members it brings, in one short transaction; answers the row ids of the thread. */
function storeContext(ctx: Context, n: number, subject: number, found: SubjectContext): readonly number[] {
  const { store } = ctx;
  const before = found.before.slice(-MOST);
  const after = found.after.slice(0, MOST);
  const recent = found.recent.slice(0, MOST);
  const subjects = [...before, ...(found.subject === null ? [] : [found.subject]), ...after, ...recent];
  return store.write(() => {
    const batch = { members: found.members.slice(0, MOST_MEMBERS), subjects, reports: [], resolutions: [], cursor: '', total: null };
    ingestBatch(store, n, batch, ctx.now(), (one) => (one === found.subject ? 'itself' : 'around'));
    const idsOf = (some: readonly RemoteSubject[]): readonly number[] => subjectIds(store, n, some);
    const context = { before: idsOf(before), after: idsOf(after), recent: idsOf(recent), record: found.record.slice(0, MOST) };
    keepContext(store, subject, ctx.now(), context);
    if (found.subject === null && found.asStored !== true) markGone(store, subject, ctx.now());
    return [...context.before, ...context.after];
  });
}

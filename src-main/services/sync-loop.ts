import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConnectorError } from '../connectors/connector.ts';
import type { Session } from '../connectors/connector.ts';
import type { Sleep } from '../connectors/http/sleep.ts';
import { keepAccount, keepCaughtUp, keepProblem, keepTemplates, lastProblem, syncRow, templatesOf } from '../store/sync-state.ts';
import { batchPieces, storePiece } from './batches.ts';
import { makeBell } from './bell.ts';
import type { Connection } from './connection-book.ts';
import type { Context } from './context.ts';
import { takeGuidelines } from './published-guidelines.ts';
import { readTrouble } from './sync-health.ts';
import type { Health, Trouble } from './sync-health.ts';

export type SyncLoop = {
  readonly health: () => Health;
  /** The session, while it is signed in and nothing stands in the way of using it. */
  readonly usable: () => Session | null;
  /** Pulls soon; `verify` signs in again first. */
  readonly wake: (verify: boolean) => void;
  /**
   * A stream told of something: pulls soon, but shortens no wait that the platform asked for or that needs a person. What is
   * out of reach is asked once more before its time, since a stream that talks may mean that it is back.
   */
  readonly news: () => void;
  /** Something else met trouble with the session: the loop looks for itself. */
  readonly report: (error: unknown) => void;
  /** Ends the loop and closes the session. */
  readonly stop: () => Promise<void>;
};

export type SyncLoopInput = {
  readonly connection: Connection;
  readonly session: Session;
  readonly sleep: Sleep;
  /** The session has become usable, or new things were pulled with it. */
  readonly onPulled: () => void;
};

/** A role that was changed there shows within this time, without an error first. */
const VERIFY_EVERY_MS = 6 * 60 * 60_000;
/** Published rules change rarely. */
const GUIDELINES_EVERY_MS = 60 * 60_000;
/** Messages written in advance that are kept of a connection. */
const MOST_TEMPLATES = 200;
/** A connector that does not hear that it is to stop is left to itself: nothing else may wait for it. */
const STOPS_WITHIN_MS = 5000;
/** Whatever a platform says, it is not asked more often than this. */
const POLL_AT_LEAST_MS = 1000;

/** Runs one connection for as long as it is neither paused nor removed. Its troubles are its own. */
export function startSyncLoop(ctx: Context, input: SyncLoopInput): SyncLoop {
  const { connection, session, sleep } = input;
  const { n } = connection;
  const { store, connections: book } = ctx;
  const end = new AbortController();
  const signal = AbortSignal.any([ctx.signal, end.signal]);
  const bell = makeBell(sleep);
  const before = lastProblem(store, n);
  let health: Health = { state: 'starting', problem: before?.problem ?? null, traceId: before?.traceId ?? null, nextSyncAt: null };
  let trouble: Trouble | null = null;
  let verified = false;
  let verifiedAt = -Infinity;
  let guidelinesAt = -Infinity;
  let failures = 0;
  let hurried = false;
  let reported: { readonly error: unknown } | null = null;

  function become(next: Health): void {
    health = next;
    ctx.changed(['connections']);
  }

  async function verify(): Promise<void> {
    const account = await session.verify(signal);
    store.write(() => keepAccount(store, n, account));
    book.reload();
    verified = true;
    verifiedAt = ctx.now();
    // What can be done may have changed with the role there, and with it what the queue greys out.
    ctx.changed(['connections', 'queue']);
  }

  async function pull(): Promise<void> {
    const { cursor, caughtUp } = syncRow(store, n);
    become({ ...health, state: caughtUp ? 'live' : 'first-sync', problem: null, traceId: null, nextSyncAt: null });
    for await (const batch of session.pull(cursor, signal)) {
      signal.throwIfAborted();
      for (const piece of batchPieces(batch)) {
        const touched = storePiece(store, n, piece, ctx.now());
        ctx.changed(['queue', 'connections'], touched);
        await turn();
        signal.throwIfAborted();
      }
    }
    signal.throwIfAborted();
    store.write(() => keepCaughtUp(store, n, ctx.now()));
  }

  async function guidelines(): Promise<void> {
    if (ctx.now() - guidelinesAt < GUIDELINES_EVERY_MS) return;
    try {
      takeGuidelines(ctx, connection, await session.guidelines(signal));
      const templates = (await session.templates?.(signal))?.slice(0, MOST_TEMPLATES);
      if (templates !== undefined && !isDeepStrictEqual(templates, templatesOf(store, n))) {
        store.write(() => keepTemplates(store, n, templates));
        ctx.changed(['connections']);
      }
    } catch (error) {
      // An instance that publishes neither, or not to this account, is no reason to stop bringing reports.
      if (!(error instanceof ConnectorError) || (error.kind !== 'refused' && error.kind !== 'unintelligible')) throw error;
      ctx.log.warn('guidelines-not-read', { connection: connection.id, kind: error.kind });
    }
    guidelinesAt = ctx.now();
  }

  /** One round; answers how long to wait, ms. */
  async function round(): Promise<number> {
    if (!verified || ctx.now() - verifiedAt > VERIFY_EVERY_MS) await verify();
    await pull();
    await guidelines();
    failures = 0;
    hurried = false;
    reported = null;
    if (trouble !== null || before !== null) store.write(() => keepProblem(store, n, null));
    trouble = null;
    const pollMs = Math.max(POLL_AT_LEAST_MS, book.account(n)?.pollMs ?? 0);
    become({ state: 'live', problem: null, traceId: null, nextSyncAt: ctx.now() + pollMs });
    input.onPulled();
    return pollMs;
  }

  function stumble(error: unknown): number | null {
    failures += 1;
    const next = readTrouble(ctx, error, failures, connection.id, trouble);
    if (next.traceId !== trouble?.traceId) keepTrouble(next);
    trouble = next;
    // A token, a role or a version may be what changed: who we are is asked again.
    if (next.kind !== 'unreachable' && next.kind !== 'rate-limited') verified = false;
    become({ state: next.state, problem: next.problem, traceId: next.traceId, nextSyncAt: next.waitMs === null ? null : ctx.now() + next.waitMs });
    return next.waitMs;
  }

  function keepTrouble({ problem, kind, traceId }: Trouble): void {
    try {
      store.write(() => keepProblem(store, n, { text: problem, kind, traceId }));
    } catch (error) {
      // The disk itself may be the trouble; it is shown from memory.
      ctx.log.error('problem-not-kept', error, { connection: connection.id });
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let waitMs: number | null;
      try {
        waitMs = await round();
      } catch (error) {
        if (signal.aborted) return;
        waitMs = stumble(error);
      }
      await bell.wait(waitMs, signal);
      if (reported !== null) {
        const { error } = reported;
        reported = null;
        waitMs = stumble(error);
        await bell.wait(waitMs, signal);
      }
    }
  }

  const running = run().catch((error: unknown) => {
    if (!signal.aborted) ctx.log.error('sync-loop-ended', error, { connection: connection.id });
  });

  return {
    health: () => health,
    usable: () => (verified && trouble === null && reported === null && !signal.aborted ? session : null),
    wake(again) {
      if (again) verified = false;
      bell.ring();
    },
    news() {
      if (trouble !== null && (trouble.kind !== 'unreachable' || hurried)) return;
      hurried = trouble !== null;
      bell.ring();
    },
    report(error) {
      if (trouble !== null) return;
      reported = { error };
      bell.ring();
    },
    async stop() {
      end.abort(new Error('the connection was stopped'));
      await within(STOPS_WITHIN_MS, running, sleep);
      await within(STOPS_WITHIN_MS, session.close(), sleep).catch((error: unknown) => ctx.log.warn('session-close-failed', { connection: connection.id, name: error instanceof Error ? error.name : '' }));
    },
  };
}

/** Waits for work, but not for ever. */
async function within(ms: number, work: Promise<void>, sleep: Sleep): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, sleep(ms, done.signal)]);
  } finally {
    done.abort(new Error('it ended in time'));
  }
}

import type { Connector, ConnectorIo, Session } from '../connectors/connector.ts';
import { makeGate } from '../connectors/http/gate.ts';
import type { Budget } from '../connectors/http/buckets.ts';
import type { Gate } from '../connectors/http/gate.ts';
import { makeGuardedFetch } from '../connectors/http/guarded-fetch.ts';
import { sleepByTimer } from '../connectors/http/sleep.ts';
import type { Sleep } from '../connectors/http/sleep.ts';
import type { Registry } from '../connectors/registry.ts';
import { lastProblem } from '../store/sync-state.ts';
import type { Connection } from './connection-book.ts';
import { sessionSecrets } from './connection-secrets.ts';
import type { ProvidedSecrets } from './connection-secrets.ts';
import type { Context } from './context.ts';
import type { Inboxes } from './inboxes.ts';
import { makeReceivers } from './receivers.ts';
import { makeSessionIo } from './session-io.ts';
import { readTrouble } from './sync-health.ts';
import type { Health } from './sync-health.ts';
import { startSyncLoop } from './sync-loop.ts';
import type { SyncLoop } from './sync-loop.ts';

export type SyncOptions = {
  readonly registry: Registry;
  readonly providedSecrets: ProvidedSecrets;
  readonly inboxes: Pick<Inboxes, 'of' | 'waiting'>;
  /** A connection's session can be used, and has just pulled. */
  readonly onPulled: (n: number) => void;
  readonly sleep?: Sleep;
  readonly guardedFetch?: typeof globalThis.fetch;
};

export type Sync = {
  /**
   * Starts, restarts and ends loops so that they are what the connection book says; after every connection event.
   * `signIn`: a connection whose secrets a person changed, which may be another account's: its session knows the one before.
   */
  readonly refresh: (signIn?: number) => Promise<void>;
  readonly health: (n: number) => Health;
  /** What is left of the instance's request budget, where it says. */
  readonly budget: (n: number) => Budget | null;
  /** How many entries of its inbox are not in the queue yet; 0 where nothing arrives from outside. */
  readonly arriving: (n: number) => number;
  /** The session, while nothing stands in the way of using it. */
  readonly usable: (n: number) => Session | null;
  /** Pulls at once. `verify`: asks who we are first; `attended`: a person wants to sign in, so that the browser may open. */
  readonly wake: (n: number, how?: { readonly verify: boolean; readonly attended: boolean }) => void;
  /** Trouble that a delivery or a look-up met with the session. */
  readonly report: (n: number, error: unknown) => void;
  readonly gateOf: (platform: string, instance: string) => Gate;
  /** What a session listens with that only tries whether it could work. */
  readonly trialListen: (platform: string, instance: string) => ConnectorIo['listen'];
  readonly stop: () => Promise<void>;
};

type Running = { readonly made: Connection; readonly loop: SyncLoop };

/** A browser may open for this long after a person asked to sign in. */
const ATTENDED_MS = 5 * 60_000;

/** Keeps one loop a connection running. */
export function startSync(ctx: Context, options: SyncOptions): Sync {
  const { connections: book } = ctx;
  const { registry, sleep = sleepByTimer, guardedFetch = makeGuardedFetch() } = options;
  const running = new Map<number, Running>();
  const gates = new Map<string, Gate>();
  const receivers = makeReceivers(ctx);
  const attendedUntil = new Map<number, number>();
  /** Connections whose settings their connector does not accept. */
  const broken = new Map<number, Health>();
  let refreshing: Promise<void> = Promise.resolve();

  function gateOf(platform: string, instance: string): Gate {
    const name = `${platform}:${instance}`;
    let gate = gates.get(name);
    if (gate === undefined) {
      gate = makeGate({ now: ctx.now, sleep });
      gates.set(name, gate);
    }
    return gate;
  }

  function open(connection: Connection, connector: Connector): SyncLoop {
    const { n, id } = connection;
    const session = connector.open(makeSessionIo(ctx, {
      connectionId: id,
      fields: connector.fields,
      settings: connection.settings,
      gate: gateOf(connection.platform, connection.instance),
      guardedFetch,
      ...sessionSecrets(ctx, id, options.providedSecrets.get(id)),
      wake: () => running.get(n)?.loop.news(),
      attended: () => (attendedUntil.get(n) ?? 0) > ctx.now(),
      inbox: options.inboxes.of(n),
      listen: receivers.of(`${connection.platform}:${connection.instance}`, false),
    }), connection.settings);
    return startSyncLoop(ctx, { connection, session, sleep, onPulled() {
      // Signed in: what was asked for is done.
      attendedUntil.delete(n);
      options.onPulled(n);
    } });
  }

  async function bring(signIn: number | null): Promise<void> {
    const wanted = new Map(book.all().filter((connection) => !connection.paused && !connection.removed).map((connection) => [connection.n, connection]));
    const ending = [...running].filter(([n, { made }]) => n === signIn || !sameWork(made, wanted.get(n)));
    for (const [n] of ending) running.delete(n);
    await Promise.all(ending.map(([, { loop }]) => loop.stop()));
    if (ctx.signal.aborted) return;
    broken.clear();
    for (const [n, connection] of wanted) {
      const connector = registry.byId(connection.platform);
      if (connector === null || running.has(n)) continue;
      try {
        running.set(n, { made: connection, loop: open(connection, connector) });
      } catch (error) {
        const { state, problem, traceId } = readTrouble(ctx, error, 1, connection.id, null);
        broken.set(n, { state, problem, traceId, nextSyncAt: null });
      }
    }
    ctx.changed(['connections']);
  }

  async function watchUnlocks(): Promise<void> {
    const unlocks = await ctx.host.secrets.unlocked(undefined, { signal: ctx.signal });
    while ((await unlocks.next()).done !== true) {
      for (const { loop } of running.values()) {
        if (loop.health().state === 'secrets-locked') loop.wake(true);
      }
    }
  }
  watchUnlocks().catch((error: unknown) => {
    if (!ctx.signal.aborted) ctx.log.error('unlock-watch-ended', error);
  });

  return {
    refresh(signIn) {
      // One after the other: two refreshes at once must not open a connection twice.
      const work = (): Promise<void> => bring(signIn ?? null);
      refreshing = refreshing.then(work, work);
      return refreshing;
    },
    health(n) {
      const loop = running.get(n)?.loop;
      if (loop !== undefined) return loop.health();
      return broken.get(n) ?? stillHealth(ctx, registry, book.byN(n));
    },
    budget(n) {
      const connection = book.byN(n);
      return connection === null ? null : gateOf(connection.platform, connection.instance).budget();
    },
    arriving(n) {
      const connection = book.byN(n);
      return connection !== null && registry.byId(connection.platform)?.intake !== undefined ? options.inboxes.waiting(n) : 0;
    },
    usable: (n) => running.get(n)?.loop.usable() ?? null,
    wake(n, { verify, attended } = { verify: false, attended: false }) {
      if (attended) attendedUntil.set(n, ctx.now() + ATTENDED_MS);
      running.get(n)?.loop.wake(verify);
    },
    report: (n, error) => running.get(n)?.loop.report(error),
    gateOf,
    trialListen: (platform, instance) => receivers.of(`${platform}:${instance}`, true),
    async stop() {
      await refreshing.catch(() => undefined);
      await Promise.all([...running.values()].map(({ loop }) => loop.stop()));
      running.clear();
    },
  };
}

/** Whether a loop that was made for one does what the other asks. */
function sameWork(made: Connection, wanted: Connection | undefined): boolean {
  return wanted !== undefined && made.instance === wanted.instance && made.platform === wanted.platform
    && JSON.stringify(made.settings) === JSON.stringify(wanted.settings);
}

/** How a connection without a loop fares. */
function stillHealth(ctx: Context, registry: Registry, connection: Connection | null): Health {
  const still = { problem: null, traceId: null, nextSyncAt: null };
  if (connection === null || connection.paused || connection.removed) return { ...still, state: 'paused' };
  if (registry.byId(connection.platform) === null) {
    return { ...still, state: 'failing', problem: 'This version of Docket has no connector for the platform. Update Docket, or remove the connection.' };
  }
  const before = lastProblem(ctx.store, connection.n);
  return { ...still, state: 'starting', problem: before?.problem ?? null, traceId: before?.traceId ?? null };
}

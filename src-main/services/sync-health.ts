import { ConnectorError } from '../connectors/connector.ts';
import type { ConnectorErrorKind } from '../connectors/connector.ts';
import type { HealthState } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { backoffMs } from './backoff.ts';
import type { Pace } from './backoff.ts';
import type { Context } from './context.ts';

/** How a connection fares, in memory; what must survive a restart is in sync_state. */
export type Health = {
  readonly state: HealthState;
  /** Plain words with the remedy; null while all is well. */
  readonly problem: string | null;
  readonly traceId: string | null;
  readonly nextSyncAt: number | null;
};

/** What follows from a failed attempt: what the person is told, and how long to wait; null waits for the person. */
export type Trouble = {
  readonly state: HealthState;
  readonly kind: ConnectorErrorKind | 'storage' | 'bug';
  readonly problem: string;
  readonly traceId: string | null;
  readonly waitMs: number | null;
};

/** A missing network comes back soon and costs nothing to ask for. */
const OFFLINE: Pace = { baseMs: 2000, capMs: 2 * 60_000 };
/** A server that answers nonsense is likely being worked on. */
const FAILING: Pace = { baseMs: 10_000, capMs: 15 * 60_000 };
const RATE_LIMITED: Pace = { baseMs: 30_000, capMs: 15 * 60_000 };

/**
 * Reads what a connector, the store or a bug threw. `failures` counts failed attempts in a row, this one included;
 * the same trouble as `before` keeps its trace id and is not logged again.
 */
export function readTrouble(
  ctx: Pick<Context, 'log' | 'random'>, error: unknown, failures: number, connectionId: string, before: Trouble | null,
): Trouble {
  const traceOf = (kind: Trouble['kind'], message: string): string => (
    before !== null && before.kind === kind && before.problem === message && before.traceId !== null
      ? before.traceId
      : ctx.log.error(`connection-${kind}`, error, { connection: connectionId })
  );
  const pause = (pace: Pace): number => backoffMs(failures, pace, ctx.random);
  if (error instanceof ConnectorError) {
    const { kind, message, afterMs } = error;
    const trouble = (state: HealthState, waitMs: number | null): Trouble => ({ state, kind, problem: message, traceId: traceOf(kind, message), waitMs });
    switch (kind) {
      case 'settings': return trouble('failing', null);
      case 'sign-in': return trouble('sign-in-needed', null);
      case 'secrets-locked': return trouble('secrets-locked', null);
      case 'refused': return trouble('failing', pause(FAILING));
      case 'unintelligible': return trouble('failing', pause(FAILING));
      case 'unreachable': return trouble('offline', Math.max(afterMs ?? 0, pause(OFFLINE)));
      case 'rate-limited': return trouble('rate-limited', afterMs ?? pause(RATE_LIMITED));
    }
  }
  if (error instanceof Failure) {
    return { state: 'failing', kind: 'storage', problem: error.message, traceId: traceOf('storage', error.message), waitMs: pause(FAILING) };
  }
  const traceId = ctx.log.error('connection-bug', error, { connection: connectionId });
  return {
    state: 'failing', kind: 'bug', traceId, waitMs: pause(FAILING),
    problem: `Something went wrong inside Docket while it synced. It tries again by itself; if it stays, report it with the trace id ${traceId}.`,
  };
}

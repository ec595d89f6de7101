import { ConnectorError } from '../connectors/connector.ts';
import type { DeliveryResult, Order, Session } from '../connectors/connector.ts';
import type { Theirs } from '../store/deliveries.ts';
import type { Settled } from '../store/outbox.ts';
import { backoffMs } from './backoff.ts';
import type { Pace } from './backoff.ts';
import type { Context } from './context.ts';

/** What follows from one attempt to send an order. */
export type Attempt =
  | { readonly kind: 'settled'; readonly how: Settled }
  /** Try later; `counts` towards giving up, `report` is trouble of the whole connection. */
  | { readonly kind: 'later'; readonly said: string; readonly waitMs: number; readonly counts: boolean; readonly report: unknown };

/** While only this order has trouble. */
const PACE: Pace = { baseMs: 5000, capMs: 15 * 60_000 };
/** While the connection is in doubt. */
const CONNECTION_PACE: Pace = { baseMs: 1000, capMs: 60_000 };
/** After so many tries that the platform answered without taking the order, a person looks. */
export const TRIES = 8;
/** An order that takes longer than this hangs; it is sent again, which its id makes harmless. */
const TIMEOUT_MS = 120_000;

const LONGEST = 1000;

/** What went before: tries that count towards giving up, and all of them. */
export type Earlier = { readonly tries: number; readonly attempts: number };

/** Sends one order and reads what came of it. Throws only when aborted. */
export async function attemptDelivery(ctx: Context, session: Session, order: Order, earlier: Earlier, signal: AbortSignal): Promise<Attempt> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new ConnectorError('unreachable', 'The platform did not finish in two minutes. Docket tries again.')), TIMEOUT_MS);
  try {
    const result = await session.deliver(order, AbortSignal.any([signal, timeout.signal]));
    return readResult(ctx, result, earlier.tries);
  } catch (error) {
    signal.throwIfAborted();
    return readError(ctx, timeout.signal.aborted ? timeout.signal.reason : error, order, earlier);
  } finally {
    clearTimeout(timer);
  }
}

/** "resolved by Ines", for a sentence. */
function theirsOf(result: { readonly by: string | null; readonly what: string; readonly at: number | null }): Theirs {
  return { by: result.by, what: brief(result.what), at: result.at };
}

function inWords({ by, what }: Theirs): string {
  return by === null ? what : `${what} by ${by}`;
}

/** What a server said may be of any length; a line of it tells a person as much. */
function brief(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function readResult(ctx: Context, result: DeliveryResult, earlier: number): Attempt {
  switch (result.kind) {
    case 'done':
      return { kind: 'settled', how: { state: 'sent', said: result.said === null ? null : brief(result.said), remoteId: result.remoteId, sentAt: ctx.now() } };
    case 'already':
      return { kind: 'settled', how: { state: 'handled-there', said: `Already so there: ${inWords(theirsOf(result))}.`, theirs: theirsOf(result) } };
    case 'conflict':
      return { kind: 'settled', how: { state: 'conflict', said: `Nothing was sent, since it was handled there meanwhile: ${inWords(theirsOf(result))}.`, theirs: theirsOf(result) } };
    case 'refused':
      return { kind: 'settled', how: { state: 'refused', said: brief(result.why) } };
    case 'retry':
      return again(ctx, brief(result.why), result.afterMs, earlier);
  }
}

function again(ctx: Context, said: string, afterMs: number | null, earlier: number): Attempt {
  const tries = earlier + 1;
  if (tries >= TRIES) return { kind: 'settled', how: { state: 'failed', said: `${said} Docket stopped after ${TRIES} tries; try again when the platform has recovered.` } };
  return { kind: 'later', said, waitMs: Math.max(afterMs ?? 0, backoffMs(tries, PACE, ctx.random)), counts: true, report: null };
}

function readError(ctx: Context, error: unknown, order: Order, { tries, attempts }: Earlier): Attempt {
  if (!(error instanceof ConnectorError)) {
    const traceId = ctx.log.error('delivery-bug', error, { order: order.id, verb: order.verb });
    return again(ctx, `Something went wrong inside Docket (trace id ${traceId}).`, null, tries);
  }
  switch (error.kind) {
    case 'refused':
      return { kind: 'settled', how: { state: 'refused', said: error.message } };
    case 'unintelligible':
      return again(ctx, error.message, error.afterMs, tries);
    case 'rate-limited':
      return { kind: 'later', said: error.message, waitMs: error.afterMs ?? backoffMs(tries + 1, PACE, ctx.random), counts: false, report: null };
    // Trouble of the connection, not of the order: it waits until sync finds the connection well again. The wait of its
    // own matters only where everything but this order goes through.
    case 'unreachable': case 'sign-in': case 'settings': case 'secrets-locked':
      return { kind: 'later', said: error.message, waitMs: error.afterMs ?? backoffMs(attempts + 1, CONNECTION_PACE, ctx.random), counts: false, report: error };
  }
}

import { ConnectorError } from '../connector.ts';
import type { DeliveryResult, Order } from '../connector.ts';
import { rememberOurs } from './memory.ts';
import type { Report } from './model.ts';
import type { State, StateInput } from './state.ts';
import { whatOf } from './words.ts';

export type DeliverInput = StateInput & { readonly me: { readonly acct: string } };

/** Whether this account, or this session where the server does not say who, closed a report. */
export function isOurs({ me, memory }: DeliverInput, { id, handled }: Report): boolean {
  return handled !== null && (handled.byAcct === null ? memory.ours.has(id) : handled.byAcct === me.acct);
}

/** What to answer where nothing is left to close. */
export function alreadyClosed({ closed }: State): DeliveryResult {
  if (closed === null) return { kind: 'already', by: null, what: 'report gone', at: null };
  return { kind: 'already', by: closed.handled?.by ?? null, what: whatOf(closed), at: closed.handled?.at ?? null };
}

/** The wished-for state is there already; who closed the reports is the best guess at who made it so. */
export function already({ closed }: State, what: string): DeliveryResult {
  return { kind: 'already', by: closed?.handled?.by ?? null, what, at: closed?.handled?.at ?? null };
}

/** Closes reports one by one; those that a lost answer left closed are not in the list any more. */
export async function resolveAll({ client, dialect, memory }: DeliverInput, order: Order, reports: readonly Report[], signal: AbortSignal): Promise<void> {
  for (const { id } of reports) {
    await client.act(dialect.resolve(id, order.verb === 'dismiss'), 'the closing of a report', signal);
    rememberOurs(memory, id, order.id);
  }
}

/** The account that an order is about does not exist any more. */
export function goneAccount(): DeliveryResult {
  return { kind: 'refused', why: 'The account is gone from the server, so nothing can be done to it. Dismiss the item.' };
}

/** The reports that an order closed, in this try or one before, as it is taken back by them. */
export function idsOf({ memory }: DeliverInput, order: Order): string | null {
  const ids = [...memory.ours].filter(([, orderId]) => orderId === order.id).map(([id]) => id);
  return ids.length === 0 ? null : ids.join(' ');
}

/** Whether an error leaves open what happened there. */
export function leavesOpen(error: unknown): boolean {
  return !(error instanceof ConnectorError) || error.kind === 'unreachable' || error.kind === 'unintelligible';
}

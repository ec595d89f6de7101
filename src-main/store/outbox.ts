import { z } from 'zod';
import type { Order, SubjectRef } from '../connectors/connector.ts';
import type { SubjectType } from '../contract/words.ts';
import { deliveryBody, deliveryById } from './deliveries.ts';
import type { DeliveryRow, Theirs } from './deliveries.ts';
import type { Store } from './store.ts';

/** What of a waiting order decides when it may go. */
export type WaitingOrder = {
  readonly id: string;
  readonly subject: number;
  /** Orders about one member go out in order, whichever of their posts they name. */
  readonly lane: string;
  readonly state: 'held' | 'pending';
  readonly dueAt: number;
};

/** No undo window is longer; one that seems to be began before the clock was set back. */
const LONGEST_WINDOW_MS = 10 * 60_000;

/** Ends the undo windows that have passed (index deliveries_due, which is taken only where its own condition is repeated). */
export function releaseHeld(store: Store, connection: number, now: number): number {
  return store.sql<[number, number, number], never>('outbox-release', `
    UPDATE deliveries SET state = 'pending', due_at = min(due_at, ?3)
    WHERE connection = ?1 AND state IN ('held', 'pending') AND state = 'held' AND (due_at <= ?3 OR due_at > ?2)
  `).run(connection, now + LONGEST_WINDOW_MS, now).changes;
}

/** Orders of a connection that have not gone out, in the order of the decisions (index deliveries_due). */
export function waitingOrders(store: Store, connection: number, limit: number): readonly WaitingOrder[] {
  return store.sql<[number, number], WaitingOrder>('outbox-line', `
    SELECT d.id, d.subject, coalesce('m' || s.author, 's' || d.subject) AS lane, d.state, coalesce(d.due_at, 0) AS dueAt
    FROM deliveries d JOIN subjects s ON s.id = d.subject
    WHERE d.connection = ? AND d.state IN ('held', 'pending') ORDER BY d.seq LIMIT ?
  `).all(connection, limit);
}

/** Marks an order as having left, before it leaves: after a crash it is known that it may have arrived, as nothing was said of it. */
export function startAttempt(store: Store, id: string): void {
  store.sql<[string], never>('outbox-attempt', `UPDATE deliveries SET state = 'pending', attempts = attempts + 1, said = NULL WHERE id = ?`).run(id);
}

/** Puts a try off; the order keeps its place. */
export function postpone(store: Store, id: string, dueAt: number, said: string): void {
  store.sql<[number, string, string], never>('outbox-postpone', `UPDATE deliveries SET due_at = ?, said = ? WHERE id = ?`).run(dueAt, said, id);
}

export type Settled = {
  readonly state: 'sent' | 'handled-there' | 'conflict' | 'refused' | 'failed' | 'cancelled';
  readonly said: string | null;
  readonly remoteId?: string | null;
  readonly theirs?: Theirs;
  readonly sentAt?: number;
};

/** Records how an order's journey ended. */
export function settle(store: Store, id: string, how: Settled): void {
  store.sql<[string, string | null, string | null, string | null, number | null, string], never>('outbox-settle', `
    UPDATE deliveries SET state = ?, said = ?, remote_id = ?, theirs = ?, sent_at = ?, due_at = NULL WHERE id = ?
  `).run(how.state, how.said, how.remoteId ?? null, how.theirs === undefined ? null : JSON.stringify(how.theirs), how.sentAt ?? null, id);
}

/** The rest of a decision on a subject waits with its first conflict: a person chooses once for all of it. */
export function settleSiblings(store: Store, row: DeliveryRow, theirs: Theirs, said: string): void {
  store.sql<[string, string, string, number, number], never>('outbox-siblings', `
    UPDATE deliveries SET state = 'conflict', theirs = ?, said = ?, due_at = NULL
    WHERE decision_id = ? AND subject = ? AND state IN ('held', 'pending') AND seq > ?
  `).run(JSON.stringify(theirs), said, row.decision_id, row.subject, row.seq);
}

/**
 * Carries out a person's choice on a conflict, for everything the decision asked of the subject: theirs stands, or ours
 * is sent over it. Belongs in the transaction of the event; the items are refreshed by the caller.
 */
export function resolveConflict(store: Store, id: string, choice: 'keep-theirs' | 'send-mine', now: number): void {
  const row = deliveryById(store, id);
  if (row === undefined) return;
  if (choice === 'keep-theirs') {
    store.sql<[string, number], never>('outbox-keep-theirs', `
      UPDATE deliveries SET state = 'handled-there' WHERE decision_id = ? AND subject = ? AND state = 'conflict'
    `).run(row.decision_id, row.subject);
  } else {
    store.sql<[number, string, number], never>('outbox-send-mine', `
      UPDATE deliveries SET state = 'pending', force = 1, due_at = ?, said = NULL, theirs = NULL
      WHERE decision_id = ? AND subject = ? AND state = 'conflict'
    `).run(now, row.decision_id, row.subject);
  }
}

/** Makes a delivery due now, whatever became of it before. */
export function tryAgain(store: Store, id: string, now: number): void {
  store.sql<[number, string], never>('outbox-again', `UPDATE deliveries SET state = 'pending', due_at = ? WHERE id = ?`).run(now, id);
}

/** Ends what waits for a connection that is gone, conflicts and failures included; answers the subjects it was about. */
export function cancelWaiting(store: Store, connection: number, said: string): readonly number[] {
  return store.sql<[string, number], { subject: number }>('outbox-cancel-connection', `
    UPDATE deliveries SET state = 'cancelled', due_at = NULL, said = ?
    WHERE connection = ? AND state IN ('held', 'pending', 'conflict', 'refused', 'failed') RETURNING subject
  `).all(said, connection).map(({ subject }) => subject);
}

const extra = z.record(z.string(), z.string());

/** A subject as its connector knows it, with the connection it came by. */
export function subjectRef(store: Store, subject: number): { readonly connection: number; readonly ref: SubjectRef } | null {
  const row = store.sql<[number], { connection: number; type: SubjectType; remoteId: string; authorId: string | null; extra: string }>('subject-ref', `
    SELECT s.connection, s.type, s.remote_id AS remoteId, m.remote_id AS authorId, s.extra
    FROM subjects s LEFT JOIN members m ON m.id = s.author WHERE s.id = ?
  `).get(subject);
  if (row === undefined) return null;
  return { connection: row.connection, ref: { type: row.type, remoteId: row.remoteId, authorId: row.authorId, extra: extra.parse(JSON.parse(row.extra)) } };
}

/** Found "already so" at a repeated try: the first try may have made it so. */
function mayHaveArrived(row: DeliveryRow | null | undefined): boolean {
  return row?.state === 'handled-there' && row.attempts > 1;
}

/** The order that a delivery sends; null where it takes back something that never happened there. */
export function orderOf(store: Store, row: DeliveryRow): Order | null {
  const about = subjectRef(store, row.subject);
  if (about === null) return null;
  const original = row.reverses === null ? null : deliveryById(store, row.reverses);
  if (row.reverse === 1 && !(original?.state === 'sent' || mayHaveArrived(original))) return null;
  const body = deliveryBody.parse(JSON.parse(row.body));
  return {
    id: row.id,
    verb: row.verb,
    reverse: row.reverse === 1,
    reverses: original === null || original === undefined ? null : { orderId: original.id, remoteId: original.remote_id },
    subject: about.ref,
    durationMs: body.durationMs,
    labels: body.labels,
    reason: body.reason,
    guideline: body.guideline,
    message: body.message,
    expected: body.expected,
    force: row.force === 1,
    decidedAt: body.decidedAt,
    ...begunBefore(store, row),
  };
}

/** Which of a decision's orders about a subject went out before this one (index deliveries_by_decision). */
function begunBefore(store: Store, row: DeliveryRow): Pick<Order, 'begunBy'> {
  // An outcome is always said; an order that a person sends over a conflict is not asked about it again.
  if (row.attempts > 0 && row.said === null && row.force === 0) return { begunBy: 'itself' };
  const others = store.sql<[string, number, string], { n: number }>('outbox-begun', `
    SELECT count(*) AS n FROM deliveries
    WHERE decision_id = ? AND subject = ? AND id <> ? AND reverse = 0 AND attempts > 0 AND state IN ('pending', 'sent', 'handled-there')
  `).get(row.decision_id, row.subject, row.id)?.n ?? 0;
  return others > 0 && row.reverse === 0 ? { begunBy: 'other' } : {};
}

import { z } from 'zod';
import type { DeliveryView } from '../contract/queue.ts';
import type { DeliveryState, Verb } from '../contract/words.ts';
import type { Store } from './store.ts';

/** What an order carries beside its address; kept as JSON with the delivery. */
export const deliveryBody = z.object({
  durationMs: z.number().nullable(),
  labels: z.array(z.string()),
  reason: z.string(),
  guideline: z.string().nullable(),
  message: z.string().nullable(),
  /** The subject's revision that the person saw. */
  expected: z.string().nullable(),
  decidedAt: z.number(),
});
export type DeliveryBody = z.infer<typeof deliveryBody>;

/** What someone else did on the platform. */
export const theirs = z.object({ by: z.string().nullable(), what: z.string(), at: z.number().nullable() });
export type Theirs = z.infer<typeof theirs>;

/** One row of the outbox as SQLite keeps it. */
export type DeliveryRow = {
  readonly id: string;
  readonly seq: number;
  readonly decision_id: string;
  readonly subject: number;
  readonly connection: number;
  readonly verb: Verb;
  readonly reverse: 0 | 1;
  readonly reverses: string | null;
  readonly body: string;
  readonly state: DeliveryState;
  readonly force: 0 | 1;
  readonly due_at: number | null;
  readonly attempts: number;
  readonly said: string | null;
  readonly remote_id: string | null;
  readonly theirs: string | null;
  readonly sent_at: number | null;
};

export type HeldDelivery = {
  readonly id: string;
  readonly decisionId: string;
  readonly subject: number;
  readonly connection: number;
  readonly verb: Verb;
  readonly reverse: boolean;
  /** The delivery it takes back. */
  readonly reverses: string | null;
  readonly body: DeliveryBody;
  /** Held: the end of the undo window; pending: when to try. */
  readonly dueAt: number | null;
  readonly state: 'held' | 'pending' | 'local';
};

/**
 * Puts one action of a decision into the outbox. A decision on a subject replaces what an earlier one could not get
 * through (conflict, failed): the person has seen the item again and said what they want.
 */
export function holdDelivery(store: Store, input: HeldDelivery): void {
  if (!input.reverse) {
    store.sql<[string, number, string], never>('deliveries-replace', `
      UPDATE deliveries SET state = 'cancelled', due_at = NULL, said = ?
      WHERE subject = ? AND state IN ('conflict', 'failed') AND decision_id <> ?
    `).run('Replaced by a later decision.', input.subject, input.decisionId);
  }
  store.sql<[string, string, number, number, string, number, string | null, string, string, number | null], never>('deliveries-hold', `
    INSERT INTO deliveries (id, seq, decision_id, subject, connection, verb, reverse, reverses, body, state, due_at)
    VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM deliveries), ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `).run(
    input.id, input.decisionId, input.subject, input.connection, input.verb, input.reverse ? 1 : 0, input.reverses,
    JSON.stringify(input.body), input.state, input.dueAt,
  );
}

/**
 * Cancels what of a decision never left this machine: held orders, orders never tried, and those the platform did not
 * take. Returns how many have left or may have: sent, handled there, or tried without an answer.
 */
export function cancelHeld(store: Store, decisionId: string): number {
  store.sql<[string], never>('deliveries-cancel', `
    UPDATE deliveries SET state = 'cancelled', due_at = NULL
    WHERE decision_id = ? AND (state IN ('held', 'conflict', 'refused', 'failed') OR (state = 'pending' AND attempts = 0))
  `).run(decisionId);
  return store.sql<[string], { left: number }>('deliveries-left', `
    SELECT count(*) AS left FROM deliveries
    WHERE decision_id = ? AND state IN ('pending', 'sent', 'handled-there')
  `).get(decisionId)?.left ?? 0;
}

/** One delivery by its order's id. */
export function deliveryById(store: Store, id: string): DeliveryRow | undefined {
  return store.sql<[string], DeliveryRow>('deliveries-by-id', 'SELECT * FROM deliveries WHERE id = ?').get(id);
}

/** A decision's deliveries, in the order they go out (index deliveries_by_decision). */
export function deliveriesOfDecision(store: Store, decisionId: string): readonly DeliveryRow[] {
  return store.sql<[string], DeliveryRow>('deliveries-of-decision', 'SELECT * FROM deliveries WHERE decision_id = ? ORDER BY seq').all(decisionId);
}

/** A delivery in the contract's terms. */
export function deliveryView(store: Store, row: DeliveryRow): DeliveryView {
  const about = store.sql<[number, number], { connectionId: string | null; snippet: string | null }>('deliveries-about', `
    SELECT (SELECT id FROM connections WHERE n = ?) AS connectionId,
           coalesce(items.snippet, substr(subjects.text, 1, 200)) AS snippet
    FROM subjects LEFT JOIN items ON items.subject = subjects.id WHERE subjects.id = ?
  `).get(row.connection, row.subject);
  return {
    id: row.id,
    decisionId: row.decision_id,
    itemId: row.subject,
    connectionId: about?.connectionId ?? '',
    verb: row.verb,
    reverse: row.reverse === 1,
    state: row.state,
    dueAt: row.due_at,
    attempts: row.attempts,
    said: row.said,
    remoteId: row.remote_id,
    theirs: row.theirs === null ? null : theirs.parse(JSON.parse(row.theirs)),
    sentAt: row.sent_at,
    snippet: about?.snippet ?? '',
  };
}

/** What has not reached its platform: what needs a person first, then by due time. */
export function outboxPage(store: Store, limit: number): readonly DeliveryRow[] {
  const attention = store.sql<[number], DeliveryRow>('outbox-attention', `
    SELECT * FROM deliveries WHERE state IN ('conflict', 'refused', 'failed') ORDER BY seq LIMIT ?
  `).all(limit);
  const waiting = store.sql<[number], DeliveryRow>('outbox-waiting', `
    SELECT * FROM deliveries WHERE state IN ('held', 'pending') ORDER BY due_at, seq LIMIT ?
  `).all(limit - attention.length);
  return [...attention, ...waiting];
}

export type OutboxCounts = { readonly held: number; readonly pending: number; readonly attention: number };

/** How many deliveries wait, by what they wait for; for one connection or all. */
export function outboxCounts(store: Store, connection: number | null = null): OutboxCounts {
  const counts = { held: 0, pending: 0, attention: 0 };
  const rows = store.sql<[number | null, number | null], { state: DeliveryState; n: number }>('outbox-counts', `
    SELECT state, count(*) AS n FROM deliveries WHERE state IN ('held', 'pending') AND (?1 IS NULL OR connection = ?1) GROUP BY state
    UNION ALL
    SELECT state, count(*) FROM deliveries WHERE state IN ('conflict', 'refused', 'failed') AND (?2 IS NULL OR connection = ?2) GROUP BY state
  `).all(connection, connection);
  for (const { state, n } of rows) counts[state === 'held' || state === 'pending' ? state : 'attention'] += n;
  return counts;
}

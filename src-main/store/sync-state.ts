import { z } from 'zod';
import type { Account, MessageTemplate } from '../connectors/connector.ts';
import { SUBJECT_TYPES } from '../contract/words.ts';
import { verbCapabilities } from './capabilities.ts';
import type { Store } from './store.ts';

const account: z.ZodType<Account> = z.object({
  name: z.string(),
  instance: z.string(),
  scopes: z.array(z.string()),
  missing: z.array(z.string()),
  capabilities: z.partialRecord(z.enum(SUBJECT_TYPES), verbCapabilities),
  pollMs: z.number(),
});

export type SyncRow = {
  readonly cursor: string | null;
  /** Reports brought in so far, and how many there are where the platform says. */
  readonly pulled: number;
  readonly total: number | null;
  readonly caughtUp: boolean;
  readonly lastSyncAt: number | null;
  /** When the newest report that is here was made. */
  readonly newestAt: number | null;
};

/** Where a connection's sync stands; nothing pulled yet where there is no row. */
export function syncRow(store: Store, connection: number): SyncRow {
  const row = store.sql<[number], { cursor: string | null; pulled: number; total: number | null; caught_up: number; last_sync_at: number | null; newest_at: number | null }>(
    'sync-row', 'SELECT cursor, pulled, total, caught_up, last_sync_at, newest_at FROM sync_state WHERE connection = ?',
  ).get(connection);
  if (row === undefined) return { cursor: null, pulled: 0, total: null, caughtUp: false, lastSyncAt: null, newestAt: null };
  return { cursor: row.cursor, pulled: row.pulled, total: row.total, caughtUp: row.caught_up === 1, lastSyncAt: row.last_sync_at, newestAt: row.newest_at };
}

/** What one transaction of a batch brought; `cursor` is null until the batch's last one. */
export type Progress = { readonly cursor: string | null; readonly added: number; readonly total: number | null; readonly newestAt: number | null };

/** Keeps how far the sync is; belongs in the transaction that keeps the rows. */
export function keepProgress(store: Store, connection: number, { cursor, added, total, newestAt }: Progress): void {
  store.sql<[number, string | null, number, number | null, number | null], never>('sync-progress', `
    INSERT INTO sync_state (connection, cursor, pulled, total, newest_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET cursor = coalesce(excluded.cursor, cursor), pulled = pulled + excluded.pulled, total = coalesce(excluded.total, total),
      newest_at = max(coalesce(newest_at, excluded.newest_at), coalesce(excluded.newest_at, newest_at))
  `).run(connection, cursor, added, total, newestAt);
}

/** Notes that a pull reached the present. */
export function keepCaughtUp(store: Store, connection: number, now: number): void {
  store.sql<[number, number], never>('sync-caught-up', `
    INSERT INTO sync_state (connection, caught_up, last_sync_at) VALUES (?, 1, ?)
    ON CONFLICT DO UPDATE SET caught_up = 1, last_sync_at = excluded.last_sync_at
  `).run(connection, now);
}

/** Keeps what went wrong, so that it can be read after a restart; null when all is well again. */
export function keepProblem(store: Store, connection: number, problem: { readonly text: string; readonly kind: string; readonly traceId: string | null } | null): void {
  store.sql<[number, string | null, string | null, string | null], never>('sync-problem', `
    INSERT INTO sync_state (connection, problem, problem_kind, trace_id) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET problem = excluded.problem, problem_kind = excluded.problem_kind, trace_id = excluded.trace_id
  `).run(connection, problem?.text ?? null, problem?.kind ?? null, problem?.traceId ?? null);
}

/** What went wrong when it last ran; null where all was well. */
export function lastProblem(store: Store, connection: number): { readonly problem: string; readonly traceId: string | null } | null {
  const row = store.sql<[number], { problem: string | null; traceId: string | null }>(
    'sync-last-problem', 'SELECT problem, trace_id AS traceId FROM sync_state WHERE connection = ?',
  ).get(connection);
  return row === undefined || row.problem === null ? null : { problem: row.problem, traceId: row.traceId };
}

const templates: z.ZodType<readonly MessageTemplate[]> = z.array(z.object({ remoteId: z.string(), name: z.string(), text: z.string(), language: z.string().nullable() }));

/** Keeps the messages that the team has written in advance there. */
export function keepTemplates(store: Store, connection: number, said: readonly MessageTemplate[]): void {
  store.sql<[number, string], never>('sync-templates', `
    INSERT INTO sync_state (connection, templates) VALUES (?, ?) ON CONFLICT DO UPDATE SET templates = excluded.templates
  `).run(connection, JSON.stringify(said));
}

/** The messages that were written in advance there, as last heard. */
export function templatesOf(store: Store, connection: number): readonly MessageTemplate[] {
  const row = store.sql<[number], { templates: string | null }>('sync-templates-kept', 'SELECT templates FROM sync_state WHERE connection = ?').get(connection);
  return row === undefined || row.templates === null ? [] : templates.safeParse(JSON.parse(row.templates)).data ?? [];
}

/** Keeps who we are there and what we may do, as verify said. */
export function keepAccount(store: Store, connection: number, said: Account): void {
  store.sql<[number, string], never>('sync-account', `
    INSERT INTO sync_state (connection, account) VALUES (?, ?) ON CONFLICT DO UPDATE SET account = excluded.account
  `).run(connection, JSON.stringify(said));
}

/** Forgets who we were there and what went wrong last; where the sync stands stays, so that it can go on from there. */
export function forgetAccount(store: Store, connection: number): void {
  store.sql<[number], never>('sync-forget-account', `
    UPDATE sync_state SET account = NULL, problem = NULL, problem_kind = NULL, trace_id = NULL WHERE connection = ?
  `).run(connection);
}

/** The account of every connection that has been verified once. One that cannot be read counts as not verified. */
export function syncAccounts(store: Store): Map<number, Account> {
  const found = new Map<number, Account>();
  const rows = store.sql<[], { connection: number; account: string }>('sync-accounts', 'SELECT connection, account FROM sync_state WHERE account IS NOT NULL').all();
  for (const row of rows) {
    const parsed = account.safeParse(JSON.parse(row.account));
    if (parsed.success) found.set(row.connection, parsed.data);
  }
  return found;
}

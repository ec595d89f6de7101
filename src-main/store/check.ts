import type Database from 'better-sqlite3';
import { itemFacts, snippetOf } from '../domain/item-facts.ts';
import { TABLES } from '../domain/fold/rows.ts';
import type { Table } from '../domain/fold/rows.ts';
import { isMarked, itemInput } from './items.ts';
import type { Store } from './store.ts';

/** What SQLite itself finds wrong with the file; null where nothing is. */
export function fileProblem(db: Database.Database): string | null {
  const [first] = db.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(1)').all();
  if (first !== undefined && first.integrity_check !== 'ok') return `the database file is damaged: ${first.integrity_check}`;
  const [broken] = db.prepare<[], { table: string; rowid: number | null; parent: string }>('PRAGMA foreign_key_check').all();
  return broken === undefined ? null : `a row of ${broken.table} (${broken.rowid ?? 'without a number'}) names a row of ${broken.parent} that is not there`;
}

/** The first row in which two databases' projections differ; null where they are the same. Reads both in step. */
export function projectionProblem(real: Database.Database, replayed: Database.Database): string | null {
  for (const table of Object.keys(TABLES) as Table[]) {
    const { keys, columns } = TABLES[table];
    const order = columns.slice(0, keys).join(', ');
    const text = `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`;
    const ours = real.prepare<[], Record<string, unknown>>(text).iterate();
    const theirs = replayed.prepare<[], Record<string, unknown>>(text).iterate();
    try {
      for (;;) {
        const [a, b] = [ours.next(), theirs.next()];
        if (a.done === true && b.done === true) break;
        const named = (row: Record<string, unknown>): string => columns.slice(0, keys).map((column) => String(row[column])).join(', ');
        if (a.done === true) return `${table} lacks the row ${named(b.value)} that the log gives`;
        if (b.done === true) return `${table} has the row ${named(a.value)} that the log does not give`;
        const column = columns.find((name) => a.value[name] !== b.value[name]);
        if (column !== undefined) return `${table} has another ${column} in the row ${named(a.value)} than the log gives`;
      }
    } finally {
      ours.return?.();
      theirs.return?.();
    }
  }
  return null;
}

type KeptItem = {
  readonly subject: number; readonly state: string; readonly category: string; readonly severity: number; readonly report_count: number;
  readonly first_report_at: number; readonly last_report_at: number; readonly due_at: number | null; readonly reopened: number;
  readonly outcome: string | null; readonly snoozed_until: number | null; readonly snippet: string; readonly head: string;
};

/**
 * The first item of the queue that is not what its reports, marks, resolutions and deliveries say, or the first kept
 * count that is wrong; null where all are right. What only time changes (priority, strikes that expired) is left out.
 */
export function queueProblem(store: Store, now: number): { readonly items: number; readonly problem: string | null } {
  const { db } = store;
  const missing = db.prepare<[], { subject: number }>('SELECT subject FROM reports EXCEPT SELECT subject FROM items LIMIT 1').get();
  if (missing !== undefined) return { items: 0, problem: `item ${missing.subject} is not in the queue, though it was reported` };
  const [wrong] = db.prepare<[], { state: string; kept: number; real: number }>(`
    SELECT k.connection, k.state, k.n AS kept, coalesce(r.n, 0) AS real FROM counts k
    LEFT JOIN (SELECT connection, state, count(*) AS n FROM items GROUP BY connection, state) r ON r.connection = k.connection AND r.state = k.state
    WHERE k.n <> coalesce(r.n, 0) LIMIT 1
  `).all();
  if (wrong !== undefined) return { items: 0, problem: `the queue counts ${wrong.kept} ${wrong.state} items of a connection that has ${wrong.real}` };

  let items = 0;
  for (let after = 0; ;) {
    const batch = db.prepare<[number], KeptItem>(`
      SELECT i.*, substr(s.text, 1, 400) AS head FROM items i JOIN subjects s ON s.id = i.subject WHERE i.subject > ? ORDER BY i.subject LIMIT 500
    `).all(after);
    const last = batch.at(-1);
    if (last === undefined) return { items, problem: null };
    after = last.subject;
    for (const kept of batch) {
      items += 1;
      const problem = itemProblem(store, kept, now);
      if (problem !== null) return { items, problem };
    }
  }
}

function itemProblem(store: Store, kept: KeptItem, now: number): string | null {
  const input = itemInput(store, kept.subject, now);
  if (input === undefined) return isMarked(store, kept.subject) ? null : `item ${kept.subject} is in the queue, though nobody reported it`;
  // A snooze that ended and was not looked at since is as it was when it was last worked out.
  const asOf = kept.state === 'snoozed' && kept.snoozed_until !== null ? Math.min(now, kept.snoozed_until - 1) : now;
  const facts = itemFacts(input, asOf);
  const wanted: Partial<Record<keyof KeptItem, unknown>> = {
    state: facts.state, category: facts.facts.category, severity: facts.facts.severity, report_count: facts.facts.reports,
    first_report_at: facts.firstReportAt, last_report_at: facts.lastReportAt, due_at: facts.dueAt, reopened: Number(facts.reopened),
    outcome: facts.outcome, snoozed_until: facts.snoozedUntil, snippet: snippetOf(kept.head),
  };
  const wrong = (Object.keys(wanted) as (keyof KeptItem)[]).find((column) => wanted[column] !== kept[column]);
  return wrong === undefined ? null : `item ${kept.subject} has another ${wrong} than its reports and decisions give`;
}

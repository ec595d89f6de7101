import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import { settings as settingsSchema } from '../../src-main/contract/setup.ts';
import { batchPieces } from '../../src-main/services/batches.ts';
import { recordEvent } from '../../src-main/services/record.ts';
import { ingestBatch } from '../../src-main/store/ingest.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { keepAccount, keepCaughtUp, keepCursor } from '../../src-main/store/sync-state.ts';

export const QUIET = { info: () => undefined, warn: () => undefined };
const CONNECTION = 1;

/**
 * Pulls the whole sample into a new database the way sync does: a batch and its cursor in one transaction, yielding
 * between. Counted is the time inside those transactions, not the making of the sample's texts. Reports a second.
 */
export async function ingestSample(dataDir: string, size: number, tell: (text: string) => void): Promise<{ readonly rate: number; readonly reports: number; readonly worstMs: number }> {
  const store = openStore({ file: path.join(dataDir, 'docket.db'), log: QUIET, now: Date.now });
  const signal = new AbortController().signal;
  const values = { size };
  const settings = settingsSchema.parse({});
  recordEvent({ store, now: Date.now, uuid: randomUUID, settings: () => settings, device: 'bench' }, {
    id: randomUUID(), kind: 'connection.added', source: 'system', subjects: [], payload: { settings: values },
    public: { connectionId: randomUUID(), platform: 'sample', title: 'Sample community', instance: sampleConnector.instance(values), provisioned: false },
  });
  const session = sampleConnector.open({
    connectionId: 'bench', fetch, now: Date.now, random: Math.random, secret: () => Promise.resolve(null), keepSecret: () => Promise.resolve(),
    log: () => undefined, wake: () => undefined, openExternal: () => Promise.resolve(),
  }, values);
  const account = await session.verify(signal);
  store.write(() => keepAccount(store, CONNECTION, account));

  let ms = 0;
  let reports = 0;
  let worstMs = 0;
  for await (const batch of session.pull(null, signal)) {
    for (const { piece, last } of batchPieces(batch)) {
      const start = performance.now();
      store.writeRepeatable(() => {
        ingestBatch(store, CONNECTION, piece, Date.now());
        if (last) keepCursor(store, CONNECTION, batch.cursor, batch.reports.length, batch.total);
      });
      const took = performance.now() - start;
      ms += took;
      worstMs = Math.max(worstMs, took);
      reports += piece.reports.length;
    }
    if (reports % 50_000 < 200) tell(`ingest: ${reports} reports, ${Math.round(reports / ms * 1000)}/s`);
    await turn();
  }
  store.write(() => keepCaughtUp(store, CONNECTION, Date.now()));
  store.close();
  return { rate: reports / ms * 1000, reports, worstMs };
}

/** A table's rows by the id that grows as they arrive: a member's, a subject's or a report's. */
const TABLES = [
  { table: 'members', by: 'id', follows: 'member' },
  { table: 'subjects', by: 'id', follows: 'subject' },
  { table: 'reports', by: 'id', follows: 'report' },
  { table: 'resolutions', by: 'subject', follows: 'subject' },
  { table: 'items', by: 'subject', follows: 'subject' },
] as const;
const CHUNK = 5_000;

type Marks = { readonly member: number; readonly subject: number; readonly report: number };
type Row = Readonly<Record<string, unknown>>;

/**
 * The floor: the very rows of that database through prepared INSERTs, 5,000 reports a transaction, into a new one
 * with the same tables, indexes and triggers. Reading them and normalising their words is not counted.
 */
export function ingestFloor(dataDir: string, floorDir: string, words: (text: string) => { readonly words: string; readonly skeleton: string }): number {
  const from = openStore({ file: path.join(dataDir, 'docket.db'), log: QUIET, now: Date.now });
  const into = openStore({ file: path.join(floorDir, 'docket.db'), log: QUIET, now: Date.now });
  inserter(into, 'connections', columnsOf(from, 'connections'))(from.db.prepare<[], Row>('SELECT * FROM connections').all());
  const tables = TABLES.map(({ table, by, follows }) => {
    const columns = columnsOf(from, table);
    return {
      follows,
      page: from.db.prepare<[number, number], Row>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${by} > ? AND ${by} <= ?`),
      insert: inserter(into, table, columns),
    };
  });
  const search = into.db.prepare('INSERT INTO search_items (rowid, words, skeleton) VALUES (?, ?, ?)');
  const people = into.db.prepare('INSERT INTO search_members (rowid, words) VALUES (?, ?)');
  const names = from.db.prepare<[number, number], { id: number; name: string; handle: string }>('SELECT id, name, handle FROM members WHERE id > ? AND id <= ?');
  const texts = from.db.prepare<[number, number], { id: number; text: string }>('SELECT id, text FROM subjects WHERE id > ? AND id <= ?');
  const reports = Number(from.db.prepare('SELECT max(id) FROM reports').pluck().get());
  let before: Marks = { member: 0, subject: 0, report: 0 };
  let ms = 0;
  while (before.report < reports) {
    const until = marksAt(from, before, Math.min(reports, before.report + CHUNK), before.report + CHUNK >= reports);
    const pages = tables.map(({ page, follows }) => page.all(before[follows], until[follows]));
    const indexed = texts.all(before.subject, until.subject).map(({ id, text }) => ({ id, ...words(text) }));
    const named = names.all(before.member, until.member).map(({ id, name, handle }) => ({ id, words: words(`${name} ${handle}`).words }));
    const start = performance.now();
    into.db.transaction(() => {
      tables.forEach(({ insert }, at) => insert(pages[at] ?? []));
      for (const row of indexed) search.run(row.id, row.words, row.skeleton);
      for (const row of named) people.run(row.id, row.words);
    })();
    ms += performance.now() - start;
    before = until;
  }
  from.close();
  into.close();
  return reports / ms * 1000;
}

/** How far subjects and members have to be there for reports up to `report`. */
function marksAt(from: Store, before: Marks, report: number, last: boolean): Marks {
  if (last) return { member: Number.MAX_SAFE_INTEGER, subject: Number.MAX_SAFE_INTEGER, report: Number.MAX_SAFE_INTEGER };
  const seen = from.db.prepare<[number, number], { subject: number | null; member: number | null }>('SELECT max(subject) AS subject, max(reporter) AS member FROM reports WHERE id > ? AND id <= ?')
    .get(before.report, report);
  const subject = Math.max(before.subject, seen?.subject ?? 0);
  const authors = from.db.prepare<[number, number], { member: number | null }>('SELECT max(author) AS member FROM subjects WHERE id > ? AND id <= ?').get(before.subject, subject);
  return { report, subject, member: Math.max(before.member, seen?.member ?? 0, authors?.member ?? 0) };
}

function columnsOf(store: Store, table: string): string[] {
  return store.db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(table).map((column) => column.name);
}

function inserter(store: Store, table: string, columns: readonly string[]): (rows: readonly Row[]) => void {
  const insert = store.db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  return (rows) => {
    for (const row of rows) insert.run(...columns.map((column) => row[column]));
  };
}

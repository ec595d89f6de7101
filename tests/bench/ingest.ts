import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Session } from '../../src-main/connectors/connector.ts';
import { sampleConnector } from '../../src-main/connectors/sample/connector.ts';
import { settings as settingsSchema } from '../../src-main/contract/setup.ts';
import { fold, searchText } from '../../src-main/domain/normalise.ts';
import { batchPieces, storePiece } from '../../src-main/services/batches.ts';
import { recordEvent } from '../../src-main/services/record.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { keepAccount, keepCaughtUp } from '../../src-main/store/sync-state.ts';
import { noIntake, noSocket } from '../support/connector-io.ts';
import { timed } from './measure.ts';

export const QUIET = { info: () => undefined, warn: () => undefined };
const CONNECTION = 1;

export type Ingested = {
  /** Reports a second. */
  readonly rate: number;
  readonly floor: number;
  readonly reports: number;
  readonly worstMs: number;
};

/** Reports after which the floor takes its turn, in one transaction. */
const TURN = 5_000;

/**
 * Pulls the whole sample into a new database the way sync does: a batch and its cursor in one transaction, yielding
 * between. Counted is the time inside those transactions, not the making of the sample's texts. The floor takes turns
 * with it, so that both meet the same machine: every 5,000 reports it gets the rows that are new, in one transaction.
 */
export async function ingestSample(dataDir: string, floorDir: string, size: number, tell: (text: string) => void): Promise<Ingested> {
  const store = openStore({ file: path.join(dataDir, 'docket.db'), log: QUIET, now: Date.now });
  const signal = new AbortController().signal;
  const session = await connectSample(store, size, signal);
  const floor = makeFloor(store, floorDir);
  let ms = 0;
  let floorMs = 0;
  let reports = 0;
  let floorReports = 0;
  let worstMs = 0;
  let turns = 0;
  for await (const batch of session.pull(null, signal)) {
    for (const part of batchPieces(batch)) {
      const took = timed(() => storePiece(store, CONNECTION, part, Date.now()));
      ms += took;
      worstMs = Math.max(worstMs, took);
      reports += part.piece.reports.length;
    }
    if (reports - floorReports >= TURN) {
      floorMs += floor.catchUp();
      floorReports = reports;
      turns += 1;
      if (turns % 10 === 0) tell(`ingest: ${reports} reports, ${Math.round(reports / ms * 1000)}/s beside ${Math.round(reports / floorMs * 1000)}/s`);
    }
    await turn();
  }
  floorMs += floor.catchUp();
  floor.close();
  store.write(() => keepCaughtUp(store, CONNECTION, Date.now()));
  store.close();
  return { rate: reports / ms * 1000, floor: reports / floorMs * 1000, reports, worstMs };
}

async function connectSample(store: Store, size: number, signal: AbortSignal): Promise<Session> {
  const values = { size };
  const settings = settingsSchema.parse({});
  recordEvent({ store, now: Date.now, uuid: randomUUID, settings: () => settings, device: 'bench' }, {
    id: randomUUID(), kind: 'connection.added', source: 'system', subjects: [], payload: { settings: values },
    public: { connectionId: randomUUID(), platform: 'sample', title: 'Sample community', instance: sampleConnector.instance(values), provisioned: false },
  });
  const session = sampleConnector.open({
    connectionId: 'bench', fetch, socket: noSocket, ...noIntake, now: Date.now, random: Math.random, secret: () => Promise.resolve(null), keepSecret: () => Promise.resolve(),
    log: () => undefined, wake: () => undefined, openExternal: () => Promise.resolve(),
  }, values);
  const account = await session.verify(signal);
  store.write(() => keepAccount(store, CONNECTION, account));
  return session;
}

const TABLES = [['members', 'id'], ['subjects', 'id'], ['reports', 'id'], ['resolutions', 'id'], ['items', 'subject']] as const;
type Row = Readonly<Record<string, unknown>>;

/**
 * The floor: the very rows through prepared INSERTs into another new database with the same tables, indexes and
 * triggers. Reading them and normalising their words is not counted.
 */
function makeFloor(from: Store, dir: string): { readonly catchUp: () => number; readonly close: () => void } {
  const into = openStore({ file: path.join(dir, 'docket.db'), log: QUIET, now: Date.now });
  inserter(into, 'connections', columnsOf(from, 'connections'))(from.db.prepare<[], Row>('SELECT * FROM connections').all());
  const tables = TABLES.map(([table, by]) => {
    const columns = columnsOf(from, table);
    return {
      by, seen: 0,
      fresh: from.db.prepare<[number], Row>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${by} > ? ORDER BY ${by}`),
      insert: inserter(into, table, columns),
    };
  });
  const people = into.db.prepare('INSERT INTO search_members (rowid, words) VALUES (?, ?)');
  const search = into.db.prepare('INSERT INTO search_items (rowid, words, skeleton) VALUES (?, ?, ?)');
  return {
    catchUp() {
      const pages = tables.map((table) => {
        const rows = table.fresh.all(table.seen);
        table.seen = Number(rows.at(-1)?.[table.by] ?? table.seen);
        return rows;
      });
      const [members = [], subjects = []] = pages;
      const named = members.map((row) => [row['id'], fold(`${row['name']} ${row['handle']}`)] as const);
      const indexed = subjects.map((row) => [row['id'], searchText(String(row['text']))] as const);
      return timed(() => into.db.transaction(() => {
        tables.forEach(({ insert }, at) => insert(pages[at] ?? []));
        for (const [id, words] of named) people.run(id, words);
        for (const [id, { words, skeleton }] of indexed) search.run(id, words, skeleton);
      })());
    },
    close: () => into.close(),
  };
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

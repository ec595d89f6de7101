import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Client } from '../../src-main/contract/contract.ts';
import { openReadOnly } from '../../src-main/store/open.ts';
import { pageStatement } from '../../src-main/store/queue-page.ts';
import type { PageKey } from '../../src-main/store/queue-page.ts';
import { matchOf } from '../../src-main/store/search.ts';
import { makeStore } from '../../src-main/store/store.ts';
import { timed, timedAsync, times } from './measure.ts';
import type { Result } from './measure.ts';

const WARM_UP = 20;

/** A page of 100 through the contract against the prepared SELECT of that very page, one after the other. */
export async function measurePages(client: Client, dataDir: string, rounds: number): Promise<Result> {
  const store = makeStore(openReadOnly(path.join(dataDir, 'docket.db')), () => undefined);
  const took: number[] = [];
  const floor: number[] = [];
  let after: string | null = null;
  let key: PageKey | null = null;
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const { statement, values } = pageStatement(store, { state: 'open', connections: [] }, 'priority', key, 100);
    let read = 0;
    const floorMs = timed(() => {
      read = statement.all(...values).length;
    });
    const start = performance.now();
    const { rows, next } = await client.queue.page({ filter: {}, after, limit: 100 });
    const ms = performance.now() - start;
    if (rows.length !== read) throw new Error('the floor read another page');
    if (round >= WARM_UP) {
      took.push(ms);
      floor.push(floorMs);
    }
    const last = rows.at(-1);
    after = next;
    key = next === null || last === undefined ? null : { value: last.priority, subject: last.id };
  }
  store.close();
  return times('queue-page', took, floor, '100 rows through the WebSocket of a served Docket; floor: the prepared SELECT in process');
}

/** A decision through the contract, durable when it answers, against one fsynced UPDATE on the same disk. */
export async function measureDecisions(client: Client, dataDir: string, rounds: number): Promise<Result> {
  const db = new Database(path.join(dataDir, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE floor (id INTEGER PRIMARY KEY, n INTEGER NOT NULL); INSERT INTO floor VALUES (1, 0)');
  const update = db.prepare('UPDATE floor SET n = n + 1 WHERE id = 1');
  const took: number[] = [];
  const floor: number[] = [];
  let rows: readonly { readonly id: number; readonly version: number }[] = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    if (rows.length === 0) ({ rows } = await client.queue.page({ filter: {}, order: 'oldest', limit: 100 }));
    const [item, ...rest] = rows;
    rows = rest;
    if (item === undefined) break;
    const floorMs = timed(() => update.run());
    const ms = await timedAsync(() => client.decide.record({
      id: randomUUID(), items: [{ id: item.id, basis: item.version }], actions: [{ verb: 'dismiss' }], guidelineId: null, source: 'key',
    }));
    if (round >= WARM_UP) {
      took.push(ms);
      floor.push(floorMs);
    }
  }
  db.close();
  return times('decide', took, floor, 'recorded and durable, through the WebSocket; floor: one fsynced UPDATE');
}

/** Searches as a person types them: one or two words of what was reported, the last perhaps unfinished. */
export async function measureSearch(client: Client, dataDir: string, rounds: number): Promise<Result> {
  const db = openReadOnly(path.join(dataDir, 'docket.db'));
  const most = Number(db.prepare('SELECT max(id) FROM subjects').pluck().get());
  const some = db.prepare<[number], { text: string }>('SELECT text FROM subjects WHERE id >= ? LIMIT 1');
  const find = db.prepare('SELECT rowid FROM search_items WHERE search_items MATCH ? ORDER BY rowid DESC LIMIT 100');
  const took: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const words = (some.get(1 + (round * 7_919) % most)?.text ?? 'hello').split(/\s+/).filter((word) => word.length > 2);
    const first = words[round % Math.max(1, words.length)] ?? 'hello';
    const second = words[(round * 3 + 1) % Math.max(1, words.length)] ?? '';
    const text = round % 3 === 0 ? first.slice(0, 4) : round % 3 === 1 ? first : `${first} ${second}`;
    const match = matchOf(text);
    const floorMs = match === null ? 0 : timed(() => find.all(match));
    const ms = await timedAsync(() => client.search.find({ text }));
    if (round >= WARM_UP) {
      took.push(ms);
      floor.push(floorMs);
    }
  }
  db.close();
  return times('search', took, floor, 'items, cases, guidelines and notes, 100 hits with their rows; floor: the bare MATCH');
}

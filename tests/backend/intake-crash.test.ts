import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { freePort, SECRET, signed } from '../connectors/webhook/far.ts';
import { ownReport } from '../support/mapped/reports.ts';
import { startServe, temporaryDataDir } from '../support/serve.ts';

const ROWS = 6000;

/** What one question of the database answers while Docket has it open. */
function count(dataDir: string, sql: string): number {
  const db = new Database(path.join(dataDir, 'docket.db'), { readonly: true });
  try {
    return Number(db.prepare(sql).pluck().get());
  } finally {
    db.close();
  }
}

test('kill -9 while messages arrive and a file is read loses nothing that was answered, and doubles no row', async () => {
  const dataDir = temporaryDataDir();
  const port = await freePort();
  const connections = path.join(dataDir, 'connections.json');
  writeFileSync(connections, JSON.stringify([
    { id: 'hook', platform: 'webhook', settings: { name: 'forum', port, scheme: 'standard' }, secrets: { secret: { env: 'HOOK_SECRET' } } }, { id: 'csv', platform: 'file', settings: { name: 'old forum' } },
  ]));
  const drop = path.join(dataDir, 'drop', 'csv');
  mkdirSync(drop, { recursive: true });
  const exported = path.join(drop, 'export.csv');
  writeFileSync(exported, `post_id,content,reason\n${Array.from({ length: ROWS }, (_, n) => `p${n},Text ${n},spam\n`).join('')}`);
  utimesSync(exported, 1_700_000_000, 1_700_000_000);

  const start = () => startServe({ dataDir, args: ['--connections', connections], env: { HOOK_SECRET: SECRET } });
  const answered: string[] = [];
  const post = async (n: number): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${port}/`, signed(JSON.stringify({ ...ownReport(n), subject: { id: `s${n}`, type: 'post' } }), { scheme: 'standard', at: Date.now(), id: `msg_${n}` })).catch(() => null);
    if (response?.status === 200) answered.push(`s${n}`);
  };

  const first = await start();
  await vi.waitFor(async () => {
    await post(0);
    expect(answered.length).toBeGreaterThan(0);
    expect(count(dataDir, `SELECT coalesce(sum(rows), 0) FROM imports`)).toBeGreaterThan(0);
  }, { timeout: 30_000, interval: 5 });
  const posting = Promise.all([1, 2, 3, 4].map(async (from) => {
    for (let n = from; n < 200; n += 4) await post(n);
  }));
  await vi.waitFor(() => expect(answered.length).toBeGreaterThan(20), { timeout: 30_000, interval: 1 });
  await first.kill();
  await posting;
  const before = new Set(answered);

  const second = await start();
  await vi.waitFor(() => expect(count(dataDir, `SELECT count(*) FROM subjects WHERE connection = (SELECT n FROM connections WHERE id = 'csv')`)).toBe(ROWS), { timeout: 45_000, interval: 200 });
  await vi.waitFor(() => {
    for (const id of before) expect(count(dataDir, `SELECT count(*) FROM subjects WHERE remote_id = '${id}'`), id).toBe(1);
  }, { timeout: 30_000, interval: 200 });
  expect(count(dataDir, `SELECT count(*) FROM reports WHERE connection = (SELECT n FROM connections WHERE id = 'csv')`)).toBe(ROWS);
  expect(await second.stop()).toBe(0);
}, 150_000);

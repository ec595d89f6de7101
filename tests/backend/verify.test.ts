import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { openCase } from '../../src-main/services/cases.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { saveNote } from '../../src-main/services/notes.ts';
import { eraseEvent } from '../../src-main/services/record.ts';
import { claimItem, undoDecision } from '../../src-main/services/undo.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');
const source = 'key' as const;

async function verify(...args: readonly string[]): Promise<{ code: number | null; line: string }> {
  const child = spawn(node, [path.join(root, 'src-main/verify.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let line = '';
  child.stdout.on('data', (chunk: Buffer) => void (line += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { code, line };
}

describe('npm run verify', () => {
  let world: WorkWorld;
  beforeEach(() => {
    world = makeWorkWorld();
    const ids = Array.from({ length: 6 }, (_, at) => world.report(`p${at}`, { author: `member-${at % 3}` }));
    const decide = (at: number, verb: 'remove' | 'dismiss' | 'snooze') => recordDecision(world.ctx, {
      id: randomUUID(), items: world.seen(ids[at] ?? 0), actions: [{ verb }], guidelineId: STARTER_GUIDELINES[1]?.id ?? '', reason: 'because', message: null, source,
    }).decisionId;
    decide(0, 'remove');
    decide(1, 'dismiss');
    decide(2, 'snooze');
    decide(3, 'remove');
    undoDecision(world.ctx, { id: randomUUID(), decisionId: null, source });
    claimItem(world.ctx, { id: ids[4] ?? 0, claimed: true, source });
    world.report('p1');
    const note = saveNote(world.ctx, { id: randomUUID(), basis: 0, about: { kind: 'item', id: ids[5] ?? 0 }, text: 'A name', audience: 'team', expiresAt: null, source });
    eraseEvent(world.ctx, { id: randomUUID(), eventId: note.id, source });
    openCase(world.ctx, { id: randomUUID(), title: 'Harbour', itemIds: ids.slice(0, 2), source });
  });
  afterEach(() => world.stop());

  const check = () => verify('--data-dir', world.dataDir);
  /** What someone with the file in hand could do; triggers are no hindrance to them. */
  function tamper(sql: string): void {
    const db = new Database(path.join(world.dataDir, 'docket.db'));
    db.pragma('foreign_keys = OFF');
    for (const name of ['events_no_update', 'events_no_delete', 'event_payloads_no_update']) db.exec(`DROP TRIGGER ${name}`);
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
  }

  test('finds a database whole while Docket has it open', async () => {
    expect(await check()).toEqual({ code: 0, line: expect.stringMatching(/^Whole: \d+ events in an unbroken chain, tables that a replay gives again, 6 items as they should be\.\n$/) });
  });

  test.each([
    ['an event that was edited', `UPDATE events SET actor = 'Someone' WHERE kind = 'decision.recorded'`, /event \d+ was changed after it was written/],
    ['a payload that was edited', `UPDATE event_payloads SET body = replace(body, 'because', 'no idea')`, /the payload of event \d+ was changed/],
    ['an event that was taken out', `DELETE FROM events WHERE kind = 'item.claimed'`, /events are missing before event \d+/],
    ['a log that was cut short', 'DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)', /has the row .* that the log does not give|names a row of events/],
    ['a strike that was taken away', 'DELETE FROM strikes', /strikes lacks the row .*member-0/],
    ['a note that was put back', `UPDATE notes SET text = 'A name'`, /notes has another text in the row/],
    ['an item that was moved', `UPDATE items SET state = 'handled' WHERE state = 'snoozed'`, /item \d+ has another state/],
    ['an item that was taken out', `DELETE FROM items WHERE state = 'snoozed'`, /item \d+ is not in the queue, though it was reported/],
    ['a count that is wrong', 'UPDATE counts SET n = n + 1', /the queue counts \d+ \w+ items of a connection that has \d+/],
    ['a row that names nothing', 'UPDATE reports SET subject = 4096 WHERE id = 1', /a row of reports \(1\) names a row of subjects that is not there/],
  ])('finds %s', async (_, sql, said) => {
    tamper(sql);
    expect(await check()).toEqual({ code: 1, line: expect.stringMatching(said) });
  });

  test('finds a damaged file', async () => {
    world.ctx.store.db.pragma('wal_checkpoint(TRUNCATE)');
    tamper(`UPDATE subjects SET text = hex(zeroblob(20000))`);
    const file = path.join(world.dataDir, 'docket.db');
    const db = new Database(file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.close();
    const { open } = await import('node:fs/promises');
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(4096 * 8, 0x55), 0, 4096 * 8, 4096 * (pages - 9));
    await handle.close();
    expect(await check()).toMatchObject({ code: 1, line: expect.stringMatching(/damaged/) });
  });

});

describe('npm run verify says in one line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'docket-verify-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('that there is no database', async () => {
    const there = path.join(folder, 'not-here');
    expect(await verify('--data-dir', there)).toEqual({ code: 1, line: `There is no Docket database in ${there}. Name the data directory with --data-dir.\n` });
  });

  test('that the file is none of ours', async () => {
    writeFileSync(path.join(folder, 'docket.db'), 'Dear diary. '.repeat(1000));
    expect(await verify('--data-dir', folder)).toEqual({ code: 1, line: expect.stringMatching(/is damaged or is no database\. It was left as it is.*\n$/) });
  });

  test('that an option is unknown', async () => {
    expect(await verify('--date-dir', folder)).toEqual({ code: 1, line: `Unknown option '--date-dir'. Use it as: npm run verify -- --data-dir DIR\n` });
  });
});

import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appendEntries, entriesAfter } from '../../src-main/store/inbox.ts';
import { insertImport, importsOf } from '../../src-main/store/imports.ts';
import { migrate } from '../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import { openStore } from '../../src-main/store/open.ts';
import { temporaryDataDir } from '../support/temporary.ts';

test('a database of version 2 keeps what it holds and gains an inbox', () => {
  const file = path.join(temporaryDataDir(), 'docket.db');
  const before = new Database(file);
  migrate(before, 0, MIGRATIONS.slice(0, 2));
  before.prepare(`INSERT INTO connections (n, id, platform, title, instance, settings) VALUES (1, 'f', 'forum', 'Forum', 'forum.example', '{}')`).run();
  before.prepare(`INSERT INTO drafts VALUES ('note', 'half a sentence', 1)`).run();
  before.close();

  const store = openStore({ file, log: { info: () => undefined, warn: () => undefined }, now: () => 0 });
  store.write(() => appendEntries(store, 1, [{ place: 'line 2', body: '{}', problem: null }], { at: 5, key: null, importId: 'i' }));
  store.write(() => insertImport(store, { id: 'i', name: 'reports.csv', bytes: 10, begunAt: 5 }));
  expect(store.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
  expect(entriesAfter(store, 1, 0, 10)).toEqual([{ id: 1, place: 'line 2', receivedAt: 5, body: '{}' }]);
  expect(importsOf(store, null).map(({ name, state }) => [name, state])).toEqual([['reports.csv', 'uploading']]);
  expect(store.db.prepare('SELECT text FROM drafts').pluck().all()).toEqual(['half a sentence']);
  expect(() => store.db.prepare(`INSERT INTO inbox (connection, place, received_at, body) VALUES (9, 'a', 0, '')`).run()).toThrow('FOREIGN KEY');
  store.close();
});

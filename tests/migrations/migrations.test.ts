import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../src-main/domain/failure.ts';
import { migrate } from '../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import type { Migration } from '../../src-main/store/migrations/index.ts';
import { openReadOnly, openStore } from '../../src-main/store/open.ts';

/** A landed migration never changes; a new one gets a line here. */
const HASHES: Readonly<Record<string, string>> = {
  first: '52ffc6b6c4a037c1cf7c62acef03268a4e9830c89cae90083c9c86d468f57a0a',
  'newest-report': '07c7c2087ca6f393d40d03529331dc347fc80e9f6c832ee4dce124a4fee8c4d3',
  inbox: '04a11328b34ff3f437985437ccf9c40d9a532604e886b1c6136be3b78c32f3d0',
  there: '25fdbd37e09f1c1559a9b77058cbbb58379241094895ef49d11e5752df33a6e2',
  verbs: '031147ab8aab712a0eb7e3d72a50106b8a5a3826e8e0059c6d82e7be243d58a8',
  'opened-here': '7380f5aaf7fa46705c0622ca93c1e46734e00a0dd68d875a5293714a9e12d1b9',
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'docket-migrate-'));
  file = path.join(folder, 'docket.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = { info: () => undefined, warn: () => undefined };
const open = () => openStore({ file, log, now: () => Date.parse('2026-05-01T12:00:00.500Z') });

function refusal(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const NEWEST = MIGRATIONS.length;
const next: Migration = { number: NEWEST + 1, name: 'next', sql: 'ALTER TABLE drafts ADD COLUMN kind TEXT; UPDATE drafts SET kind = \'note\';' };
const failing: Migration = { number: NEWEST + 2, name: 'failing', sql: 'CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);' };

describe('migrations', () => {
  test('are numbered without gaps and never change once landed', () => {
    expect(MIGRATIONS.map((migration) => migration.number)).toEqual(MIGRATIONS.map((_, at) => at + 1));
    expect(Object.fromEntries(MIGRATIONS.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]))).toEqual(HASHES);
  });

  test('make a new database, which needs no copy first', () => {
    const store = open();
    expect(store.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(store.db.prepare('PRAGMA integrity_check').pluck().get()).toBe('ok');
    store.close();
    expect(existsSync(path.join(folder, 'backups'))).toBe(false);
    expect(() => open().close()).not.toThrow();
  });

  test('copy what was there before they touch it', () => {
    open().close();
    const db = new Database(file);
    db.prepare('INSERT INTO drafts (box, text, at) VALUES (?, ?, ?)').run('note', 'half a sentence', 1);
    const done = migrate(db, Date.parse('2026-05-01T12:00:00Z'), [...MIGRATIONS, next]);
    expect(db.prepare('SELECT kind FROM drafts').pluck().get()).toBe('note');
    db.close();
    expect(done).toEqual({ from: NEWEST, to: NEWEST + 1, backup: path.join(folder, 'backups', `docket-version-${NEWEST}-20260501T120000Z.db`) });
    const copy = new Database(done.backup ?? '', { readonly: true });
    expect(copy.prepare('SELECT text FROM drafts').pluck().get()).toBe('half a sentence');
    expect(copy.pragma('user_version', { simple: true })).toBe(NEWEST);
    copy.close();
  });

  test('0002 finds out how fresh what is here already is', () => {
    const db = new Database(file);
    migrate(db, 0, MIGRATIONS.slice(0, 1));
    db.exec(`
      INSERT INTO connections (n, id, platform, title, instance, settings) VALUES (1, 'a', 'p', 'A', 'a.example', '{}'), (2, 'b', 'p', 'B', 'b.example', '{}');
      INSERT INTO sync_state (connection) VALUES (1), (2);
      INSERT INTO subjects (id, connection, type, remote_id, text) VALUES (1, 1, 'post', 'x', '');
      INSERT INTO reports (connection, remote_id, subject, category, comment, created_at, open) VALUES (1, 'r1', 1, 'spam', '', 40, 1), (1, 'r2', 1, 'spam', '', 70, 1), (1, 'r3', 1, 'spam', '', 50, 0);
    `);
    migrate(db, 0);
    expect(db.prepare('SELECT newest_at FROM sync_state ORDER BY connection').pluck().all()).toEqual([70, null]);
    db.close();
  });

  test('leave the database at the last one that worked when one fails', () => {
    open().close();
    const db = new Database(file);
    expect(() => migrate(db, 0, [...MIGRATIONS, next, failing])).toThrow('no such table: nowhere');
    expect(db.pragma('user_version', { simple: true })).toBe(NEWEST + 1);
    expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(0);
    db.close();
  });
});

describe('opening refuses, and says what to do', () => {
  test('a database of a newer Docket, and leaves it as it was', () => {
    open().close();
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(file);
    expect(refusal(open)).toMatchObject({ code: 'NOT_POSSIBLE', message: expect.stringMatching(/newer Docket .*version 99.*update Docket/) });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['docket.db']);
  });

  test('a database of another program', () => {
    const db = new Database(file);
    db.exec('CREATE TABLE bookmarks (url TEXT)');
    db.close();
    expect(refusal(open)).toMatchObject({ code: 'NOT_POSSIBLE', message: expect.stringContaining('is not a Docket database') });
  });

  test('a file that is no database, or is damaged', () => {
    writeFileSync(file, 'Dear diary, today was calm. '.repeat(400));
    expect(refusal(open)).toMatchObject({ code: 'NOT_POSSIBLE', message: expect.stringContaining('backups folder') });
  });

  test('a folder that is not there', () => {
    expect(refusal(() => openStore({ file: path.join(folder, 'no', 'docket.db'), log, now: () => 0 }))).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('does not exist') });
  });

  test('to look into a database that is empty or not there', () => {
    expect(refusal(() => openReadOnly(file)).code).toBe('STORAGE_READ_ONLY');
    new Database(file).exec('VACUUM');
    expect(refusal(() => openReadOnly(file))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be written', () => {
    open().close();
    chmodSync(file, 0o400);
    expect(refusal(open)).toMatchObject({ code: 'STORAGE_READ_ONLY', message: expect.stringContaining('Check') });
  });

  test('a write when the disk is full, which loses nothing', () => {
    const store = open();
    store.write(() => store.db.prepare('INSERT INTO drafts VALUES (?, ?, ?)').run('kept', 'before', 1));
    store.db.pragma(`max_page_count = ${Number(store.db.pragma('page_count', { simple: true }))}`);
    expect(refusal(() => store.write(() => store.db.prepare('INSERT INTO drafts VALUES (?, ?, ?)').run('lost', 'x'.repeat(1_000_000), 2))))
      .toMatchObject({ code: 'STORAGE_FULL', retry: 'later', message: expect.stringContaining('free some space') });
    store.db.pragma('max_page_count = 1073741823');
    expect(store.db.prepare('SELECT box FROM drafts').pluck().all()).toEqual(['kept']);
    store.write(() => store.db.prepare('INSERT INTO drafts VALUES (?, ?, ?)').run('again', 'x'.repeat(1_000_000), 3));
    store.close();
  });

  test('a write to a database that became read-only', () => {
    const store = open();
    store.db.pragma('query_only = ON');
    expect(refusal(() => store.write(() => store.db.prepare('INSERT INTO drafts VALUES (?, ?, ?)').run('a', 'b', 1)))).toMatchObject({ code: 'STORAGE_READ_ONLY' });
    store.close();
  });
});

test('a data directory that is copied is a move', () => {
  const store = open();
  store.write(() => store.db.prepare('INSERT INTO drafts VALUES (?, ?, ?)').run('note', 'half a sentence', 1));
  store.close();
  expect(statSync(file).size).toBeGreaterThan(0);
  const moved = path.join(folder, 'moved.db');
  copyFileSync(file, moved);
  const there = openStore({ file: moved, log, now: () => 0 });
  expect(there.db.prepare('SELECT text FROM drafts').pluck().get()).toBe('half a sentence');
  there.close();
});

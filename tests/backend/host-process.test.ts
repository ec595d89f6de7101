import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { enter, trySocket } from '../support/raw-http.ts';
import { runServe, startServe, temporaryDataDir } from '../support/serve.ts';
import type { ServeInput } from '../support/serve.ts';

/** Runs a start that is expected to end by itself, and what it said. */
async function endOf(input: ServeInput & { readonly dataDir: string }): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  const run = await runServe(input);
  return { code: await run.exit, out: run.stdout(), said: run.stderr() };
}

function lockOf(dataDir: string): { readonly pid: number } {
  return JSON.parse(readFileSync(path.join(dataDir, 'docket.lock'), 'utf8'));
}

describe('starting and stopping', () => {
  test('one line on stdout says where it can be used; SIGTERM closes everything and leaves no lock', async () => {
    const dataDir = temporaryDataDir();
    const docket = await startServe({ dataDir });
    expect(docket.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    const { cookie, key } = await enter(docket.url);
    expect(await trySocket(docket.origin, ['docket', key], { origin: docket.origin, cookie })).toBe('open');
    expect(await docket.stop()).toBe(0);
    // A closed SQLite database has folded its log into the file.
    expect(readdirSync(dataDir).toSorted()).toEqual(['docket.db', 'logs', 'media'].filter((name) => existsSync(path.join(dataDir, name))));
  });

  test('goes on when nobody reads what it says any more, as after the end of who started it', async () => {
    const docket = await startServe();
    docket.process.stdout?.destroy();
    docket.process.stderr?.destroy();
    const refused = async (): Promise<number> => (await fetch(docket.origin, { headers: { origin: 'https://elsewhere.example' }, method: 'POST' })).status;
    expect([await refused(), await refused(), await refused()]).toEqual([403, 403, 403]);
    await enter(docket.url);
    expect(await docket.stop()).toBe(0);
  });

  test('a second start on one data directory is refused and names the first, which goes on', async () => {
    const first = await startServe();
    const second = await endOf({ dataDir: first.dataDir });
    expect(second).toEqual({ code: 1, out: '', said: expect.stringContaining(`already runs on ${first.dataDir} (process ${first.process.pid})`) });
    await enter(first.url);
    expect(await first.stop()).toBe(0);
  });

  test('a second start that wants a window gets one from the first, and ends well', async () => {
    const first = await startServe();
    const run = await runServe({ dataDir: first.dataDir, open: true, env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
    expect(await run.exit).toBe(0);
    const url = /Open (http:\/\/\S+)/.exec(run.stderr())?.[1] ?? '';
    await enter(url);
    await first.stop();
  });

  test('after kill -9 the next start takes the directory over and the first\'s work is there', async () => {
    const dataDir = temporaryDataDir();
    const first = await startServe({ dataDir, args: ['--sample', '50'] });
    await first.kill();
    expect(lockOf(dataDir).pid).toBe(first.process.pid);
    const second = await startServe({ dataDir });
    expect(lockOf(dataDir).pid).toBe(second.process.pid);
    expect(await second.stop()).toBe(0);
    const db = new Database(path.join(dataDir, 'docket.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  test('a start at once after SIGTERM waits for the one that stops', async () => {
    const first = await startServe();
    first.process.kill('SIGTERM');
    const second = await startServe({ dataDir: first.dataDir });
    expect(await second.stop()).toBe(0);
  });
});

describe('what it cannot work with', () => {
  test('a data directory that cannot be written', async () => {
    const dataDir = temporaryDataDir();
    chmodSync(dataDir, 0o500);
    // Permissions do not hold root back; /proc does.
    const unwritable = process.getuid?.() === 0 ? '/proc' : dataDir;
    expect(await endOf({ dataDir: unwritable })).toEqual({ code: 1, out: '', said: `The data directory ${unwritable} cannot be written. Check its permissions, or choose another with --data-dir.\n` });
  });

  test('a database of a newer version, which is left as it was', async () => {
    const dataDir = temporaryDataDir();
    const file = path.join(dataDir, 'docket.db');
    await (await startServe({ dataDir })).stop();
    const db = new Database(file);
    db.pragma('user_version = 999');
    db.close();
    const before = readFileSync(file);
    const { code, out, said } = await endOf({ dataDir });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(said).toMatch(/newer/i);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(path.join(dataDir, 'docket.lock'))).toBe(false);
  });

  test.each([
    ['no JSON', '{"connections": [', /not JSON/],
    ['a wrong field', '{"connections": [{"platform": "sample", "title": "A", "instanceUrl": 3}]}', /connections\[0\]\.instanceUrl/],
    ['a secret in the file itself', '{"connections": [{"platform": "sample", "title": "A", "secrets": {"token": "hunter2"}}]}', /connections\[0\]\.secrets\.token/],
  ])('a connections file with %s', async (_what, text, problem) => {
    const dataDir = temporaryDataDir();
    const file = path.join(dataDir, 'connections.json');
    writeFileSync(file, text);
    const { code, out, said } = await endOf({ dataDir, args: ['--connections', file] });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(said).toMatch(problem);
    expect(said).not.toContain('hunter2');
  });

  test('a wrong passphrase in the environment', async () => {
    const dataDir = temporaryDataDir();
    await (await startServe({ dataDir, env: { DOCKET_PASSPHRASE: 'right' } })).stop();
    const before = readFileSync(path.join(dataDir, 'secrets.enc'), 'utf8');
    const { code, out, said } = await endOf({ dataDir, env: { DOCKET_PASSPHRASE: 'wrong' } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(said).toContain('That is not the passphrase');
    expect(readFileSync(path.join(dataDir, 'secrets.enc'), 'utf8')).toBe(before);
  });

  test.each([
    [['--port', 'high'], /--port takes a whole number/],
    [['--sample', '1000001'], /--sample takes a whole number/],
    [['--frobnicate'], /--frobnicate/],
  ])('%j on the command line', async (args, problem) => {
    const { code, said } = await endOf({ dataDir: temporaryDataDir(), args });
    expect(code).toBe(1);
    expect(said).toMatch(problem);
  });

  test('a port that is taken', async () => {
    const first = await startServe();
    const { code, said } = await endOf({ dataDir: temporaryDataDir(), args: ['--port', new URL(first.origin).port] });
    expect(code).toBe(1);
    expect(said).toContain(`Port ${new URL(first.origin).port} is in use`);
    await first.stop();
  });
});

describe('what it keeps going with', () => {
  test('settings that are damaged are put aside, and it starts', async () => {
    const dataDir = temporaryDataDir();
    writeFileSync(path.join(dataDir, 'settings.json'), '{{{');
    const docket = await startServe({ dataDir });
    expect(await docket.stop()).toBe(0);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('settings.json.broken-'))).toHaveLength(1);
  });

  test('a log that cannot be written', async () => {
    const dataDir = temporaryDataDir();
    writeFileSync(path.join(dataDir, 'logs'), 'not a folder');
    expect(await (await startServe({ dataDir })).stop()).toBe(0);
  });

  test('the logs hold JSON lines and neither tokens nor the passphrase', async () => {
    const dataDir = temporaryDataDir();
    mkdirSync(path.join(dataDir, 'media'));
    const docket = await startServe({ dataDir, args: ['--sample', '20'], env: { DOCKET_PASSPHRASE: 'four calm words here' } });
    const { cookie, key } = await enter(docket.url);
    await docket.stop();
    const text = readdirSync(path.join(dataDir, 'logs')).map((name) => readFileSync(path.join(dataDir, 'logs', name), 'utf8')).join('');
    for (const line of text.split('\n').filter((part) => part !== '')) expect(JSON.parse(line)).toMatchObject({ at: expect.any(String), level: expect.any(String), event: expect.any(String) });
    for (const secret of [new URL(docket.url).hash.slice(1), cookie.split('=')[1] ?? '', key, 'four calm words here']) {
      expect(text).not.toContain(secret);
      expect(docket.stderr()).not.toContain(secret);
    }
  });
});

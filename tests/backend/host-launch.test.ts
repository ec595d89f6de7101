import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemDataDir } from '../../src-main/host/data-dir.ts';
import { isBuilt } from '../../src-main/host/launch/build.ts';
import { electronBinary, fetchElectron, runElectron } from '../../src-main/host/launch/electron-binary.ts';
import { findBrowser } from '../../src-main/host/loopback/find-browser.ts';
import { nodeProblem } from '../../src-main/host/node-version.ts';
import { enter } from '../support/raw-http.ts';
import { ROOT } from '../support/serve.ts';
import { temporaryDataDir } from '../support/temporary.ts';

function write(root: string, name: string, text: string, at?: number): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (at !== undefined) utimesSync(file, at, at);
  return file;
}

function script(root: string, name: string, lines: string): string {
  const file = write(root, name, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('without a display the start prints an address that opens a window, in words, until it is stopped', async () => {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const child = spawn(process.execPath, [path.join(ROOT, 'src-main/launch.ts'), '--data-dir', temporaryDataDir()], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said += text; });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  await expect.poll(() => /Open (http:\S+)/.exec(said)?.[1], { timeout: 60_000 }).toBeDefined();
  expect(said).toContain('There is no display, so Docket prints its address.');
  await enter(/Open (http:\S+)/.exec(said)?.[1] ?? '');
  child.kill('SIGTERM');
  expect([await new Promise((resolve) => { child.once('close', resolve); }), out]).toEqual([0, '']);
});

test('npm run serve prints one JSON line when it can be used, and a SIGTERM to npm stops it cleanly', async () => {
  const dataDir = temporaryDataDir();
  const child = spawn('npm', ['run', 'serve', '--', '--data-dir', dataDir, '--port', '0', '--no-open'], {
    cwd: ROOT, env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }, stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  await expect.poll(() => out.includes('"ready"'), { timeout: 60_000 }).toBe(true);
  const objects = out.split('\n').filter((line) => line.startsWith('{'));
  expect(objects.map((line) => JSON.parse(line))).toEqual([{ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#/) }]);
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => { child.once('close', resolve); })).toBe(0);
  expect(existsSync(path.join(dataDir, 'docket.lock'))).toBe(false);
});

describe('whether to build', () => {
  test('a build is fresh until a source is newer', () => {
    const root = temporaryDataDir();
    expect(isBuilt(root)).toBe(false);
    write(root, 'src-main/a.ts', '', 1_000);
    for (const part of ['main', 'preload', 'renderer']) write(root, `out/${part}/x.js`, '');
    write(root, 'out/.built', '', 2_000);
    expect(isBuilt(root)).toBe(true);
    write(root, 'src-renderer/views/b.tsx', '', 3_000);
    expect(isBuilt(root)).toBe(false);
  });
});

describe('Electron', () => {
  test('is found by its file, and not by importing it', () => {
    const root = temporaryDataDir();
    expect(electronBinary(root)).toBeNull();
    write(root, 'node_modules/electron/path.txt', 'electron');
    expect(electronBinary(root)).toBeNull();
    const binary = script(root, 'node_modules/electron/dist/electron', 'exit 0');
    expect(electronBinary(root)).toBe(binary);
  });

  test('is given up at once where its source cannot be reached', async () => {
    const root = temporaryDataDir();
    write(root, 'node_modules/electron/install.js', 'throw new Error("must not run")');
    const said: string[] = [];
    process.env['ELECTRON_MIRROR'] = 'https://127.0.0.1:1/';
    expect([await fetchElectron(root, (text) => said.push(text)), said]).toEqual([null, []]);
    delete process.env['ELECTRON_MIRROR'];
  });

  test('that ends is an app that ended; one that crashes at once cannot run here', async () => {
    const root = temporaryDataDir();
    expect(await runElectron(script(root, 'good', 'exit 0'), root, [])).toEqual({ kind: 'ran', code: 0 });
    expect(await runElectron(script(root, 'refused', 'exit 1'), root, [])).toEqual({ kind: 'ran', code: 1 });
    expect(await runElectron(script(root, 'trap', 'kill -TRAP $$'), root, [])).toEqual({ kind: 'could-not-start' });
    expect(await runElectron(script(root, 'library', 'exit 127'), root, [])).toEqual({ kind: 'could-not-start' });
    expect(await runElectron(path.join(root, 'nothing'), root, [])).toEqual({ kind: 'could-not-start' });
  });
});

test('the data directory is the system\'s place for application data', () => {
  expect([
    systemDataDir('linux', {}, '/home/a'),
    systemDataDir('linux', { XDG_DATA_HOME: '/data' }, '/home/a'),
    systemDataDir('linux', { XDG_DATA_HOME: 'relative' }, '/home/a'),
    systemDataDir('darwin', {}, '/Users/a'),
  ]).toEqual(['/home/a/.local/share/docket', '/data/docket', '/home/a/.local/share/docket', '/Users/a/Library/Application Support/Docket']);
  expect(systemDataDir('win32', { APPDATA: '/roaming' }, '/home/a')).toBe(path.join('/roaming', 'Docket'));
});

test('a browser is found on the path, or where it is named', () => {
  const root = temporaryDataDir();
  expect(findBrowser('linux', { PATH: root })).toBeNull();
  const edge = script(root, 'microsoft-edge', 'exit 0');
  expect(findBrowser('linux', { PATH: root })).toBe(edge);
  const chromium = script(root, 'chromium', 'exit 0');
  expect(findBrowser('linux', { PATH: root })).toBe(chromium);
  expect(findBrowser('linux', { PATH: root, DOCKET_BROWSER: edge })).toBe(edge);
  expect(findBrowser('linux', { PATH: root, DOCKET_BROWSER: '/nowhere' })).toBeNull();
});

test('an old Node is named and told apart', () => {
  expect([nodeProblem('24.3.0'), nodeProblem('26.0.0'), nodeProblem('20.20.2')]).toEqual([null, null, expect.stringMatching(/needs Node 24 and this is Node 20\.20\.2/)]);
});

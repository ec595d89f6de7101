import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src-main/contract/commands.ts';
import { ROOT, startServe, temporaryDataDir } from '../support/serve.ts';
import { runScenario } from './run-scenario.ts';

/**
 * The built shell, run in Node against a stand-in that records what it asks of Electron. The numbers are those of
 * Electron's security checklist (docs/latest/tutorial/security).
 */
describe('the built shell', async () => {
  const found = await runScenario('settings', temporaryDataDir());

  test('sandboxes everything and takes the single-instance lock before anything is opened', () => {
    expect(found['order']).toEqual(['app.enableSandbox', 'protocol.registerSchemesAsPrivileged', 'app.requestSingleInstanceLock', 'ready', 'utilityProcess.fork', 'BrowserWindow']);
  });

  test('gives its page no Node, an isolated preload and web security (2, 3, 4, 6, 8, 9, 10)', () => {
    expect(found['window']).toMatchObject({
      webPreferences: {
        preload: path.join(ROOT, 'out/preload/preload.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
        webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false,
      },
    });
    expect(found['window']).not.toHaveProperty('webPreferences.enableBlinkFeatures');
  });

  test('loads its page by its own scheme, which goes round no policy (1, 18)', () => {
    expect(found['firstPage']).toBe('docket://app/index.html');
    expect(found['schemes']).toEqual([
      { scheme: 'docket', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true } },
      { scheme: 'docket-media', privileges: { standard: true, secure: true, stream: true } },
    ]);
  });

  test('serves the page with a strict policy by header, and nothing but the built page and the media (7)', () => {
    const refused = { status: 404, type: null, policy: "default-src 'none'; sandbox; frame-ancestors 'none'", nosniff: 'nosniff' };
    expect(found['served']).toEqual({
      page: {
        status: 200, type: 'text/html; charset=utf-8', nosniff: 'nosniff',
        policy: "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' docket-media:; media-src 'self' docket-media:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      },
      medium: { ...refused, status: 200, type: 'image/gif' },
      part: { ...refused, status: 206, type: 'image/gif' },
      otherHost: refused, post: refused, outside: refused, drawing: refused, database: refused,
    });
  });

  test('denies every permission, device, screen and download (5)', () => {
    expect(found['permissions']).toEqual({ asked: Array.from({ length: 7 }, () => false), checked: false, devices: false, screen: [null] });
    expect(found['download']).toBe(true);
  });

  test('lets the page ask the network for nothing', () => {
    expect(found['requestsCancelled']).toEqual({
      'docket://app/index.html': false, 'docket-media://cache/a': false,
      'https://example.org/x.png': true, 'http://127.0.0.1:80/': true, 'file:///etc/passwd': true, 'ws://example.org/': true, 'data:text/html,x': true,
    });
  });

  test('refuses navigation, redirects, frames and webviews (11, 12, 13)', () => {
    expect(found['navigationPrevented']).toEqual({ outside: true, file: true, lookAlike: true, own: false, redirect: true, frame: true, webview: true });
  });

  test('opens no window, and outside only https, after asking with the whole address (14, 15)', () => {
    expect(found['links']).toEqual({
      agreed: ['deny', 1, 1], declined: ['deny', 1, 0],
      plain: ['deny', 0, 0], script: ['deny', 0, 0], file: ['deny', 0, 0], other: ['deny', 0, 0], credentials: ['deny', 0, 0], nonsense: ['deny', 0, 0],
    });
    expect(found['opened']).toEqual(['https://example.org/a?b=c']);
    expect(found['asked']).toEqual([
      expect.objectContaining({ message: 'Open example.org in your browser?', detail: 'https://example.org/a?b=c', cancelId: 1 }),
      expect.objectContaining({ detail: 'https://example.org/' }),
    ]);
  });

  test('has the command table\'s menu, whose keys are shown and not taken from the page', () => {
    const menus = found['menu'] as readonly { readonly label: string; readonly submenu: readonly { readonly label?: string; readonly accelerator?: string; readonly registerAccelerator?: boolean }[] }[];
    const entries = menus.flatMap(({ submenu }) => submenu).filter(({ label }) => label !== undefined);
    const inMenus = COMMANDS.filter((command) => 'menu' in command);
    expect(entries.map(({ label }) => label).toSorted()).toEqual(inMenus.map(({ title }) => title).toSorted());
    expect(entries.filter(({ accelerator, registerAccelerator }) => accelerator !== undefined && registerAccelerator !== false)).toEqual([]);
  });

  test('opens what a link of another start names, and ignores a link that is none', () => {
    expect([found['deepLink'], found['afterWrongLink']]).toEqual(['docket://app/index.html#open=queue%2F5&n=1', 'docket://app/index.html#open=queue%2F5&n=1']);
  });

  test('closes the database before it ends', () => {
    expect([found['end'], found['exit']]).toEqual([['will-quit.preventDefault', 'UtilityProcess.postMessage', 'app.exit'], 0]);
  });
});

test('the page gets its port by one message that names the right sender, and calls the backend through it (17, 20)', async () => {
  const dataDir = temporaryDataDir();
  const found = await runScenario('page', dataDir);
  expect(found).toMatchObject({
    refused: { otherContents: 0, subframe: 0, goneFrame: 0, navigatedAway: 0 },
    granted: 1,
    capabilities: { host: 'electron', version: '1.2.3', dataDir, confirmsLinks: true, mediaBase: 'docket-media://cache/' },
    secrets: { store: 'safe-storage', state: 'ready' },
    // A crash of the backend brings a new one and a new port.
    processes: 2, again: 'object',
    preload: { channels: ['docket-port'], sent: ['docket-port'], posted: [['docket-port', '/', ['the port']]], exposed: [] },
  });
});

test('a second start opens nothing', async () => {
  expect(await runScenario('second', temporaryDataDir())).toMatchObject({ forked: 0, windows: 0, written: [], exit: 0 });
});

test('a start beside a loopback host opens nothing either, and ends well', async () => {
  const served = await startServe();
  expect(await runScenario('taken', served.dataDir)).toMatchObject({ forked: 0, windows: 0, box: [], exit: 0 });
  expect(await served.stop()).toBe(0);
});

test('a package has no developer tools, claims the scheme of links and opens the one it was started with', async () => {
  const found = await runScenario('packaged', temporaryDataDir());
  expect(found).toMatchObject({ devTools: { devTools: false }, menuHasTools: false, schemeClaimed: 1, pages: ['docket://app/index.html', 'docket://app/index.html#open=queue%2F7&n=1'] });
});

test('secrets go through safeStorage, and a desktop without a keyring is warned about', async () => {
  expect(await runScenario('secrets', temporaryDataDir())).toEqual({
    plain: false, lock: { by: 'shell' }, again: 'hunter2',
    status: { store: 'safe-storage', state: 'ready', said: expect.any(String) },
    weak: { store: 'safe-storage-basic', state: 'ready', said: expect.stringMatching(/not protected/) },
    damaged: { value: null, notices: [expect.stringContaining('secrets.enc.broken-20260301T101500')] },
  });
});

test('packages are made with every fuse set for safety (19)', () => {
  const { build } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  expect(build.electronFuses).toEqual({
    runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true, loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false,
  });
  expect(build.asar).not.toBe(false);
});

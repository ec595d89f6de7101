import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

/** A download over a slow line is given up, and the loopback host used. */
const DOWNLOAD_MS = 120_000;
const REACH_MS = 2_000;

/**
 * The path of Electron's program, or null. Found by its file: importing the `electron` package from Node would start
 * a download.
 */
export function electronBinary(root: string): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const mark = path.join(folder, 'path.txt');
  if (!existsSync(mark)) return null;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist');
  const binary = path.join(dist, readFileSync(mark, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Whether the place Electron is downloaded from answers at all; asked first, so that being offline costs no wait. */
function reachable(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) || 443 });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(REACH_MS, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/** Downloads Electron with its own installer, which checks the sum, if its source can be reached. */
export async function fetchElectron(root: string, say: (text: string) => void): Promise<string | null> {
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  const proxied = Boolean(process.env['ELECTRON_GET_USE_PROXY']);
  if (!existsSync(installer) || !URL.canParse(mirror)) return null;
  if (!proxied && !await reachable(new URL(mirror))) return null;
  say('Getting Electron, once (about 120 MB)…');
  const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: DOWNLOAD_MS });
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  return electronBinary(root);
}

/** How a start of Electron ended: as an app does, or before it could show anything. */
export type ElectronEnd = { readonly kind: 'ran'; readonly code: number } | { readonly kind: 'could-not-start' };

/** A start that fails this early failed for its surroundings: no sandbox, a missing library, another ABI. */
const EARLY_MS = 10_000;

/** Runs the app in Electron until it ends. */
export function runElectron(binary: string, root: string, args: readonly string[]): Promise<ElectronEnd> {
  const env = { ...process.env };
  delete env['ELECTRON_RUN_AS_NODE'];
  const begun = performance.now();
  const child = spawn(binary, [root, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', () => resolve({ kind: 'could-not-start' }));
    child.once('close', (code, signal) => {
      const early = performance.now() - begun < EARLY_MS;
      const crashed = signal === null ? code !== 0 && code !== 1 : signal !== 'SIGTERM' && signal !== 'SIGINT';
      resolve(early && crashed ? { kind: 'could-not-start' } : { kind: 'ran', code: code ?? 0 });
    });
  });
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../../src-main/host/launch/build.ts';
import { temporaryDataDir } from './temporary.ts';

export { temporaryDataDir };

export const ROOT = path.resolve(import.meta.dirname, '../..');
const START_MS = 60_000;

/** A Docket of its own: the built loopback host in a real process. */
export type Served = {
  readonly dataDir: string;
  /** Opens one window, once. */
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly process: ChildProcess;
  /** Everything it has logged so far. */
  readonly stderr: () => string;
  /** Stops it by SIGTERM and waits; returns its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
};

export type ServeInput = {
  /** Kept after `stop`; left out: a temporary one that goes with it. */
  readonly dataDir?: string;
  /** More of the command line, such as `['--sample', '1000']`. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it may open a window, where there is a display. */
  readonly open?: boolean;
};

export type ServeRun = { readonly child: ChildProcess; readonly stdout: () => string; readonly stderr: () => string; readonly exit: Promise<number | null> };

/** Runs the built loopback host without waiting for it, for tests of how it refuses to start. */
export async function runServe({ dataDir, args = [], env = {}, open = false }: ServeInput & { readonly dataDir: string }): Promise<ServeRun> {
  await ensureBuilt(ROOT, (text) => process.stderr.write(`${text}\n`));
  const child = spawn(process.execPath, [path.join(ROOT, 'out/main/serve.js'), '--data-dir', dataDir, ...(args.includes('--port') ? [] : ['--port', '0']), ...(open ? [] : ['--no-open']), ...args], {
    // The tests must not write into the keyring of whoever runs them.
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const exit = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  return { child, stdout: () => out, stderr: () => err, exit };
}

function readyUrl(line: string): string {
  const said: unknown = JSON.parse(line);
  if (typeof said === 'object' && said !== null && 'url' in said && typeof said.url === 'string') return said.url;
  throw new Error(`no ready line: ${line}`);
}

/** Starts a Docket and waits until it can be used. */
export async function startServe(input: ServeInput = {}): Promise<Served> {
  const dataDir = input.dataDir ?? temporaryDataDir();
  const { child, stdout, stderr, exit } = await runServe({ ...input, dataDir });
  const first = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after ${START_MS} ms:\n${stderr()}`)), START_MS);
    const look = (): void => {
      const end = stdout().indexOf('\n');
      if (end === -1) return;
      clearTimeout(timer);
      resolve(stdout().slice(0, end));
    };
    child.stdout?.on('data', look);
    void exit.then((code) => {
      clearTimeout(timer);
      return reject(new Error(`ended with ${code} before it was ready:\n${stderr()}`));
    });
  });
  const url = readyUrl(first);

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    child.kill(signal);
    const code = await exit;
    if (input.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    return code;
  }

  return {
    dataDir,
    url,
    origin: new URL(url).origin,
    process: child,
    stderr,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
  };
}

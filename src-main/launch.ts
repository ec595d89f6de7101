import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, ensureBuilt } from './host/launch/build.ts';
import { electronBinary, fetchElectron, runElectron } from './host/launch/electron-binary.ts';
import { hasDisplay } from './host/loopback/app-window.ts';

/**
 * What the npm scripts run: `npm start` (Electron, else a window on the loopback host), `npm run serve` (the loopback
 * host) and `npm run build`. Builds first where the sources are newer than `out/`.
 */
const root = path.join(import.meta.dirname, '..');

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Why Electron is not used, or null where it ran to its end. */
async function tryElectron(args: readonly string[]): Promise<string | null> {
  if (!hasDisplay()) return 'There is no display';
  if (process.getuid?.() === 0) return 'Electron does not run as root';
  const binary = electronBinary(root) ?? await fetchElectron(root, say);
  if (binary === null) return 'Electron is not here and cannot be downloaded';
  const end = await runElectron(binary, root, args);
  if (end.kind === 'could-not-start') return 'Electron does not start on this machine';
  process.exitCode = end.code;
  return null;
}

/**
 * npm ends its shell on a signal and not what runs in it. A shell that is gone means the same as the signal.
 */
function endWithParent(): void {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

/** Runs the built loopback host in this process, so that signals reach it directly. */
async function serve(args: readonly string[]): Promise<void> {
  process.argv.splice(2, process.argv.length, ...args);
  await import(pathToFileURL(path.join(root, 'out/main/serve.js')).href);
}

async function main([command, ...rest]: readonly string[]): Promise<void> {
  if (command === 'build') return await build(root);
  endWithParent();
  await ensureBuilt(root, say);
  if (command === 'serve') return await serve(rest);
  const args = command === undefined ? [] : [command, ...rest];
  const why = await tryElectron(args);
  if (why === null) return;
  say(hasDisplay() ? `${why}, so Docket opens in a browser window of its own.` : `${why}, so Docket prints its address.`);
  await serve([...args, '--plain']);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

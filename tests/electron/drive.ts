import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './stand-in/app.ts';
import { BrowserWindow } from './stand-in/window.ts';
import { calls, lastArgs, timesCalled } from './stand-in/record.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Waits for something to become so; the scenario's own time limit is the test's. */
export async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => { setTimeout(resolve, 20); });
}

/** Starts the built shell as Electron would and waits for its window, or for its end. */
export async function startShell(dataDir: string, ...args: readonly string[]): Promise<void> {
  process.argv.splice(1, process.argv.length, ROOT, '--data-dir', dataDir, ...args);
  await import(pathToFileURL(path.join(ROOT, 'out/main/main.js')).href);
  await until(() => timesCalled('loadURL') > 0 || timesCalled('app.exit') > 0);
}

/** The one window of the app. */
export function window(): BrowserWindow {
  const [only] = BrowserWindow.all;
  if (only === undefined || BrowserWindow.all.length > 1) throw new Error(`${BrowserWindow.all.length} windows`);
  return only;
}

/** A handler that the shell gave to Electron. */
export function handler<Handler>(call: string, position = 0): Handler {
  // The recording holds it as it came; what it takes is Electron's documented signature.
  return lastArgs(call)[position] as Handler;
}

/** An event whose default the shell may prevent. */
export function preventable<Facts extends object>(facts: Facts): Facts & { prevented: boolean; preventDefault: () => void } {
  const event = { ...facts, prevented: false, preventDefault: () => { event.prevented = true; } };
  return event;
}

/** The order of the named calls, each as often as it came. */
export function orderOf(...names: readonly string[]): readonly string[] {
  return calls.map(({ call }) => call).filter((call) => names.includes(call));
}

/** Quits as the menu would, waits for the database to be closed, and tells the test what was found out. */
export async function finish(found: Readonly<Record<string, unknown>>): Promise<never> {
  if (timesCalled('app.exit') === 0) {
    app.quit();
    await until(() => timesCalled('app.exit') > 0);
  }
  process.stdout.write(JSON.stringify({ ...found, exit: lastArgs('app.exit')[0], end: orderOf('will-quit.preventDefault', 'UtilityProcess.postMessage', 'app.exit').slice(-3) }));
  return process.exit(0);
}

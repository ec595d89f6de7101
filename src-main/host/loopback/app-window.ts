import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { findBrowser } from './find-browser.ts';

/** Whether a window can be seen: Linux needs a display server, the others have one. */
export function hasDisplay(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * Opens an address as an app window of its own, in a profile of its own within the data directory, so that no
 * extension of the person's browser sees the desk. Null where there is no display or no such browser. A browser that
 * already runs on the profile opens the window itself, and the process returned here ends at once.
 */
export function openAppWindow(dataDir: string, url: string): ChildProcess | null {
  const browser = hasDisplay() ? findBrowser() : null;
  if (browser === null) return null;
  const flags = [
    `--app=${url}`,
    `--user-data-dir=${path.join(dataDir, 'window')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium refuses to start as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const child = spawn(browser, flags, { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
  return child;
}

export type AppWindows = {
  /** Opens a window; false where that is not possible here. */
  readonly open: (url: string) => boolean;
  /** Ends the browser that was started here: a window without its host is of no use. */
  readonly close: () => void;
};

/** The app windows of one host. */
export function makeAppWindows(dataDir: string): AppWindows {
  const started: ChildProcess[] = [];
  return {
    open(url) {
      const child = openAppWindow(dataDir, url);
      if (child !== null) started.push(child);
      return child !== null;
    },
    close() {
      for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    },
  };
}

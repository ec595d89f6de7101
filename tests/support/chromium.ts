import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findBrowser } from '../../src-main/host/loopback/find-browser.ts';

const HOW = 'Browser tests need Chromium, Chrome or Edge. Install one (Debian: "apt-get install chromium"), or name one with DOCKET_BROWSER.';

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The path of a browser, installing Debian's where that is allowed. Throws with what to do. */
export function ensureChromium(): string {
  const found = findBrowser();
  if (found !== null) return found;
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) throw new Error(HOW);
  const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  process.stderr.write('Installing Debian\'s chromium for the browser tests, once…\n');
  try {
    execFileSync('apt-get', ['update', '-q'], quiet);
    execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], quiet);
  } catch (error) {
    throw new Error(HOW, { cause: error });
  }
  const installed = findBrowser();
  if (installed === null) throw new Error(HOW);
  return installed;
}

/** A headless browser that asks nothing of the network by itself. */
export async function openChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: [
      ...(isRoot() ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

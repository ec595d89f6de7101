import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { runServe, startServe, temporaryDataDir } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

let docket: Served;
let browser: Browser;

beforeAll(async () => {
  [docket, browser] = await Promise.all([startServe({ args: ['--sample', '50'] }), openChromium()]);
});

afterAll(async () => {
  await browser.close();
  await docket.stop();
});

test('a window enters by its address once, reloads as often as it likes, and nobody else gets in', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') troubles.push(message.text()); });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(docket.url);
  await page.waitForURL(`${docket.origin}/desk`);
  const grid = page.getByRole('grid');
  await grid.waitFor();
  expect(await page.evaluate(() => [location.hash, document.cookie])).toEqual(['', '']);

  await page.reload();
  await grid.waitFor();
  // No policy was violated, nothing was refused, nothing was missing.
  expect(troubles).toEqual([]);

  // The token of its history is spent; a tab without the window's key and a browser without its cookie stay outside.
  const [copy, tab, stranger] = [await context.newPage(), await context.newPage(), await (await browser.newContext()).newPage()];
  for (const [outside, address] of [[copy, docket.url], [tab, `${docket.origin}/desk`], [stranger, `${docket.origin}/desk`]] as const) {
    await outside.goto(address);
    await outside.getByText('This window is not signed in to Docket').waitFor();
  }
  await context.close();
});

test('a window whose address gets no answer says so instead of staying empty', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.route('**/session', (route) => route.abort('connectionreset'));
  await page.goto(docket.url);
  await page.getByText('This window is not signed in to Docket').waitFor();
  await page.context().close();
});

test('a page of another origin reaches neither the files nor the socket', async () => {
  const other = await startServe();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(other.url);
  await page.waitForURL(`${other.origin}/desk`);
  const attempts = await page.evaluate(async (origin) => await Promise.all([
    fetch(`${origin}/desk`, { mode: 'no-cors', credentials: 'include' }).then(() => 'fetched', () => 'refused'),
    new Promise((resolve) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['docket', 'guess']);
      socket.addEventListener('open', () => resolve('opened'));
      socket.addEventListener('error', () => resolve('refused'));
    }),
  ]), docket.origin);
  expect(attempts).toEqual(['refused', 'refused']);
  await context.close();
  await other.stop();
});

test('after a restart a window that stayed open is told to open a new one', async () => {
  const first = await startServe();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(first.url);
  await page.waitForURL(`${first.origin}/desk`);
  await first.stop();
  const again = await startServe({ dataDir: first.dataDir, args: ['--port', new URL(first.origin).port] });
  await page.goto(`${again.origin}/desk`);
  await page.getByText('This window is not signed in to Docket').waitFor();
  await context.close();
  await again.stop();
});

/** A browser that writes down how it was called and how it ended. */
function fakeBrowser(dataDir: string): { readonly program: string; readonly flags: () => readonly string[] } {
  const [program, file] = [path.join(dataDir, 'browser'), path.join(dataDir, 'flags')];
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${file}.new' && mv '${file}.new' '${file}'\ntrap 'echo ended > "${file}"; exit 0' TERM\nwhile :; do sleep 0.1; done\n`);
  chmodSync(program, 0o755);
  return { program, flags: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []) };
}

describe('the app window', () => {
  test('opens in a profile of its own; a second start opens the first\'s again', async () => {
    const dataDir = temporaryDataDir();
    const fake = fakeBrowser(temporaryDataDir());
    const env = { DOCKET_BROWSER: fake.program, DISPLAY: ':1' };
    const first = await startServe({ dataDir, open: true, env });
    await expect.poll(() => fake.flags().length).toBeGreaterThan(0);
    const opened = fake.flags();
    expect(opened[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    expect(opened).toContain(`--user-data-dir=${path.join(dataDir, 'window')}`);

    const second = await runServe({ dataDir, open: true, env });
    expect(await second.exit).toBe(0);
    expect(second.stderr()).toContain('Its window was brought up');
    await expect.poll(() => fake.flags()[0]).not.toBe(opened[0]);
    // The windows go with their host.
    expect(await first.stop()).toBe(0);
    await expect.poll(() => fake.flags()).toEqual(['ended']);
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Client } from '../../src-main/contract/contract.ts';
import { openChromium } from '../support/chromium.ts';
import { startServe } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { startFarProcess } from './far-process.ts';
import { connectSocket } from './served.ts';
import { single, times } from './measure.ts';
import type { Result } from './measure.ts';

const DECISIONS = 300;
/** A very quick hand: between one decision and the next. */
const PAUSE_MS = 100;
const STARTS = 3;
/** Reports that come in while keys are measured, so that they never run out. */
const MORE_REPORTS = 1_000_000;

/** Enough that the slowest of them is still bringing reports when the last key is pressed. */
const REPORTS_EACH = 20_000;

type Probe = { readonly paints: number[]; readonly firstRowAt: number | null; readonly keys: number };

/**
 * Runs in the page. From the keydown event's own time stamp to the frame after the commit that shows the next item
 * whole: the animation frame that follows the change of the document, and the task right after that frame's painting.
 */
function installProbe(): void {
  const probe: { paints: number[]; firstRowAt: number | null; keys: number } = { paints: [], firstRowAt: null, keys: 0 };
  Reflect.set(window, 'bench', probe);
  let pressedAt: number | null = null;
  let shown: string | null = null;
  const channel = new MessageChannel();
  const painted: (() => void)[] = [];
  channel.port1.addEventListener('message', () => {
    for (const run of painted.splice(0)) run();
  });
  channel.port1.start();
  function afterPaint(run: () => void): void {
    requestAnimationFrame(() => {
      painted.push(run);
      channel.port2.postMessage(null);
    });
  }
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    pressedAt = event.timeStamp;
    probe.keys += 1;
  }, { capture: true });
  new MutationObserver(() => {
    if (probe.firstRowAt === null && document.querySelector('[role="row"][id^="item-"]') !== null) {
      probe.firstRowAt = 0;
      afterPaint(() => { probe.firstRowAt = performance.timeOrigin + performance.now(); });
    }
    const item = document.querySelector<HTMLElement>('[data-item]');
    const id = item?.dataset['item'] ?? null;
    if (id === shown || item === null || item.querySelector('[aria-label="What was reported"]') === null) return;
    shown = id;
    const since = pressedAt;
    pressedAt = null;
    if (since !== null) afterPaint(() => { probe.paints.push(performance.now() - since); });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-item'] });
}

async function probeOf(page: Page): Promise<Probe> {
  return await page.evaluate(() => Reflect.get(window, 'bench') as Probe);
}

async function newWindow(browser: Browser): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  const page = await context.newPage();
  await page.addInitScript(installProbe);
  return { context, page };
}

/** From the ready line to the frame with the first row, in a window that is already there. */
async function firstRow(browser: Browser, dataDir: string): Promise<number> {
  const { context, page } = await newWindow(browser);
  const served = await startServe({ dataDir });
  const ready = Date.now();
  await page.goto(served.url);
  await page.locator('[role="row"][id^="item-"]').first().waitFor();
  await page.waitForFunction(() => ((Reflect.get(window, 'bench') as Probe).firstRowAt ?? 0) > 0);
  const at = (await probeOf(page)).firstRowAt ?? Number.NaN;
  await context.close();
  await served.stop();
  return at - ready;
}

/** A second client with the window's own key, to count and to stir. */
async function beside(page: Page, context: BrowserContext, origin: string): Promise<Client> {
  const key = await page.evaluate(() => sessionStorage.getItem('docket-key') ?? '');
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return (await connectSocket(origin, { cookie, key })).client;
}

/** Decides the first items one after another, as a hand on A and Enter does. */
async function decideAll(page: Page, client: Client): Promise<{ readonly paints: number[]; readonly dropped: number }> {
  const from = Date.now();
  const start = await probeOf(page);
  for (let at = 0; at < DECISIONS; at += 1) {
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(PAUSE_MS);
  }
  // What was pressed is recorded behind the screen; a dropped key would be a decision that never comes.
  let decided = 0;
  for (let look = 0; look < 100 && decided < DECISIONS; look += 1) {
    decided = await decisionsSince(client, from);
    if (decided < DECISIONS) await page.waitForTimeout(100);
  }
  const end = await probeOf(page);
  return { paints: end.paints.slice(start.paints.length), dropped: DECISIONS - decided };
}

/** Counted in the log: a count of today would begin anew at midnight, and sync writes events of its own. */
async function decisionsSince(client: Client, from: number): Promise<number> {
  let [count, after]: [number, string | null] = [0, null];
  do {
    const { rows, next }: Awaited<ReturnType<Client['history']['page']>> = await client.history.page({ filter: { kinds: ['decision.recorded'], from }, after, limit: 200 });
    count += rows.length;
    after = next;
  } while (after !== null);
  return count;
}

const HOW = 'keydown event.timeStamp to the task after the animation frame that follows the commit';

/** A window on the queue of a Docket, with someone in it who signs decisions. */
async function atWork<Answer>(browser: Browser, served: Served, work: (page: Page, client: Client) => Promise<Answer>): Promise<Answer> {
  const { context, page } = await newWindow(browser);
  try {
    await page.goto(served.url);
    await page.locator('[role="row"][id^="item-"]').first().waitFor();
    const client = await beside(page, context, served.origin);
    await client.settings.change({ changes: { actor: 'Bench' }, source: 'system' });
    await page.locator('[aria-label="What was reported"]').first().waitFor();
    return await work(page, client);
  } finally {
    await context.close();
    await served.stop();
  }
}

/** Keys at rest, and while another community pours in as fast as it can be stored. */
async function besideIngest(browser: Browser, dataDir: string, size: number, tell: (text: string) => void): Promise<Result[]> {
  return atWork(browser, await startServe({ dataDir }), async (page, client) => {
    const idle = await decideAll(page, client);
    tell('Another community begins to pour in');
    const id = randomUUID();
    await client.connections.add({ id, platform: 'sample', title: 'Pouring in', values: { size: Math.max(size, MORE_REPORTS), seed: '2' }, source: 'system' });
    await page.waitForTimeout(1000);
    const busy = await decideAll(page, client);
    await client.connections.remove({ id, source: 'system' });
    return [
      times('key-to-paint-idle', idle.paints, null, `${idle.paints.length} decisions; ${HOW}`),
      times('key-to-paint-ingest', busy.paints, null, `${busy.paints.length} decisions; ${HOW}`),
      single('dropped-keys', 'keys', idle.dropped + busy.dropped, null, `of ${2 * DECISIONS} decisions`),
    ];
  });
}

/** Keys while twelve connections bring their first sync over HTTP, each at the pace that its instance is asked at. */
async function besideConnections(browser: Browser, dataDir: string, tell: (text: string) => void): Promise<Result[]> {
  tell('Twelve scripted communities are made');
  const far = await startFarProcess(REPORTS_EACH);
  const folder = mkdtempSync(path.join(dataDir, '..', 'connections-'));
  try {
    const file = path.join(folder, 'connections.json');
    writeFileSync(file, JSON.stringify(far.sides.map(({ kind, platform, settings, secrets }) => ({
      id: kind, platform, title: kind, settings, secrets: Object.fromEntries(Object.keys(secrets).map((name) => [name, { env: secretName(kind, name) }])),
    }))));
    const env = Object.fromEntries(far.sides.flatMap(({ kind, secrets }) => Object.entries(secrets).map(([name, value]) => [secretName(kind, name), value])));
    return await atWork(browser, await startServe({ dataDir, args: ['--connections', file], env }), async (page, client) => {
      const pulled = async (): Promise<readonly number[]> => (await client.connections.list()).filter(({ id }) => far.sides.some(({ kind }) => kind === id)).map(({ health }) => health.pulled);
      while ((await pulled()).some((count) => count === 0)) await page.waitForTimeout(100);
      tell('All twelve bring reports');
      const [before, start] = [await pulled(), performance.now()];
      const busy = await decideAll(page, client);
      const [after, ms] = [await pulled(), performance.now() - start];
      const rates = after.map((count, index) => (count - (before[index] ?? 0)) / ms * 1000);
      return [
        times('key-to-paint-twelve', busy.paints, null, `${busy.paints.length} decisions while ${after.length} connections synced at ${Math.round(rates.reduce((sum, rate) => sum + rate, 0))} reports/s together, the slowest at ${Math.round(Math.min(...rates))}; ${HOW}`),
        single('dropped-keys-twelve', 'keys', busy.dropped, null, `of ${DECISIONS} decisions`),
      ];
    });
  } finally {
    await far.stop();
    rmSync(folder, { recursive: true });
  }
}

function secretName(kind: string, name: string): string {
  return `BENCH_${kind}_${name}`.replaceAll(/\W/g, '_').toUpperCase();
}

/** The desk in a real Chromium on the loopback host: first row, keys at rest and while much comes in. */
export async function measureDesk(dataDir: string, size: number, tell: (text: string) => void): Promise<Result[]> {
  const browser = await openChromium();
  try {
    // The browser's own first page is not ours to measure.
    await firstRow(browser, dataDir);
    const rows: number[] = [];
    for (let run = 0; run < STARTS; run += 1) rows.push(await firstRow(browser, dataDir));
    return [
      times('first-row', rows, null, 'ready line to the painted frame, page load included'),
      ...await besideIngest(browser, dataDir, size, tell),
      ...await besideConnections(browser, dataDir, tell),
    ];
  } finally {
    await browser.close();
  }
}

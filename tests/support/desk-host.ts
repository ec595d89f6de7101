import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { startServe } from './serve.ts';
import type { Served } from './serve.ts';

/** One Docket with a sample community that a whole file of tests shares, and a browser for its windows. */
export type DeskHost = {
  readonly served: Served;
  readonly browser: Browser;
  /** A window with the queue on screen; `prepare` sees its page before it loads. */
  readonly open: (prepare?: (page: Page) => Promise<void>) => Promise<DeskWindow>;
  readonly stop: () => Promise<void>;
};

export type DeskWindow = {
  readonly page: Page;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** The element id of the selected row. */
  readonly selected: () => Promise<string | null>;
  /** Goes down the list to a row; the sample's own life may have moved it. */
  readonly goTo: (row: string | null) => Promise<void>;
  /** The element ids of the rows in the document, top to bottom. */
  readonly rows: () => Promise<readonly string[]>;
  /** What the browser complained of: violated policies, errors, missing files. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
};

/** Starts both at once, and spends the address of the first window; further windows come in with its session. */
export async function startDeskHost(sample = 300): Promise<DeskHost> {
  const [served, browser] = await Promise.all([startServe({ args: ['--sample', String(sample)] }), openChromium()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 }, locale: 'en-GB' });
  const door = await context.newPage();
  await door.goto(served.url);
  await door.waitForURL(`${served.origin}/desk`);
  const key = await door.evaluate(() => sessionStorage.getItem('docket-key') ?? '');
  await door.close();
  await context.addInitScript((kept) => sessionStorage.setItem('docket-key', kept), key);
  return {
    served,
    browser,
    open: (prepare) => openWindow(context, `${served.origin}/desk`, prepare),
    async stop() {
      await browser.close();
      await served.stop();
    },
  };
}

async function openWindow(context: BrowserContext, address: string, prepare?: (page: Page) => Promise<void>): Promise<DeskWindow> {
  const page = await context.newPage();
  await prepare?.(page);
  const troubles: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') troubles.push(message.text()); });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(address);
  await page.getByRole('row').first().waitFor();
  await page.locator('[data-verb][aria-disabled=false]').first().waitFor();
  const selected = () => page.getByRole('grid').getAttribute('aria-activedescendant');
  return {
    page,
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    selected,
    async goTo(row) {
      // A view that was just asked for selects nothing until it is here.
      await until(selected, (now) => now !== null);
      await page.keyboard.press('Home');
      await until(async () => {
        const now = await selected();
        if (now !== row) await page.keyboard.press('j');
        return now;
      }, (now) => now === row);
    },
    rows: () => page.getByRole('row').evaluateAll((rows) => rows.map((row) => row.id)),
    troubles,
    async close() {
      await page.close();
    },
  };
}

/** Asks again until it is so; says what it was instead when it never is. */
export async function until<Value>(what: () => Promise<Value>, isSo: (value: Value) => boolean, most = 30_000): Promise<Value> {
  const end = Date.now() + most;
  for (;;) {
    const value = await what();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`it never came to that; last seen: ${JSON.stringify(value)}`);
    await wait(25);
  }
}

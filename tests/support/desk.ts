import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Client } from '../../src-main/contract/contract.ts';
import { startServe } from './serve.ts';
import type { Served } from './serve.ts';

/** Someone else at work on the same Docket. */
export type Colleague = { readonly client: Client } & Disposable;

/** A desk in a real browser, on a Docket of its own. */
export type Desk = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly served: Served;
  /** Errors of the page and of its content security policy so far; a test ends with none. */
  readonly problems: readonly string[];
  /** Presses keys one after the other, as playwright names them. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Types text into what has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** Waits until an open dialog has the focus: keys go to it from then on. */
  readonly dialogFocused: () => Promise<void>;
  /** Waits until this text is on screen. */
  readonly sees: (text: string | RegExp) => Promise<void>;
  /** Another moderator's desk on the same Docket, without a window. */
  readonly colleague: () => Promise<Colleague>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type DeskInput = {
  readonly browser: Browser;
  readonly dataDir?: string;
  /** Of the command line, such as `['--sample', '200']`. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
};

/** Starts a Docket and opens its desk; both end with the test. */
export async function openDesk({ browser, dataDir, args = [], env = {}, theme = 'dark', size = { width: 1440, height: 860 } }: DeskInput): Promise<Desk> {
  const served = await startServe({ args, env, ...(dataDir === undefined ? {} : { dataDir }) });
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'en-GB' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  await page.goto(served.url);
  return {
    page, context, served, problems,
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    async type(text) {
      await page.keyboard.type(text);
    },
    async dialogFocused() {
      await page.waitForFunction(() => document.activeElement?.closest('[role=dialog], [role=alertdialog]') !== null);
    },
    async sees(text) {
      await page.getByText(text).first().waitFor();
    },
    async colleague() {
      return await connectColleague(page, context, served);
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await served.stop();
    },
  };
}

async function connectColleague(page: Page, context: BrowserContext, { origin }: Served): Promise<Colleague> {
  const key = await page.evaluate(() => sessionStorage.getItem('docket-key') ?? '');
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  // Node's own WebSocket takes headers beside the protocols, which the web's types do not know of.
  const socket: WebSocket = Reflect.construct(WebSocket, [`${origin.replace('http', 'ws')}/socket`, { protocols: ['docket', key], headers: { origin, cookie } }]);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
  return { client, [Symbol.dispose]: () => socket.close() };
}

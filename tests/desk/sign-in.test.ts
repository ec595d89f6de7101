import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFar } from '../connectors/mastodon/far.ts';
import { openChromium } from '../support/chromium.ts';
import { temporaryDataDir } from '../support/serve.ts';
import { SIGNED_OUT } from '../support/wire-faults.ts';
import { farIo, openConnectedDesk } from './connected.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

/** A system whose browser only writes down what it was to open. */
function watchedSystem(): { readonly env: NodeJS.ProcessEnv; readonly opened: () => readonly URL[] } & Disposable {
  const folder = temporaryDataDir();
  const [bin, list] = [path.join(folder, 'bin'), path.join(folder, 'opened')];
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${list}'\n`);
  chmodSync(path.join(bin, 'xdg-open'), 0o755);
  return {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    opened: () => (existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n').map((line) => new URL(line)) : []),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the platform's page does once a person has allowed what is asked. */
async function allow(page: URL): Promise<void> {
  const back = new URL(page.searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('code', page.searchParams.get('code_challenge') ?? '');
  back.searchParams.set('state', page.searchParams.get('state') ?? '');
  await fetch(back);
}

test.skipIf(process.platform !== 'linux')('the browser opens for a sign-in when a person asks, and never by itself', async () => {
  using system = watchedSystem();
  await using at = await openConnectedDesk(browser, { env: system.env });
  const { desk, line } = at;
  const { page } = desk;
  const far = await startFar('mastodon', 2, farIo);
  const nth = async (count: number): Promise<URL> => {
    await expect.poll(() => system.opened().length).toBe(count);
    return system.opened()[count - 1] ?? new URL('about:blank');
  };

  await desk.press('g', 'p');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
  await desk.press('c');
  await page.getByRole('combobox', { name: 'Platform' }).waitFor();
  await desk.type('mastodon');
  await page.getByRole('option', { name: /^Mastodon/u }).waitFor();
  await desk.press('Enter');
  const form = page.getByRole('dialog', { name: /^Connect Mastodon/u });
  await form.getByRole('textbox', { name: 'Server' }).fill(String(far.values['server']));
  await form.getByRole('textbox', { name: 'Name in Docket (optional)' }).fill('Tidepool');
  await desk.press('Enter');
  await form.getByText('If a page opened in your browser, finish there.').waitFor();
  await allow(await nth(1));
  await form.getByText(/^Signed in as/u).waitFor();
  await desk.press('Enter');
  await form.waitFor({ state: 'detached' });
  await line('Tidepool').filter({ hasText: 'Up to date' }).waitFor();

  const off = far.server?.plan({ fault: SIGNED_OUT });
  await desk.press('s');
  await line('Tidepool').filter({ hasText: 'Sign in again' }).waitFor();
  off?.();
  expect(system.opened()).toHaveLength(1);

  await desk.press('e');
  const again = page.getByRole('dialog', { name: /^Sign in to .* again$/u });
  await again.getByRole('button', { name: 'Sign in' }).press('Enter');
  await again.waitFor({ state: 'detached' });
  await allow(await nth(2));
  await line('Tidepool').filter({ hasText: 'Up to date' }).waitFor();
  expect(desk.problems).toEqual([]);
  await far.close();
});

test.skipIf(process.platform !== 'linux')('a connection that an administrator provides is signed in to on the platform\'s own page', async () => {
  using system = watchedSystem();
  const far = await startFar('mastodon', 2, farIo);
  const folder = temporaryDataDir();
  const file = path.join(folder, 'connections.json');
  writeFileSync(file, JSON.stringify([{ id: 'tidepool', platform: 'mastodon', title: 'Tidepool', settings: far.values }]));
  await using at = await openConnectedDesk(browser, { env: system.env, args: ['--sample', '20', '--connections', file] });
  const { desk, line } = at;
  await desk.press('g', 'p');
  await line('Tidepool').click();
  await desk.page.getByText('What an administrator’s connections file gives is changed there').waitFor();
  expect(system.opened()).toEqual([]);
  await desk.press('e');
  await expect.poll(() => system.opened().length).toBe(1);
  await allow(system.opened()[0] ?? new URL('about:blank'));
  await line('Tidepool').filter({ hasText: 'Up to date' }).waitFor();
  expect(desk.problems).toEqual([]);
  await far.close();
  rmSync(folder, { recursive: true, force: true });
});

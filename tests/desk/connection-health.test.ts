import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDiscourse } from '../connectors/discourse/far.ts';
import { startFar as startMastodon } from '../connectors/mastodon/far.ts';
import { startFar as startNodebb } from '../connectors/nodebb/far.ts';
import { openChromium } from '../support/chromium.ts';
import { SIGNED_OUT } from '../support/wire-faults.ts';
import { budget, farIo, heldBack, openConnectedDesk } from './connected.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

test('a first sync says how far it is while it runs, and the page how fresh everything is after it', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk, line } = at;
  const far = await startMastodon('akkoma', 300, farIo);
  const held = heldBack();
  far.server?.plan({ fault: held.fault, route: 'GET /api/v1/pleroma/admin/reports', from: 3 });
  const { id } = await at.connect('mastodon', 'Pier', far);
  await at.goToLast('Pier');
  await line('Pier').filter({ hasText: 'First sync' }).filter({ hasText: /\d+ of 300/u }).waitFor();
  await desk.sees(/^\d+ of 300 reports brought in, \d+ percent\. You can decide on them already\.$/u);
  const bar = desk.page.getByRole('main').getByRole('progressbar').last();
  const [far0, whole] = [Number(await bar.getAttribute('value')), await bar.getAttribute('max')];
  expect([far0 > 0 && far0 < 1, whole]).toEqual([true, '1']);
  const fact = (label: string) => desk.page.locator('dl > div').filter({ has: desk.page.getByText(label, { exact: true }) });
  await fact('Lag').getByText('not known yet').waitFor();

  held.release();
  await line('Pier').filter({ hasText: 'Up to date' }).waitFor();
  await fact('Still to come').getByText('nothing').waitFor();
  await fact('Lag').getByText(/^at most \d+ s$/u).waitFor();
  const view = (await at.colleague.client.connections.list()).find((connection) => connection.id === id);
  await fact('Open in the queue').getByText(view?.health.open.toLocaleString('en-GB') ?? 'none', { exact: true }).waitFor();
  // A report about two posts is one of each here.
  expect(view?.health).toMatchObject({ pulled: 306, total: 300, caughtUp: true });
  expect(await desk.page.getByRole('progressbar').count()).toBe(0);
  expect(desk.problems).toEqual([]);
});

test('the page tells the budget of requests, what the account lacks, what can be done there and what not and why', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk } = at;
  const far = await startMastodon('mastodon', 3, farIo);
  far.server?.plan({ fault: budget(212, 300) });
  await at.connect('mastodon', 'Tidepool', far);
  await at.goToLast('Tidepool');
  await desk.sees(/^21[0-2] of 300$/u);
  await desk.sees(/^full again in 60 min/u);
  const table = desk.page.getByRole('table');
  await table.waitFor();
  expect(await table.getByRole('row').filter({ hasText: 'Suspend' }).getByRole('cell').allInnerTexts()).toEqual(['yes, and back', 'yes, and back']);
  expect(await table.getByRole('row').filter({ hasText: 'Remove' }).getByRole('cell').first().innerText()).toBe('no');
  await desk.sees(/cannot remove a single post/u);
  await desk.sees('admin:read, admin:write');
  expect(desk.problems).toEqual([]);
});

test('a sign-in that ended is told with its remedy and a trace; the key opens the form at the secret', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk, line } = at;
  const far = await startNodebb({ reports: 2, io: farIo }, 'numbers');
  const off = far.server?.plan({ fault: SIGNED_OUT });
  await at.connect('nodebb', 'منتدى الميناء', far);
  await at.goToLast('منتدى الميناء');
  await line('منتدى الميناء').filter({ hasText: 'Sign in again' }).waitFor();
  await desk.sees('1 needs you');
  await desk.page.getByRole('navigation', { name: 'Places' }).getByTitle('Need attention').getByText('1').waitFor();
  expect(await desk.page.getByRole('main').innerText()).toMatch(/Trace [A-Z0-9]{4}-[A-Z0-9]{4}/u);

  off?.();
  await desk.press('e');
  const form = desk.page.getByRole('dialog', { name: /^Sign in to .* again$/u });
  await form.waitFor();
  await expect.poll(() => desk.page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password');
  await desk.type(far.secrets['token'] ?? '');
  await desk.press('Enter');
  await form.getByText(/^Signed in as/u).waitFor();
  await desk.press('Enter');
  await form.waitFor({ state: 'detached' });
  await line('منتدى الميناء').filter({ hasText: 'Up to date' }).waitFor();
  expect(desk.problems).toEqual([]);
});

test('unsaved changes come back after a reload and say so; leaving the form gives them up', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk } = at;
  await at.connect('mastodon', 'Tidepool', await startMastodon('mastodon', 1, farIo));
  await at.goToLast('Tidepool');
  await desk.press('Enter');
  const name = desk.page.getByRole('textbox', { name: 'Name in Docket (optional)' });
  await name.fill('Tide');
  await expect.poll(async () => (await at.colleague.client.drafts.get({ box: `change/${(await at.colleague.client.connections.list()).at(-1)?.id}` })).text).toContain('Tide');
  await desk.page.reload();
  await desk.page.getByRole('heading', { name: 'Tidepool' }).waitFor();
  await desk.press('Enter');
  await desk.sees('What you had changed before is back, unsaved.');
  expect(await name.inputValue()).toBe('Tide');
  await desk.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.press('Enter');
  await expect.poll(() => name.inputValue()).toBe('Tidepool');
  expect(desk.problems).toEqual([]);
});

test('the queue shows one connection by key, by filter and from the palette, and every item says where it comes from', async () => {
  await using at = await openConnectedDesk(browser, { size: { width: 820, height: 700 } });
  const { desk } = at;
  const forum = await at.connect('discourse', 'Harbour forum 🐟', await startDiscourse({ reports: 12, io: farIo }));
  const rows = desk.page.getByRole('row');
  await expect.poll(async () => (await at.colleague.client.queue.counts()).byConnection[forum.id]).toBeGreaterThan(0);

  await desk.press('Shift+P');
  await desk.page.getByRole('combobox', { name: 'Connection' }).waitFor();
  await desk.type('harbour');
  await desk.page.getByRole('option', { name: /Harbour forum/u }).waitFor();
  await desk.press('Enter');
  await rows.filter({ hasText: 'Harbour forum 🐟' }).first().waitFor();
  await expect.poll(() => rows.filter({ hasText: 'openharbor.example' }).count()).toBe(0);
  expect(await rows.count()).toBe((await at.colleague.client.queue.counts()).byConnection[forum.id]);
  await desk.page.getByRole('article', { name: 'Item' }).getByText('Harbour forum 🐟').waitFor();
  await desk.page.getByRole('article', { name: 'Item' }).getByText(`Discourse on ${forum.instance}`).waitFor();

  // Both, one after the other, then every one again.
  await desk.press('Shift+P');
  await desk.page.getByRole('dialog').getByRole('option', { name: /Every connection/u }).waitFor();
  await desk.type('openharbor');
  await desk.page.getByRole('dialog').getByRole('option', { name: /openharbor/u }).waitFor();
  await desk.press('Shift+Enter');
  await desk.page.getByRole('dialog').getByRole('option', { name: /openharbor.*on$/u }).waitFor();
  await desk.press('Escape');
  await rows.filter({ hasText: 'openharbor.example' }).first().waitFor();
  await rows.filter({ hasText: 'Harbour forum' }).first().waitFor();
  expect(await desk.page.locator('select[aria-label=Connection]').locator('option:checked').innerText()).toBe('2 connections');
  await desk.press('Shift+P');
  await desk.page.getByRole('dialog').getByRole('option', { name: /Every connection/u }).waitFor();
  await desk.press('Enter');
  await desk.page.locator('select[aria-label=Connection]').waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'openharbor.example' }).first().waitFor();
  await desk.press('Control+k');
  await desk.page.getByRole('combobox', { name: 'Search or run a command' }).waitFor();
  await desk.type('harbour forum');
  await desk.page.getByRole('option', { name: /Items · \d+ open/u }).waitFor();
  await desk.press('Enter');
  await expect.poll(() => rows.filter({ hasText: 'openharbor.example' }).count()).toBe(0);
  await desk.page.getByRole('combobox', { name: 'Connection' }).and(desk.page.locator('select')).waitFor();

  await desk.press('Escape');
  await at.goToLast('Harbour forum');
  await desk.press('o');
  await expect.poll(() => rows.filter({ hasText: 'openharbor.example' }).count()).toBe(0);
  expect(await rows.count()).toBeGreaterThan(0);
  expect(desk.problems).toEqual([]);
});

test('removing says what stays and what goes; afterwards its items still say where they come from and can be worked on here', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk, colleague } = at;
  const forum = await at.connect('discourse', 'Harbour forum', await startDiscourse({ reports: 4, io: farIo }));
  await expect.poll(async () => (await colleague.client.connections.list()).find(({ id }) => id === forum.id)?.health.state).toBe('live');
  const open = (await colleague.client.connections.list()).find(({ id }) => id === forum.id)?.health.open ?? 0;
  await at.goToLast('Harbour forum');
  await desk.press('Shift+D');
  const asks = desk.page.getByRole('dialog', { name: 'Remove Harbour forum?' });
  await asks.getByText(open === 1 ? /One item is still open/u : new RegExp(`${open} items are still open`, 'u')).waitFor();
  await asks.getByText(/passwords and tokens are deleted from this machine/u).waitFor();
  await desk.dialogFocused();
  await desk.press('Tab', 'Enter');
  await desk.sees('What it brought in is still here.');

  await desk.press('g', 'q', 'Shift+P');
  await desk.page.getByRole('option', { name: /Harbour forum.*removed/u }).waitFor();
  await desk.type('harbour forum');
  await desk.press('Enter');
  await desk.page.getByRole('article', { name: 'Item' }).getByText('connection removed').waitFor();
  await expect.poll(() => desk.page.locator('[data-verb][aria-disabled=false]').allInnerTexts().then((verbs) => verbs.map((verb) => verb.replaceAll(/^\S+\s/gu, '').trim())))
    .toEqual(['Dismiss', 'Escalate', 'Snooze']);
  expect(desk.problems).toEqual([]);
});

import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openConnectedDesk } from './connected.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

const SECRET = 'four calm harbour seals';

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A listening TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Sends a message as the other system would. */
async function send(address: string, message: unknown): Promise<number> {
  const body = JSON.stringify(message);
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const { status } = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature }, body });
  return status;
}

const said = (id: string, words: string) => ({ event: 'flagged', about: { nr: id, words }, why: 'rule 4' });

test('a webhook is connected with a mapping built on an example; what comes later and cannot be read is mapped by itself', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk, colleague } = at;
  const { page } = desk;
  const port = await freePort();
  await desk.press('g', 'p');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
  await desk.press('c');
  await page.getByRole('combobox', { name: 'Platform' }).waitFor();
  await desk.type('webhook');
  await page.getByRole('option', { name: /^Signed webhook/u }).waitFor();
  await desk.press('Enter');
  const form = page.getByRole('dialog', { name: 'Connect Signed webhook' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('help desk');
  await form.getByRole('textbox', { name: 'Port' }).fill(String(port));
  await form.getByRole('textbox', { name: 'Signing secret', exact: true }).fill(SECRET);
  await form.getByRole('combobox', { name: 'Signature' }).selectOption('hmac');

  const build = form.getByRole('button', { name: 'Build the mapping' });
  await build.press('Enter');
  const builder = page.getByRole('dialog', { name: 'How messages are read' });
  await builder.getByRole('textbox', { name: 'An example message' }).fill(JSON.stringify(said('7', 'You should be ashamed')));
  const preview = builder.getByRole('region', { name: 'Preview' });
  await preview.getByText('1 row · 1 cannot be taken').waitFor();
  await builder.getByRole('combobox', { name: 'Text', exact: true }).selectOption({ label: 'about.words' });
  await builder.getByRole('combobox', { name: 'Id of what was reported' }).selectOption({ label: 'about.nr' });
  await builder.getByRole('combobox', { name: 'Category', exact: true }).selectOption({ label: 'why' });
  await builder.getByRole('region', { name: 'Categories' }).getByRole('combobox', { name: /^rule 4/u }).selectOption('harassment');
  await preview.getByText('1 row · all can be taken').waitFor();
  await preview.getByText('You should be ashamed').waitFor();
  await preview.getByText('Harassment', { exact: true }).waitFor();
  await builder.getByRole('button', { name: 'Use this mapping' }).press('Enter');
  await builder.waitFor({ state: 'detached' });
  await form.getByText('3 fields are mapped').waitFor();

  await form.getByRole('button', { name: 'Test' }).press('Enter');
  await form.getByText(`Messages are received at http://127.0.0.1:${port}/`).waitFor();
  await desk.press('Enter');
  await form.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: /help-desk/u }).waitFor();
  const address = `http://127.0.0.1:${port}/`;
  await page.getByText(address, { exact: true }).waitFor();
  await page.getByLabel('A command that sends one report').getByText('X-Hub-Signature-256').waitFor();
  await expect.poll(async () => (await colleague.client.connections.list()).at(-1)?.health.state).toBe('live');

  expect(await send(address, said('8', 'Meet me at the pier'))).toBe(200);
  expect(await send(address, { event: 'flagged', post: 'no number, no words' })).toBe(200);
  await at.line('help-desk').filter({ hasText: '1 open' }).waitFor();
  await page.getByText('One row could not be read and is kept here.').waitFor();
  await desk.press('v');
  const aside = page.getByRole('dialog', { name: 'Kept aside' });
  await aside.getByText('no number, no words').waitFor();
  await aside.getByRole('button', { name: 'Change the mapping by it' }).press('Enter');
  await builder.getByRole('combobox', { name: 'Text', exact: true }).selectOption({ label: 'post' });
  await preview.getByText('1 row · all can be taken').waitFor();
  await builder.getByRole('button', { name: 'Use this mapping' }).press('Enter');
  await builder.waitFor({ state: 'detached' });
  await aside.getByRole('button', { name: 'Read it again' }).press('Enter');
  await at.line('help-desk').filter({ hasText: '2 open' }).waitFor();
  await desk.press('o');
  await page.getByRole('row').filter({ hasText: 'no number, no words' }).waitFor();
  await page.getByRole('article', { name: 'Item' }).getByText('help-desk').waitFor();
  expect(desk.problems).toEqual([]);
});

test('the address to send to is copied by key', async () => {
  await using at = await openConnectedDesk(browser);
  const { desk } = at;
  await desk.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const port = await freePort();
  await at.connect('webhook', 'Help desk', { values: { name: 'help desk', port, scheme: 'standard' }, secrets: { secret: SECRET }, server: null, close: () => Promise.resolve() });
  await at.goToLast('Help desk');
  await desk.page.getByText(`http://127.0.0.1:${port}/`, { exact: true }).waitFor();
  await desk.press('y');
  await desk.sees('The address is copied');
  expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe(`http://127.0.0.1:${port}/`);
  expect(desk.problems).toEqual([]);
});

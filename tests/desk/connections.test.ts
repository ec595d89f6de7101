import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

/** A server that answers everything with a web page, as a wrong address does. */
async function startWebPage(): Promise<{ readonly address: string } & AsyncDisposable> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Under construction</title>');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A listening TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

test('a connection whose test fails says why, with a trace, and nothing is saved', async () => {
  await using page = await startWebPage();
  await using desk = await openDesk({ browser });
  await desk.sees('Try the sample community');
  await desk.press('Escape');
  await desk.page.getByRole('navigation', { name: 'Places' }).waitFor();
  await desk.press('g', 'p');
  await desk.sees('Nothing is connected');
  await desk.press('c');
  await desk.page.getByRole('combobox', { name: 'Platform' }).waitFor();
  await desk.type('ozone');
  await desk.page.getByRole('option', { name: /Bluesky Ozone/u }).waitFor();
  await desk.press('Enter');
  const form = desk.page.getByRole('dialog', { name: 'Connect Bluesky Ozone' });
  await form.getByRole('textbox', { name: 'Handle' }).waitFor();
  await desk.press('Enter');
  await form.getByText('Fill this in.').first().waitFor();

  await desk.type(page.address);
  await desk.press('Tab');
  await desk.type('mod.harbour.example');
  await desk.press('Tab');
  await desk.type('abcd-efgh-ijkl-mnop');
  await desk.press('Enter');

  // Without a keyring the secret would be kept in a file, whose passphrase is asked for first.
  await desk.page.getByRole('dialog', { name: 'Choose a passphrase for secrets' }).waitFor();
  await desk.type('four calm harbour seals');
  await desk.press('Tab');
  await desk.type('four calm harbour seals');
  await desk.press('Enter');

  const said = form.getByRole('alert');
  await said.waitFor();
  expect(await said.innerText()).toMatch(/Trace [A-Z0-9]{4}-[A-Z0-9]{4}/u);
  await form.getByRole('button', { name: 'Test' }).waitFor();
  await desk.press('Escape');
  await form.waitFor({ state: 'detached' });
  await desk.sees('Nothing is connected');
  expect(desk.problems).toEqual([]);
});

test('what was typed before the form was closed is back, without its secrets', async () => {
  await using desk = await openDesk({ browser });
  await desk.sees('Try the sample community');
  await desk.press('ArrowDown', '2');
  const choose = desk.page.getByRole('combobox', { name: 'Platform' });
  await choose.waitFor();
  await desk.type('ozone');
  await desk.page.getByRole('option', { name: /Bluesky Ozone/u }).waitFor();
  await desk.press('Enter');
  await desk.page.getByRole('textbox', { name: 'Handle' }).fill('mod.harbour.example');
  await desk.page.getByRole('textbox', { name: 'App password' }).fill('abcd-efgh-ijkl-mnop');
  await desk.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.page.reload();
  await desk.sees('Try the sample community');
  await desk.press('ArrowDown', '2');
  await choose.waitFor();
  await desk.type('ozone');
  await desk.page.getByRole('option', { name: /Bluesky Ozone/u }).waitFor();
  await desk.press('Enter');
  await expect.poll(() => desk.page.getByRole('textbox', { name: 'Handle' }).inputValue()).toBe('mod.harbour.example');
  expect(await desk.page.getByRole('textbox', { name: 'App password' }).inputValue()).toBe('');
  expect(desk.problems).toEqual([]);
});

test('health is told at a glance; pausing, resuming and removing say what they do', async () => {
  await using desk = await openDesk({ browser });
  await desk.sees('Try the sample community');
  await desk.press('Enter', 'Enter');
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.press('g', 'p');
  const line = desk.page.getByRole('option');
  await line.filter({ hasText: 'Up to date' }).waitFor();
  await desk.press('u');
  await line.filter({ hasText: 'Paused' }).waitFor();
  await desk.press('u');
  await line.filter({ hasText: 'Up to date' }).waitFor();

  await desk.press('Shift+D');
  const asks = desk.page.getByRole('dialog', { name: /^Remove/u });
  await asks.getByText('Every item it brought in').waitFor();
  await desk.dialogFocused();
  await desk.press('Tab', 'Enter');
  await desk.sees('What it brought in is still here.');
  expect(desk.problems).toEqual([]);
});

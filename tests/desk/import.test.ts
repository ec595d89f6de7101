import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import type { Desk } from '../support/desk.ts';
import { openConnectedDesk } from './connected.ts';
import type { ConnectedDesk } from './connected.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

const HEADER = 'Post ID,Posted by,Content,Reason,When,Status\n';
/** Forty reports of an old forum: line 9 has an unreadable time, line 42 nothing that was reported, every eighth is dealt with. */
function oldForum(rows = 40): string {
  const lines = Array.from({ length: rows }, (_, n) => `p${n},Kestrel ${n % 5},"Words, number ${n}",${n % 2 === 0 ? 'SPAM' : 'rule 4'},${n === 7 ? 'yesterday' : `0${1 + n % 9}/11/2026 10:00`},${n % 8 === 0 ? 'Closed' : 'Open'}`);
  return `${HEADER}${lines.join('\n')}\n,,,SPAM,,Open\n`;
}

function fileOf(desk: Desk, name: string, text: string): string {
  const file = path.join(desk.served.dataDir, name);
  writeFileSync(file, text);
  return file;
}

/** Answers the system's question for a file that a key opens. */
async function chooseByKey(desk: Desk, key: string, file: string): Promise<void> {
  const question = desk.page.waitForEvent('filechooser');
  await desk.press(key);
  await (await question).setFiles(file);
}

/** A desk whose browser has its questions for files answered by the test: it has to be told before the first one. */
async function openFilesDesk(): Promise<ConnectedDesk> {
  const at = await openConnectedDesk(browser);
  at.desk.page.on('filechooser', () => undefined);
  return at;
}

/** Goes on with Tab until the focus is there. */
async function tabTo(desk: Desk, where: Locator): Promise<void> {
  await where.waitFor();
  for (let steps = 0; steps < 90; steps += 1) {
    if (await where.evaluate((element) => element === document.activeElement)) return;
    await desk.page.keyboard.press('Tab');
  }
  throw new Error('Tab never came there');
}

/** From the desk to the import page by keys, with the file on it. */
async function beginImport(desk: Desk, file: string): Promise<void> {
  await desk.press('g', 'p');
  await desk.page.getByRole('heading', { name: 'Connections' }).waitFor();
  await desk.press('c');
  await desk.page.getByRole('combobox', { name: 'Platform' }).waitFor();
  await desk.type('file import');
  await desk.page.getByRole('option', { name: /^File import/u }).waitFor();
  await desk.press('Enter');
  await desk.page.getByRole('main').getByRole('button', { name: 'Choose a file' }).waitFor();
  await chooseByKey(desk, 'Enter', file);
  await desk.page.getByRole('region', { name: 'Preview' }).waitFor();
}

test('a file comes into the queue by keys alone: mapped with a preview, what cannot be read is named by its line', async () => {
  await using at = await openFilesDesk();
  const { desk } = at;
  const { page } = desk;
  await beginImport(desk, fileOf(desk, 'old-forum.csv', oldForum()));
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('41 rows · 1 cannot be taken').waitFor();
  await preview.getByRole('region', { name: 'Cannot be taken' }).getByText('line 42').waitFor();

  // The name is ready to be written, then every part by Tab.
  await desk.press('Control+a');
  await desk.type('Old forum');
  const field = (name: string) => page.getByRole('combobox', { name, exact: true });
  await tabTo(desk, field('Author’s name'));
  await desk.type('Posted');
  await preview.getByText('Kestrel 1', { exact: true }).first().waitFor();
  await tabTo(desk, field('Reported at'));
  await desk.type('When');
  const notes = preview.getByRole('region', { name: 'Taken, but something was not read' });
  await notes.getByText('line 9').waitFor();
  await tabTo(desk, page.getByRole('region', { name: 'Categories' }).getByRole('combobox', { name: /^rule 4/u }));
  await desk.type('Harass');
  await preview.getByText('Harassment', { exact: true }).first().waitFor();
  await preview.getByText('3 Nov', { exact: false }).or(preview.getByText(/^\d+[dwh]$/u)).first().waitFor();
  await tabTo(desk, notes.getByRole('button', { name: 'Reported at' }));
  await desk.press('Enter');
  expect(await field('Reported at').evaluate((element) => element === document.activeElement)).toBe(true);

  await desk.press('Control+Enter');
  await page.getByRole('heading', { name: 'Old forum' }).waitFor();
  await desk.sees('41 rows read, 1 row kept aside');
  await at.line('Old forum').filter({ hasText: '35 open' }).waitFor();
  await desk.press('v');
  const aside = page.getByRole('dialog', { name: 'Kept aside' });
  await aside.getByText('line 42').waitFor();
  await aside.getByText(/Nothing in it says what was reported/u).waitFor();
  await desk.press('Escape');
  await aside.waitFor({ state: 'detached' });

  await desk.press('o');
  await page.getByRole('row').filter({ hasText: 'Old forum' }).first().waitFor();
  await page.getByRole('article', { name: 'Item' }).getByText('Old forum').waitFor();
  expect((await at.colleague.client.queue.counts()).byConnection).toMatchObject(Object.fromEntries([[(await at.colleague.client.connections.list()).at(-1)?.id ?? '', 35]]));
  expect(desk.problems).toEqual([]);
});

test('what was answered comes back after a reload; another file goes into the same connection and counts nothing twice', async () => {
  await using at = await openFilesDesk();
  const { desk } = at;
  const { page } = desk;
  await beginImport(desk, fileOf(desk, 'old-forum.csv', oldForum(10)));
  await desk.press('Control+a');
  await desk.type('Old forum');
  const category = page.getByRole('region', { name: 'Categories' }).getByRole('combobox', { name: /^rule 4/u });
  await category.selectOption('hate');
  await page.getByRole('region', { name: 'Preview' }).getByText('Hate', { exact: true }).first().waitFor();
  const [upload] = await at.colleague.client.imports.list({ connectionId: null });
  await expect.poll(async () => (await at.colleague.client.drafts.get({ box: `import/${upload?.id}` })).text).toContain('"rule 4":"hate"');
  await page.reload();
  await category.waitFor();
  expect([await category.inputValue(), await page.getByRole('textbox', { name: 'Where these reports come from' }).inputValue()]).toEqual(['hate', 'Old forum']);
  await desk.press('Control+Enter');
  await desk.sees('11 rows read, 1 row kept aside');

  await desk.press('i');
  await page.getByRole('main').getByRole('button', { name: 'Choose a file' }).waitFor();
  await chooseByKey(desk, 'f', fileOf(desk, 'more.csv', oldForum(12)));
  await page.getByRole('region', { name: 'Preview' }).waitFor();
  await category.waitFor();
  expect([await page.getByRole('combobox', { name: 'Into' }).locator('option:checked').innerText(), await category.inputValue()]).toEqual(['Old forum', 'hate']);
  await desk.press('Control+Enter');
  await desk.sees('13 rows read, 1 row kept aside');
  const { id, health } = (await at.colleague.client.connections.list()).at(-1) ?? {};
  expect([health?.pulled, (await at.colleague.client.imports.list({ connectionId: id ?? '' })).map(({ name, state }) => [name, state])]).toEqual([12, [['more.csv', 'done'], ['old-forum.csv', 'done']]]);
  expect(desk.problems).toEqual([]);
});

test('an upload that broke off goes on with the same file only, and can be discarded', async () => {
  await using at = await openFilesDesk();
  const { desk, colleague } = at;
  const { page } = desk;
  const file = fileOf(desk, 'big.csv', oldForum(60_000));
  const bytes = readFileSync(file);
  const id = crypto.randomUUID();
  await colleague.client.imports.begin({ id, name: 'big.csv', bytes: bytes.length });
  await colleague.client.imports.append({ id, offset: 0, chunk: bytes.subarray(0, 1024 * 1024).toString('base64') });

  await desk.press('g', 'p');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
  await desk.press('i');
  const before = page.getByRole('region', { name: 'Begun before' });
  await before.getByText('big.csv').waitFor();
  await before.getByText(/^1\.0 of \d\.\d MB|^1\.0 MB of/u).waitFor();
  await before.getByRole('button', { name: 'Go on' }).press('Enter');
  await desk.sees('Choose big.csv again to go on');
  await chooseByKey(desk, 'f', fileOf(desk, 'small.csv', oldForum(3)));
  await desk.sees('small.csv');
  await desk.sees(/is another file; it has another name or size/u);
  await chooseByKey(desk, 'f', file);
  await page.getByRole('region', { name: 'Preview' }).getByText(/^first 2,000 rows/u).waitFor();
  expect((await colleague.client.imports.list({ connectionId: null })).map(({ received, state }) => [received, state])).toEqual([[bytes.length, 'uploaded']]);

  await page.locator('body').press('Escape');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
  await desk.press('i');
  await before.getByRole('button', { name: 'Discard' }).press('Enter');
  await before.waitFor({ state: 'detached' });
  expect(await colleague.client.imports.list({ connectionId: null })).toEqual([]);
  expect(desk.problems).toEqual([]);
});

test('a file that is dropped on the connections is read; one that is dropped elsewhere changes nothing', async () => {
  await using at = await openFilesDesk();
  const { desk } = at;
  const { page } = desk;
  const drop = async (): Promise<boolean> => page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
    return !window.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, oldForum(4));
  expect(await drop()).toBe(true);
  expect(await page.getByRole('row').count()).toBeGreaterThan(0);
  await desk.press('g', 'p');
  await page.getByRole('option').first().waitFor();
  expect(await drop()).toBe(true);
  await page.getByRole('region', { name: 'Preview' }).getByText('5 rows · 1 cannot be taken').waitFor();
  expect(await page.getByRole('textbox', { name: 'Where these reports come from' }).inputValue()).toBe('dropped');
  expect(desk.problems).toEqual([]);
});

test('a file that is written otherwise than it seems is read as a person says', async () => {
  await using at = await openFilesDesk();
  const { desk } = at;
  const { page } = desk;
  await beginImport(desk, fileOf(desk, 'odd.txt', 'id|text\n1|Words; and, more\n2|Others\n'));
  const parted = page.getByRole('combobox', { name: 'Parted by' });
  await parted.selectOption({ label: 'Semicolon' });
  await expect.poll(async () => (await page.getByRole('region', { name: 'Preview' }).innerText()).includes('2 rows')).toBe(true);
  await parted.selectOption({ label: 'Bar' });
  await page.getByRole('region', { name: 'Preview' }).getByText('Words; and, more').waitFor();
  expect(desk.problems).toEqual([]);
});

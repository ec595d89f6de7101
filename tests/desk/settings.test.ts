import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

async function findCommand(desk: Desk, words: string): Promise<void> {
  await desk.press('/');
  await desk.page.getByRole('searchbox', { name: 'Find a command' }).fill(words);
  await desk.press('Enter');
}

test('a command gets another key by pressing it; a conflict is named, and the usual key comes back', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '50'] });
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.press('g', 's');
  await findCommand(desk, 'verify the log');
  const verify = desk.page.getByRole('option').filter({ hasText: 'Verify the log' });
  await verify.waitFor();
  await desk.press('Enter');
  await desk.sees('Press the new key.');
  await desk.press('y');
  await desk.page.getByRole('button', { name: 'Use it' }).waitFor();
  await desk.press('Enter');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await verify.filter({ hasText: 'yours' }).waitFor();

  await desk.page.reload();
  await verify.filter({ hasText: 'yours' }).waitFor();
  await desk.press('g', 'h');
  await desk.page.getByRole('grid', { name: 'History' }).waitFor();
  await desk.press('y');
  await desk.sees('chain verified just now');

  await desk.press('g', 's');
  await findCommand(desk, 'open the item history');
  await desk.press('Enter');
  await desk.sees('Press the new key.');
  await desk.press('y');
  await desk.sees('Another command has this key and would lose it:');
  await desk.page.getByRole('dialog').getByText('Verify the log').waitFor();
  await desk.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });

  await findCommand(desk, 'verify the log');
  await desk.press('Backspace');
  await verify.filter({ hasNotText: 'yours' }).waitFor();
  expect(desk.problems).toEqual([]);
});

test('the name that signs the log, the theme and the undo window are changed and kept', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '50'] });
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.press('g', 's');
  await desk.page.getByRole('textbox', { name: 'Your name' }).fill('Tomás');
  await desk.press('Enter');
  await desk.page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
  await desk.page.locator(':root[data-theme=light]').waitFor();
  await desk.page.reload();
  await expect.poll(() => desk.page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Tomás');
  await desk.page.locator(':root[data-theme=light]').waitFor();
  await desk.sees(desk.served.dataDir);
  expect(desk.problems).toEqual([]);
});

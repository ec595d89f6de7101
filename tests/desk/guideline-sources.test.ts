import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openFarDesk } from './far.ts';

/** Our own guidelines beside those that a community publishes, with the same numbers. */

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

test('the list keeps them apart, the look-up tells two with one number apart, and ours come first as reasons', async () => {
  await using there = await openFarDesk(browser, [['piet', 'Cheap garden gnomes']], { theme: 'light' });
  const { desk, goTo } = there;
  const { page } = desk;
  await goTo('Cheap garden gnomes');
  await desk.press('b');
  const reasons = page.getByRole('group', { name: 'Reason' }).getByRole('button');
  await reasons.filter({ hasText: 'meanie' }).waitFor();
  const titles = await reasons.allInnerTexts();
  expect(titles.findIndex((title) => title.includes('Spam'))).toBeLessThan(titles.findIndex((title) => title.includes('meanie')));
  await desk.press('Escape');

  await desk.press('g', 'l');
  const list = page.getByRole('listbox', { name: 'Guidelines' });
  await list.getByText('Published by Far').waitFor();
  const lines = (await list.innerText()).split('\n').map((line) => line.trim());
  expect(lines.indexOf('Ours')).toBe(0);
  expect(lines.indexOf('Published by Far')).toBeGreaterThan(lines.indexOf('No harassment'));
  expect(lines.indexOf('Don\'t be a meanie!')).toBeGreaterThan(lines.indexOf('Published by Far'));

  await desk.press('.');
  await desk.type('2');
  const found = page.getByRole('dialog', { name: 'Look up a guideline' }).getByRole('option');
  await found.filter({ hasText: 'meanie' }).getByText('Far').waitFor();
  await found.filter({ hasText: 'No harassment' }).getByText('ours').waitFor();
  expect(desk.problems).toEqual([]);
});

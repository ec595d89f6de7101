import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

test('the history is narrowed by chips, opens what was seen when it was decided, and its chain is checked', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '200'] });
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.sees(/^\d+ reports?$/u);
  await desk.press('a', 'Enter');
  await desk.page.getByRole('button', { name: 'Decided 1' }).waitFor();
  await desk.sees(/^\d+ reports?$/u);
  await desk.press('w', '1', 'Enter');
  await desk.page.getByRole('button', { name: 'Decided 2' }).waitFor();
  await desk.press('g', 'h');
  const grid = desk.page.getByRole('grid', { name: 'History' });
  const lines = grid.getByRole('row');
  await lines.filter({ hasText: 'publish version 1' }).first().waitFor();

  await desk.press('/');
  const filter = desk.page.getByRole('combobox', { name: /Filter by/u });
  await filter.waitFor();
  await desk.type('kind decisions');
  await desk.press('Enter');
  await desk.page.getByRole('button', { name: 'Take away: kind is decisions' }).waitFor();
  await lines.filter({ hasText: 'publish version 1' }).first().waitFor({ state: 'detached' });
  await desk.press('Escape');
  await filter.waitFor({ state: 'detached' });
  await expect.poll(async () => (await lines.allInnerTexts()).slice(1).map((line) => /warn|dismiss/u.exec(line)?.[0])).toEqual(['warn', 'dismiss']);

  await desk.press('Home', 'Enter');
  const seen = desk.page.getByRole('complementary', { name: 'What was seen' });
  await seen.getByText('What they saw').waitFor();
  await seen.getByText('The guideline as it then read').waitFor();
  await desk.press('j');
  await seen.getByRole('heading', { name: 'dismiss' }).waitFor();

  await desk.press('Shift+V');
  await desk.sees('chain verified just now');
  await desk.press('Escape', 'Shift+X');
  await lines.filter({ hasText: 'publish version 1' }).first().waitFor();
  expect(desk.problems).toEqual([]);
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

test('a newcomer goes from the first screen to a first decision, signed, with the keyboard alone', async () => {
  await using desk = await openDesk({ browser });
  await desk.sees('Try the sample community');
  await desk.type('Ines');
  await desk.press('Enter', 'Enter');
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.sees('next and previous');

  await desk.press('j');
  await desk.sees(/^\d+ reports?$/u);
  await desk.press('a', 'Enter');
  await desk.page.getByRole('button', { name: 'Decided 1' }).waitFor();
  await desk.press('Control+z');
  await desk.sees('takes it back');
  await desk.press('g', 'h');

  const lines = desk.page.getByRole('grid', { name: 'History' }).getByRole('row');
  await lines.filter({ hasText: 'undo dismiss' }).waitFor();
  const decided = lines.filter({ hasText: /^\S+\s*Ines\s*dismiss/u });
  expect(await decided.innerText()).toMatch(/Ines[\s\S]*dismiss[\s\S]*undone by Ines/u);
  expect(desk.problems).toEqual([]);
});

test('the first screen can be left to look around, and its choices are one key each', async () => {
  await using desk = await openDesk({ browser });
  await desk.sees('Try the sample community');
  await desk.press('ArrowDown', '2');
  await desk.page.getByRole('dialog', { name: 'Connect a platform' }).waitFor();
  await desk.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.press('Escape');
  await desk.page.getByRole('navigation', { name: 'Places' }).waitFor();
  expect(desk.problems).toEqual([]);
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

/** Leaves the first screen and opens the guidelines; nothing is connected, as on a desk that is offline. */
async function openGuidelines(desk: Desk): Promise<void> {
  await desk.sees('Try the sample community');
  await desk.press('Escape');
  await desk.page.getByRole('navigation', { name: 'Places' }).waitFor();
  await desk.press('g', 'l');
  await desk.page.getByRole('option').filter({ hasText: 'No harassment' }).waitFor();
}

test('words find the guideline as they are typed, with no platform in reach', async () => {
  await using desk = await openDesk({ browser });
  await openGuidelines(desk);
  await desk.press('/');
  await desk.type('pile-ons');
  await desk.page.getByRole('option').filter({ hasText: 'Spam' }).waitFor({ state: 'detached' });
  expect(await desk.page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('No harassment')]);
  await desk.press('Enter');
  await desk.page.getByRole('heading', { name: /No harassment/u }).waitFor();

  await desk.press('.');
  await desk.type('sell');
  await desk.page.getByRole('dialog', { name: 'Look up a guideline' }).getByRole('heading', { name: /Spam/u }).waitFor();
  expect(desk.problems).toEqual([]);
});

test('a new version is written with its preview, published by key, and compared with the one before', async () => {
  await using desk = await openDesk({ browser });
  await openGuidelines(desk);
  await desk.press('j', 'e');
  await desk.page.getByRole('heading', { name: 'Edit guideline 2' }).waitFor();
  await desk.page.getByRole('textbox', { name: 'Text' }).focus();
  await desk.press('Control+Home');
  await desk.type('Kindness first.\n\n');
  await desk.page.getByRole('region', { name: 'Preview' }).getByText('Kindness first.').waitFor();

  // Escape keeps what was typed; it is there when the pen is taken up again.
  await desk.press('Escape');
  await desk.press('e');
  await desk.sees('Your unpublished text from before is back.');
  await desk.press('Control+Enter');
  await desk.sees('version 2 · published');

  await desk.press('v');
  const compared = desk.page.getByRole('dialog');
  await compared.getByText('Against version 1').waitFor();
  expect(await compared.getByRole('listitem').filter({ hasText: 'new:' }).first().innerText()).toContain('Kindness first.');
  expect(desk.problems).toEqual([]);
});

test('publishing over a version that someone else published meanwhile shows both and loses nothing', async () => {
  await using desk = await openDesk({ browser });
  await openGuidelines(desk);
  await desk.press('e');
  const title = desk.page.getByRole('textbox', { name: 'Title' });
  await title.fill('Spam and selling');
  {
    using colleague = await desk.colleague();
    const spam = (await colleague.client.guidelines.list({})).find(({ number }) => number === '1');
    if (spam === undefined) throw new Error('the starter set has no guideline 1');
    const { id, version, number, body, categories, ladder, strikeDays } = spam;
    await colleague.client.guidelines.publish({ id, basis: version, number, title: 'Spam and scams', body, categories, ladder, strikeDays, source: 'key' });
  }
  await desk.press('Control+Enter');
  await desk.sees('published version 2 while you were writing');
  await desk.sees('1 Spam and scams');
  expect(await title.inputValue()).toBe('Spam and selling');
  await desk.page.getByRole('button', { name: 'Publish mine as version 3' }).click();
  await desk.sees('version 3 · published');
  expect(desk.problems).toEqual([]);
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

/** Opens a case from the first item of the queue. */
async function openCase(desk: Desk): Promise<void> {
  await desk.page.getByRole('row').nth(3).waitFor();
  await desk.press('o');
  await desk.page.getByRole('combobox', { name: 'Title' }).waitFor();
  await desk.type('Berth dispute');
  await desk.press('Enter');
  await desk.page.getByRole('heading', { name: 'Berth dispute' }).waitFor();
}

test('a case opened from an item keeps its text, and its note saves itself and survives a reload', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '200'] });
  await openCase(desk);
  await desk.sees('Evidence · 1 kept');
  await desk.sees('Parties · 1');

  await desk.press('n');
  await desk.type('Wants contact through us only.');
  await desk.sees('revision 1');
  await desk.page.reload();
  await desk.page.getByRole('heading', { name: 'Berth dispute' }).waitFor();
  await desk.page.getByRole('region', { name: 'Notes' }).getByText('Wants contact through us only.').last().waitFor();

  await desk.press('n');
  await desk.type(' Called back on Friday.');
  await desk.press('Escape');
  await desk.sees(/revision 2/u);
  expect(desk.problems).toEqual([]);
});

test('stage, party, follow-up and evidence are all set by key', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '200'] });
  await openCase(desk);
  await desk.press('Shift+}');
  await desk.page.getByRole('button', { name: 'Hearing', exact: true }).and(desk.page.locator('[aria-current=step]')).waitFor();

  await desk.press('p');
  await desk.page.getByRole('combobox', { name: 'Who' }).waitFor();
  await desk.type('A neighbour of the slip');
  await desk.sees('by name only');
  await desk.press('Enter');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.sees('Parties · 2');

  await desk.press('u');
  await desk.page.getByRole('combobox', { name: 'When' }).waitFor();
  await desk.type('week');
  await desk.press('Enter');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.sees('Look at this case again');

  await desk.press('v');
  const kept = desk.page.getByRole('dialog', { name: /as it was kept/iu });
  await kept.waitFor();
  await desk.press('Escape');
  await kept.waitFor({ state: 'detached' });
  await desk.press('Escape');
  await desk.page.getByRole('option').filter({ hasText: 'Berth dispute' }).filter({ hasText: '2 parties' }).waitFor();
  expect(desk.problems).toEqual([]);
});

test('a note that someone else revised meanwhile is not written over: both texts are shown, and a person chooses', async () => {
  await using desk = await openDesk({ browser, args: ['--sample', '200'] });
  await openCase(desk);
  await desk.press('n');
  await desk.type('Mine');
  await desk.sees('revision 1');
  {
    using colleague = await desk.colleague();
    const [row] = (await colleague.client.cases.list({})).rows;
    const [note] = (await colleague.client.cases.get({ id: row?.id ?? '' })).notes;
    if (note === undefined) throw new Error('the note was not saved');
    await colleague.client.notes.save({ id: note.id, basis: 1, about: note.about, text: 'Theirs', source: 'key' });
  }
  await desk.type(' and more');
  await desk.sees('saved revision 2 while you were writing');
  await desk.sees('Theirs');
  await desk.press('Control+Enter');
  await desk.sees('revision 3');
  expect(await desk.page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Mine and more');
  expect(desk.problems).toEqual([]);
});

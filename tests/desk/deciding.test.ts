import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDeskHost, until } from '../support/desk-host.ts';
import type { DeskHost, DeskWindow } from '../support/desk-host.ts';

let host: DeskHost;
let desk: DeskWindow;

beforeAll(async () => { host = await startDeskHost(); });
afterAll(async () => { await host.stop(); });
beforeEach(async () => {
  desk = await host.open();
  // The veil and the coach are other tests' business; any view of open items will do.
  await desk.press('3');
  await until(desk.selected, (id) => id !== null);
});
afterEach(async () => {
  expect(desk.troubles).toEqual([]);
  await desk.close();
});

const bar = () => desk.page.getByRole('contentinfo', { name: 'What can be done here' });

const dimmed = (verb: string): Promise<string | null> => bar().locator(`[data-verb=${verb}]`).getAttribute('aria-disabled');

/** Goes down the list to the first item that can take these verbs, and not those others; what is newest changes by itself. */
async function goToItemFor(can: readonly string[], cannot: readonly string[] = []): Promise<void> {
  await until(async () => {
    const fits = await Promise.all([...can.map(async (verb) => await dimmed(verb) === 'false'), ...cannot.map(async (verb) => await dimmed(verb) === 'true')]);
    if (fits.every(Boolean)) return true;
    await desk.press('j');
    return false;
  }, Boolean);
}

describe('a decision by keys', () => {
  test('is one key and Enter: the item leaves at once, the next one is selected, the toast counts down', async () => {
    const [first, second] = await desk.rows();
    await desk.press('a', 'Enter');
    await until(desk.rows, (rows) => rows[0] === second);
    expect(await desk.selected()).toBe(second);
    expect(await desk.rows()).not.toContain(first);
    await desk.page.getByText(/^Dismissed.*sends in \d+ s/).waitFor();
    // It stands among the decided ones, confirmed by the backend.
    await desk.press('6');
    await until(desk.rows, (rows) => first !== undefined && rows.includes(first));
    await desk.press('Control+z');
    await desk.page.getByText(/^Undone: dismiss/i).waitFor();
  });

  test('names its guideline by number, then how long by number', async () => {
    await goToItemFor(['mute']);
    await desk.press('u');
    const reasons = bar().getByRole('group', { name: 'Reason' }).getByRole('button');
    const second = await reasons.nth(2).getAttribute('title');
    await desk.press('2');
    await bar().getByRole('group', { name: 'How long' }).waitFor();
    await desk.press('3', 'Enter');
    await desk.page.getByText(new RegExp(`^Muted .* · \\d+ ${second}`)).waitFor();
    await desk.press('Control+z');
    await desk.page.getByText(/nothing was sent/).waitFor();
  });

  test('can be left with Escape, and then nothing happened', async () => {
    await goToItemFor(['remove']);
    const before = [await desk.selected(), await desk.rows()];
    await desk.press('r', '2', 'Escape');
    await bar().getByRole('toolbar').waitFor();
    expect([await desk.selected(), await desk.rows()]).toEqual(before);
  });

  test('with Shift+Enter stays on the item', async () => {
    await goToItemFor(['warn']);
    const before = await desk.selected();
    await desk.press('w', 'Shift+Enter');
    await desk.page.getByText(/^Warned/).first().waitFor();
    expect(await desk.selected()).toBe(before);
    await desk.press('Control+z');
    await desk.page.getByText(/^Undone/).waitFor();
  });

  test('takes a message that the team has written in advance, to be changed and sent', async () => {
    await goToItemFor(['message']);
    await desk.press('t');
    await bar().getByRole('textbox', { name: /^Message to/ }).waitFor();
    await bar().getByRole('combobox', { name: 'Template' }).selectOption({ label: 'Mind your tone (en)' });
    const box = bar().getByRole('textbox', { name: /^Message to/ });
    await until(async () => box.inputValue(), (text) => text.includes('speak about the matter'));
    await box.press('Enter');
    await desk.page.getByText(/^Message sent/).first().waitFor();
    await desk.press('Control+z');
    await desk.page.getByText(/^Undone/).waitFor();
  });

  test('takes labels beyond the number keys from the list under 0', async () => {
    await goToItemFor(['label']);
    await desk.press('l', '2', '0');
    const all = desk.page.getByRole('combobox', { name: 'Label' });
    await all.fill('unver');
    await all.press('Shift+Enter');
    await desk.page.getByRole('option', { name: /unverified.*on/ }).waitFor();
    await all.fill('satire');
    await all.press('Enter');
    await all.waitFor({ state: 'detached' });
    await desk.press('Enter');
    await desk.page.getByText(/^Labelled content note, unverified, satire/).waitFor();
    await desk.press('Control+z');
    await desk.page.getByText(/^Undone: label/i).waitFor();
  });

  test('combines verbs after C', async () => {
    await goToItemFor(['remove', 'warn']);
    await desk.press('r', 'c', 'w', 'Enter');
    await desk.page.getByText(/^Removed, warned/).waitFor();
    await desk.press('Control+z');
    await desk.page.getByText(/^Undone: remove \+ warn/i).waitFor();
  });
});

describe('undo', () => {
  test('walks back over several decisions, and redo goes forward again', async () => {
    const before = await desk.rows();
    await desk.press('a', 'Enter', 'a', 'Enter', 'a', 'Enter');
    // A quick hand's keys wait for each item to be drawn.
    await until(desk.rows, (rows) => rows[0] === before[3]);
    for (let step = 0; step < 3; step += 1) await desk.press('Control+z');
    await until(desk.rows, (rows) => rows.slice(0, 4).join(' ') === before.slice(0, 4).join(' '));
    expect(await desk.selected()).toBe(before[0]);
    await desk.press('Control+Shift+z');
    await until(desk.rows, (rows) => !rows.includes(before[0] ?? ''));
    await desk.press('Control+z');
    await until(desk.rows, (rows) => rows[0] === before[0]);
  });

  test('says so when there is nothing left', async () => {
    for (let step = 0; step < 3; step += 1) await desk.press('Control+z');
    await desk.page.getByText(/nothing/i).first().waitFor();
  });
});

describe('several at once', () => {
  test('Shift+J picks, one decision is about all of them, one undo brings all back', async () => {
    const before = await desk.rows();
    await desk.press('Shift+J', 'Shift+J');
    await bar().getByText('3 selected').waitFor();
    await desk.press('a', 'Enter');
    await desk.page.getByText(/^Dismissed · 3 items/).waitFor();
    expect((await desk.rows()).slice(0, 2)).toEqual(before.slice(3, 5));
    await desk.press('Control+z');
    await until(desk.rows, (rows) => rows.slice(0, 4).join(' ') === before.slice(0, 4).join(' '));
  });

  test('X picks single rows, Escape lets go', async () => {
    await desk.press('x', 'j', 'j', 'x');
    await bar().getByText('2 selected').waitFor();
    await desk.press('Escape');
    await bar().getByText('2 selected').waitFor({ state: 'detached' });
  });
});

describe('verbs that cannot be used', () => {
  test('are dimmed, stay in their places, and say why on the key', async () => {
    await goToItemFor(['remove'], ['restore']);
    await desk.press('Shift+R');
    await desk.page.getByText(/^Restore: .+/).waitFor();
    expect(await bar().getByRole('toolbar').count()).toBe(1);
  });
});

describe('what is written with a decision', () => {
  test('survives a reload, and is gone once it was sent', async () => {
    await goToItemFor(['message']);
    const item = await desk.selected();
    await desk.press('t');
    const box = desk.page.getByLabel(/^Message to/);
    await box.fill('Please keep to the topic of the thread.');
    // On blur at the latest it is kept.
    await desk.press('Escape');
    await desk.page.reload();
    await desk.page.getByRole('row').first().waitFor();
    await desk.press('3');
    await desk.goTo(item);
    await desk.page.locator('[data-verb=message][aria-disabled=false]').waitFor();
    await desk.press('t');
    await until(() => box.inputValue(), (text) => text === 'Please keep to the topic of the thread.');
    await desk.press('Enter');
    await desk.page.getByText(/^Message sent/).first().waitFor();
    await desk.press('t');
    await until(() => box.inputValue(), (text) => text === '');
    await desk.press('Escape', 'Control+z');
    await desk.page.getByText(/^Undone/).waitFor();
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDeskHost, until } from '../support/desk-host.ts';
import type { DeskHost, DeskWindow } from '../support/desk-host.ts';

let host: DeskHost;
let desk: DeskWindow;

beforeAll(async () => { host = await startDeskHost(1200); });
afterAll(async () => { await host.stop(); });
beforeEach(async () => { desk = await host.open(); });
afterEach(async () => {
  expect(desk.troubles).toEqual([]);
  await desk.close();
});

/** Sends a key event that no keyboard of a test can make. */
async function dispatch(key: string, more: { readonly isComposing?: true; readonly repeat?: true } = {}): Promise<void> {
  await desk.page.evaluate((init) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })), { key, ...more });
}

const role = () => desk.page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName);
const deciding = () => desk.page.getByRole('button', { name: /commit/ });

describe('the grid', () => {
  test('has the focus, names its active row, and counts all rows though few are in the document', async () => {
    await until(async () => Number(await desk.page.getByRole('grid').getAttribute('aria-rowcount')), (count) => count > 150);
    expect(await desk.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    expect((await desk.rows()).length).toBeLessThan(60);
    expect(await desk.rows()).toContain(await desk.selected());
  });

  test('keeps its active row in the document wherever the wheel went', async () => {
    const selected = await desk.selected();
    await desk.page.getByRole('grid').hover();
    await desk.page.mouse.wheel(0, 4000);
    await until(desk.rows, (rows) => rows.length > 0 && rows[1] !== undefined && rows.indexOf(selected ?? '') === 0);
    await desk.press('j');
    await until(() => desk.page.locator('[aria-current=true][role=row]').isVisible(), Boolean);
  });

  test('loads the next page before its end comes into sight', async () => {
    const index = async () => Number(await desk.page.locator('[role=row][aria-current=true]').getAttribute('aria-rowindex'));
    await until(async () => {
      await desk.press('End');
      return await index();
    }, (at) => at > 100);
    await desk.press('Home');
    expect(await index()).toBe(1);
  });
});

describe('the keydown gate in a real browser', () => {
  test('does nothing while an input method composes, and never decides on a held key', async () => {
    await dispatch('r', { isComposing: true });
    await dispatch('r', { repeat: true });
    expect(await deciding().count()).toBe(0);
    await dispatch('r');
    await deciding().first().waitFor();
    await desk.press('Escape');
  });

  test('leaves letters to a text box', async () => {
    await desk.press('/');
    await desk.page.keyboard.type('rab');
    expect([await desk.page.getByLabel('Filter by words').inputValue(), await deciding().count()]).toEqual(['rab', 0]);
    await desk.press('Escape');
  });
});

describe('filter', () => {
  test('/ narrows the list by words, Enter goes back to it, Escape clears', async () => {
    const before = await desk.rows();
    await desk.press('/');
    await desk.page.keyboard.type('account');
    await until(desk.rows, (rows) => rows.length > 0 && rows[0] !== before[0]);
    await desk.press('Enter');
    expect(await desk.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await desk.press('Escape');
    await until(desk.rows, (rows) => rows[0] === before[0]);
  });

  test('an empty answer says so and how to go on', async () => {
    await desk.press('/');
    await desk.page.keyboard.type('no such words anywhere');
    await desk.page.getByText('Nothing matches').waitFor();
    await desk.press('Escape');
    await desk.page.getByRole('row').first().waitFor();
  });
});

describe('new items', () => {
  test('wait in a bar while the order stays as it is; I shows them', async () => {
    const other = await host.open();
    const [first] = await other.rows();
    await other.press('Home', 'a', 'Enter');
    await other.page.getByText(/^Dismissed · sends/).waitFor();
    await until(desk.rows, (rows) => first !== undefined && rows.includes(first));
    await desk.press('1');
    await until(desk.rows, (rows) => !rows.includes(first ?? ''));
    const before = await desk.rows();
    await other.press('Control+z');
    await desk.page.getByRole('button', { name: /new item/ }).waitFor();
    expect((await desk.rows()).slice(0, 5)).toEqual(before.slice(0, 5));
    await desk.press('i');
    await until(desk.rows, (rows) => rows[0] === first);
    await other.close();
  });
});

describe('focus', () => {
  test('comes back to the list from dialogs, the palette and text boxes', async () => {
    for (const keys of [['?'], ['Control+k'], ['Shift+O'], ['/'], ['n']]) {
      await desk.press(...keys);
      await until(role, (now) => now !== 'grid');
      await desk.press('Escape');
      await until(role, (now) => now === 'grid');
    }
  });
});

describe('looking', () => {
  test('media and severe text are veiled until Space is held, and again when it is let go', async () => {
    await desk.page.getByText('Severe text hidden').waitFor();
    await desk.page.keyboard.down('Space');
    await desk.page.getByText('Severe text hidden').waitFor({ state: 'detached' });
    await desk.page.keyboard.up('Space');
    await desk.page.getByText('Severe text hidden').waitFor();
  });

  test('Y says why here with points, V shows every report, F leaves the item alone', async () => {
    await desk.press('y');
    await desk.page.getByText(/^\+\d+$/).first().waitFor();
    await desk.press('f');
    await desk.page.getByRole('navigation', { name: 'Places' }).waitFor({ state: 'hidden' });
    await desk.press('Escape');
    await desk.page.getByRole('navigation', { name: 'Places' }).waitFor();
  });
});

describe('the palette', () => {
  test('finds items by their words and runs every command', async () => {
    await desk.press('Control+k');
    await desk.page.keyboard.type('go to hist');
    await desk.press('Enter');
    await desk.page.getByRole('heading', { name: 'History' }).waitFor();
    await desk.press('g', 'q');
    await desk.page.getByRole('grid', { name: 'Queue' }).waitFor();
  });

  test('the help sheet shows the keys as they are bound, every one of them', async () => {
    await desk.press('?');
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText('Undo decision').waitFor();
    await dialog.getByLabel('Find a key').fill('snooze');
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual(['Snoozed\n5', 'Snooze\nZ']);
    await desk.press('Escape');
  });
});

import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDeskHost, until } from '../support/desk-host.ts';
import type { DeskHost, DeskWindow } from '../support/desk-host.ts';

let host: DeskHost;
let mine: DeskWindow;

beforeAll(async () => { host = await startDeskHost(200); });
afterAll(async () => { await host.stop(); });

describe('someone changed it meanwhile', () => {
  let theirs: DeskWindow;
  beforeEach(async () => {
    mine = await host.open();
    theirs = await host.open();
    for (const desk of [mine, theirs]) {
      await desk.press('3');
      await until(desk.selected, (id) => id !== null);
    }
  });
  afterEach(async () => {
    await Promise.all([mine.close(), theirs.close()]);
  });

  test('a decision on what was seen before is refused: the item comes back, says what is now and why', async () => {
    const item = await mine.selected();
    await theirs.goTo(item);
    await mine.press('e');
    await theirs.press('a', 'Enter');
    await theirs.page.getByText(/^Dismissed · sends/).waitFor();
    await mine.press('Enter');
    await mine.page.getByText(/^Not decided: it changed meanwhile/).waitFor();
    await until(mine.selected, (id) => id === item);
    await mine.page.getByRole('status').getByText('Dismiss', { exact: true }).waitFor();
    // It stays until someone has read it.
    await mine.press('Escape');
    await mine.page.getByText(/^Not decided/).waitFor({ state: 'detached' });
    await theirs.press('Control+z');
    await theirs.page.getByText(/^Undone/).waitFor();
  });

  test('a row that someone else decided stays in its place, marked, and nothing moves under the hand', async () => {
    const before = await mine.rows();
    await theirs.goTo(before[1] ?? null);
    await theirs.press('a', 'Enter');
    await theirs.page.getByText(/^Dismissed · sends/).waitFor();
    await until(() => mine.page.locator(`#${before[1]}`).innerText(), (text) => text.includes('decided'));
    expect((await mine.rows()).slice(0, 4)).toEqual(before.slice(0, 4));
    await theirs.press('Control+z');
    await theirs.page.getByText(/^Undone/).waitFor();
  });
});

/** Lets a test cut the desk off from its service and let it back. */
function cutter() {
  const sockets = new Set<WebSocketRoute>();
  let away = false;
  return {
    async prepare(page: Page) {
      await page.routeWebSocket(/\/socket$/, (socket) => {
        if (away) void socket.close({ code: 1012 });
        else {
          sockets.add(socket);
          socket.connectToServer();
        }
      });
    },
    async cut() {
      away = true;
      await Promise.all([...sockets].map((socket) => socket.close({ code: 1012 })));
      sockets.clear();
    },
    back() { away = false; },
  };
}

describe('the service is away', () => {
  test('the desk says so calmly, works on, and sends once what was decided when it is back', async () => {
    const line = cutter();
    mine = await host.open((page) => line.prepare(page));
    await mine.press('3');
    await until(mine.selected, (id) => id !== null);
    const [first, second, third] = await mine.rows();
    // The next items are there before the key is pressed.
    await mine.press('j');
    await mine.page.locator('[data-verb=dismiss][aria-disabled=false]').waitFor();
    await mine.press('k');
    await mine.page.locator('[data-verb=dismiss][aria-disabled=false]').waitFor();
    await line.cut();
    await mine.page.getByText('Reconnecting to Docket’s service').waitFor();
    await mine.press('a', 'Enter', 'a', 'Enter');
    expect(await mine.selected()).toBe(third);
    await mine.page.getByText('Docket’s own service has not answered since').waitFor();
    line.back();
    await mine.page.getByText('Reconnecting to Docket’s service').waitFor({ state: 'detached' });
    await until(async () => {
      await mine.press('6');
      return await mine.rows();
    }, (rows) => [first, second].every((id) => id !== undefined && rows.includes(id)));
    await mine.press('1', 'Control+z', 'Control+z');
    await mine.page.getByText(/^Undone/).waitFor();
    await mine.close();
  });
});

describe('a hand that is faster than the items arrive', () => {
  test('loses no key: verbs wait until their item is on screen, in order', async () => {
    let slow = false;
    mine = await host.open(async (page) => {
      await page.routeWebSocket(/\/socket$/, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => {
          // Whole items come late, everything else as ever.
          if (slow && String(message).includes('"contextAt"')) setTimeout(() => socket.send(message), 400);
          else socket.send(message);
        });
      });
    });
    slow = true;
    await mine.press('3');
    await until(mine.selected, (id) => id !== null);
    await mine.press('End');
    await until(mine.rows, (rows) => rows.length > 3);
    const last = (await mine.rows()).slice(-3);
    await mine.goTo(last[0] ?? null);
    await mine.press('a', 'Enter', 'a', 'Enter', 'a', 'Enter');
    await until(mine.rows, (rows) => last.every((row) => !rows.includes(row)));
    await mine.press('Control+z', 'Control+z', 'Control+z');
    await until(mine.rows, (rows) => last.every((row) => rows.includes(row)));
    expect(mine.troubles).toEqual([]);
    await mine.close();
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { LOST } from '../support/wire-faults.ts';
import { openFarDesk } from './far.ts';

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

const POSTS = [['piet', 'Cheap garden gnomes'], ['piet', 'Still cheaper gnomes'], ['mara', 'The cheapest gnomes of all']] as const;
const [[, first], [, second], [, third]] = POSTS;

test('out of reach, decisions wait and the corner says so calmly; on return they go out once, a member’s in order', async () => {
  await using there = await openFarDesk(browser, POSTS);
  const { far, desk, goTo } = there;
  await goTo(first);
  const reachable = far.server.plan({ fault: LOST });
  for (const [text, verb] of [[first, 'u'], [second, 'b'], [third, 'b']] as const) {
    await goTo(text);
    await desk.press(verb, '1', 'Enter');
    await desk.page.getByRole('row').filter({ hasText: text }).waitFor({ state: 'detached' });
  }
  const corner = desk.page.getByRole('banner').getByRole('status');
  await corner.getByText(/^Offline since .+ · 3 decisions waiting$/u).waitFor();
  expect(far.world.deeds).toEqual([]);

  reachable();
  await desk.press('g', 'p');
  await desk.page.getByRole('option', { name: /Far/u }).waitFor();
  await desk.press('s');
  await corner.getByText('All sent').waitFor();
  // What is about different members may go side by side; about one member it never overtakes.
  expect(far.world.deeds.filter((deed) => deed.includes('piet'))).toEqual(['silence piet by rosa', 'suspend piet by rosa']);
  expect(far.world.deeds.filter((deed) => deed.includes('mara'))).toEqual(['suspend mara by rosa']);
  expect(desk.problems).toEqual([]);
});

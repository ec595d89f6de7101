import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import type { FarServer } from '../connectors/mastodon/server.ts';
import { openFarDesk } from './far.ts';
import type { FarDesk } from './far.ts';

/** Someone handles an item on the platform between the look and the key. */

let browser: Browser;
beforeAll(async () => { browser = await openChromium(); });
afterAll(async () => { await browser.close(); });

const GNOMES = 'Cheap garden gnomes';
const POSTS = [['piet', GNOMES], ['mara', 'Even cheaper gnomes'], ['olaf', 'The cheapest gnomes of all']] as const;

/** Suspends by key what Ines resolved a moment ago on the platform. */
async function meetInes({ far, desk, goTo, author }: FarDesk): Promise<void> {
  const { page } = desk;
  await goTo(GNOMES);
  await desk.press('b', '1');
  for (const { id, target } of far.world.open()) if (target === author('piet')) far.world.resolve(id, far.ines);
  await desk.press('Enter');
  await desk.sees('1 delivery needs you');
  // It does not push in under the hand: the bar above the list counts it, and I brings it to the top.
  await desk.sees('1 new item');
  await desk.press('i');
  await page.getByRole('row').first().filter({ hasText: GNOMES }).getByText('Conflict').waitFor();
  await desk.press('Home');
  await page.getByRole('region', { name: 'Conflict' }).waitFor();
}

/** What was done there in this desk's name. */
function ours(far: FarServer): readonly string[] {
  return far.world.deeds.filter((deed) => deed.endsWith(' by rosa'));
}

test('both sides are shown, and Shift+T lets theirs stand: nothing is sent', async () => {
  await using there = await openFarDesk(browser, POSTS);
  const { far, desk } = there;
  await meetInes(there);
  const conflict = desk.page.getByRole('region', { name: 'Conflict' });
  const said = await conflict.innerText();
  expect(said).toMatch(/Theirs\s+resolved\s+@ines/iu);
  expect(said).toMatch(/Yours\s+Suspend/iu);

  await desk.press('Shift+T');
  await desk.sees('Theirs stands; yours was not sent');
  await desk.page.getByRole('row').filter({ hasText: GNOMES }).waitFor({ state: 'detached' });
  expect([ours(far), there.author('piet').suspended]).toEqual([[], false]);
  expect(far.server.requests.filter(({ method, path }) => method === 'POST' && path.includes('/action'))).toEqual([]);
  expect(desk.problems).toEqual([]);
});

test('Shift+M sends ours over theirs', async () => {
  await using there = await openFarDesk(browser, POSTS, { theme: 'light' });
  const { far, desk } = there;
  await meetInes(there);
  await desk.press('Shift+M');
  await desk.sees('Yours is on its way');
  await expect.poll(() => ours(far), { timeout: 15_000 }).toEqual(['suspend piet by rosa']);
  await desk.page.getByRole('row').filter({ hasText: GNOMES }).waitFor({ state: 'detached' });
  expect(desk.problems).toEqual([]);
});

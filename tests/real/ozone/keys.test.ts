import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium } from '../../support/chromium.ts';
import { startServe, temporaryDataDir } from '../../support/serve.ts';
import type { Served } from '../../support/serve.ts';
import { installOzone } from './install.ts';
import { peopleOf } from './people.ts';
import type { Made, People } from './people.ts';
import { startOzone } from './servers.ts';
import type { OzoneServers } from './servers.ts';

/** A person at the keyboard of the real desk, in a real browser, on a real Ozone. */

const SPAM = 'com.atproto.moderation.defs#reasonSpam';
const PATIENCE = { timeout: 45_000, interval: 250 };

let servers: OzoneServers;
let people: People;
let served: Served;
let dataDir: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  servers = await startOzone(installOzone((text) => { process.stderr.write(`${text}\n`); }));
  people = peopleOf(servers);
  dataDir = temporaryDataDir();
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ undoSeconds: 1 }));
  const connections = path.join(dataDir, 'connections.json');
  writeFileSync(connections, JSON.stringify([{
    id: 'bluesky', platform: 'ozone', title: 'Bluesky', settings: { service: servers.pds, handle: 'rosa.test', labeler: servers.labeler },
    secrets: { password: { env: 'OZONE_APP_PASSWORD' } },
  }]));
  served = await startServe({ dataDir, args: ['--connections', connections], env: { OZONE_APP_PASSWORD: servers.password } });
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(served.url);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(dataDir, { recursive: true, force: true });
  await servers?.stop();
});

/** Waits until a new report is the selected item; new ones may wait behind the bar that I opens. */
async function reported(text: string): Promise<Made> {
  const post = await people.post('piet', text);
  await people.reportPost('mara', post, SPAM, 'The same advert again');
  await expect.poll(async () => {
    await press('i', 'Home');
    return page.getByRole('row', { selected: true }).filter({ hasText: text }).count();
  }, PATIENCE).toBe(1);
  // In the list and in the pane: nobody decides about what they cannot read yet.
  await expect.poll(() => page.getByText(text).count(), PATIENCE).toBeGreaterThan(1);
  return post;
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until the server's history of a post is this; says what the desk said where it never is. */
async function becomes(post: Made, expected: readonly string[]): Promise<void> {
  const said = (await page.getByRole('status').allTextContents()).join(' | ');
  await expect.poll(() => deeds(post), { ...PATIENCE, message: `after the keys the desk said: ${said}` }).toEqual(expected);
}

async function deeds(post: Made): Promise<string[]> {
  return (await people.history(post.uri)).map(({ event }) => event.$type.replace(/^.*#modEvent/, '')).filter((kind) => !['Report', 'Tag'].includes(kind));
}

describe('by key', () => {
  test.each([
    ['acknowledge', ['a', 'Enter'], ['Acknowledge']],
    ['label', ['l', '1', 'Enter'], ['Label', 'Acknowledge']],
    ['take down', ['r', '1', 'Enter'], ['Takedown']],
    ['escalate', ['e', 'Enter'], ['Escalate']],
    ['mute the subject', ['u', 'Enter'], ['Mute']],
  ] as const)('%s: the server\'s own history has it once', async (what, keys, expected) => {
    const post = await reported(`Garden gnomes to ${what}`);
    await press(...keys);
    await becomes(post, expected);
  });

  test('Ctrl+Z after it was sent reverses a takedown there', async () => {
    const post = await reported('Garden gnomes, taken down by mistake');
    await press('r', '1', 'Enter');
    await becomes(post, ['Takedown']);
    await press('Control+z');
    await becomes(post, ['Takedown', 'ReverseTakedown']);
  });

  test('what another moderator handled is under Handled elsewhere, with their name', async () => {
    const post = await reported('Garden gnomes, handled by Tomás');
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventAcknowledge' });
    await expect.poll(async () => {
      await press('7');
      return page.getByRole('row').filter({ hasText: 'handled by Tomás' }).count();
    }, PATIENCE).toBe(1);
    await page.getByText('@tomas.test').first().waitFor();
    expect(await deeds(post)).toEqual(['Acknowledge']);
  });
});

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startFarServer, TOKEN } from '../connectors/mastodon/server.ts';
import type { FarServer } from '../connectors/mastodon/server.ts';
import type { FarAccount } from '../connectors/mastodon/world.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk, DeskInput } from '../support/desk.ts';
import { temporaryDataDir } from '../support/serve.ts';

/** A desk at a Mastodon of the test's own, by an administrator's file; decisions are sent at once. */
export type FarDesk = {
  readonly far: FarServer;
  readonly desk: Desk;
  /** Who wrote what is reported, by name. */
  readonly author: (name: string) => FarAccount;
  /** Goes to the item with this text: selected in the list, readable in the pane. */
  readonly goTo: (text: string) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Opens the desk with a report about each post, named by its author and its text. */
export async function openFarDesk(browser: Browser, posts: readonly (readonly [string, string])[], look: Pick<DeskInput, 'theme' | 'size'> = {}): Promise<FarDesk> {
  const far = await startFarServer('mastodon', Date.now);
  for (const [name, text] of posts) {
    const author = far.world.account(name);
    far.world.report({ about: author, posts: [far.world.post(author, text)] });
  }
  const dataDir = temporaryDataDir();
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ undoSeconds: 0 }));
  writeFileSync(path.join(dataDir, 'token'), TOKEN);
  const connections = path.join(dataDir, 'connections.json');
  writeFileSync(connections, JSON.stringify([{
    id: 'far', platform: 'mastodon', title: 'Far', settings: { server: far.server.origin }, secrets: { token: { file: path.join(dataDir, 'token') } },
  }]));
  const desk = await openDesk({ browser, dataDir, args: ['--connections', connections], ...look });
  const { page } = desk;
  return {
    far, desk,
    author: (name) => far.world.account(name),
    async goTo(text) {
      await page.getByRole('row').filter({ hasText: text }).waitFor();
      await page.keyboard.press('Home');
      for (let rows = await page.getByRole('row').count(); rows > 0; rows -= 1) {
        if (await page.getByRole('row', { selected: true }).filter({ hasText: text }).count() === 1) break;
        await page.keyboard.press('j');
      }
      await page.locator('[data-item]').getByText(text).first().waitFor();
    },
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]();
      await far.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

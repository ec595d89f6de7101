import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { settings as settingsSchema } from '../../src-main/contract/setup.ts';
import type { HostClient } from '../../src-main/contract/host.ts';
import { connectHost } from '../../src-main/host/client.ts';
import { makeLog } from '../../src-main/host/log.ts';
import { openConf } from '../../src-main/host/loopback/settings-file.ts';
import { serveHost } from '../../src-main/host/router.ts';
import { openSecrets } from '../../src-main/host/secrets/open-secrets.ts';
import { openSettings } from '../../src-main/host/settings.ts';
import { temporaryDataDir } from '../support/serve.ts';

function now(): number {
  return 1_000;
}

const closers: (() => void)[] = [];
afterEach(() => { for (const close of closers.splice(0)) close(); });

/** The host's services over a real port, as the backend sees them. */
function open(): { readonly host: HostClient; readonly opened: string[]; readonly lines: string[] } {
  const dataDir = temporaryDataDir();
  const [opened, lines]: [string[], string[]] = [[], []];
  const { port1, port2 } = new MessageChannel();
  closers.push(() => port1.close());
  serveHost({
    capabilities: async () => {
      throw new Error('a bug');
    },
    settings: openSettings(dataDir, now, () => openConf(dataDir)),
    secrets: openSecrets({ dataDir, now, passphrase: null, useKeyring: false, shell: null }),
    openExternal: async (url) => { opened.push(url); },
    notify: () => undefined,
    now,
    log: makeLog({ dataDir, name: 'host', now, random: () => 0, echo: (line) => lines.push(line) }),
  }, port1);
  port1.start();
  const host = connectHost(port2);
  port2.start();
  return { host, opened, lines };
}

test('the backend reads and changes settings through its port', async () => {
  const { host } = open();
  expect(await host.settings.change({ undoSeconds: 20 })).toEqual({ ...settingsSchema.parse({}), undoSeconds: 20 });
  expect(await host.settings.get()).toEqual({ ...settingsSchema.parse({}), undoSeconds: 20 });
});

test('a refusal arrives as the same failure, with its words', async () => {
  const { host } = open();
  await expect(host.secrets.set({ name: 'a', value: 'b' })).rejects.toMatchObject({ name: 'Failure', code: 'SECRETS_LOCKED', message: 'Choose a passphrase for the secrets first.' });
});

test('whoever waits for the secrets hears of each unlock', async () => {
  const { host } = open();
  const unlocks = await host.secrets.unlocked();
  const first = unlocks.next();
  await host.secrets.unlock({ passphrase: 'four calm words' });
  expect((await first).value).toEqual({ at: 1_000 });
  await host.secrets.set({ name: 'a', value: 'b' });
  expect(await host.secrets.get({ name: 'a' })).toEqual({ value: 'b' });
  await unlocks.return?.(undefined);
});

test('a bug of the host is logged there and arrives without its words', async () => {
  const { host, lines } = open();
  await expect(host.capabilities()).rejects.toThrow(/^Internal server error$/i);
  expect(lines.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ event: 'host-call-failed', traceId: '2222-2222' })]);
});

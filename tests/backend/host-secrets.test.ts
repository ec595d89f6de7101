import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keyringStore } from '../../src-main/host/secrets/keyring-store.ts';
import type { KeyringEntry } from '../../src-main/host/secrets/keyring.ts';
import { openSecrets, passphraseFromEnvironment } from '../../src-main/host/secrets/open-secrets.ts';
import type { SecretStore } from '../../src-main/host/secrets/store.ts';
import { temporaryDataDir } from '../support/temporary.ts';

const NOW = (): number => Date.parse('2026-03-01T10:15:00Z');
const PASSPHRASE = 'four calm words here';

function open(dataDir: string, passphrase: string | null = null): Promise<SecretStore> {
  return openSecrets({ dataDir, now: NOW, passphrase, useKeyring: false, shell: null });
}

function file(dataDir: string): string {
  return readFileSync(path.join(dataDir, 'secrets.enc'), 'utf8');
}

type FakeKeyring = { readonly entry: (account: string) => KeyringEntry; readonly kept: Map<string, string>; locked: boolean };

function guard({ locked }: FakeKeyring): void {
  if (locked) throw new Error('locked');
}

/** A keyring in memory; the far side that a test machine does not have. */
function fakeKeyring(): FakeKeyring {
  const keyring: FakeKeyring = {
    kept: new Map(),
    locked: false,
    entry: (account) => ({
      get: async () => {
        guard(keyring);
        return keyring.kept.get(account) ?? null;
      },
      set: async (value) => {
        guard(keyring);
        keyring.kept.set(account, value);
      },
      remove: async () => {
        keyring.kept.delete(account);
      },
    }),
  };
  return keyring;
}

test('without a keyring the first passphrase makes the file, and only it opens it again', async () => {
  const dataDir = temporaryDataDir();
  const store = await open(dataDir);
  expect(store.status()).toMatchObject({ store: 'passphrase-file', state: 'new' });
  expect(await store.get('connection/1/token')).toBeNull();
  await expect(store.set('connection/1/token', 'hunter2')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });

  expect(await store.unlock(PASSPHRASE)).toMatchObject({ state: 'ready' });
  await store.set('connection/1/token', 'hunter2');
  expect(file(dataDir)).not.toContain('hunter2');
  expect(file(dataDir)).not.toContain('connection/1');
  expect(statSync(path.join(dataDir, 'secrets.enc')).mode & 0o777).toBe(0o600);

  const again = await open(dataDir);
  expect(again.status()).toMatchObject({ state: 'locked' });
  await expect(again.get('connection/1/token')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  await expect(again.unlock('four calm words')).rejects.toMatchObject({ code: 'SECRETS_LOCKED', message: expect.stringContaining('not the passphrase') });
  let unlocked = 0;
  again.onUnlocked(() => { unlocked += 1; });
  await again.unlock(PASSPHRASE);
  expect([await again.get('connection/1/token'), unlocked]).toEqual(['hunter2', 1]);
  await again.remove('connection/1/token');
  expect(await (await open(dataDir, PASSPHRASE)).get('connection/1/token')).toBeNull();
});

test('automation gives the passphrase by environment or file, and it leaves the environment', () => {
  const dataDir = temporaryDataDir();
  const named = path.join(dataDir, 'passphrase');
  writeFileSync(named, 'from a file\n');
  const env: NodeJS.ProcessEnv = { DOCKET_PASSPHRASE: PASSPHRASE, DOCKET_PASSPHRASE_FILE: named, PATH: '/bin' };
  expect([passphraseFromEnvironment(env), env]).toEqual([PASSPHRASE, { PATH: '/bin' }]);
  expect(passphraseFromEnvironment({ DOCKET_PASSPHRASE_FILE: named })).toBe('from a file');
  expect(passphraseFromEnvironment({})).toBeNull();
  expect(() => passphraseFromEnvironment({ DOCKET_PASSPHRASE_FILE: '/nowhere' })).toThrowError(/\/nowhere/);
});

test('a wrong passphrase from the environment is refused at once and changes nothing', async () => {
  const dataDir = temporaryDataDir();
  await (await open(dataDir, PASSPHRASE)).set('a', 'b');
  const before = file(dataDir);
  await expect(open(dataDir, 'wrong')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  expect(file(dataDir)).toBe(before);
});

test('every write is sealed anew, so that two files tell nothing about each other', async () => {
  const dataDir = temporaryDataDir();
  const store = await open(dataDir, PASSPHRASE);
  await store.set('a', '1');
  const first = JSON.parse(file(dataDir));
  await store.set('a', '2');
  await store.set('a', '1');
  expect(JSON.parse(file(dataDir)).nonce).not.toBe(first.nonce);
});

test.each(['not json', '{"format":"docket-secrets-1"}', ''])('a damaged file (%j) is put aside and said', async (text) => {
  const dataDir = temporaryDataDir();
  writeFileSync(path.join(dataDir, 'secrets.enc'), text);
  const store = await open(dataDir);
  expect(store.status()).toMatchObject({ state: 'new' });
  expect(store.notices).toEqual([expect.stringContaining('secrets.enc.broken-20260301T101500')]);
  expect(readdirSync(dataDir)).toEqual(['secrets.enc.broken-20260301T101500']);
});

test('a keyring holds the key, the file holds the secrets', async () => {
  const dataDir = temporaryDataDir();
  const keyring = fakeKeyring();
  const store = await keyringStore(dataDir, NOW, keyring.entry, []);
  expect(store.status()).toMatchObject({ store: 'keyring', state: 'ready' });
  await store.set('connection/1/token', 'hunter2');
  expect(file(dataDir)).not.toContain('hunter2');
  expect([...keyring.kept.values()].join('')).not.toContain('hunter2');
  const again = await keyringStore(dataDir, NOW, keyring.entry, []);
  expect(await again.get('connection/1/token')).toBe('hunter2');
});

test('a keyring that is locked says so and opens later', async () => {
  const dataDir = temporaryDataDir();
  const keyring = fakeKeyring();
  await (await keyringStore(dataDir, NOW, keyring.entry, [])).set('a', 'b');
  keyring.locked = true;
  const store = await keyringStore(dataDir, NOW, keyring.entry, []);
  expect(store.status()).toMatchObject({ store: 'keyring', state: 'locked' });
  await expect(store.get('a')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  await expect(store.unlock('')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  keyring.locked = false;
  expect(await store.unlock('')).toMatchObject({ state: 'ready' });
  expect(await store.get('a')).toBe('b');
});

test('a file of another machine\'s keyring is left alone until the person begins anew, and then kept aside', async () => {
  const dataDir = temporaryDataDir();
  await (await keyringStore(dataDir, NOW, fakeKeyring().entry, [])).set('a', 'b');
  const before = file(dataDir);
  const store = await open(dataDir);
  expect(store.status()).toMatchObject({ store: 'passphrase-file', state: 'new', said: expect.stringContaining('keyring that is not there') });
  await expect(store.get('a')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  expect(file(dataDir)).toBe(before);
  await store.unlock(PASSPHRASE);
  expect(await store.get('a')).toBeNull();
  expect(readFileSync(path.join(dataDir, 'secrets.enc.broken-20260301T101500'), 'utf8')).toBe(before);
});

import { randomUUID } from 'node:crypto';
import type { SecretsStatus } from '../../contract/setup.ts';
import { Failure } from '../../domain/failure.ts';
import { putSecretsAside, readSecretsFile, writeSecretsFile } from './file.ts';
import type { Lock } from './file.ts';
import type { KeyringEntry } from './keyring.ts';
import { makeListeners } from './listeners.ts';
import { openBox } from './open-box.ts';
import type { OpenBox } from './open-box.ts';
import { newKey, seal, unseal } from './seal.ts';
import type { SecretsByName } from './seal.ts';
import type { SecretStore } from './store.ts';

/**
 * Secrets in `secrets.enc` under a random key that the system's keyring holds: keyrings limit the size of an entry
 * and cannot list their names, a file can. `entry` reaches the keyring by account name.
 */
export async function keyringStore(dataDir: string, now: () => number, entry: (account: string) => KeyringEntry, earlier: readonly string[]): Promise<SecretStore> {
  const listeners = makeListeners();
  const notices = [...earlier];
  let box: OpenBox | null = null;

  function status(): SecretsStatus {
    return box === null
      ? { store: 'keyring', state: 'locked', said: 'The system\'s keyring is locked. Unlock it, then try again here.' }
      : { store: 'keyring', state: 'ready', said: 'Secrets are kept under the system\'s keyring.' };
  }

  function boxOf(secrets: SecretsByName, key: Buffer, lock: Lock): OpenBox {
    return openBox(secrets, (next) => writeSecretsFile(dataDir, seal(next, key, lock)));
  }

  async function start(): Promise<OpenBox> {
    const account = randomUUID();
    const key = newKey();
    await entry(account).set(key.toString('base64'));
    return boxOf({}, key, { by: 'keyring', account });
  }

  async function open(): Promise<OpenBox> {
    const found = readSecretsFile(dataDir);
    if (found.kind !== 'file' || found.file.lock.by !== 'keyring') return await start();
    const kept = await entry(found.file.lock.account).get();
    const key = kept === null ? null : Buffer.from(kept, 'base64');
    const secrets = key === null ? null : unseal(found.file, key);
    if (key !== null && secrets !== null) return boxOf(secrets, key, found.file.lock);
    notices.push(putSecretsAside(dataDir, now(), 'The secrets file belongs to another machine\'s keyring or is damaged.'));
    return await start();
  }

  async function tryOpen(): Promise<void> {
    try {
      box ??= await open();
      listeners.call();
    } catch (error) {
      if (error instanceof Failure) throw error;
      // Locked or gone for the moment: `status` says so, and `unlock` tries again.
    }
  }

  function opened(): OpenBox {
    if (box === null) throw new Failure('SECRETS_LOCKED', 'The system\'s keyring is locked. Unlock it, then try again.');
    return box;
  }

  await tryOpen();
  return {
    status,
    async unlock() {
      await tryOpen();
      opened();
      return status();
    },
    get: async (name) => opened().get(name),
    set: async (name, value) => await opened().set(name, value),
    remove: async (name) => await opened().remove(name),
    onUnlocked: listeners.add,
    notices,
  };
}

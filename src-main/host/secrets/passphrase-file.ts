import type { SecretsStatus } from '../../contract/setup.ts';
import { Failure } from '../../domain/failure.ts';
import { putSecretsAside, readSecretsFile, writeSecretsFile } from './file.ts';
import type { Lock, SecretsFile } from './file.ts';
import { makeListeners } from './listeners.ts';
import { openBox } from './open-box.ts';
import type { OpenBox } from './open-box.ts';
import { newPassphraseLock, passphraseKey, seal, unseal } from './seal.ts';
import type { SecretStore } from './store.ts';

const SAID = {
  new: 'This system has no keyring that Docket can use. Choose a passphrase: secrets are kept in a file that only it opens. It cannot be recovered.',
  locked: 'Secrets are kept in a file under your passphrase. Enter it to let Docket sign in to your platforms.',
  ready: 'Secrets are kept in a file under your passphrase, which is asked for at every start.',
  keyring: 'The secrets here open only with a system keyring that is not there now. Start Docket in the session that has it, or choose a passphrase to begin anew; the old file is kept.',
  shell: 'The secrets here open only in the desktop app, under the system account that made them. Use that, or choose a passphrase to begin anew; the old file is kept.',
} as const;

function locked(message: string): Failure {
  return new Failure('SECRETS_LOCKED', message);
}

/**
 * Secrets in `secrets.enc` under a passphrase that is never stored. A file that something else locked is left alone
 * until the person chooses a passphrase.
 */
export function passphraseStore(dataDir: string, now: () => number, earlier: readonly string[]): SecretStore {
  const found = readSecretsFile(dataDir);
  const listeners = makeListeners();
  const notices = [...earlier];
  let foreign: Exclude<Lock['by'], 'passphrase'> | null = found.kind === 'file' && found.file.lock.by !== 'passphrase' ? found.file.lock.by : null;
  let file: SecretsFile | null = found.kind === 'file' && foreign === null ? found.file : null;
  let box: OpenBox | null = null;

  function status(): SecretsStatus {
    const state = box !== null ? 'ready' : file === null ? 'new' : 'locked';
    return { store: 'passphrase-file', state, said: SAID[foreign ?? state] };
  }

  async function unlock(passphrase: string): Promise<SecretsStatus> {
    const lock = file === null ? newPassphraseLock() : file.lock;
    if (lock.by !== 'passphrase') throw new Error(`the secrets file is locked by ${lock.by}`);
    if (passphrase === '') throw locked('The passphrase is empty. Enter at least one character; a few words are better.');
    const key = await passphraseKey(passphrase, lock);
    if (foreign !== null) {
      notices.push(putSecretsAside(dataDir, now(), 'A new secrets file was begun.'));
      foreign = null;
    }
    if (file === null) {
      file = seal({}, key, lock);
      writeSecretsFile(dataDir, file);
    }
    const secrets = unseal(file, key);
    if (secrets === null) throw locked('That is not the passphrase of the secrets file. Try again; nothing was changed.');
    box = openBox(secrets, (next) => {
      const sealed = seal(next, key, lock);
      writeSecretsFile(dataDir, sealed);
      file = sealed;
    });
    listeners.call();
    return status();
  }

  function opened(): OpenBox {
    if (foreign !== null) throw locked(SAID[foreign]);
    if (box === null) throw locked(file === null ? 'Choose a passphrase for the secrets first.' : 'Secrets are locked. Enter the passphrase first.');
    return box;
  }

  return {
    status,
    unlock,
    get: async (name) => (status().state === 'new' && foreign === null ? null : opened().get(name)),
    set: async (name, value) => await opened().set(name, value),
    remove: async (name) => (status().state === 'new' ? undefined : await opened().remove(name)),
    onUnlocked: listeners.add,
    notices,
  };
}

import { safeStorage } from 'electron';
import type { SecretsStatus } from '../contract/setup.ts';
import { putSecretsAside, readSecretsFile, writeSecretsFile } from '../host/secrets/file.ts';
import { openBox } from '../host/secrets/open-box.ts';
import { secretsOf } from '../host/secrets/seal.ts';
import type { SecretsByName } from '../host/secrets/seal.ts';
import type { SecretStore } from '../host/secrets/store.ts';

/** Linux desktops without a keyring: Chromium then encrypts under a key that every program knows. */
function isWeak(): boolean {
  return process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

function status(): SecretsStatus {
  return isWeak()
    ? {
      store: 'safe-storage-basic', state: 'ready',
      said: 'This desktop has no keyring, so secrets are only hidden, not protected: any program you run could read them. Install and unlock one (GNOME Keyring or KWallet), or start Docket with --secrets passphrase.',
    }
    : { store: 'safe-storage', state: 'ready', said: 'Secrets are kept encrypted by your system account.' };
}

/** What the file holds; null where it was made under another account or is damaged. */
function openFile(sealed: string): SecretsByName | null {
  try {
    return secretsOf(safeStorage.decryptString(Buffer.from(sealed, 'base64')));
  } catch {
    return null;
  }
}

/** Whether the system lets the shell encrypt. Only once the app is ready. */
export function canEncrypt(): boolean {
  return safeStorage.isEncryptionAvailable();
}

/** Secrets in `secrets.enc`, encrypted by the system through the shell. */
export function shellStore(dataDir: string, now: () => number, earlier: readonly string[]): SecretStore {
  const notices = [...earlier];
  const found = readSecretsFile(dataDir);
  let secrets: SecretsByName = {};
  if (found.kind === 'file') {
    const opened = openFile(found.file.sealed);
    if (opened === null) notices.push(putSecretsAside(dataDir, now(), 'The secrets file belongs to another system account or is damaged.'));
    else secrets = opened;
  }
  const box = openBox(secrets, (next) => {
    const sealed = safeStorage.encryptString(JSON.stringify(next)).toString('base64');
    writeSecretsFile(dataDir, { format: 'docket-secrets-1', lock: { by: 'shell' }, nonce: '', tag: '', sealed });
  });
  return {
    status,
    unlock: async () => status(),
    get: async (name) => box.get(name),
    set: async (name, value) => box.set(name, value),
    remove: async (name) => box.remove(name),
    // Never locked, so nobody has to wait.
    onUnlocked: () => () => undefined,
    notices,
  };
}

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

type Opened = { readonly secrets: SecretsByName; /** The system has a newer key, under which they are to be sealed again. */ readonly sealAgain: boolean };

/** What the file holds; null where it was made under another account or is damaged. */
async function openSealed(sealed: string): Promise<Opened | null> {
  try {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
    return { secrets: secretsOf(result), sealAgain: shouldReEncrypt };
  } catch {
    return null;
  }
}

/** Whether the system lets the shell encrypt. Only once the app is ready. */
export function canEncrypt(): Promise<boolean> {
  return safeStorage.isAsyncEncryptionAvailable();
}

/** Secrets in `secrets.enc`, encrypted by the system through the shell. */
export async function shellStore(dataDir: string, now: () => number, earlier: readonly string[]): Promise<SecretStore> {
  const notices = [...earlier];

  async function write(secrets: SecretsByName): Promise<void> {
    const sealed = (await safeStorage.encryptStringAsync(JSON.stringify(secrets))).toString('base64');
    writeSecretsFile(dataDir, { format: 'docket-secrets-1', lock: { by: 'shell' }, nonce: '', tag: '', sealed });
  }

  const found = readSecretsFile(dataDir);
  const opened = found.kind === 'file' ? await openSealed(found.file.sealed) : null;
  if (found.kind === 'file' && opened === null) notices.push(putSecretsAside(dataDir, now(), 'The secrets file belongs to another system account or is damaged.'));
  if (opened?.sealAgain === true) await write(opened.secrets);
  const box = openBox(opened?.secrets ?? {}, write);
  return {
    status,
    unlock: async () => status(),
    get: async (name) => box.get(name),
    set: async (name, value) => await box.set(name, value),
    remove: async (name) => await box.remove(name),
    // Never locked, so nobody has to wait.
    onUnlocked: () => () => undefined,
    notices,
  };
}

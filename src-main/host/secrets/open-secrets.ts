import { readFileSync } from 'node:fs';
import { Failure } from '../../domain/failure.ts';
import { putSecretsAside, readSecretsFile } from './file.ts';
import { keyringEntry, keyringWorks } from './keyring.ts';
import { keyringStore } from './keyring-store.ts';
import { passphraseStore } from './passphrase-file.ts';
import type { SecretStore } from './store.ts';

export type ShellSecrets = {
  /** Whether the system lets the shell encrypt at present. */
  readonly available: () => Promise<boolean>;
  readonly open: (notices: readonly string[]) => Promise<SecretStore>;
};

export type SecretsInput = {
  readonly dataDir: string;
  readonly now: () => number;
  /** For automation; null: it is asked for in the desk. */
  readonly passphrase: string | null;
  /** False: a file under a passphrase even where the system has a keyring. */
  readonly useKeyring: boolean;
  /** The shell's own store, where there is a shell. */
  readonly shell: ShellSecrets | null;
};

/** The passphrase that automation gives, taken out of the environment so that no child inherits it. */
export function passphraseFromEnvironment(env: NodeJS.ProcessEnv): string | null {
  const { DOCKET_PASSPHRASE: given, DOCKET_PASSPHRASE_FILE: file } = env;
  delete env['DOCKET_PASSPHRASE'];
  delete env['DOCKET_PASSPHRASE_FILE'];
  if (given !== undefined && given !== '') return given;
  if (file === undefined || file === '') return null;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Failure('INVALID_INPUT', `DOCKET_PASSPHRASE_FILE names ${file}, which cannot be read.`, { cause: error });
  }
}

/**
 * Opens the secrets: an existing file as it was locked; a new one by the shell, else under the system's keyring where
 * one works, else under a passphrase. Throws SECRETS_LOCKED where the given passphrase is not the right one.
 */
export async function openSecrets({ dataDir, now, passphrase, useKeyring, shell }: SecretsInput): Promise<SecretStore> {
  const notices: string[] = [];
  let found = readSecretsFile(dataDir);
  if (found.kind === 'broken') {
    notices.push(putSecretsAside(dataDir, now(), 'The secrets file is damaged and could not be read.'));
    found = { kind: 'none' };
  }
  const lockedBy = found.kind === 'file' ? found.file.lock.by : null;
  const free = lockedBy === null && passphrase === null && useKeyring;
  if (shell !== null && (lockedBy === 'shell' || free) && await shell.available()) return await shell.open(notices);
  if ((lockedBy === 'keyring' || free) && await keyringWorks()) return await keyringStore(dataDir, now, keyringEntry, notices);
  const store = passphraseStore(dataDir, now, notices);
  if (passphrase !== null) await store.unlock(passphrase);
  return store;
}

import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../../domain/failure.ts';
import { asideName } from '../put-aside.ts';
import { writeWhole } from '../write-whole.ts';

const base64 = z.base64();

/** `secrets.enc`: who can open it, and all secrets sealed together (AES-256-GCM; 12 bytes nonce, 16 bytes tag). */
const secretsFile = z.object({
  format: z.literal('docket-secrets-1'),
  lock: z.discriminatedUnion('by', [
    z.object({
      by: z.literal('passphrase'),
      salt: base64,
      cost: z.number().int().min(2 ** 14).max(2 ** 20),
      blockSize: z.literal(8),
      parallelization: z.literal(1),
    }),
    /** The key itself is in the system's keyring under this account name. */
    z.object({ by: z.literal('keyring'), account: z.string().max(100) }),
    /** The sealed text is one string of the shell's own encryption. */
    z.object({ by: z.literal('shell') }),
  ]),
  nonce: base64,
  tag: base64,
  sealed: base64,
});
export type SecretsFile = z.infer<typeof secretsFile>;
export type Lock = SecretsFile['lock'];

/** Where the secrets are, sealed. */
function secretsPath(dataDir: string): string {
  return path.join(dataDir, 'secrets.enc');
}

export type ReadSecrets =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: SecretsFile }
  | { readonly kind: 'broken' };

/** Reads the file's outside; opening it needs its key. */
export function readSecretsFile(dataDir: string): ReadSecrets {
  const file = secretsPath(dataDir);
  if (!existsSync(file)) return { kind: 'none' };
  try {
    return { kind: 'file', file: secretsFile.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  } catch {
    return { kind: 'broken' };
  }
}

/** Puts the file aside and says so in a sentence that begins with `why`. */
export function putSecretsAside(dataDir: string, now: number, why: string): string {
  const aside = asideName(secretsPath(dataDir), now);
  renameSync(secretsPath(dataDir), aside);
  return `${why} It was kept as ${path.basename(aside)} in the data directory. Sign in to your platforms again.`;
}

/** Writes the file in one step. Throws STORAGE_FULL or STORAGE_READ_ONLY; the former file then stands. */
export function writeSecretsFile(dataDir: string, file: SecretsFile): void {
  try {
    writeWhole(secretsPath(dataDir), `${JSON.stringify(file)}\n`);
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new Failure(
      full ? 'STORAGE_FULL' : 'STORAGE_READ_ONLY',
      full ? 'The disk is full, so the secret was not saved. Free some space and try again.' : 'The secrets file cannot be written. Check the permissions of the data directory, then try again.',
      { cause: error },
    );
  }
}

import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import type { Lock, SecretsFile } from './file.ts';

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^17, r = 8, p = 1 (128 MB, about 0.3 s). */
const COST = 2 ** 17;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

const secretsByName = z.record(z.string(), z.string());
export type SecretsByName = Readonly<Record<string, string>>;

/** Reads opened secrets. Throws where they are no such thing. */
export function secretsOf(text: string): SecretsByName {
  return secretsByName.parse(JSON.parse(text));
}

/** How a new passphrase file derives its key. */
export function newPassphraseLock(): Extract<Lock, { by: 'passphrase' }> {
  return { by: 'passphrase', salt: randomBytes(16).toString('base64'), cost: COST, blockSize: 8, parallelization: 1 };
}

/** The key of a passphrase. The same letters typed on another keyboard are the same passphrase (NFKC). */
export function passphraseKey(passphrase: string, lock: Extract<Lock, { by: 'passphrase' }>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = lock;
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), Buffer.from(lock.salt, 'base64'), KEY_BYTES, { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** A random key, for a keyring to hold. */
export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Seals all secrets; the lock is bound in, so that it cannot be swapped. */
export function seal(secrets: SecretsByName, key: Buffer, lock: Lock): SecretsFile {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(lock)));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return {
    format: 'docket-secrets-1', lock, nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), sealed: sealed.toString('base64'),
  };
}

/** Opens a file; null where the key is not the right one (or the file was changed, which cannot be told apart). */
export function unseal(file: SecretsFile, key: Buffer): SecretsByName | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(JSON.stringify(file.lock)));
    decipher.setAuthTag(Buffer.from(file.tag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(file.sealed, 'base64')), decipher.final()]).toString('utf8');
    return secretsOf(text);
  } catch {
    return null;
  }
}

import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../../domain/failure.ts';

const lockFile = z.object({
  pid: z.number().int().positive(),
  /** The process's control port on 127.0.0.1, which is open for as long as it may write. */
  port: z.number().int().min(1).max(65_535),
  /** Whoever may read the file may ask the process to show its window. */
  secret: z.string().min(20),
  since: z.number().int(),
});
export type LockFile = z.infer<typeof lockFile>;

/** A start that died while it took a stale lock over leaves this for at most so long. */
const TAKEOVER_MS = 10_000;

/** The file that names the one process that may write the data directory. */
function lockPath(dataDir: string): string {
  return path.join(dataDir, 'docket.lock');
}

/** Who holds the directory; null where nobody; `unreadable` where the file is no lock of ours. */
export function readLock(dataDir: string): LockFile | 'unreadable' | null {
  try {
    return lockFile.parse(JSON.parse(readFileSync(lockPath(dataDir), 'utf8')));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : 'unreadable';
  }
}

function exists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function cannotWrite(dataDir: string, cause: unknown): Failure {
  const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  return full
    ? new Failure('STORAGE_FULL', `The disk of ${dataDir} is full. Free some space, then start Docket again.`, { cause })
    : new Failure('STORAGE_READ_ONLY', `The data directory ${dataDir} cannot be written. Check its permissions, or choose another with --data-dir.`, { cause });
}

/** Creates the lock with its whole content in one step; false where there is one already. Throws STORAGE_READ_ONLY or STORAGE_FULL. */
export function createLock(dataDir: string, lock: LockFile): boolean {
  const text = `${JSON.stringify(lock)}\n`;
  const fresh = `${lockPath(dataDir)}.${lock.pid}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600 });
    linkSync(fresh, lockPath(dataDir));
    return true;
  } catch (error) {
    if (exists(error)) return false;
    return createWithoutLink(dataDir, text, error);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** For file systems without hard links (exFAT, some shares): exclusive creation, not atomic in its content. */
function createWithoutLink(dataDir: string, text: string, cause: unknown): boolean {
  if (!(cause instanceof Error) || !('syscall' in cause) || cause.syscall !== 'link') throw cannotWrite(dataDir, cause);
  try {
    writeFileSync(lockPath(dataDir), text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (exists(error)) return false;
    throw cannotWrite(dataDir, error);
  }
}

/** Removes the lock if it is still the one with this secret. */
export function removeLock(dataDir: string, secret: string): void {
  const lock = readLock(dataDir);
  if (lock !== null && lock !== 'unreadable' && lock.secret === secret) rmSync(lockPath(dataDir), { force: true });
}

/**
 * Removes a stale lock, unless another start changed it since it was read as `seen`. Only one start at a time gets
 * here, so that none removes the fresh lock of one that was faster.
 */
export function removeStale(dataDir: string, seen: LockFile | 'unreadable', now: number): void {
  const guard = `${lockPath(dataDir)}.takeover`;
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!exists(error)) throw error;
    if (now - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? now) > TAKEOVER_MS) rmSync(guard, { force: true });
    return;
  }
  try {
    const current = readLock(dataDir);
    const same = current === seen || (current !== null && current !== 'unreadable' && seen !== 'unreadable' && current.secret === seen.secret);
    if (same) rmSync(lockPath(dataDir), { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

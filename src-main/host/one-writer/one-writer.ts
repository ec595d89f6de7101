import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { askToShow, openControl } from './control.ts';
import type { ShowAnswer } from './control.ts';
import { createLock, readLock, removeLock, removeStale } from './lock-file.ts';

export type OneWriter =
  /** This process may write. `release` comes last, after the database is closed. */
  | { readonly kind: 'mine'; readonly release: () => Promise<void> }
  /** Another process does, and was asked to show its window; null where it did not answer. */
  | { readonly kind: 'theirs'; readonly pid: number; readonly answer: ShowAnswer | null };

export type OneWriterInput = {
  readonly dataDir: string;
  readonly now: () => number;
  /** What this process does when it is asked by a later start. */
  readonly show: () => Promise<ShowAnswer>;
  /** How long a process that holds the lock may take to answer, ms. */
  readonly askMs?: number;
};

const ASK_MS = 5_000;
/** A lock that no one can read may be half-written by a file system without hard links. */
const ROUNDS = 20;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Makes this process the one that may write the data directory, or finds who is. A lock is stale when nobody listens
 * on its control port (it is closed last, and by the system when a process dies), or when its process is dead and
 * something else has the port; a process that lives and does not answer keeps its lock.
 */
export async function becomeOneWriter({ dataDir, now, show, askMs = ASK_MS }: OneWriterInput): Promise<OneWriter> {
  const secret = randomBytes(24).toString('hex');
  const control = await openControl(secret, show);
  const mine = { pid: process.pid, port: control.port, secret, since: now() };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      if (createLock(dataDir, mine)) {
        return {
          kind: 'mine',
          async release() {
            removeLock(dataDir, secret);
            await control.close();
          },
        };
      }
      const seen = readLock(dataDir);
      if (seen === 'unreadable' && round < 3) await wait(100);
      else if (seen === 'unreadable') removeStale(dataDir, seen, now());
      else if (seen !== null) {
        const asked = await askToShow(seen.port, seen.secret, askMs);
        if (asked.kind === 'shown' || (asked.kind === 'mute' && alive(seen.pid))) {
          await control.close();
          return { kind: 'theirs', pid: seen.pid, answer: asked.kind === 'shown' ? asked.answer : null };
        }
        removeStale(dataDir, seen, now());
        if (round > 0) await wait(50);
      }
    }
  } catch (error) {
    await control.close();
    throw error;
  }
  await control.close();
  throw new Error(`the lock of ${dataDir} kept changing`);
}

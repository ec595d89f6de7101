import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../domain/failure.ts';
import { askOther, openControl } from './control.ts';
import type { Question, ShowAnswer } from './control.ts';
import { createLock, readLock, removeLock, removeStale } from './lock-file.ts';
import type { LockFile } from './lock-file.ts';

export type OneWriter =
  /** This process may write. `release` comes last, after the database is closed. */
  | { readonly kind: 'mine'; readonly release: () => Promise<void> }
  /** Another process does, and answered; null where it did not answer. */
  | { readonly kind: 'theirs'; readonly pid: number; readonly answer: ShowAnswer | null };

export type OneWriterInput = {
  readonly dataDir: string;
  readonly now: () => number;
  /** What to ask a process that is there already. */
  readonly question: Question;
  /** What this process answers to a later start. */
  readonly answer: (question: Question) => Promise<ShowAnswer>;
  /** How long a process that holds the lock may take to answer, ms. */
  readonly askMs?: number;
};

const ASK_MS = 5_000;
/** A process that stops closes its database first, which may take this long. */
const PATIENCE_MS = 15_000;
/** A lock that cannot be read may be half-written, on a file system without hard links. */
const HALF_WRITTEN_MS = 300;
const ROUND_MS = 50;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

type Holder = Extract<OneWriter, { kind: 'theirs' }> | { readonly kind: 'gone' | 'stopping' };

/** What became of the process that a lock names. */
async function ask(question: Question, { pid, port, secret }: LockFile, askMs: number): Promise<Holder> {
  const asked = await askOther(question, port, secret, askMs);
  if (asked.kind === 'answered') return asked.answer.stopping ? { kind: 'stopping' } : { kind: 'theirs', pid, answer: asked.answer };
  return asked.kind === 'mute' && alive(pid) ? { kind: 'theirs', pid, answer: null } : { kind: 'gone' };
}

/**
 * Makes this process the one that may write the data directory, or finds who is. A lock is stale when nobody listens
 * on its control port (it is closed last, and by the system when a process dies), or when its process is dead and
 * something else has the port; a process that lives and does not answer keeps its lock.
 */
export async function becomeOneWriter({ dataDir, now, question, answer, askMs = ASK_MS }: OneWriterInput): Promise<OneWriter> {
  const secret = randomBytes(24).toString('hex');
  const control = await openControl(secret, answer);
  const mine = { pid: process.pid, port: control.port, secret, since: now() };
  try {
    for (let waited = 0; waited < PATIENCE_MS; waited += ROUND_MS) {
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
      const holder = seen === null || seen === 'unreadable' ? null : await ask(question, seen, askMs);
      if (holder?.kind === 'theirs') {
        await control.close();
        return holder;
      }
      const stale = seen === 'unreadable' ? waited > HALF_WRITTEN_MS : holder?.kind === 'gone';
      if (seen !== null && stale) removeStale(dataDir, seen, now());
      if (waited > 0 || !stale) await wait(ROUND_MS);
    }
  } catch (error) {
    await control.close();
    throw error;
  }
  await control.close();
  throw new Failure('INVALID_INPUT', `Another Docket on ${dataDir} has been stopping for too long. Wait for it, or end it, then start again.`);
}

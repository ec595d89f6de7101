import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { fileProblem, projectionProblem, queueProblem } from './check.ts';
import { migrate } from './migrate.ts';
import { openReadOnly } from './open.ts';
import { replay } from './replay.ts';
import { makeStore } from './store.ts';

export type Verdict = { readonly whole: boolean; /** One sentence. */ readonly said: string };

/**
 * Checks a database while Docket may be running on it: the file, the hash chain, that a replay of the log gives the same
 * projections, and that the queue is what reports and decisions say. Reads one moment of it, and writes only to a
 * temporary database. Throws a Failure where there is nothing to check.
 */
export function verifyDatabase(file: string, now: number): Verdict {
  const db = openReadOnly(file);
  const folder = mkdtempSync(path.join(tmpdir(), 'docket-verify-'));
  const scratch = new Database(path.join(folder, 'replay.db'));
  try {
    db.exec('BEGIN');
    scratch.pragma('journal_mode = OFF');
    scratch.pragma('synchronous = OFF');
    migrate(scratch, now);

    const damage = fileProblem(db);
    if (damage !== null) return broken(damage);
    const real = makeStore(db, () => undefined);
    const { events, problem } = replay(real, makeStore(scratch, () => undefined));
    if (problem !== null) return broken(problem.problem);
    const difference = projectionProblem(db, scratch);
    if (difference !== null) return broken(difference);
    const queue = queueProblem(real, now);
    if (queue.problem !== null) return broken(queue.problem);
    return { whole: true, said: `Whole: ${events} events in an unbroken chain, tables that a replay gives again, ${queue.items} items as they should be.` };
  } finally {
    scratch.close();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function broken(problem: string): Verdict {
  return { whole: false, said: `Not whole: ${problem}. Keep this data directory as it is, and compare it with a copy from its backups folder.` };
}

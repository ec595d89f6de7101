import Database from 'better-sqlite3';
import { Failure } from '../domain/failure.ts';

/** A statement prepared once, timed at every run. */
export type Statement<Parameters extends readonly unknown[], Row> = {
  readonly get: (...parameters: Parameters) => Row | undefined;
  readonly all: (...parameters: Parameters) => Row[];
  readonly run: (...parameters: Parameters) => { readonly changes: number; readonly lastInsertRowid: number };
};

export type Store = {
  /** For migrations, checks and measurement; queries go through `sql`. */
  readonly db: Database.Database;
  /** Prepares `text` once under `name`; a statement over 40 ms is logged by that name. */
  readonly sql: <Parameters extends readonly unknown[], Row = never>(name: string, text: string) => Statement<Parameters, Row>;
  /** Answers from one moment of the database. Worth it from a few statements on: each would lock and unlock on its own. */
  readonly read: <Result>(work: () => Result) => Result;
  /** Runs `work` in one immediate transaction; a call inside another joins it. Disk trouble throws a Failure. */
  readonly write: <Result>(work: () => Result) => Result;
  /**
   * Like `write`, but a power cut may take back the last of it: for what a platform can be asked for again. A later
   * `write` makes it durable too. Nothing that a person did goes this way.
   */
  readonly writeRepeatable: <Result>(work: () => Result) => Result;
  readonly close: () => void;
};

const SLOW_MS = 40;

/** A statement that names its parameters ?1, ?2: better-sqlite3 takes those by name only. */
const NUMBERED = /\?\d/;

function asGiven(parameters: readonly unknown[]): readonly unknown[] {
  return parameters;
}

function byNumber(parameters: readonly unknown[]): readonly unknown[] {
  return [Object.fromEntries(parameters.map((value, index) => [index + 1, value]))];
}

/** Wraps an open database. `log` gets names and durations, never parameters. */
export function makeStore(db: Database.Database, log: (event: string, facts: Record<string, string | number>) => void): Store {
  const prepared = new Map<string, { readonly text: string; readonly statement: Statement<readonly unknown[], unknown> }>();

  function watch(name: string, start: number): void {
    const ms = performance.now() - start;
    if (ms > SLOW_MS) log('slow-statement', { name, ms: Math.round(ms) });
  }

  /** Written out three times, since a wrapper's closure would cost as much as the shortest look-ups. */
  function timed(name: string, text: string): Statement<readonly unknown[], unknown> {
    const raw = db.prepare<unknown[], unknown>(planOnce(text));
    const bound = NUMBERED.test(text) ? byNumber : asGiven;
    return {
      get(...parameters) {
        const start = performance.now();
        try {
          return raw.get(...bound(parameters));
        } catch (error) {
          throw storageFailure(error);
        } finally {
          watch(name, start);
        }
      },
      all(...parameters) {
        const start = performance.now();
        try {
          return raw.all(...bound(parameters));
        } catch (error) {
          throw storageFailure(error);
        } finally {
          watch(name, start);
        }
      },
      run(...parameters) {
        const start = performance.now();
        try {
          const { changes, lastInsertRowid } = raw.run(...bound(parameters));
          return { changes, lastInsertRowid: Number(lastInsertRowid) };
        } catch (error) {
          throw storageFailure(error);
        } finally {
          watch(name, start);
        }
      },
    };
  }

  function write<Result>(work: () => Result): Result {
    if (db.inTransaction) return work();
    try {
      return db.transaction(work).immediate();
    } catch (error) {
      throw storageFailure(error);
    }
  }

  return {
    db,
    sql<Parameters extends readonly unknown[], Row>(name: string, text: string): Statement<Parameters, Row> {
      let entry = prepared.get(name);
      if (entry === undefined) {
        entry = { text, statement: timed(name, text) };
        prepared.set(name, entry);
      }
      if (entry.text !== text) throw new Error(`two statements are named ${name}`);
      // The row type is the caller's claim about its own SQL; the SQL stands beside it.
      return entry.statement as unknown as Statement<Parameters, Row>;
    },
    read: (work) => (db.inTransaction ? work() : db.transaction(work).deferred()),
    write,
    writeRepeatable<Result>(work: () => Result): Result {
      if (db.inTransaction) return work();
      // In WAL mode NORMAL leaves out the fsync at commit; the database stays whole either way.
      db.exec('PRAGMA synchronous = NORMAL');
      try {
        return write(work);
      } finally {
        db.exec('PRAGMA synchronous = FULL');
      }
    },
    close: () => db.close(),
  };
}

/**
 * Writes every `?` as `+?`, which means the same and hides the parameter from the query planner. Otherwise SQLite, built
 * with STAT4 as better-sqlite3 has it, plans a statement anew whenever a parameter is bound that might bear on the plan
 * (sqlite.org/c3ref/c_dbconfig_defensive.html, ENABLE_QPSG): ten times the cost of a look-up in a join.
 */
function planOnce(text: string): string {
  return text.replaceAll(/'[^']*'|\?/g, (found) => (found === '?' ? '+?' : found));
}

/** Turns SQLite's disk trouble into words that say what to do; anything else passes through. */
export function storageFailure(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (error.code === 'SQLITE_FULL' || /no space/i.test(error.message)) {
    return new Failure('STORAGE_FULL', 'The disk is full. Nothing was lost: free some space and try again.', { cause: error });
  }
  if (error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_IOERR') || error.code === 'SQLITE_PERM') {
    return new Failure('STORAGE_READ_ONLY', 'The data directory cannot be written. Check its permissions, then start Docket again.', { cause: error });
  }
  return error;
}

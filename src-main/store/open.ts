import Database from 'better-sqlite3';
import { Failure } from '../domain/failure.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { makeStore, storageFailure } from './store.ts';
import type { Store } from './store.ts';

/** The part of services/context's Log that the store writes to: names, counts and durations. */
type StoreLog = {
  readonly info: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;
  readonly warn: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;
};

/**
 * Opens or creates the database and brings it up to date. Throws a Failure that says what to do when the file is not
 * ours, comes from a newer Docket, is damaged, cannot be written, or the disk is full.
 */
export function openStore(input: { readonly file: string; readonly log: StoreLog; readonly now: () => number }): Store {
  const { file, log, now } = input;
  const start = performance.now();
  const db = connect(file, false);
  try {
    // Checked before anything is written: a refused database stays as it was, byte for byte.
    schemaVersion(db);
    // WAL lets the desk read while sync writes; FULL makes a decision survive a power cut.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -65536');
    // A decision writes some 50 pages; at SQLite's default of 1000 every twentieth would pay for a checkpoint.
    db.pragma('wal_autocheckpoint = 8000');
    db.pragma('journal_size_limit = 67108864');
    const { from, to, backup } = migrate(db, now());
    log.info('store-open', { from, to, backedUp: backup !== null, ms: Math.round(performance.now() - start) });
  } catch (error) {
    db.close();
    throw openFailure(error, file);
  }
  return makeStore(db, (event, facts) => log.warn(event, facts));
}

/** Opens the database for looking only, while Docket may be running on it. Throws a Failure where there is none. */
export function openReadOnly(file: string): Database.Database {
  const db = connect(file, true);
  try {
    const version = schemaVersion(db);
    if (version === 0) throw new Failure('NOT_FOUND', `${file} is empty. Nothing was recorded in this data directory yet.`);
    if (version < (MIGRATIONS.at(-1)?.number ?? 0)) {
      throw new Failure('NOT_POSSIBLE', `${file} was last used by an older Docket. Start Docket on it once, which brings it up to date and keeps a copy.`);
    }
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw openFailure(error, file);
  }
}

function connect(file: string, readonly: boolean): Database.Database {
  try {
    return new Database(file, { readonly, fileMustExist: readonly, timeout: 5000 });
  } catch (error) {
    throw openFailure(error, file);
  }
}

/** SQLite's refusals at opening, in words that name the file. */
function openFailure(error: unknown, file: string): unknown {
  if (error instanceof TypeError) {
    return new Failure('NOT_FOUND', `${file} cannot be opened, since its folder does not exist. Check the data directory.`, { cause: error });
  }
  if (!(error instanceof Database.SqliteError)) return error;
  switch (error.code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return new Failure('NOT_POSSIBLE', `${file} is damaged or is no database. It was left as it is: move it away and put a copy from the backups folder in its place.`, { cause: error });
    case 'SQLITE_BUSY':
      return new Failure('NOT_POSSIBLE', `${file} is in use by another program. Close that program and start Docket again.`, { cause: error });
    case 'SQLITE_CANTOPEN':
      return new Failure('STORAGE_READ_ONLY', `${file} cannot be opened. Check that the data directory exists and that you may read and write it, then start Docket again.`, { cause: error });
    default:
      return storageFailure(error);
  }
}

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { Failure } from '../domain/failure.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';

/** "Dock": tells a Docket database from any other SQLite file. */
const APPLICATION_ID = 0x446f636b;

export type Migrated = { readonly from: number; readonly to: number; /** The copy made first; null where there was nothing to lose. */ readonly backup: string | null };

/**
 * Brings a database up to date: numbered, forward only, one transaction each, after a `VACUUM INTO` copy of what was
 * there. Refuses a file of another program and a database of a newer Docket; both stay untouched.
 */
export function migrate(db: Database.Database, now: number, migrations: readonly Migration[] = MIGRATIONS): Migrated {
  const from = schemaVersion(db, migrations);
  const missing = migrations.filter((migration) => migration.number > from);
  if (missing.length === 0) return { from, to: from, backup: null };

  const backup = from === 0 ? null : copyFirst(db, from, now);
  for (const migration of missing) {
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${migration.number}`);
    }).exclusive();
  }
  return { from, to: missing.at(-1)?.number ?? from, backup };
}

/** The version of a database that Docket may open, 0 for an empty one; a Failure for any other. */
export function schemaVersion(db: Database.Database, migrations: readonly Migration[] = MIGRATIONS): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const application = Number(db.pragma('application_id', { simple: true }));
  const empty = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n === 0;
  if (!(application === APPLICATION_ID || (empty && application === 0 && version === 0))) {
    throw new Failure('NOT_POSSIBLE', `${db.name} is not a Docket database. Move it away or choose another data directory.`);
  }
  const newest = migrations.at(-1)?.number ?? 0;
  if (version > newest) {
    throw new Failure(
      'NOT_POSSIBLE',
      `This data directory was last used by a newer Docket (its database has version ${version}, this Docket knows up to ${newest}). Nothing was changed: update Docket, then open it again.`,
    );
  }
  return version;
}

function copyFirst(db: Database.Database, version: number, now: number): string {
  const folder = join(dirname(db.name), 'backups');
  mkdirSync(folder, { recursive: true });
  const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace(/\.\d+/, '');
  const file = join(folder, `docket-version-${version}-${stamp}.db`);
  db.prepare('VACUUM INTO ?').run(file);
  return file;
}

import { sql as first } from './0001-first.ts';
import { sql as newestReport } from './0002-newest-report.ts';
import { sql as inbox } from './0003-inbox.ts';
import { sql as there } from './0004-there.ts';
import { sql as verbs } from './0005-verbs.ts';
import { sql as openedHere } from './0006-opened-here.ts';

export type Migration = {
  /** The `user_version` a database has once it ran. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
};

/** In order, without gaps. A landed one never changes: tests/migrations holds their hashes. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'first', sql: first },
  { number: 2, name: 'newest-report', sql: newestReport },
  { number: 3, name: 'inbox', sql: inbox },
  { number: 4, name: 'there', sql: there },
  { number: 5, name: 'verbs', sql: verbs },
  { number: 6, name: 'opened-here', sql: openedHere },
];

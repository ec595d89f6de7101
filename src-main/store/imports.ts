import { fileFormat } from '../contract/imports.ts';
import type { FileFormat } from '../contract/imports.ts';
import type { Store } from './store.ts';

export type ImportRow = {
  readonly id: string;
  /** Null until it is committed to one. */
  readonly connection: number | null;
  readonly name: string;
  readonly bytes: number;
  readonly state: 'uploading' | 'reading' | 'read' | 'failed';
  readonly format: FileFormat | null;
  readonly rows: number;
  readonly read: number;
  readonly said: string | null;
  readonly begunAt: number;
  readonly touchedAt: number;
  readonly endedAt: number | null;
};

type Stored = Omit<ImportRow, 'format'> & { readonly format: string | null };

const COLUMNS = 'id, connection, name, bytes, state, format, rows, read, said, begun_at AS begunAt, touched_at AS touchedAt, ended_at AS endedAt';

function rowOf({ format, ...row }: Stored): ImportRow {
  return { ...row, format: format === null ? null : fileFormat.parse(JSON.parse(format)) };
}

/** One import; undefined where there is none. */
export function importById(store: Store, id: string): ImportRow | undefined {
  const row = store.sql<[string], Stored>('import-get', `SELECT ${COLUMNS} FROM imports WHERE id = ?`).get(id);
  return row === undefined ? undefined : rowOf(row);
}

/** The imports of a connection, or those committed to none, newest first (index imports_by_connection). */
export function importsOf(store: Store, connection: number | null): ImportRow[] {
  return store.sql<[number | null], Stored>('imports-of', `SELECT ${COLUMNS} FROM imports WHERE connection IS ? ORDER BY begun_at DESC LIMIT 200`).all(connection).map(rowOf);
}

/** Imports whose file is still needed: on their way here, or not read to the end. */
export function unfinishedImports(store: Store): ImportRow[] {
  return store.sql<[], Stored>('imports-unfinished', `SELECT ${COLUMNS} FROM imports WHERE state IN ('uploading', 'reading') ORDER BY begun_at`).all().map(rowOf);
}

/** Begins an import. */
export function insertImport(store: Store, one: Pick<ImportRow, 'id' | 'name' | 'bytes' | 'begunAt'>): void {
  store.sql<[string, string, number, number, number]>('import-insert', `INSERT INTO imports (id, name, bytes, state, begun_at, touched_at) VALUES (?, ?, ?, 'uploading', ?, ?)`)
    .run(one.id, one.name, one.bytes, one.begunAt, one.begunAt);
}

/** Notes that someone still works on an upload. */
export function touchImport(store: Store, id: string, at: number): void {
  store.sql<[number, string]>('import-touch', 'UPDATE imports SET touched_at = ? WHERE id = ?').run(at, id);
}

/** Keeps how a file is written. */
export function keepFormat(store: Store, id: string, format: FileFormat): void {
  store.sql<[string, string]>('import-format', 'UPDATE imports SET format = ? WHERE id = ?').run(JSON.stringify(format), id);
}

/** Gives an upload to a connection, to be read. */
export function commitImport(store: Store, id: string, connection: number, format: FileFormat): void {
  store.sql<[number, string, string]>('import-commit', `UPDATE imports SET connection = ?, format = ?, state = 'reading', said = NULL, ended_at = NULL WHERE id = ?`).run(connection, JSON.stringify(format), id);
}

/** Keeps how far a file is read; belongs in the transaction that keeps its rows. */
export function keepProgress(store: Store, id: string, rows: number, read: number): void {
  store.sql<[number, number, string]>('import-progress', 'UPDATE imports SET rows = ?, read = ? WHERE id = ?').run(rows, read, id);
}

/** Ends the reading of a file. */
export function endImport(store: Store, id: string, state: 'read' | 'failed', said: string | null, at: number): void {
  store.sql<[string, string | null, number, string]>('import-end', 'UPDATE imports SET state = ?, said = ?, ended_at = ? WHERE id = ?').run(state, said, at, id);
}

/** Forgets the imports of a connection; answers their ids. */
export function dropImportsOf(store: Store, connection: number): string[] {
  return store.sql<[number], { id: string }>('imports-drop', 'DELETE FROM imports WHERE connection = ? RETURNING id').all(connection).map(({ id }) => id);
}

/** Forgets an import. */
export function dropImport(store: Store, id: string): void {
  store.sql<[string]>('import-drop', 'DELETE FROM imports WHERE id = ?').run(id);
}

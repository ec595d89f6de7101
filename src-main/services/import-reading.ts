import { setImmediate as turn } from 'node:timers/promises';
import { readRows } from '../connectors/mapped/reading/read-rows.ts';
import type { ReadRow } from '../connectors/mapped/reading/read-rows.ts';
import { mapping } from '../contract/mapping.ts';
import { Failure } from '../domain/failure.ts';
import { endImport, importById, keepProgress } from '../store/imports.ts';
import { appendEntries } from '../store/inbox.ts';
import type { Connection } from './connection-book.ts';
import type { Context } from './context.ts';
import type { ImportFiles } from './import-files.ts';

/** Rows that one transaction takes, so that a request of the desk never waits long behind it. */
const STRIDE = 500;
/** How often the pull and the desks hear of new rows. */
const SAID_EVERY_MS = 500;

export type Reading = {
  /** Reads an import's file into the inbox, after those before it; again from where it stopped. */
  readonly start: (id: string) => void;
  /** Stops reading an import; resolves when nothing more of it comes. */
  readonly cancel: (id: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Reads committed files into the inbox, one at a time. `arrived`: rows of a connection wait for its pull. */
export function startReading(ctx: Context, files: ImportFiles, arrived: (n: number) => void): Reading {
  const { store } = ctx;
  const under = new Map<string, { readonly end: AbortController; readonly done: Promise<void> }>();
  let last: Promise<void> = Promise.resolve();

  /** The rows of a piece that are not in the inbox yet, with how far the file is read after them. */
  async function keep(id: string, connection: Connection, rows: readonly ReadRow[], before: number, bytes: number): Promise<void> {
    for (let at = 0; at < rows.length; at += STRIDE) {
      const some = rows.slice(at, at + STRIDE);
      // The file is here until all is read: what a power cut takes back is read again.
      store.writeRepeatable(() => {
        appendEntries(store, connection.n, some, { at: ctx.now(), key: null, importId: id });
        keepProgress(store, id, before + at + some.length, bytes);
      });
      await turn();
    }
  }

  async function read(id: string, signal: AbortSignal): Promise<void> {
    const row = importById(store, id);
    const connection = row?.connection === null || row === undefined ? null : ctx.connections.byN(row.connection);
    if (row === undefined || row.state !== 'reading' || row.format === null || connection === null) return;
    let seen = 0;
    let saidAt = -Infinity;
    for await (const { rows, bytes } of readRows(files.read(id, signal), row.format, listOf(connection))) {
      const known = Math.max(0, Math.min(rows.length, row.rows - seen));
      await keep(id, connection, rows.slice(known), seen + known, bytes);
      seen += rows.length;
      signal.throwIfAborted();
      if (ctx.now() - saidAt < SAID_EVERY_MS) continue;
      saidAt = ctx.now();
      arrived(connection.n);
      ctx.changed(['imports']);
    }
    store.write(() => {
      keepProgress(store, id, seen, row.bytes);
      endImport(store, id, 'read', seen === 0 ? 'There were no rows in it.' : null, ctx.now());
    });
    await files.remove(id);
    arrived(connection.n);
    ctx.changed(['imports']);
  }

  async function run(id: string, signal: AbortSignal): Promise<void> {
    try {
      await read(id, signal);
    } catch (error) {
      if (signal.aborted) return;
      const traceId = ctx.log.error('import-failed', error, { import: id });
      const said = error instanceof Failure ? error.message : `Something went wrong in Docket (trace id ${traceId}). What was read is in the queue; import it again to go on.`;
      try {
        store.write(() => endImport(store, id, 'failed', said, ctx.now()));
      } catch (again) {
        // The disk itself may be the trouble: it is read again when Docket starts.
        ctx.log.error('import-failure-not-kept', again, { import: id });
      }
      ctx.changed(['imports']);
    }
  }

  return {
    start(id) {
      if (under.has(id)) return;
      const end = new AbortController();
      const signal = AbortSignal.any([ctx.signal, end.signal]);
      const done = last.then(() => run(id, signal)).finally(() => under.delete(id));
      last = done;
      under.set(id, { end, done });
    },
    async cancel(id) {
      const one = under.get(id);
      one?.end.abort(new Error('the import was stopped'));
      await one?.done;
    },
    async stop() {
      for (const { end } of under.values()) end.abort(new Error('the backend stops'));
      await last;
    },
  };
}

/** Where a JSON document of this connection has its list. */
function listOf({ settings }: Connection): string {
  const text = settings['mapping'];
  return typeof text === 'string' && text !== '' ? mapping.parse(JSON.parse(text)).list : '';
}

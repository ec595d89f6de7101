import { setImmediate as turn } from 'node:timers/promises';
import type { Registry } from '../connectors/registry.ts';
import { CHUNK_BYTES } from '../contract/imports.ts';
import type { FileFormat, ImportPreview, ImportView } from '../contract/imports.ts';
import type { Mapping } from '../contract/mapping.ts';
import type { Source } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { commitImport, dropImport, dropImportsOf, endImport, importById, importsOf, insertImport, keepFormat, touchImport, unfinishedImports } from '../store/imports.ts';
import type { ImportRow } from '../store/imports.ts';
import { asideCount, clearInbox, dropWaiting, waitingOf } from '../store/inbox.ts';
import type { Context } from './context.ts';
import { importFiles } from './import-files.ts';
import { detectFormat, formatWith } from './import-format.ts';
import type { FormatSaid } from './import-format.ts';
import { startDrop } from './import-drop.ts';
import { previewFile } from './import-preview.ts';
import { startReading } from './import-reading.ts';
import type { Inboxes } from './inboxes.ts';
import { recordEvent } from './record.ts';
import { makeSerial } from './serial.ts';

export type ImportsOptions = {
  readonly registry: Registry;
  readonly inboxes: Pick<Inboxes, 'position'>;
  /** Rows of a connection wait for its pull. */
  readonly arrived: (n: number) => void;
};

/** Use cases of files that a person brings; see contract.imports. */
export type Imports = {
  readonly list: (input: { readonly connectionId: string | null }) => Promise<ImportView[]>;
  readonly begin: (input: { readonly id: string; readonly name: string; readonly bytes: number }) => Promise<ImportView>;
  readonly append: (input: { readonly id: string; readonly offset: number; readonly chunk: string }) => Promise<ImportView>;
  readonly preview: (input: { readonly id: string; readonly mapping: Mapping | null; readonly format: FormatSaid }) => Promise<ImportPreview>;
  readonly commit: (input: { readonly id: string; readonly connectionId: string; readonly format: FormatSaid; readonly source: Source }) => Promise<ImportView>;
  readonly discard: (input: { readonly id: string }) => Promise<void>;
  /** Forgets all that arrived at a connection that is gone, and what was to come. */
  readonly forget: (n: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const MOST_BYTES = 2_000_000_000;
/** An upload that nobody went on with for so long goes. */
const ABANDONED_MS = 7 * 24 * 60 * 60_000;
/** Entries dropped in one transaction. */
const STRIDE = 2000;

/** Starts what imports need: files that were being read are read on, abandoned ones go. */
export function startImports(ctx: Context, { registry, inboxes, arrived }: ImportsOptions): Imports {
  const { store } = ctx;
  const files = importFiles(ctx.dataDir);
  const reading = startReading(ctx, files, arrived);
  /** Chunks of one file come one after the other, whatever the desk does. */
  const inTurn = makeSerial();

  function known(id: string): ImportRow {
    const row = importById(store, id);
    if (row === undefined) throw new Failure('NOT_FOUND', 'This import is not here any more. Choose the file again.');
    return row;
  }

  async function view(id: string): Promise<ImportView> {
    const { touchedAt: _, connection, state, ...row } = known(id);
    const received = state === 'uploading' ? await files.size(id) : row.bytes;
    const waiting = connection === null ? 0 : waitingOf(store, connection, id, inboxes.position(connection));
    return {
      ...row, received, waiting,
      connectionId: connection === null ? null : ctx.connections.byN(connection)?.id ?? null,
      problems: connection === null ? 0 : asideCount(store, connection, id),
      state: state === 'uploading' ? (received === row.bytes ? 'uploaded' : 'uploading') : state === 'read' ? (waiting > 0 ? 'arriving' : 'done') : state,
    };
  }

  /** The format of an upload that is here as a whole; found out once. */
  async function formatOf(id: string, said: FormatSaid): Promise<FileFormat> {
    const row = known(id);
    if (row.state !== 'uploading' && row.state !== 'failed') throw new Failure('NOT_POSSIBLE', 'This file was imported already. Choose it again to import it anew.');
    if (await files.size(id) !== row.bytes) throw new Failure('NOT_POSSIBLE', 'The file is not here as a whole yet. Go on with the upload first.');
    const found = row.format ?? await detectFormat(files.read(id, ctx.signal), row.name);
    if (row.format === null) store.write(() => keepFormat(store, id, found));
    return formatWith(found, said, row.bytes);
  }

  async function inStrides(drop: () => number): Promise<void> {
    while (store.write(drop) === STRIDE) await turn();
  }

  async function forget(n: number): Promise<void> {
    for (const { id } of importsOf(store, n)) await reading.cancel(id);
    const ids = store.write(() => dropImportsOf(store, n));
    await inStrides(() => clearInbox(store, n, STRIDE));
    for (const id of ids) await files.remove(id);
  }

  async function goOn(): Promise<void> {
    for (const { n, removed } of ctx.connections.all()) if (removed) await forget(n);
    const unfinished = unfinishedImports(store);
    for (const { id, state, touchedAt } of unfinished) {
      if (state === 'reading') reading.start(id);
      else if (touchedAt < ctx.now() - ABANDONED_MS) store.write(() => dropImport(store, id));
    }
    for (const id of await files.ids()) {
      const row = importById(store, id);
      if (row === undefined || row.state === 'read') await files.remove(id);
    }
  }
  const begun = goOn().catch((error: unknown) => ctx.log.error('imports-not-continued', error));

  async function commit({ id, connectionId, format, source }: Parameters<Imports['commit']>[0]): Promise<ImportView> {
    const connection = ctx.connections.byId(connectionId);
    if (connection === null || connection.removed) throw new Failure('NOT_FOUND', 'This connection is not there any more.');
    if (registry.byId(connection.platform)?.intake !== 'files') throw new Failure('NOT_POSSIBLE', `“${connection.title}” takes no files. Choose a connection for file imports, or add one.`);
    const { connection: before, state, name, bytes } = known(id);
    if (before !== null && before !== connection.n) throw new Failure('NOT_POSSIBLE', 'This file was given to another connection already.');
    // The same commit again, after its answer was lost.
    if (state === 'reading' || state === 'read') return view(id);
    const settled = await formatOf(id, format);
    store.write(() => {
      commitImport(store, id, connection.n, settled);
      recordEvent(ctx, { id: ctx.uuid(), kind: 'file.imported', source, subjects: [], public: { connectionId, importId: id, bytes }, payload: { file: name } });
    });
    reading.start(id);
    ctx.changed(['imports', 'history']);
    return view(id);
  }

  const drop = startDrop(ctx, {
    takesFiles: ({ platform }) => registry.byId(platform)?.intake === 'files',
    async take(connectionId, { path, name, bytes }) {
      const id = ctx.uuid();
      store.write(() => insertImport(store, { id, name, bytes, begunAt: ctx.now() }));
      await files.takeOver(id, path);
      await commit({ id, connectionId, format: {}, source: 'system' });
    },
  });

  return {
    async list({ connectionId }) {
      const connection = connectionId === null ? null : ctx.connections.byId(connectionId);
      if (connection === null && connectionId !== null) throw new Failure('NOT_FOUND', 'This connection is not there any more.');
      return Promise.all(importsOf(store, connection?.n ?? null).map(({ id }) => view(id)));
    },
    async begin({ id, name, bytes }) {
      if (bytes > MOST_BYTES) throw new Failure('NOT_POSSIBLE', 'A file can have up to 2 GB. Split it, and import the parts one after the other.');
      const before = importById(store, id);
      if (before !== undefined && before.bytes !== bytes) throw new Failure('INVALID_INPUT', 'This is another file than the one that was begun: its size differs. Begin a new import.');
      // An empty file has no bytes to come.
      if (bytes === 0) await files.append(id, 0, new Uint8Array());
      if (before === undefined) store.write(() => insertImport(store, { id, name, bytes, begunAt: ctx.now() }));
      ctx.changed(['imports']);
      return view(id);
    },
    append: ({ id, offset, chunk }) => inTurn(id, async () => {
      const { state, bytes: announced } = known(id);
      const bytes = Buffer.from(chunk, 'base64');
      if (state !== 'uploading') return view(id);
      if (bytes.length > CHUNK_BYTES || offset + bytes.length > announced) throw new Failure('INVALID_INPUT', 'There is more of the file than was announced. Begin a new import.');
      await files.append(id, offset, bytes);
      store.writeRepeatable(() => touchImport(store, id, ctx.now()));
      ctx.changed(['imports']);
      return view(id);
    }),
    async preview({ id, mapping, format }) {
      const settled = await formatOf(id, format);
      return { ...await previewFile(files.read(id, ctx.signal), settled, mapping, ctx.now()), format: settled };
    },
    commit: (input) => inTurn(input.id, () => commit(input)),
    discard: ({ id }) => inTurn(id, async () => {
      const { connection, state } = known(id);
      await reading.cancel(id);
      if (connection === null) store.write(() => dropImport(store, id));
      else {
        await inStrides(() => dropWaiting(store, connection, id, STRIDE));
        if (state !== 'read') store.write(() => endImport(store, id, 'read', 'It was stopped. The rows that had come by then stay.', ctx.now()));
      }
      await files.remove(id);
      ctx.changed(['imports']);
    }),
    forget,
    async stop() {
      await begun;
      await drop.stop();
      await reading.stop();
    },
  };
}

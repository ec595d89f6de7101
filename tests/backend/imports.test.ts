import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { file } from '../../src-main/connectors/file/file.ts';
import type { Client } from '../../src-main/contract/contract.ts';
import type { ImportView } from '../../src-main/contract/imports.ts';
import type { Mapping } from '../../src-main/contract/mapping.ts';
import { startTestBackend, temporaryDir } from '../support/backend.ts';
import type { TestBackend } from '../support/backend.ts';

const HEADER = 'post,what they say,reporter,why,when\n';
const MAPPING: Mapping = {
  list: '', fields: { subjectId: { from: 'post' }, text: { from: 'what they say' }, reporterName: { from: 'reporter' }, category: { from: 'why' }, reportedAt: { from: 'when' }, place: { value: 'Old forum' } },
  categories: { 'rude words': 'harassment' }, types: {}, closed: [], dates: 'day-first', only: null,
};

let temporary: { readonly dir: string } & Disposable;
let backend: TestBackend;
beforeEach(async () => {
  temporary = temporaryDir();
  await start();
});
afterEach(async () => {
  await backend.stop();
  temporary[Symbol.dispose]();
});

async function start(): Promise<void> {
  backend = await startTestBackend({ dataDir: temporary.dir, connectors: [file] });
}

function rows(from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => `p${from + index},"Text ${from + index}, with a comma",Rosa,Rude Words,03/11/2026 09:00\n`).join('');
}

async function upload(client: Client, text: string, chunk = 1000): Promise<ImportView> {
  const bytes = Buffer.from(text, 'utf8');
  let view = await client.imports.begin({ id: randomUUID(), name: 'reports.csv', bytes: bytes.length });
  while (view.received < bytes.length) {
    view = await client.imports.append({ id: view.id, offset: view.received, chunk: bytes.subarray(view.received, view.received + chunk).toString('base64') });
  }
  return view;
}

async function connect(client: Client, mapping: Mapping | null = MAPPING): Promise<string> {
  const { id } = await client.connections.add({ id: randomUUID(), platform: 'file', title: '', values: { name: 'Old forum', ...(mapping === null ? {} : { mapping: JSON.stringify(mapping) }) }, source: 'pointer' });
  return id;
}

async function done(client: Client, connectionId: string, id: string): Promise<ImportView> {
  return vi.waitFor(async () => {
    const view = (await client.imports.list({ connectionId })).find((one) => one.id === id);
    expect(view?.state).toBe('done');
    if (view === undefined) throw new Error('the import is gone');
    return view;
  }, { timeout: 30_000 });
}

async function queued(client: Client): Promise<number> {
  return (await client.queue.counts()).byState.open ?? 0;
}

describe('a file that a person brings', () => {
  test('is uploaded in pieces, seen before it is taken, and its rows are in the queue', async () => {
    const { client } = backend;
    const view = await upload(client, HEADER + rows(0, 300));
    expect(view).toMatchObject({ state: 'uploaded', connectionId: null, name: 'reports.csv' });

    const guess = await client.imports.preview({ id: view.id, mapping: null });
    expect(guess.format).toEqual({ kind: 'csv', encoding: 'utf-8', delimiter: ',' });
    expect(guess.columns.map(({ from }) => from)).toEqual(['post', 'what they say', 'reporter', 'why', 'when']);
    expect(guess.columns[3]).toEqual({ from: 'why', samples: ['Rude Words'], values: [{ value: 'Rude Words', count: 300 }] });
    const seen = await client.imports.preview({ id: view.id, mapping: MAPPING });
    expect(seen).toMatchObject({ checked: 300, whole: true, problems: 0, notes: 0 });
    expect(seen.rows[0]).toMatchObject({ place: 'line 2', subjectId: 'p0', text: 'Text 0, with a comma', where: 'Old forum', category: 'harassment', remoteCategory: 'Rude Words', reporter: 'Rosa', reportedAt: Date.UTC(2026, 10, 3, 9) });

    const connectionId = await connect(client);
    await client.imports.commit({ id: view.id, connectionId, source: 'pointer' });
    expect(await done(client, connectionId, view.id)).toMatchObject({ rows: 300, waiting: 0, problems: 0, read: view.bytes, said: null });
    expect(await queued(client)).toBe(300);
    expect(await client.imports.list({ connectionId: null })).toEqual([]);
    expect(readdirSync(path.join(temporary.dir, 'imports'))).toEqual([]);
    expect((await client.history.page({ filter: {} })).rows[0]).toMatchObject({ kind: 'file.imported', did: 'import a file', to: 'File import · old-forum', connectionId });
    expect(await client.history.verify()).toMatchObject({ whole: true });
  });

  test('twice doubles nothing; a longer one brings what is new', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    for (const text of [rows(0, 20), rows(0, 20), rows(0, 25)]) {
      const { id } = await upload(client, HEADER + text);
      await client.imports.commit({ id, connectionId, source: 'pointer' });
      await done(client, connectionId, id);
    }
    expect(await queued(client)).toBe(25);
    expect(await client.imports.list({ connectionId })).toHaveLength(3);
  });

  test('again with a changed row changes what is here, also where a row is known by its words alone', async () => {
    const { client } = backend;
    const connectionId = await connect(client, null);
    const table = 'id,author,content,reason\n1,al,Buy now,spam\n2,bo,Hello,spam\n';
    for (const text of [table, table, table.replace('Hello,spam', 'Hello you,abuse')]) {
      const { id } = await upload(client, text);
      await client.imports.commit({ id, connectionId, source: 'pointer' });
      await done(client, connectionId, id);
    }
    const { rows: items } = await client.queue.page({ filter: {} });
    expect(items.map(({ snippet, category, reportCount }) => [snippet, category, reportCount]).toSorted()).toEqual([['Buy now', 'spam', 1], ['Hello you', 'harassment', 1]]);
    expect(await queued(client)).toBe(2);
    expect(await client.history.verify()).toMatchObject({ whole: true });
  });

  test('that has rows which cannot be taken keeps them, with the line and what to do, until they are read again', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    const { id } = await upload(client, `${HEADER}p1,One,,,\n,,Rosa,spam,\np2,Two,,,\n`);
    const { problems, firstProblems } = await client.imports.preview({ id, mapping: MAPPING });
    expect({ problems, firstProblems }).toEqual({ problems: 1, firstProblems: [{ place: 'line 3', field: 'subjectId', problem: expect.stringContaining('Map the id') }] });
    await client.imports.commit({ id, connectionId, source: 'pointer' });
    expect(await done(client, connectionId, id)).toMatchObject({ rows: 3, problems: 1 });
    expect(await queued(client)).toBe(2);
    const aside = await client.inbox.aside({ connectionId, importId: id });
    expect(aside).toMatchObject({ total: 1, next: null, rows: [{ place: 'line 3', field: 'subjectId', importId: id, body: expect.stringContaining('Rosa') }] });

    await client.connections.change({ id: connectionId, values: { mapping: JSON.stringify({ ...MAPPING, fields: { ...MAPPING.fields, text: { from: 'reporter' } } }) }, source: 'pointer' });
    expect(await client.inbox.again({ connectionId })).toEqual({ count: 1 });
    await vi.waitFor(async () => expect(await queued(client)).toBe(3), { timeout: 30_000 });
    expect((await client.inbox.aside({ connectionId })).total).toBe(0);
  });

  test('needs no mapping where its columns have usual names', async () => {
    const { client } = backend;
    const connectionId = await connect(client, null);
    const { id } = await upload(client, '{"post_id":"7","content":"Buy now","author":{"id":"a1","name":"Al"},"reason":"Advertising"}\n{"post_id":"8","content":"Hello"}\n');
    await client.imports.commit({ id, connectionId, source: 'pointer' });
    await done(client, connectionId, id);
    const { rows: items } = await client.queue.page({ filter: {} });
    expect(items.map(({ snippet, category }) => [snippet, category]).toSorted()).toEqual([['Buy now', 'spam'], ['Hello', 'other']]);
  });

  test('goes on with its upload after Docket stopped, and a piece that does not follow changes nothing', async () => {
    const bytes = Buffer.from(HEADER + rows(0, 50));
    const id = randomUUID();
    const begin = { id, name: 'reports.csv', bytes: bytes.length };
    await backend.client.imports.begin(begin);
    await backend.client.imports.append({ id, offset: 0, chunk: bytes.subarray(0, 700).toString('base64') });
    expect(await backend.client.imports.append({ id, offset: 900, chunk: bytes.subarray(900, 1000).toString('base64') })).toMatchObject({ received: 700, state: 'uploading' });
    await backend.stop();
    await start();
    const { client } = backend;
    expect(await client.imports.list({ connectionId: null })).toMatchObject([{ id, received: 700, state: 'uploading' }]);
    expect(await client.imports.begin(begin)).toMatchObject({ received: 700 });
    await client.imports.append({ id, offset: 700, chunk: bytes.subarray(700).toString('base64') });
    expect(await client.imports.preview({ id, mapping: MAPPING })).toMatchObject({ checked: 50, problems: 0 });
    await client.imports.discard({ id });
    expect(await client.imports.list({ connectionId: null })).toEqual([]);
    expect(readdirSync(path.join(temporary.dir, 'imports'))).toEqual([]);
  });

  test('is read on where Docket stopped while it was read, however often that was', async () => {
    const connectionId = await connect(backend.client);
    const { id } = await upload(backend.client, HEADER + rows(0, 8000), 1024 * 1024);
    await backend.client.imports.commit({ id, connectionId, source: 'pointer' });
    let rowsBefore = 0;
    for (let stops = 0; stops < 4; stops += 1) {
      await vi.waitFor(async () => {
        const [view] = await backend.client.imports.list({ connectionId });
        expect(view?.rows === 8000 || (view?.rows ?? 0) > rowsBefore).toBe(true);
        rowsBefore = view?.rows ?? 0;
      }, { interval: 1, timeout: 30_000 });
      await backend.stop();
      await start();
    }
    expect(await done(backend.client, connectionId, id)).toMatchObject({ rows: 8000, problems: 0 });
    expect(await queued(backend.client)).toBe(8000);
    expect((await backend.client.connections.list())[0]?.health).toMatchObject({ pulled: 8000, total: 8000 });
  });

  test.each([['', 'The file is empty.'], [HEADER, 'The file has a header and no rows.'], ['[]', 'There are no rows in the file.']])('%j is said to have no rows', async (text, said) => {
    const { client } = backend;
    const { id } = await upload(client, text);
    expect(await client.imports.preview({ id, mapping: null })).toMatchObject({ said, checked: 0, rows: [] });
    const connectionId = await connect(client);
    await client.imports.commit({ id, connectionId, source: 'pointer' });
    expect(await done(client, connectionId, id)).toMatchObject({ rows: 0, said: 'There were no rows in it.' });
  });

  test('is refused, in words, where it cannot be', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    const { id, bytes } = await client.imports.begin({ id: randomUUID(), name: 'x.csv', bytes: 10 });
    const refusals = await Promise.all([
      client.imports.preview({ id, mapping: null }), client.imports.commit({ id, connectionId, source: 'pointer' }), client.imports.begin({ id, name: 'x.csv', bytes: bytes + 1 }),
      client.imports.append({ id, offset: 0, chunk: Buffer.from('far more than ten bytes').toString('base64') }), client.imports.preview({ id: randomUUID(), mapping: null }),
      client.imports.commit({ id, connectionId: 'nowhere', source: 'pointer' }),
    ].map((call) => call.then(() => 'taken', (error: unknown) => (error instanceof ORPCError ? error.code : error))));
    expect(refusals).toEqual(['NOT_POSSIBLE', 'NOT_POSSIBLE', 'INVALID_INPUT', 'INVALID_INPUT', 'NOT_FOUND', 'NOT_FOUND']);
  });

  test('goes with its connection, all but what is in the queue', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    const { id } = await upload(client, `${HEADER}p1,One,,,\n,,Rosa,,\n`);
    await client.imports.commit({ id, connectionId, source: 'pointer' });
    await done(client, connectionId, id);
    expect((await client.inbox.aside({ connectionId })).total).toBe(1);
    await client.connections.remove({ id: connectionId, source: 'pointer' });
    expect(await queued(client)).toBe(1);
    const again = await connect(client);
    expect(again).not.toBe('');
    expect(await client.imports.list({ connectionId: (await client.connections.list())[0]?.id ?? '' })).toEqual([]);
    expect((await client.inbox.aside({ connectionId: (await client.connections.list())[0]?.id ?? '' })).total).toBe(0);
  });

  test('without an endpoint, decisions are recorded in Docket and sent nowhere', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    const { id } = await upload(client, `${HEADER}p1,One,,,\n`);
    await client.imports.commit({ id, connectionId, source: 'pointer' });
    await done(client, connectionId, id);
    const { rows: [item] } = await client.queue.page({ filter: {} });
    if (item === undefined) throw new Error('nothing came');
    expect((await client.queue.items({ ids: [item.id] }))[0]?.verbs.find(({ verb }) => verb === 'remove')).toMatchObject({ can: true, local: true });
    const { items } = await client.decide.record({ id: randomUUID(), items: [{ id: item.id, basis: item.version }], actions: [{ verb: 'remove' }], guidelineId: null, reason: 'Spam', message: null, source: 'key' });
    expect(items[0]?.state).toBe('decided');
    const [detail] = await client.queue.items({ ids: [item.id] });
    expect(detail?.decisions[0]?.deliveries.map(({ state, said }) => [state, said])).toEqual([['local', null]]);
    expect(await client.decide.outbox({})).toMatchObject({ deliveries: [], pending: 0 });
    await client.decide.undo({ id: randomUUID(), source: 'key' });
    expect((await client.queue.rows({ ids: [item.id] }))[0]?.state).toBe('open');
  });

  test('is imported from the drop folder of its connection, without a person at the desk', async () => {
    const { client } = backend;
    const connectionId = await connect(client);
    const folder = path.join(temporary.dir, 'drop', connectionId);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'export.csv'), HEADER + rows(0, 3));
    utimesSync(path.join(folder, 'export.csv'), 1_700_000_000, 1_700_000_000);
    writeFileSync(path.join(temporary.dir, 'elsewhere.csv'), HEADER + rows(50, 3));
    symlinkSync(path.join(temporary.dir, 'elsewhere.csv'), path.join(folder, 'link.csv'));
    await vi.waitFor(async () => expect(await queued(client)).toBe(3), { timeout: 30_000 });
    expect(await client.imports.list({ connectionId })).toMatchObject([{ name: 'export.csv', rows: 3, problems: 0 }]);
    expect(readdirSync(folder)).toEqual(['link.csv']);
  });

  test('an example message is shown as it would appear', async () => {
    const { client } = backend;
    const own = JSON.stringify({ subject: { id: '1', text: 'Hello' }, report: { id: 'r', category: 'spam' } });
    expect(await client.inbox.sample({ text: own, mapping: null })).toMatchObject({ checked: 1, problems: 0, rows: [{ subjectId: '1', reportId: 'r', category: 'spam', open: true }] });
    expect(await client.inbox.sample({ text: '{ half', mapping: null })).toMatchObject({ problems: 1 });
  });
});

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { webhook } from '../../src-main/connectors/webhook/webhook.ts';
import type { ItemRow } from '../../src-main/contract/queue.ts';
import { freePort, SECRET, signed } from '../connectors/webhook/far.ts';
import { startTestBackend, temporaryDir } from '../support/backend.ts';
import type { TestBackend } from '../support/backend.ts';
import { DELIVERY_SECRET, startEndpoint } from '../support/mapped/endpoint.ts';
import type { ScriptedEndpoint } from '../support/mapped/endpoint.ts';
import { ownReport } from '../support/mapped/reports.ts';

let temporary: { readonly dir: string } & Disposable;
let backend: TestBackend;
let endpoint: ScriptedEndpoint;
let port: number;
const kept = new Map<string, string>();

beforeEach(async () => {
  temporary = temporaryDir();
  endpoint = await startEndpoint(Date.now);
  port = await freePort();
  kept.clear();
  await start();
});
afterEach(async () => {
  await backend.stop();
  await endpoint.server.close();
  temporary[Symbol.dispose]();
});

async function start(): Promise<void> {
  backend = await startTestBackend({ dataDir: temporary.dir, connectors: [webhook], settings: { undoSeconds: 0 }, secrets: kept });
}

function values(secret = SECRET) {
  return { name: 'forum', port, scheme: 'standard', secret, deliveryUrl: endpoint.url, deliverySecret: DELIVERY_SECRET };
}

/** Adds the connection as a person does: tried first, which must not take the port away. */
async function connect(secret?: string): Promise<string> {
  const { client } = backend;
  expect(await client.connections.test({ platform: 'webhook', values: values(secret) })).toMatchObject({ name: `http://127.0.0.1:${port}/`, missing: [] });
  const { id } = await client.connections.add({ id: randomUUID(), platform: 'webhook', title: '', values: values(secret), source: 'pointer' });
  await live();
  // What the host keeps from one start to the next.
  kept.set(`connection/${id}/secret`, SECRET).set(`connection/${id}/deliverySecret`, DELIVERY_SECRET);
  return id;
}

async function live(): Promise<void> {
  await vi.waitFor(async () => expect((await backend.client.connections.list())[0]?.health.state).toBe('live'), { timeout: 30_000 });
}

async function post(report: unknown, id = randomUUID() as string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/`, signed(JSON.stringify(report), { scheme: 'standard', at: Date.now(), id }))).status;
}

async function items(count: number): Promise<ItemRow[]> {
  return vi.waitFor(async () => {
    const { rows } = await backend.client.queue.page({ filter: {} });
    expect(rows).toHaveLength(count);
    return rows;
  }, { timeout: 30_000 });
}

describe('a signed webhook', () => {
  test('puts its reports into the queue, and decisions on them reach the endpoint and come back', async () => {
    await connect();
    expect(await post(ownReport(0))).toBe(200);
    const [item] = await items(1);
    if (item === undefined) throw new Error('nothing came');
    const { client } = backend;
    const decide = { id: randomUUID(), items: [{ id: item.id, basis: item.version }], guidelineId: null, reason: 'Spam', message: null, source: 'key' as const };
    await client.decide.record({ ...decide, actions: [{ verb: 'remove' }] });
    await vi.waitFor(async () => expect((await client.queue.items({ ids: [item.id] }))[0]?.decisions[0]?.deliveries).toMatchObject([{ state: 'sent', remoteId: 'there-1' }]), { timeout: 30_000 });
    await client.decide.undo({ id: randomUUID(), source: 'key' });
    await vi.waitFor(() => expect(endpoint.carriedOut()).toBe(2), { timeout: 30_000 });
    expect(JSON.parse(endpoint.server.requests[1]?.text ?? '')).toMatchObject({ verb: 'remove', reverse: true, reverses: { id: 'there-1' } });
  });

  test('closes what its sender says was dealt with, with who did it, and opens it again with a new report', async () => {
    await connect();
    await post(ownReport(0));
    const [item] = await items(1);
    if (item === undefined) throw new Error('nothing came');
    const { client } = backend;
    await post({ ...ownReport(0), report: { id: 'r0', state: 'closed' }, resolution: { by: 'Ines', what: 'removed', at: Date.now() } });
    await vi.waitFor(async () => expect((await client.queue.rows({ ids: [item.id] }))[0]?.state).toBe('handled'), { timeout: 30_000 });
    expect((await client.queue.items({ ids: [item.id] }))[0]?.outside).toMatchObject([{ by: 'Ines', what: 'removed' }]);
    await post({ ...ownReport(0), report: { id: 'r-new', at: Date.now() + 1000 } });
    await vi.waitFor(async () => expect((await client.queue.rows({ ids: [item.id] }))[0]?.state).toBe('open'), { timeout: 30_000 });
  });

  test('an item is dealt with once its sender says so of every report, escalated or not', async () => {
    await connect();
    await post(ownReport(0));
    await post({ ...ownReport(0), report: { id: 'r-second', at: Date.now() } });
    const [item] = await items(1);
    if (item === undefined) throw new Error('nothing came');
    const { client } = backend;
    const stateIs = (state: string): Promise<void> => vi.waitFor(async () => expect((await client.queue.rows({ ids: [item.id] }))[0]?.state).toBe(state), { timeout: 30_000 });
    const [now] = await client.queue.rows({ ids: [item.id] });
    await client.decide.record({ id: randomUUID(), items: [{ id: item.id, basis: now?.version ?? 0 }], guidelineId: null, reason: 'Look', message: null, source: 'key', actions: [{ verb: 'escalate' }] });
    await stateIs('escalated');
    for (const [place, [id, state]] of ([['r0', 'escalated'], ['r-second', 'handled']] as const).entries()) {
      await post({ ...ownReport(0), report: { id, state: 'closed' }, resolution: { by: 'Ines', what: 'removed', at: Date.now() } });
      await vi.waitFor(async () => expect((await client.queue.items({ ids: [item.id] }))[0]?.reports.filter(({ open }) => !open)).toHaveLength(place + 1), { timeout: 30_000 });
      await stateIs(state);
    }
  });

  test('what its sender closes because of a decision here is no other\'s closing: undone, the item is open', async () => {
    await connect();
    await post(ownReport(0));
    const [item] = await items(1);
    if (item === undefined) throw new Error('nothing came');
    const { client } = backend;
    await client.decide.record({ id: randomUUID(), items: [{ id: item.id, basis: item.version }], guidelineId: null, reason: 'Spam', message: null, source: 'key', actions: [{ verb: 'remove' }] });
    await vi.waitFor(() => expect(endpoint.carriedOut()).toBe(1), { timeout: 30_000 });
    await post({ ...ownReport(0), report: { id: 'r0', state: 'closed' }, resolution: { by: 'Help desk', what: 'removed', at: Date.now() } });
    await vi.waitFor(async () => expect((await client.queue.items({ ids: [item.id] }))[0]?.reports).toMatchObject([{ open: false }]), { timeout: 30_000 });
    await client.decide.undo({ id: randomUUID(), source: 'key' });
    await vi.waitFor(() => expect(endpoint.carriedOut()).toBe(2), { timeout: 30_000 });
    expect((await client.queue.rows({ ids: [item.id] }))[0]?.state).toBe('open');
  });

  test('loses nothing that it answered with success when Docket ends at once, and knows it after that', async () => {
    await connect();
    await Promise.all(Array.from({ length: 20 }, (_, n) => post(ownReport(n), `msg_${n}`)));
    await backend.stop();
    await start();
    await live();
    expect(await post(ownReport(3), 'msg_3')).toBe(200);
    await items(new Set(Array.from({ length: 20 }, (_, n) => ownReport(n).subject.id)).size);
    expect((await backend.client.connections.list())[0]?.health).toMatchObject({ pulled: 20 });
  });

  test('keeps what its mapping cannot read, and shows it', async () => {
    const connectionId = await connect();
    expect(await post({ hello: 'world' }, 'msg_odd')).toBe(200);
    await vi.waitFor(async () => expect(await backend.client.inbox.aside({ connectionId })).toMatchObject({ total: 1, rows: [{ place: 'message msg_odd', field: 'subjectId', body: '{"hello":"world"}' }] }), { timeout: 30_000 });
    expect(await backend.client.inbox.drop({ connectionId })).toEqual({ count: 1 });
    expect((await backend.client.inbox.aside({ connectionId })).total).toBe(0);
  });

  test('is tried and changed while it runs, and does not lose its port; paused, it is closed', async () => {
    const id = await connect();
    const { client } = backend;
    expect(await client.connections.test({ platform: 'webhook', values: values() })).toMatchObject({ instance: 'forum' });
    expect(await post(ownReport(1))).toBe(200);
    await client.connections.change({ id, values: { deliveryUrl: '' }, source: 'pointer' });
    await vi.waitFor(async () => expect(await post(ownReport(8)).catch(() => 0)).toBe(200), { timeout: 30_000 });
    await items(2);
    await client.connections.pause({ id, paused: true, source: 'pointer' });
    await vi.waitFor(() => expect(post(ownReport(9))).rejects.toThrow('fetch failed'), { timeout: 30_000 });
  });

  test('on a port that another program has is said so, and to be changed', async () => {
    const { client } = backend;
    port = Number(new URL(endpoint.url).port);
    await expect(client.connections.test({ platform: 'webhook', values: values() })).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('in use') });
  });

  test('takes the example of the README', async () => {
    const example = /```sh\n(secret=.*?)```/s.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'))?.[1] ?? '';
    await connect(/secret=(\S+)/.exec(example)?.[1]);
    // Not the synchronous one: the backend answers in this very process.
    const { stdout } = await promisify(execFile)('sh', ['-c', example.replace(':8787/', `:${port}/`)], { timeout: 30_000 });
    expect(stdout).toBe('{"received":1}');
    expect((await items(1))[0]).toMatchObject({ snippet: 'Buy now', category: 'spam' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../src-main/connectors/connector.ts';
import type { Client } from '../../src-main/contract/contract.ts';
import type { DecisionAction, ItemRow } from '../../src-main/contract/queue.ts';
import { startTestBackend, temporaryDir } from '../support/backend.ts';
import type { TestBackend } from '../support/backend.ts';
import { makeFakeClock } from '../support/fake-clock.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { scriptedPlatform } from '../support/scripted-platform.ts';
import type { ScriptedPlatform } from '../support/scripted-platform.ts';

const OFFLINE = new ConnectorError('unreachable', 'tidepool.example did not answer. Check this machine\'s network; Docket keeps trying.');
let temporary: ReturnType<typeof temporaryDir>;
let clock: FakeClock;
let platform: ScriptedPlatform;
let backend: TestBackend;
let client: Client;

async function start(): Promise<void> {
  backend = await startTestBackend({
    dataDir: temporary.dir, connectors: [platform.connector], now: clock.now, sleep: clock.sleep,
    provisioned: [{ at: 'connections[0]', id: 'tide', platform: 'scripted', title: 'Tide', settings: { url: 'https://tidepool.example' }, secrets: { token: 'x' } }],
  });
  client = backend.client;
}

async function pass(ms: number): Promise<void> {
  for (let round = 0; round < 5; round += 1) await clock.advance(ms / 5);
}

beforeEach(async () => {
  temporary = temporaryDir();
  clock = makeFakeClock();
  platform = scriptedPlatform();
  platform.publish(6);
  await start();
  await pass(5000);
});
afterEach(async () => {
  await backend.stop();
  temporary[Symbol.dispose]();
});

async function openItems(): Promise<readonly ItemRow[]> {
  return (await client.queue.page({ filter: {} })).rows;
}

async function decide(item: ItemRow | undefined, ...actions: DecisionAction[]): Promise<string> {
  const id = randomUUID();
  await client.decide.record({ id, items: [{ id: item?.id ?? 0, basis: item?.version ?? 0 }], actions, guidelineId: null, source: 'key' });
  return id;
}

const done = (): string[] => platform.done.map(({ verb, reverse, subject: { remoteId } }) => `${reverse ? 'un' : ''}${verb} ${remoteId}`);

describe('with the platform out of reach', () => {
  beforeEach(async () => {
    platform.down = OFFLINE;
    await pass(60_000);
  });

  test('the desk is told calmly, and the queue, items, notes and decisions work', async () => {
    const [connection] = await client.connections.list();
    expect(connection?.health).toMatchObject({ state: 'offline', problem: OFFLINE.message, waiting: 0 });
    const items = await openItems();
    expect(items).toHaveLength(6);
    expect((await client.queue.items({ ids: [items[0]?.id ?? 0] }))[0]).toMatchObject({ before: expect.any(Array), contextAt: expect.any(Number) });
    await client.notes.save({ id: randomUUID(), basis: 0, about: { kind: 'item', id: items[0]?.id ?? 0 }, text: 'Seen before.', source: 'key' });
    await decide(items[0], { verb: 'remove' });
    await pass(600_000);
    expect((await openItems())).toHaveLength(5);
    expect(await client.decide.outbox({})).toMatchObject({ held: 0, pending: 1, attention: 0, deliveries: [{ state: 'pending', verb: 'remove' }] });
    expect((await client.connections.list())[0]?.health.waiting).toBe(1);
  });

  test('decisions go out once and in order on return, also when Docket was stopped meanwhile', async () => {
    const items = await openItems();
    for (const item of items.slice(0, 4)) await decide(item, { verb: 'remove' });
    await pass(60_000);
    await backend.stop();
    await start();
    await pass(60_000);
    expect(done()).toEqual([]);
    platform.down = null;
    await pass(5 * 60_000);
    const keys = items.slice(0, 4).map(({ key }) => key.split(':').at(-1) ?? '');
    expect(done().toSorted()).toEqual(keys.map((key) => `remove ${key}`).toSorted());
    expect(await client.decide.outbox({})).toMatchObject({ held: 0, pending: 0, attention: 0, deliveries: [] });
  });

  test('one that was undone while it waited never goes out', async () => {
    const [item] = await openItems();
    await decide(item, { verb: 'remove' });
    await pass(60_000);
    expect(await client.decide.undo({ id: randomUUID(), source: 'key' })).toMatchObject({ effect: 'cancelled' });
    platform.down = null;
    await pass(5 * 60_000);
    expect([done(), await openItems()]).toEqual([[], expect.objectContaining({ length: 6 })]);
  });

  test.each([
    ['keep-theirs', [], 'handled-there'],
    ['send-mine', ['remove'], 'sent'],
  ] as const)('what someone else handled meanwhile comes back as a conflict that shows both, and a person chooses to %s', async (choice, sent, state) => {
    const [item] = await openItems();
    const remoteId = item?.key.split(':').at(-1) ?? '';
    const decision = await decide(item, { verb: 'remove' });
    platform.others.set(remoteId, { by: '@ines', what: 'approved', at: clock.now() });
    platform.down = null;
    await pass(5 * 60_000);
    const [conflict] = await openItems();
    expect([conflict?.id, conflict?.state, done()]).toEqual([item?.id, 'conflict', []]);
    const [detail] = await client.queue.items({ ids: [item?.id ?? 0] });
    const delivery = detail?.decisions.find(({ id }) => id === decision)?.deliveries[0];
    expect(delivery).toMatchObject({ state: 'conflict', theirs: { by: '@ines', what: 'approved' } });
    await client.decide.resolve({ id: randomUUID(), deliveryId: delivery?.id ?? '', choice, source: 'key' });
    await pass(60_000);
    expect(done()).toEqual(sent.map((verb) => `${verb} ${remoteId}`));
    const [after] = await client.queue.items({ ids: [item?.id ?? 0] });
    expect(after?.decisions[0]?.deliveries[0]?.state).toBe(state);
    expect((await openItems()).map(({ id }) => id)).not.toContain(item?.id);
  });
});

test('undone after it was sent, the reverse is sent', async () => {
  const [item] = await openItems();
  await decide(item, { verb: 'remove' });
  await pass(10_000);
  expect(await client.decide.undo({ id: randomUUID(), source: 'key' })).toMatchObject({ effect: 'reversing' });
  await pass(10_000);
  const remoteId = item?.key.split(':').at(-1) ?? '';
  expect(done()).toEqual([`remove ${remoteId}`, `unremove ${remoteId}`]);
});

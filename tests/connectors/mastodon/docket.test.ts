import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import type { DecisionAction, ItemDetail, ItemRow } from '../../../src-main/contract/queue.ts';
import { startTestBackend } from '../../support/backend.ts';
import type { TestBackend } from '../../support/backend.ts';
import { TOKEN, startFarServer } from './server.ts';
import type { FarServer } from './server.ts';
import type { FarAccount, FarPost } from './world.ts';

/** The whole of Docket but its window, against a scripted Mastodon. */

const PATIENCE = { timeout: 8_000, interval: 40 };
let aheadMs = 0;
let far: FarServer;
let docket: TestBackend & AsyncDisposable;
let connectionId: string;
let piet: FarAccount;

function now(): number {
  return Date.now() + aheadMs;
}

beforeEach(async () => {
  aheadMs = 0;
  far = await startFarServer('mastodon', now);
  piet = far.world.account('piet');
  docket = await startTestBackend({ connectors: [mastodon], settings: { undoSeconds: 0, actor: 'Rosa' }, now });
  connectionId = randomUUID();
  await docket.client.connections.add({
    id: connectionId, platform: 'mastodon', title: 'Far', source: 'key', values: { server: far.server.origin, token: TOKEN },
  });
});
afterEach(async () => {
  await docket[Symbol.asyncDispose]();
  await far.close();
});

/** Some minutes later Docket looks again at what it holds for open. */
async function later(): Promise<void> {
  aheadMs += 2 * 60_000;
  await docket.client.connections.syncNow({ id: connectionId });
}

async function rows(state: 'open' | 'handled' | 'decided'): Promise<readonly ItemRow[]> {
  return (await docket.client.queue.page({ filter: { state }, order: 'newest' })).rows;
}

async function reported(post: FarPost): Promise<ItemRow> {
  far.world.report({ about: post.author, posts: [post] });
  await docket.client.connections.syncNow({ id: connectionId });
  const find = async (): Promise<ItemRow | undefined> => (await rows('open')).find(({ key }) => key.endsWith(post.id));
  await expect.poll(find, PATIENCE).toBeDefined();
  const row = await find();
  if (row === undefined) throw new Error('the item went away again');
  return row;
}

async function detailOf(id: number): Promise<ItemDetail> {
  const [detail] = await docket.client.queue.items({ ids: [id] });
  if (detail === undefined) throw new Error('no such item');
  return detail;
}

async function decide(row: ItemRow, actions: DecisionAction[]): Promise<string> {
  const id = randomUUID();
  await docket.client.decide.record({ id, items: [{ id: row.id, basis: (await detailOf(row.id)).row.version }], actions, guidelineId: null, reason: 'Seen before', source: 'key' });
  return id;
}

async function deliveries(row: ItemRow): Promise<string[]> {
  return (await detailOf(row.id)).decisions.flatMap((decision) => decision.deliveries.map(({ state }) => state));
}

describe('Docket at a Mastodon', () => {
  test('a report appears with its post, its people and the server\'s page, and says what cannot be done', async () => {
    const row = await reported(far.world.post(piet, '<p>Cheap <b>gnomes</b></p>'));
    expect(row).toMatchObject({ state: 'open', snippet: 'Cheap gnomes', category: 'spam', reportCount: 1, author: { handle: '@piet' }, subjectType: 'post' });
    const detail = await detailOf(row.id);
    expect(detail.subject.url).toMatch(/\/admin\/reports\/\d+$/);
    expect(detail.verbs.find(({ verb }) => verb === 'remove')).toMatchObject({ can: false, why: expect.stringContaining('cannot remove a single post') });
  });

  test('what is decided here is done there, once, and known as ours when it comes back', async () => {
    const row = await reported(far.world.post(piet, 'Gnomes'));
    await decide(row, [{ verb: 'mute' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await later();
    await expect.poll(async () => (await detailOf(row.id)).reports[0]?.open, PATIENCE).toBe(false);
    expect([(await detailOf(row.id)).row.state, far.world.deeds]).toEqual(['decided', ['silence piet by rosa']]);
  });

  test('what it closes of the member\'s other items is told there', async () => {
    const other = await reported(far.world.post(piet, 'More gnomes'));
    const row = await reported(far.world.post(piet, 'Gnomes'));
    await decide(row, [{ verb: 'mute' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await later();
    await expect.poll(async () => (await detailOf(other.id)).row.state, PATIENCE).toBe('handled');
    expect([(await detailOf(other.id)).outside, (await detailOf(row.id)).outside]).toMatchObject([[{ by: '@rosa', what: 'resolved, account limited' }], []]);
  });

  test('what a colleague resolves of two reports leaves the item open until the other is resolved, too', async () => {
    const post = far.world.post(piet, 'Gnomes');
    const row = await reported(post);
    far.world.report({ about: piet, posts: [post] });
    await later();
    await expect.poll(async () => (await detailOf(row.id)).row.reportCount, PATIENCE).toBe(2);
    const states: unknown[] = [];
    for (const { id } of far.world.open()) {
      far.world.resolve(id, far.ines);
      await later();
      await expect.poll(async () => (await detailOf(row.id)).reports.filter(({ open }) => open).length, PATIENCE).toBe(far.world.open().length);
      states.push((await detailOf(row.id)).row.state);
    }
    expect(states).toEqual(['open', 'handled']);
  });

  test('undone, it is lifted there and open here', async () => {
    const row = await reported(far.world.post(piet, 'Gnomes'));
    const decisionId = await decide(row, [{ verb: 'mute' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await docket.client.decide.undo({ id: randomUUID(), decisionId, source: 'key' });
    await expect.poll(() => [piet.silenced, far.world.open().length], PATIENCE).toEqual([false, 1]);
    await later();
    expect((await detailOf(row.id)).row.state).toBe('open');
  });

  test('what a colleague opens again after the decision waits for another one', async () => {
    const row = await reported(far.world.post(piet, 'Gnomes'));
    await decide(row, [{ verb: 'dismiss' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await later();
    await expect.poll(async () => (await detailOf(row.id)).reports[0]?.open, PATIENCE).toBe(false);
    for (const { id } of far.world.reports.values()) far.world.reopen(id, far.ines);
    await later();
    await expect.poll(async () => (await detailOf(row.id)).row, PATIENCE).toMatchObject({ state: 'open', reopened: true });
    await decide(row, [{ verb: 'mute' }]);
    await expect.poll(async () => [(await detailOf(row.id)).row.state, far.world.open().length], PATIENCE).toEqual(['decided', 0]);
  });

  test('what someone else resolved is handled, by whom', async () => {
    const row = await reported(far.world.post(piet, 'Gnomes'));
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    await later();
    await expect.poll(async () => (await detailOf(row.id)).row.state, PATIENCE).toBe('handled');
    expect((await detailOf(row.id)).outside[0]).toMatchObject({ by: '@ines', what: 'resolved' });
  });

  test('what someone else resolved between the look and the key is a conflict that names them', async () => {
    const row = await reported(far.world.post(piet, 'Gnomes'));
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    await decide(row, [{ verb: 'suspend' }]);
    await expect.poll(async () => (await detailOf(row.id)).row.state, PATIENCE).toBe('conflict');
    const [delivery] = (await detailOf(row.id)).decisions[0]?.deliveries ?? [];
    expect([delivery?.theirs, piet.suspended]).toMatchObject([{ by: '@ines', what: 'resolved' }, false]);
    await docket.client.decide.resolve({ id: randomUUID(), deliveryId: delivery?.id ?? '', choice: 'send-mine', source: 'key' });
    await expect.poll(() => piet.suspended, PATIENCE).toBe(true);
  });

  test('its rules are guidelines', async () => {
    await reported(far.world.post(piet, 'Gnomes'));
    await expect.poll(async () => (await docket.client.guidelines.list({})).map(({ title }) => title), PATIENCE).toContain('Don\'t be a meanie!');
  });
});

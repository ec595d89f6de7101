import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ozone } from '../../../src-main/connectors/ozone/ozone.ts';
import type { DecisionAction, ItemDetail, ItemRow } from '../../../src-main/contract/queue.ts';
import { startTestBackend } from '../../support/backend.ts';
import type { TestBackend } from '../../support/backend.ts';
import { installOzone } from './install.ts';
import { peopleOf } from './people.ts';
import type { Made, People } from './people.ts';
import { startOzone } from './servers.ts';
import type { OzoneServers } from './servers.ts';

/** The whole of Docket but its window, against the whole of Ozone but its window. */

const SPAM = 'com.atproto.moderation.defs#reasonSpam';
const PATIENCE = { timeout: 30_000, interval: 200 };
const DAY = 86_400_000;

let servers: OzoneServers;
let people: People;
let docket: TestBackend & AsyncDisposable;
let connectionId: string;

beforeAll(async () => {
  servers = await startOzone(installOzone((text) => { process.stderr.write(`${text}\n`); }));
  people = peopleOf(servers);
  docket = await startTestBackend({ connectors: [ozone], settings: { undoSeconds: 0, actor: 'Rosa' } });
  connectionId = randomUUID();
  await docket.client.connections.add({
    id: connectionId, platform: 'ozone', title: 'Bluesky', source: 'key',
    values: { service: servers.pds, handle: 'rosa.test', password: servers.password, labeler: servers.labeler },
  });
});
afterAll(async () => {
  await docket?.[Symbol.asyncDispose]();
  await servers?.stop();
});

async function rowOf(post: Made, state: 'open' | 'handled' | 'decided' | 'escalated'): Promise<ItemRow | undefined> {
  await docket.client.connections.syncNow({ id: connectionId });
  const { rows } = await docket.client.queue.page({ filter: { state }, order: 'newest' });
  return rows.find(({ key }) => key.endsWith(post.uri));
}

async function arrived(post: Made, state: 'open' | 'handled' | 'decided' | 'escalated' = 'open'): Promise<ItemRow> {
  await expect.poll(() => rowOf(post, state), PATIENCE).toBeDefined();
  const row = await rowOf(post, state);
  if (row === undefined) throw new Error('the item went away again');
  return row;
}

async function reported(text: string): Promise<{ readonly post: Made; readonly row: ItemRow }> {
  const post = await people.post('piet', text);
  await people.reportPost('mara', post, SPAM, 'The same advert again');
  return { post, row: await arrived(post) };
}

async function detailOf(id: number): Promise<ItemDetail> {
  const [detail] = await docket.client.queue.items({ ids: [id] });
  if (detail === undefined) throw new Error('no such item');
  return detail;
}

async function decide(row: ItemRow, actions: DecisionAction[]): Promise<string> {
  const id = randomUUID();
  await docket.client.decide.record({ id, items: [{ id: row.id, basis: row.version }], actions, guidelineId: null, reason: 'Seen before', source: 'key' });
  return id;
}

async function deeds(post: Made): Promise<string[]> {
  return (await people.history(post.uri)).map(({ event }) => event.$type.replace(/^.*#modEvent/, '')).filter((kind) => !['Report', 'Tag'].includes(kind));
}

async function deliveries(row: ItemRow): Promise<string[]> {
  return (await detailOf(row.id)).decisions.flatMap((decision) => decision.deliveries.map(({ state }) => state));
}

describe('Docket at a real Ozone', () => {
  test('a report made on the server appears in the queue, with who wrote it and who reported it', async () => {
    const { row } = await reported('Garden gnomes, cheap');
    expect(row).toMatchObject({ state: 'open', snippet: 'Garden gnomes, cheap', category: 'spam', reportCount: 1, author: { handle: '@piet.test' }, subjectType: 'post' });
    const detail = await detailOf(row.id);
    expect(detail.reports[0]).toMatchObject({ comment: 'The same advert again', remoteCategory: 'spam', reporter: { handle: '@mara.test' }, open: true });
    expect(detail.verbs.filter(({ can }) => can).map(({ verb }) => verb)).toEqual(expect.arrayContaining(['remove', 'mute', 'suspend', 'dismiss', 'label', 'escalate', 'warn']));
    expect(detail.verbs.find(({ verb }) => verb === 'lock')).toMatchObject({ can: false, why: expect.stringContaining('author') });
  });

  test.each([
    ['dismiss', {}, ['Acknowledge'], 'decided'],
    ['label', { labels: ['spam'] }, ['Label', 'Acknowledge'], 'decided'],
    ['remove', {}, ['Takedown'], 'decided'],
    ['escalate', {}, ['Escalate'], 'escalated'],
    ['mute', { durationMs: DAY }, ['Mute'], 'decided'],
  ] as const)('%s by key is seen in the server\'s own history, once', async (verb, more, expected, state) => {
    const { post, row } = await reported(`To ${verb}`);
    await decide(row, [{ verb, ...('labels' in more ? { labels: [...more.labels] } : {}), ...('durationMs' in more ? { durationMs: more.durationMs } : {}) }]);
    await expect.poll(() => deeds(post), PATIENCE).toEqual(expected);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    // What the server tells of it on the next syncs is known as ours: it stays decided, and nothing is sent again.
    const after = await arrived(post, state);
    await docket.client.connections.syncNow({ id: connectionId });
    expect((await detailOf(after.id)).row.state).toBe(state);
    expect(await deeds(post)).toEqual(expected);
  });

  test('undoing a takedown reverses it there', async () => {
    const { post, row } = await reported('Taken down by mistake');
    const decisionId = await decide(row, [{ verb: 'remove' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    expect(await docket.client.decide.undo({ id: randomUUID(), decisionId, source: 'key' })).toMatchObject({ effect: 'reversing' });
    await expect.poll(() => deeds(post), PATIENCE).toEqual(['Takedown', 'ReverseTakedown']);
    await docket.client.connections.syncNow({ id: connectionId });
    expect((await detailOf(row.id)).row.state).toBe('open');
  });

  test('two actions of one decision both go out', async () => {
    const { post, row } = await reported('Labelled and removed');
    await decide(row, [{ verb: 'label', labels: ['spam'] }, { verb: 'remove' }]);
    await expect.poll(async () => (await deeds(post)).toSorted(), PATIENCE).toEqual(['Acknowledge', 'Label', 'Takedown']);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent', 'sent']);
  });

  test('an item that another moderator handled is shown as handled, by whom', async () => {
    const { post } = await reported('Tomás was faster');
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventAcknowledge' });
    const row = await arrived(post, 'handled');
    expect((await detailOf(row.id)).outside[0]).toMatchObject({ by: '@tomas.test', what: 'acknowledged' });
    expect(await deeds(post)).toEqual(['Acknowledge']);
  });

  test('one that another moderator handles between the look and the key is a conflict that names them, and nothing is sent over it', async () => {
    const { post, row } = await reported('Tomás was faster by a breath');
    // Docket does not hear of it before the decision: its next sync is later.
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventAcknowledge' });
    await decide((await detailOf(row.id)).row, [{ verb: 'remove' }]);
    await expect.poll(async () => (await detailOf(row.id)).row.state, PATIENCE).toBe('conflict');
    const detail = await detailOf(row.id);
    expect(detail.decisions[0]?.deliveries[0]).toMatchObject({ state: 'conflict', theirs: { by: '@tomas.test', what: 'acknowledged' } });
    expect(await deeds(post)).toEqual(['Acknowledge']);
    await docket.client.decide.resolve({ id: randomUUID(), deliveryId: detail.decisions[0]?.deliveries[0]?.id ?? '', choice: 'send-mine', source: 'key' });
    await expect.poll(() => deeds(post), PATIENCE).toEqual(['Acknowledge', 'Takedown']);
  });

  test('a new report on a decided post brings it back', async () => {
    const { post, row } = await reported('Twice reported');
    await decide(row, [{ verb: 'dismiss' }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await people.reportPost('juno', post, SPAM, 'Still there');
    expect(await arrived(post)).toMatchObject({ reopened: true, reportCount: 1 });
  });

  test('the log of what was done here is whole, and holds no sign-in', async () => {
    expect(await docket.client.history.verify()).toMatchObject({ whole: true });
    expect(JSON.stringify(docket.logged)).not.toContain(servers.password);
    expect(docket.logged.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

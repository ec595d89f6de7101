import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import type { DecisionAction, ItemDetail, ItemRow } from '../../../src-main/contract/queue.ts';
import { startTestBackend, temporaryDir } from '../../support/backend.ts';
import type { TestBackend } from '../../support/backend.ts';
import { installMailman } from './install.ts';
import { peopleOf } from './people.ts';
import type { People } from './people.ts';
import { startMailman } from './server.ts';
import type { MailmanServer } from './server.ts';

/** The whole of Docket but its window, against the whole of Mailman's core. */

type State = 'open' | 'handled' | 'decided' | 'escalated';
const PATIENCE = { timeout: 30_000, interval: 200 };
const PIET = 'piet@example.org';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let server: MailmanServer;
let people: People;
let docket: TestBackend & AsyncDisposable;
let connectionId: string;
let ant: string;
let secret: string;

beforeAll(async () => {
  server = await startMailman(installMailman((text) => { process.stderr.write(`${text}\n`); }));
  people = peopleOf(server);
  secret = server.password;
  ant = await people.list('ant', { info: 'Be kind.' });
  docket = await startTestBackend({ connectors: [mailman], settings: { undoSeconds: 0, actor: 'Rosa' } });
  connectionId = randomUUID();
  await docket.client.connections.add({
    id: connectionId, platform: 'mailman', title: 'Lists', source: 'key', values: { url: server.url, user: server.user, password: server.password },
  });
});
afterAll(async () => {
  await docket?.[Symbol.asyncDispose]();
  await server?.stop();
});

async function rowOf(words: string, state: State, desk = docket): Promise<ItemRow | undefined> {
  await desk.client.connections.syncNow({ id: connectionId });
  const { rows } = await desk.client.queue.page({ filter: { state }, order: 'newest' });
  return rows.find(({ snippet }) => snippet.includes(words));
}

async function arrived(words: string, state: State = 'open'): Promise<ItemRow> {
  await expect.poll(() => rowOf(words, state), PATIENCE).toBeDefined();
  const row = await rowOf(words, state);
  if (row === undefined) throw new Error('the item went away again');
  return row;
}

async function held(subject: string, from = PIET): Promise<{ readonly id: unknown; readonly row: ItemRow }> {
  const one = await people.write(ant, from, subject);
  return { id: one['request_id'], row: await arrived(subject) };
}

async function detailOf(id: number): Promise<ItemDetail> {
  const [detail] = await docket.client.queue.items({ ids: [id] });
  if (detail === undefined) throw new Error('no such item');
  return detail;
}

async function decide(row: ItemRow, actions: DecisionAction[], message: string | null = null): Promise<string> {
  const id = randomUUID();
  await docket.client.decide.record({
    id, items: [{ id: row.id, basis: (await detailOf(row.id)).row.version }], actions, guidelineId: null, reason: 'Seen before', source: 'key', ...(message === null ? {} : { message }),
  });
  return id;
}

async function deliveries(row: ItemRow): Promise<string[]> {
  return (await detailOf(row.id)).decisions.flatMap((decision) => decision.deliveries.map(({ state }) => state));
}

async function isHeld(subject: string): Promise<boolean> {
  return (await people.held(ant)).some((one) => one['subject'] === subject);
}

describe('Docket at a real Mailman', () => {
  test('a message that waits appears in the queue, with who wrote it, where and why', async () => {
    const { row } = await held('Garden gnomes, cheap');
    expect(row).toMatchObject({ state: 'open', category: 'held', reportCount: 1, author: { handle: PIET }, subjectType: 'post' });
    const detail = await detailOf(row.id);
    expect(detail.reports[0]).toMatchObject({ comment: 'The message is not from a list member', remoteCategory: 'nonmember-moderation', open: true });
    expect(detail.verbs.filter(({ can }) => can).map(({ verb }) => verb)).toEqual(expect.arrayContaining(['remove', 'mute', 'suspend', 'dismiss', 'escalate']));
    expect(detail.verbs.find(({ verb }) => verb === 'lock')).toMatchObject({ can: false, why: expect.stringContaining('threads') });
    await expect.poll(async () => (await docket.client.guidelines.list({})).map(({ title }) => title), PATIENCE).toContain('Ant');
  });

  test('a picture that is attached is kept while the message is held', async () => {
    await people.mail(ant, PIET, `From: ${PIET}\nTo: ${ant}\nSubject: A picture\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nSee below\n--B\nContent-Type: image/png\nContent-Disposition: attachment; filename="dot.png"\nContent-Transfer-Encoding: base64\n\n${PNG}\n--B--\n`);
    const row = await arrived('A picture');
    await expect.poll(async () => (await detailOf(row.id)).subject.media, PATIENCE).toMatchObject([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), mime: 'image/png', alt: 'dot.png' }]);
  });

  test.each([
    ['dismiss', null, 'pipeline', 'decided'], ['remove', null, 'pipeline', 'decided'], ['remove', 'Please read the rules.', 'virgin', 'decided'], ['escalate', null, 'virgin', 'escalated'],
  ] as const)('%s with %j, by key: in the server\'s queue "%s", and it stays so here', async (verb, message, queue, state) => {
    const subject = `To ${verb} ${message ?? ''}`.trim();
    const { row } = await held(subject);
    const before = await people.queued(queue);
    await decide(row, [{ verb }], message);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    expect(await people.queued(queue) - before).toBe(verb === 'dismiss' || message !== null ? 1 : 0);
    expect(await isHeld(subject)).toBe(verb === 'escalate');
    await docket.client.connections.syncNow({ id: connectionId });
    await docket.client.connections.syncNow({ id: connectionId });
    expect((await detailOf(row.id)).row.state).toBe(state);
    expect((await detailOf(row.id)).outside).toEqual([]);
  });

  test('removing a message and banning its sender in one decision; undone, the ban is lifted', async () => {
    const { row } = await held('Spam from Sid', 'sid@spam.example');
    const decisionId = await decide(row, [{ verb: 'suspend', durationMs: null }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    expect((await people.call('GET', '/lists/ant.lists.example/bans/sid@spam.example')).status).toBe(200);
    expect(await docket.client.decide.undo({ id: randomUUID(), decisionId, source: 'key' })).toMatchObject({ effect: 'reversing' });
    await expect.poll(async () => (await people.call('GET', '/lists/ant.lists.example/bans/sid@spam.example')).status, PATIENCE).toBe(404);
    expect((await detailOf(row.id)).row.state).toBe('open');
    await decide(row, [{ verb: 'remove' }, { verb: 'suspend', durationMs: null }]);
    await expect.poll(async () => [await isHeld('Spam from Sid'), (await people.call('GET', '/lists/ant.lists.example/bans/sid@spam.example')).status], PATIENCE).toEqual([false, 200]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  test('a request to join is accepted by key, and undone', async () => {
    await people.ask(ant, 'anne@example.org', 'Anne Person');
    const row = await arrived('Anne Person');
    expect(row).toMatchObject({ subjectType: 'member', author: { handle: 'anne@example.org' } });
    const decisionId = await decide(row, [{ verb: 'dismiss' }]);
    await expect.poll(() => people.memberOf(ant, 'member', 'anne@example.org'), PATIENCE).not.toBeNull();
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent']);
    await docket.client.decide.undo({ id: randomUUID(), decisionId, source: 'key' });
    await expect.poll(() => people.memberOf(ant, 'member', 'anne@example.org'), PATIENCE).toBeNull();
  });

  test('what Tomás handled in the web interface is shown as handled; who he was, Mailman does not say', async () => {
    const { id, row } = await held('Tomás was faster');
    await people.handle(ant, id, 'discard');
    await arrived('Tomás was faster', 'handled');
    expect((await detailOf(row.id)).outside[0]).toMatchObject({ by: null, what: 'left the moderation queue' });
  });

  test('what he handled between the look and the key is a conflict; insisted on, it ends as handled there', async () => {
    const { id, row } = await held('Faster by a breath');
    await people.handle(ant, id, 'discard');
    await decide(row, [{ verb: 'dismiss' }]);
    await expect.poll(async () => (await detailOf(row.id)).row.state, PATIENCE).toBe('conflict');
    const [delivery] = (await detailOf(row.id)).decisions[0]?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'conflict', theirs: { by: null, what: 'left the moderation queue' } });
    await docket.client.decide.resolve({ id: randomUUID(), deliveryId: delivery?.id ?? '', choice: 'send-mine', source: 'key' });
    await expect.poll(() => deliveries(row), PATIENCE).toContain('handled-there');
  });

  test('a desk that is stopped amid the first sync has all of it once, when it is started again', async () => {
    const bee = await people.list('bee');
    await people.writeMany(bee, PIET, 30);
    using folder = temporaryDir();
    const start = (): Promise<TestBackend & AsyncDisposable> => startTestBackend({ dataDir: folder.dir, connectors: [mailman], settings: { actor: 'Rosa' } });
    const first = await start();
    await first.client.connections.add({ id: connectionId, platform: 'mailman', title: 'Bees', source: 'key', values: { url: server.url, user: server.user, password: server.password, lists: bee } });
    await first.stop();
    const second = await start();
    // The test's keyring is gone with the first desk.
    await second.client.connections.change({ id: connectionId, source: 'key', values: { password: server.password } });
    await expect.poll(async () => {
      await second.client.connections.syncNow({ id: connectionId });
      return (await second.client.queue.page({ filter: { state: 'open' }, order: 'newest' })).rows.length;
    }, PATIENCE).toBe(30);
    await second[Symbol.asyncDispose]();
  });

  test('the log of what was done here is whole, and holds no password', async () => {
    expect(await docket.client.history.verify()).toMatchObject({ whole: true });
    expect(JSON.stringify(docket.logged)).not.toContain(secret);
    expect(docket.logged.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

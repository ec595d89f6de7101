import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import type { DecisionAction, ItemDetail, ItemRow } from '../../../src-main/contract/queue.ts';
import { startTestBackend } from '../../support/backend.ts';
import type { TestBackend } from '../../support/backend.ts';
import { startDiscord, TOKEN } from './server.ts';
import type { ScriptedDiscord } from './server.ts';
import type { FarUser, Told, Trigger } from './world.ts';
import { GUILD } from './world.ts';

/** The whole of Docket but its window, against a scripted Discord and its gateway. */

const PATIENCE = { timeout: 10_000, interval: 40 };
let far: ScriptedDiscord;
let docket: TestBackend & AsyncDisposable;
let piet: FarUser;

beforeEach(async () => {
  far = await startDiscord(Date.now, 100);
  piet = far.world.addUser('piet');
  docket = await startTestBackend({ connectors: [discord], settings: { undoSeconds: 0, actor: 'Rosa' } });
  await docket.client.connections.add({
    id: randomUUID(), platform: 'discord', title: 'Watches', source: 'key', values: { url: far.server.origin, guild: GUILD, token: TOKEN },
  });
  await far.gateway.until(({ heard }) => heard.some(({ op }) => op === 2));
});
afterEach(async () => {
  await docket[Symbol.asyncDispose]();
  await far.close();
});

async function rows(state: 'open' | 'handled' | 'decided'): Promise<readonly ItemRow[]> {
  return (await docket.client.queue.page({ filter: { state }, order: 'newest' })).rows;
}

/** AutoMod acts; the gateway tells of it, as it does of what moderators do. */
function triggered(how: Trigger = {}): Told {
  const told = far.world.trigger(piet, how);
  for (const event of told.events) far.gateway.dispatch('AUTO_MODERATION_ACTION_EXECUTION', event);
  return told;
}

async function reported(how: Trigger = {}): Promise<ItemRow> {
  triggered(how);
  await expect.poll(() => rows('open'), PATIENCE).toHaveLength(1);
  const [row] = await rows('open');
  if (row === undefined) throw new Error('the item went away again');
  return row;
}

async function detailOf(id: number): Promise<ItemDetail> {
  const [detail] = await docket.client.queue.items({ ids: [id] });
  if (detail === undefined) throw new Error('no such item');
  return detail;
}

async function decide(row: ItemRow, actions: DecisionAction[]): Promise<void> {
  await docket.client.decide.record({ id: randomUUID(), items: [{ id: row.id, basis: (await detailOf(row.id)).row.version }], actions, guidelineId: null, reason: 'Seen before', source: 'key' });
}

async function deliveries(row: ItemRow): Promise<string[]> {
  return (await detailOf(row.id)).decisions.flatMap((decision) => decision.deliveries.map(({ state }) => state));
}

describe('Docket at a Discord server', () => {
  test('what AutoMod does appears by itself, once, with who and where', async () => {
    const row = await reported({ timesOut: true });
    expect(row).toMatchObject({ state: 'open', snippet: 'buy cheap watches', reportCount: 1, author: { handle: '@piet' }, subjectType: 'message' });
    const detail = await detailOf(row.id);
    expect(detail.verbs.find(({ verb }) => verb === 'label')).toMatchObject({ can: false, why: 'Discord has no labels for messages or members.' });
  });

  test('what is decided here is done there, once, and known as ours when it comes back', async () => {
    const row = await reported();
    await decide(row, [{ verb: 'remove' }, { verb: 'mute', durationMs: 3_600_000 }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['sent', 'sent']);
    expect(far.deeds).toBe(2);
    far.gateway.dispatch('GUILD_AUDIT_LOG_ENTRY_CREATE', { guild_id: GUILD, ...far.world.entries.at(-1) });
    const reads = (): number => far.server.requests.filter(({ path }) => path.includes('/audit-logs?after=')).length;
    const before = reads();
    await expect.poll(reads, PATIENCE).toBeGreaterThan(before);
    expect((await detailOf(row.id)).row.state).toBe('decided');
    expect(await rows('handled')).toEqual([]);
  });

  test('what a colleague did there is said with their name', async () => {
    const row = await reported();
    far.world.ban(far.world.tomas, piet, 'spam');
    far.gateway.dispatch('GUILD_AUDIT_LOG_ENTRY_CREATE', { guild_id: GUILD, ...far.world.entries.at(-1) });
    await expect.poll(async () => (await rows('handled')).map(({ id }) => id), PATIENCE).toEqual([row.id]);
  });

  test('what a colleague did that nobody has told of yet is met before sending', async () => {
    const row = await reported();
    far.world.ban(far.world.tomas, piet);
    await decide(row, [{ verb: 'mute', durationMs: 3_600_000 }]);
    await expect.poll(() => deliveries(row), PATIENCE).toEqual(['conflict']);
    expect(far.deeds).toBe(0);
  });
});

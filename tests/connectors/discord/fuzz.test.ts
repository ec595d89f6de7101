import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import { makeLive } from '../../../src-main/connectors/discord/live.ts';
import { sightingOfExecution } from '../../../src-main/connectors/discord/sightings.ts';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { noSocket } from '../../support/connector-io.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import { GUILD } from './world.ts';

let desk: Desk;
let spoil: { readonly path: RegExp; readonly how: (answer: unknown) => unknown } | null = null;
/** Each offence by the id of its alert, else of its entry, and its words where they can be known. */
const filed: { readonly id: string; readonly text: string | null }[] = [];
const JUNK: readonly unknown[] = [null, true, {}, [], '', -0.5, undefined, 'something_new', 77];
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const spoiling: typeof globalThis.fetch = async (input, init) => {
  const response = await desk.io.fetch(input, init);
  const plan = spoil;
  if (plan === null || !plan.path.test(String(input)) || !response.ok || response.status === 204) return response;
  return new Response(JSON.stringify(plan.how(await response.json())) ?? '', { status: response.status, headers: response.headers });
};

function open(): Session {
  return discord.open({ ...desk.io, fetch: spoiling, socket: noSocket }, desk.values);
}

async function onlyConnectorErrors(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof ConnectorError)) throw error;
  });
}

beforeAll(async () => {
  desk = await openDesk();
  for (let n = 0; n < 12; n += 1) {
    const text = `Offence ${n}`;
    const { alert, entries } = desk.world.trigger(desk.world.addUser(`member${n}`), { content: text, blocks: n % 3 === 0, alerts: n % 4 !== 0 || n % 3 !== 0, timesOut: n % 5 === 0, profile: n === 7 });
    filed.push(alert === null ? { id: entries[0] ?? '', text: null } : { id: alert, text });
    desk.io.pass(20_000);
  }
  desk.world.write(desk.world.rulesChannel.id, desk.world.tomas.id, '1. Be civil\n2. No advertising');
  await desk.pull();
});
afterAll(() => desk.close());

test.each([/\/messages\?/, /audit-logs/, /auto-moderation/, /\/channels$/, /users\/@me$/])('%s spoilt in one place: no report is lost', async (path) => {
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
    const session = open();
    const got = new Set<string>();
    let cursor: string | null = null;
    const pull = async (): Promise<void> => {
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        for (const { remoteId } of batch.reports) got.add(remoteId);
        // An alert that was kept from an answer joins the report that its entry made.
        for (const { text } of batch.subjects) got.add(text);
      }
    };
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(pull);
    spoil = null;
    await pull();
    expect(filed.filter(({ id, text }) => !got.has(id) && (text === null || !got.has(text)))).toEqual([]);
  }), { numRuns: 120 });
});

test.each([/channels\//, /members\//, /audit-logs/, /users\/@me$/, /guilds\/\d+$/, /applications/, /auto-moderation/])('%s spoilt in one place: context, sign-in and rules come or say what is wrong', async (path) => {
  const subjects = [...desk.subjects.values()];
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), fc.nat(), async (place, junk, which) => {
    const subject = subjects[which % subjects.length];
    if (subject === undefined) throw new Error('nothing came');
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(() => open().context(subject, signal));
    await onlyConnectorErrors(() => open().verify(signal));
    await onlyConnectorErrors(() => open().guidelines(signal));
    spoil = null;
  }), { numRuns: 60 });
});

test.each([/audit-logs/, /members\//])('%s spoilt in one place: a timeout is set at most once', async (path) => {
  await fc.assert(fc.asyncProperty(where, fc.constantFrom(...JUNK), async (place, junk) => {
    const user = desk.world.addUser('fresh');
    const order = { ...desk.order('mute', [...desk.subjects.keys()][0] ?? '', { durationMs: 60_000 }), subject: { type: 'member' as const, remoteId: user.id, authorId: user.id, extra: {} } };
    const before = desk.far.deeds;
    spoil = { path, how: (answer) => spoiltAt(answer, place, junk) };
    await onlyConnectorErrors(() => open().deliver(order, signal));
    spoil = null;
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.deeds - before).toBe(1);
  }), { numRuns: 60 });
});

test('a spoilt event of the gateway is told as far as it can be read', () => {
  const event = { guild_id: GUILD, action: { type: 2, metadata: { channel_id: '613425648685547545' } }, rule_id: '969707018069872670', rule_trigger_type: 1, user_id: '171111111111111111', channel_id: '613425648685547545', message_id: '1141110000000000000', alert_system_message_id: '1141110000000000001', content: 'buy cheap watches', matched_keyword: '*watches*', matched_content: 'watches' };
  fc.assert(fc.property(where, fc.constantFrom(...JUNK), fc.constantFrom('AUTO_MODERATION_ACTION_EXECUTION', 'MESSAGE_UPDATE', 'MESSAGE_DELETE_BULK', 'MESSAGE_CREATE'), (place, junk, name) => {
    const live = makeLive(GUILD, () => 0, () => undefined);
    const spoilt = spoiltAt(event, place, junk);
    live.hear(name, spoilt);
    for (const { event: heard, at } of live.waiting().executions) expect(sightingOfExecution(heard, at, null).source).toBe('live');
    const stillOurs = typeof spoilt === 'object' && spoilt !== null && 'guild_id' in spoilt && spoilt.guild_id === GUILD;
    if (name === 'AUTO_MODERATION_ACTION_EXECUTION') expect(live.waiting().executions.length).toBe(stillOurs ? 1 : 0);
  }), { numRuns: 500 });
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import { makeLive } from '../../../src-main/connectors/discord/live.ts';
import { sightingOfExecution } from '../../../src-main/connectors/discord/sightings.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { makeAnswerFuzz, oneOf } from '../../support/answer-fuzz.ts';
import type { AnswerFuzz } from '../../support/answer-fuzz.ts';
import { noSocket } from '../../support/connector-io.ts';
import { spoiltAt } from '../../support/spoil.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { GUILD } from './world.ts';

let desk: Desk;
let fuzz: AnswerFuzz;
/** Each offence by the id of its alert, else of its entry, and its words where they can be known. */
const filed: { readonly id: string; readonly text: string | null }[] = [];

function open(): Session {
  return discord.open({ ...desk.io, fetch: fuzz.fetch, socket: noSocket }, desk.values);
}

beforeAll(async () => {
  desk = await openDesk();
  fuzz = makeAnswerFuzz(desk.io.fetch);
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

test.each([/\/messages\?/, /audit-logs/, /auto-moderation/, /\/channels$/])('%s spoilt in one place: no report is lost', async (path) => {
  await fuzz.check(path, 120, async (spoilt) => {
    const session = open();
    const got = new Set<string>();
    let cursor: string | null = null;
    const pull = async (): Promise<void> => {
      for await (const batch of session.pull(cursor, signal)) {
        ({ cursor } = batch);
        // An alert that was kept from an answer joins the report that its entry made, and is known by its words.
        for (const one of [...batch.reports.map(({ remoteId }) => remoteId), ...batch.subjects.map(({ text }) => text)]) got.add(one);
      }
    };
    await spoilt(pull);
    await pull();
    expect(filed.filter(({ id, text }) => !got.has(id) && (text === null || !got.has(text)))).toEqual([]);
  });
});

test.each([/channels\//, /members\//, /audit-logs/, /users\/@me$/, /guilds\/\d+$/, /applications/, /auto-moderation/])('%s spoilt in one place: context, sign-in and rules come or say what is wrong', async (path) => {
  await fuzz.check(path, 60, async (spoilt, which) => {
    const subject = oneOf([...desk.subjects.values()], which);
    await spoilt(() => open().context(subject, signal));
    await spoilt(() => open().verify(signal));
    await spoilt(() => open().guidelines(signal));
  });
});

test.each([/audit-logs/, /members\//])('%s spoilt in one place: a timeout is set at most once', async (path) => {
  await fuzz.check(path, 60, async (spoilt) => {
    const user = desk.world.addUser('fresh');
    const order = { ...desk.order('mute', oneOf([...desk.subjects.keys()], 0), { durationMs: 60_000 }), subject: { type: 'member' as const, remoteId: user.id, authorId: user.id, extra: {} } };
    const before = desk.far.deeds;
    await spoilt(() => open().deliver(order, signal));
    await open().deliver({ ...order, force: true }, signal);
    expect(desk.far.deeds - before).toBe(1);
  });
});

test('a spoilt event of the gateway is told as far as it can be read', () => {
  const event = { guild_id: GUILD, action: { type: 2, metadata: { channel_id: '613425648685547545' } }, rule_id: '969707018069872670', rule_trigger_type: 1, user_id: '171111111111111111', channel_id: '613425648685547545', message_id: '1141110000000000000', alert_system_message_id: '1141110000000000001', content: 'buy cheap watches', matched_keyword: '*watches*', matched_content: 'watches' };
  const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(where, fc.constantFrom<unknown>(null, true, {}, [], '', -0.5, undefined, 'something_new', 77), fc.constantFrom('AUTO_MODERATION_ACTION_EXECUTION', 'MESSAGE_UPDATE', 'MESSAGE_DELETE_BULK', 'MESSAGE_CREATE'), (place, junk, name) => {
    const live = makeLive(GUILD, () => 0, () => undefined);
    const spoilt = spoiltAt(event, place, junk);
    live.hear(name, spoilt, null);
    for (const heard of live.waiting().executions) expect(sightingOfExecution(heard, null).source).toBe('live');
    const stillOurs = typeof spoilt === 'object' && spoilt !== null && 'guild_id' in spoilt && spoilt.guild_id === GUILD;
    if (name === 'AUTO_MODERATION_ACTION_EXECUTION') expect(live.waiting().executions.length).toBe(stillOurs ? 1 : 0);
  }), { numRuns: 500 });
});

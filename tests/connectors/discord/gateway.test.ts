import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeClient } from '../../../src-main/connectors/discord/client.ts';
import { INTENT } from '../../../src-main/connectors/discord/codes.ts';
import { discord } from '../../../src-main/connectors/discord/discord.ts';
import { makeGateway } from '../../../src-main/connectors/discord/gateway.ts';
import type { Gateway } from '../../../src-main/connectors/discord/gateway.ts';
import { INTENTS } from '../../../src-main/connectors/discord/live.ts';
import { readSettings } from '../../../src-main/connectors/discord/settings.ts';
import { sleepByTimer } from '../../../src-main/connectors/http/sleep.ts';
import { makeConnectorIo } from '../../support/connector-io.ts';
import { startDiscord, TOKEN } from './server.ts';
import type { ScriptedDiscord } from './server.ts';
import { GUILD } from './world.ts';

let far: ScriptedDiscord;
let gateway: Gateway;
let events: string[];
let begun: number;
const WITH_CONTENT = INTENTS | INTENT.content;
const ops = (op: number) => far.gateway.heard.filter((one) => one.op === op);

beforeEach(async () => {
  const io = makeConnectorIo(discord.fields);
  far = await startDiscord(() => io.truly());
  const values = { url: far.server.origin, guild: GUILD };
  io.use(values, { token: TOKEN });
  [events, begun] = [[], 0];
  gateway = makeGateway({
    io, client: makeClient(io, readSettings(values)),
    onEvent: (name) => void events.push(name),
    onReady: () => void (begun += 1),
    // Waits between connections are short here; heartbeats are their own.
    sleep: (ms, signal) => sleepByTimer(Math.min(ms, 60), signal),
  });
});
afterEach(async () => {
  await gateway.stop();
  await far.close();
});

/** Waits until a connection is a session. */
async function listening(): Promise<void> {
  gateway.start(WITH_CONTENT);
  await far.gateway.until(({ heard }) => heard.some(({ op }) => op === 2) && heard.some(({ op }) => op === 1));
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !done(); tries += 1) await sleepByTimer(10, new AbortController().signal);
  expect(done()).toBe(true);
}

describe('a connection', () => {
  test('says who it is and what it wants, in version 10 and JSON', async () => {
    await listening();
    expect(far.gateway.opened).toEqual(['/?v=10&encoding=json']);
    expect(ops(2)).toMatchObject([{ d: { token: TOKEN, intents: WITH_CONTENT, properties: { browser: 'docket' } } }]);
  });

  test('beats with the last number that it heard', async () => {
    await listening();
    far.gateway.dispatch('GUILD_BAN_ADD', {});
    far.gateway.dispatch('GUILD_BAN_ADD', {});
    await far.gateway.until(({ heard }) => heard.some(({ op, d }) => op === 1 && d === 3));
    expect(events).toEqual(['GUILD_BAN_ADD', 'GUILD_BAN_ADD']);
  });

  test('hears what is sent twice once', async () => {
    await listening();
    far.gateway.dispatch('GUILD_BAN_ADD', {});
    far.gateway.repeat();
    far.gateway.dispatch('GUILD_BAN_REMOVE', {});
    await until(() => events.includes('GUILD_BAN_REMOVE'));
    expect(events).toEqual(['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE']);
  });

  test('beats at once where it is asked to', async () => {
    far.gateway.heartbeatMs = 1_000_000;
    gateway.start(WITH_CONTENT);
    await until(() => begun === 1);
    const before = ops(1).length;
    far.gateway.say(1);
    await far.gateway.until(({ heard }) => heard.filter(({ op }) => op === 1).length > before);
  });

  test('without an answer to its heartbeat is ended and resumed', async () => {
    await listening();
    far.gateway.acks = false;
    await far.gateway.until(({ heard }) => heard.some(({ op }) => op === 6));
    far.gateway.acks = true;
    expect(ops(6)[0]).toMatchObject({ d: { token: TOKEN, session_id: 'session0', seq: 1 } });
  });

  test('says goodbye when the session is closed', async () => {
    await listening();
    await gateway.stop();
    await until(() => far.gateway.connected() === 0);
    gateway.start(WITH_CONTENT);
    expect(ops(2)).toHaveLength(1);
  });
});

describe('a connection that breaks', () => {
  test('is resumed at the address for it, and what was missed is heard once', async () => {
    await listening();
    far.gateway.dispatch('GUILD_BAN_ADD', {});
    await until(() => events.length === 1);
    far.gateway.drop();
    await until(() => far.gateway.connected() === 0);
    far.gateway.dispatch('GUILD_BAN_REMOVE', {});
    await until(() => begun === 2);
    expect(events).toEqual(['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE']);
    expect(far.gateway.opened).toEqual(['/?v=10&encoding=json', '/resume?v=10&encoding=json']);
    expect([ops(2).length, ops(6).length]).toEqual([1, 1]);
  });

  test('at Discord\'s wish (7) is resumed', async () => {
    await listening();
    far.gateway.say(7);
    await until(() => begun === 2);
    expect([ops(2).length, ops(6).length]).toEqual([1, 1]);
  });

  test('and cannot be resumed (9) is begun anew', async () => {
    await listening();
    far.gateway.resumes = false;
    far.gateway.drop();
    await until(() => begun === 2);
    expect([ops(2).length, ops(6).length]).toEqual([2, 1]);
  });

  test('by an invalid session that may go on (9, true) is resumed', async () => {
    await listening();
    far.gateway.say(9, true);
    await until(() => begun === 2);
    expect([ops(2).length, ops(6).length]).toEqual([1, 1]);
  });

  test.each([[4000, 1], [4001, 1], [4007, 2], [4009, 2]])('with code %i is gone on with: %i times identified', async (code, identified) => {
    await listening();
    far.gateway.drop(code);
    await until(() => begun === 2);
    expect(ops(2)).toHaveLength(identified);
    expect(gateway.trouble()).toBeNull();
  });

  test.each([[{ code: 4000 }], [{ op: 7 }]])('as soon as it began, %j, again and again, is left alone, too', async (how) => {
    far.gateway.hangsUp = how;
    gateway.start(WITH_CONTENT);
    await until(() => begun === 6);
    await sleepByTimer(200, new AbortController().signal);
    expect([begun, ops(2).length + ops(6).length]).toEqual([6, 6]);
  });

  test('again and again is left alone until a pull asks', async () => {
    far.gateway.refuses = 4000;
    gateway.start(WITH_CONTENT);
    await until(() => ops(2).length === 6);
    await sleepByTimer(200, new AbortController().signal);
    expect(ops(2)).toHaveLength(6);
    gateway.start(WITH_CONTENT);
    await sleepByTimer(200, new AbortController().signal);
    expect(ops(2)).toHaveLength(6);
  });
});

describe('a connection that is refused for good', () => {
  test.each([
    [4004, 'sign-in', /no longer accepts the bot token.*Developer Portal/],
    [4010, 'settings', /shards/], [4011, 'settings', /shards/], [4012, 'settings', /version 10/],
    [4013, 'settings', /Message Content Intent in the Developer Portal.*Privileged Gateway Intents/],
    [4014, 'settings', /Message Content Intent is not enabled.*Privileged Gateway Intents/],
  ] as const)('%i is told in plain words, and not tried again', async (code, kind, said) => {
    far.gateway.refuses = code;
    gateway.start(WITH_CONTENT);
    await until(() => gateway.trouble() !== null);
    expect(gateway.trouble()).toMatchObject({ name: 'ConnectorError', kind, message: expect.stringMatching(said) });
    gateway.start(WITH_CONTENT);
    await sleepByTimer(150, new AbortController().signal);
    expect(ops(2)).toHaveLength(1);
    far.gateway.refuses = null;
    gateway.forgive();
    gateway.start(WITH_CONTENT);
    await until(() => begun === 1);
  });
});

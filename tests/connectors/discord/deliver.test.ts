import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditReason, orderIn } from '../../../src-main/connectors/discord/mark.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const DAY = 86_400_000;
let desk: Desk;
let message: string;
beforeEach(async () => {
  desk = await openDesk({ banDeletes: '3600' });
  message = desk.world.trigger(desk.piet).message ?? '';
  await desk.pull();
  desk.io.pass(60_000);
});
afterEach(() => desk.close());

const lastEntry = () => desk.world.entries.at(-1);

describe('a decision is carried out', () => {
  test('a timeout lasts from now by Discord\'s clock, whatever this machine\'s says', async () => {
    desk.io.skew(DAY);
    await desk.session.verify(signal);
    expect(await desk.send('mute', message, { durationMs: 600_000 })).toMatchObject({ kind: 'done', said: expect.stringMatching(/^member timed out until 2026-11-21 09:1\d UTC$/) });
    expect(Math.abs((desk.piet.timedOutUntil ?? 0) - desk.io.truly() - 600_000)).toBeLessThan(2000);
  });

  test('28 days is the most', async () => {
    expect(await desk.send('mute', message, { durationMs: 28 * DAY })).toMatchObject({ kind: 'done' });
    expect(await desk.send('mute', message, { durationMs: 29 * DAY })).toMatchObject({ kind: 'refused', why: expect.stringContaining('28 days') });
  });

  test('a ban deletes what the settings say, and its reason carries the order', async () => {
    const order = desk.order('suspend', message, { guideline: '2 No advertising', reason: 'Sold “watches” 🕰' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done', said: 'member banned, and their messages of the last 1 hours deleted' });
    expect(lastEntry()).toMatchObject({ action_type: 22, reason: expect.stringMatching(/^2 No advertising: Sold “watches” 🕰 \[docket [\w-]{22}\]$/) });
    expect(orderIn(lastEntry()?.reason ?? '')).toBe(order.id);
    expect(desk.world.messages.has(message)).toBe(false);
  });

  test('a ban has no end', async () => {
    expect(await desk.send('suspend', message, { durationMs: DAY })).toMatchObject({ kind: 'refused' });
  });

  test('a thread is locked, unarchived where it has to be; a channel is not', async () => {
    const inThread = desk.world.trigger(desk.piet, { channel: desk.world.thread.id }).message ?? '';
    desk.world.thread.thread = { locked: false, archived: true };
    await desk.pull();
    const order = desk.order('lock', inThread);
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done', said: 'thread locked' });
    expect(desk.world.thread.thread).toEqual({ locked: true, archived: false });
    expect(await desk.session.deliver({ ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: null } }, signal)).toMatchObject({ kind: 'done' });
    expect(await desk.send('lock', message)).toMatchObject({ kind: 'refused', why: expect.stringContaining('not written in a thread') });
  });

  test('a lock that a colleague gave since is theirs to take off', async () => {
    const { world } = desk;
    const inThread = world.trigger(desk.piet, { channel: world.thread.id }).message ?? '';
    await desk.pull();
    const order = desk.order('lock', inThread);
    await desk.session.deliver(order, signal);
    world.lock(world.tomas, world.thread, { locked: false, archived: false });
    world.lock(world.tomas, world.thread, { locked: true, archived: false });
    const back = { ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: null } };
    expect(await desk.session.deliver(back, signal)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'thread locked' });
    expect(world.thread.thread?.locked).toBe(true);
    expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done' });
    expect(world.thread.thread?.locked).toBe(false);
  });

  test('a warning is a direct message without mentions; who takes none is said', async () => {
    expect(await desk.send('warn', message, { message: 'Stop, @everyone' })).toMatchObject({ kind: 'done' });
    const sent = [...desk.world.messages.values()].at(-1);
    expect(sent?.content).toBe('A warning from the moderators of Mason\'s Test Server:\nStop, @everyone');
    expect(desk.far.server.requests.at(-1)?.text).toContain('"allowed_mentions":{"parse":[]}');
    desk.piet.takesMessages = false;
    expect(await desk.send('message', message, { message: 'Hello' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('takes no direct messages') });
  });

  test('a warning without words names the guideline, and never the reason, which is the team\'s', async () => {
    expect(await desk.send('warn', message, { guideline: '2 No advertising', reason: 'Third time; his brother told us' })).toMatchObject({ kind: 'done' });
    expect([...desk.world.messages.values()].at(-1)?.content).toBe('A warning from the moderators of Mason\'s Test Server:\n2 No advertising');
    const { deeds } = desk.far;
    expect(await desk.send('warn', message, { reason: 'Third time; his brother told us' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('nothing to tell') });
    expect(desk.far.deeds).toBe(deeds);
  });

  test('a dismissed alert is marked only where the settings say so', async () => {
    expect(await desk.send('dismiss', message)).toMatchObject({ kind: 'done', said: 'Nothing is told to Discord, which keeps no state of reports.' });
    expect(desk.far.deeds).toBe(0);
  });

  test('a dismissal stands where the alert that was to be marked is gone', async () => {
    await desk.close();
    desk = await openDesk({ marks: true });
    const told = desk.world.trigger(desk.piet);
    await desk.pull();
    desk.world.unwrite(told.alert ?? '');
    expect(await desk.send('dismiss', told.message ?? '')).toMatchObject({ kind: 'done', said: 'Nothing is told to Discord, which keeps no state of reports.' });
  });

  test('what AutoMod blocked cannot be deleted', async () => {
    const { alert } = desk.world.trigger(desk.piet, { blocks: true });
    await desk.pull();
    expect(await desk.send('remove', `automod-${alert}`)).toMatchObject({ kind: 'refused', why: expect.stringContaining('did not let it through') });
  });

  test.each([['remove', 'manageMessages', 'Manage Messages'], ['mute', 'timeOut', 'above the member\'s highest role'], ['suspend', 'ban', 'Ban Members'], ['lock', 'manageThreads', 'Manage Threads']] as const)('%s without the permission is refused with its name', async (verb, lacks, said) => {
    const inThread = desk.world.trigger(desk.piet, { channel: desk.world.thread.id }).message ?? '';
    await desk.pull();
    desk.far.lacks.add(lacks);
    expect(await desk.send(verb, inThread, { durationMs: verb === 'mute' ? 60_000 : null })).toMatchObject({ kind: 'refused', why: expect.stringContaining(said) });
  });
});

describe('what Discord refuses for other reasons than a missing permission', () => {
  test.each([
    ['suspend', 60_003, 'Two factor is required for this operation', /two-factor.*owns the app/],
    ['remove', 50_001, 'Missing Access', /“View Channels” in that channel.*channel's settings/],
    ['warn', 20_009, 'Explicit content cannot be sent to the desired recipient(s)', /^Discord refused: Explicit content .*\(20009\)\. Nothing was sent\.$/],
  ] as const)('%s with code %i says what to do, or what Discord said', async (verb, code, said, why) => {
    desk.far.saying = { code, message: said };
    expect(await desk.send(verb, message, { message: 'Please stop.' })).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  test('direct messages that were opened too fast wait', async () => {
    desk.far.saying = { code: 40_003, message: 'You are opening direct messages too fast' };
    expect(await desk.send('warn', message, { message: 'Please stop.' })).toMatchObject({ kind: 'retry', why: expect.stringContaining('too fast') });
  });
});

describe('what someone else did', () => {
  test('the same deletion is done already, by whom the audit log says', async () => {
    desk.world.remove(desk.world.tomas, message);
    expect(await desk.send('remove', message)).toEqual({ kind: 'already', by: '@tomas', what: 'message deleted', at: desk.io.truly() });
  });

  test('a message that a ban took along is gone by whose ban it was', async () => {
    desk.world.ban(desk.world.tomas, desk.piet);
    desk.world.unwrite(message);
    expect(await desk.send('remove', message)).toMatchObject({ kind: 'already', by: '@tomas', what: 'message deleted with a ban' });
  });

  test('a ban is done already; a ban instead of a timeout is a conflict', async () => {
    desk.world.ban(desk.world.tomas, desk.piet);
    expect(await desk.send('mute', message, { durationMs: 60_000 })).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'member banned' });
    expect(await desk.send('suspend', message)).toMatchObject({ kind: 'already', by: '@tomas', what: 'member banned' });
  });

  test('a lifted ban stands against a new one until a person insists', async () => {
    desk.world.ban(desk.world.tomas, desk.piet);
    await desk.pull();
    desk.world.bans.delete(desk.piet.id);
    desk.world.log(23, desk.world.tomas.id, desk.piet.id);
    expect(await desk.send('suspend', message)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'ban lifted' });
    expect(await desk.send('suspend', message, { force: true })).toMatchObject({ kind: 'done' });
  });

  test('what came after the decision is a conflict, also where the desk has read it since', async () => {
    const order = desk.order('mute', message, { durationMs: 60_000 });
    desk.io.pass(60_000);
    desk.world.ban(desk.world.tomas, desk.piet);
    await desk.pull();
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'member banned' });
  });

  test('what the desk knew when it decided is no conflict', async () => {
    desk.world.timeOut(desk.world.tomas, desk.piet, desk.io.truly() + DAY);
    await desk.pull();
    expect(await desk.send('suspend', message)).toMatchObject({ kind: 'done' });
  });

  test('a timeout that a colleague set after ours is not lifted with ours', async () => {
    const order = desk.order('mute', message, { durationMs: 60_000 });
    await desk.session.deliver(order, signal);
    desk.io.pass(1000);
    desk.world.timeOut(desk.world.tomas, desk.piet, desk.io.truly() + DAY);
    const back = { ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: null } };
    expect(await desk.session.deliver(back, signal)).toMatchObject({ kind: 'conflict', by: '@tomas' });
    expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done', said: 'timeout lifted' });
  });

  test('a timeout that ran out is over already', async () => {
    const order = desk.order('mute', message, { durationMs: 60_000 });
    await desk.session.deliver(order, signal);
    desk.io.pass(61_000);
    await desk.session.verify(signal);
    expect(await desk.session.deliver({ ...order, id: randomUUID(), reverse: true, reverses: { orderId: order.id, remoteId: null } }, signal)).toMatchObject({ kind: 'already', what: 'the timeout has ended' });
  });

  test('a member who left can only be banned', async () => {
    desk.piet.here = false;
    expect(await desk.send('mute', message, { durationMs: 60_000 })).toMatchObject({ kind: 'refused', why: expect.stringContaining('not in the server') });
    expect(await desk.send('suspend', message)).toMatchObject({ kind: 'done' });
  });
});

describe('a repeat after a restart', () => {
  test.each(['mute', 'suspend', 'remove', 'warn'] as const)('of %s is known by its order', async (verb) => {
    const order = desk.order(verb, message, { durationMs: verb === 'mute' ? 60_000 : null, message: 'Stop' });
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    const deeds = desk.far.deeds;
    await desk.restart();
    await desk.pull();
    expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(desk.far.deeds).toBe(deeds);
  });
});

test('a reason of any words fits the header and gives the order back', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), fc.uuid(), (words, id) => {
    const header = auditReason(words, id);
    expect(header.length).toBeLessThanOrEqual(512);
    expect(header).toMatch(/^[\w%.!~*'()-]+$/);
    expect(orderIn(decodeURIComponent(header))).toBe(id);
  }));
});

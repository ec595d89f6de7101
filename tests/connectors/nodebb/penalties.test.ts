import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('a penalty of a colleague', () => {
  test('that is longer is not made shorter, a shorter one is made longer', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag('post', post, desk.flagger, 'Spam');
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    Object.assign(member ?? {}, { bannedUntil: 0, mutedUntil: desk.io.truly() + 30 * DAY });
    expect(await desk.send('suspend', post, { durationMs: 7 * DAY })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet was banned for good already') });
    expect(await desk.send('mute', post, { durationMs: 7 * DAY, expected: 'resolved/' })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet was muted until 2026-12-21 already') });
    expect([member?.bannedUntil, member?.mutedUntil]).toEqual([0, desk.io.truly() + 30 * DAY]);
    Object.assign(member ?? {}, { bannedUntil: desk.io.truly() + DAY });
    expect(await desk.send('suspend', post, { durationMs: null, expected: 'resolved/' })).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet banned for good') });
    expect(member?.bannedUntil).toBe(0);
  });

  test('is theirs to end: taking ours back asks first', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const flag = desk.forum.flag('post', post, desk.flagger, 'Spam');
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    Object.assign(member ?? {}, { bannedUntil: 0 });
    member?.bans.push({ at: desk.io.truly(), until: 0, by: desk.tomas, reason: 'rude' });
    expect(await desk.send('suspend', post, { durationMs: DAY })).toMatchObject({ kind: 'done', said: expect.stringContaining('already') });
    expect(await desk.send('suspend', post, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what: 'banned', at: null });
    expect([member?.bannedUntil, flag.state]).toEqual([0, 'resolved']);
    expect(await desk.send('suspend', post, { reverse: true, force: true })).toMatchObject({ kind: 'done' });
    expect([member?.bannedUntil, flag.state]).toEqual([null, 'open']);
    expect(await desk.send('mute', post)).toMatchObject({ kind: 'done' });
    expect(await desk.send('mute', post, { reverse: true })).toMatchObject({ kind: 'done' });
    expect(member?.mutedUntil).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.forum.close());

describe('a penalty of a colleague', () => {
  test('that is as long is what was wished for, a shorter one is a conflict, and who insists replaces it', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    const item = desk.forum.flag(post, desk.flagger);
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    const order = desk.order('suspend', post, { durationMs: 7 * 86_400_000 });
    if (member !== undefined) member.suspendedTill = desk.io.truly() + 86_400_000;
    expect(await desk.session.deliver(order, signal)).toEqual({ kind: 'conflict', by: null, what: 'suspended until 2026-11-22 (User was already suspended by tomas)', at: null });
    expect([item.status, member?.suspendedTill]).toEqual([0, desk.io.truly() + 86_400_000]);
    expect(await desk.session.deliver({ ...order, force: true }, signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('@piet suspended until 2026-11-28') });
    expect(Math.abs((member?.suspendedTill ?? 0) - desk.io.truly() - 7 * 86_400_000)).toBeLessThan(2000);
    expect(await desk.send('suspend', post, { durationMs: null, expected: null })).toMatchObject({ kind: 'conflict' });
    if (member !== undefined) member.suspendedTill = Date.UTC(3026, 0, 1);
    expect(await desk.send('suspend', post, { durationMs: null, force: true })).toMatchObject({ kind: 'done', said: expect.stringContaining('was suspended already') });
  });

  test('is theirs to end: taking ours back asks first', async () => {
    const post = desk.forum.addPost(desk.author, 'Hello');
    desk.forum.flag(post, desk.flagger);
    const member = desk.forum.users.get(desk.author);
    await desk.pull();
    Object.assign(member ?? {}, { suspendedTill: Date.UTC(3026, 0, 1), penaltyBy: desk.tomas });
    expect(await desk.send('suspend', post)).toMatchObject({ kind: 'done', said: expect.stringContaining('was suspended already') });
    expect(await desk.send('suspend', post, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what: 'suspended', at: null });
    expect(member?.suspendedTill).toBe(Date.UTC(3026, 0, 1));
    expect(await desk.send('suspend', post, { reverse: true, force: true })).toMatchObject({ kind: 'done', said: 'no longer suspended' });
    expect(member?.suspendedTill).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.far.close());

/** A member with one report about them. */
async function reported(host: string | null = null): Promise<string> {
  const member = desk.far.addUser('olle', host);
  desk.far.report(member, desk.reporter, 'One');
  await desk.pull();
  return member;
}

describe('deciding about members', () => {
  test('silencing gives the role for it, for a time, and takes it back', async () => {
    const member = await reported();
    expect((await desk.session.verify(signal)).capabilities.member?.mute).toMatchObject({ can: true, reversible: true, durations: expect.arrayContaining([null]) });
    const done = await desk.send('mute', member, { durationMs: 3_600_000 });
    expect(done).toMatchObject({ kind: 'done', said: 'member silenced by the role Silenced until 2026-11-21 10:00 UTC; report resolved as accept' });
    expect(desk.far.users.get(member)?.silencedUntil).toBe(desk.io.truly() + 3_600_000);
    expect(await desk.send('mute', member)).toMatchObject({ kind: 'done', said: 'member was silenced already' });
    expect(await desk.send('mute', member, { reverse: true })).toMatchObject({ kind: 'done', said: 'member no longer silenced' });
    expect(await desk.send('mute', member, { reverse: true })).toMatchObject({ kind: 'done' });
  });

  test('what a colleague gave since is theirs to end', async () => {
    const member = await reported();
    for (const [verb, type, what] of [['suspend', 'suspend', 'suspended'], ['mute', 'assignRole', 'given the role Silenced']] as const) {
      expect(await desk.send(verb, member)).toMatchObject({ kind: 'done' });
      desk.far.logs.push({ id: `zz${verb}`, at: desk.io.truly(), type, userId: desk.far.tomas, info: { userId: member, roleId: 'silent1' } });
      expect(await desk.send(verb, member, { reverse: true })).toEqual({ kind: 'conflict', by: '@tomas', what, at: desk.io.truly() });
      expect(await desk.send(verb, member, { reverse: true, force: true })).toMatchObject({ kind: 'done' });
    }
    expect(desk.far.users.get(member)).toMatchObject({ suspended: false, silencedUntil: null });
  });

  test('a log that names the member as its target is read too', async () => {
    const member = await reported();
    expect(await desk.send('suspend', member)).toMatchObject({ kind: 'done' });
    desk.far.logs.push({ id: 'zzsuspend', at: desk.io.truly(), type: 'suspend', userId: desk.far.tomas, info: { targetId: member } });
    expect(await desk.send('suspend', member, { reverse: true })).toMatchObject({ kind: 'conflict', by: '@tomas', what: 'suspended' });
  });

  test('to a moderator who may not read the log, what stood there before is not theirs to end', async () => {
    desk.far.admin = false;
    const member = await reported();
    Object.assign(desk.far.users.get(member) ?? {}, { suspended: true, silencedUntil: Infinity });
    for (const [verb, what] of [['suspend', 'suspended'], ['mute', 'given the role Silenced']] as const) {
      const order = desk.order(verb, member);
      const done = await desk.session.deliver(order, signal);
      if (done.kind !== 'done') throw new Error(done.kind);
      const back = { ...desk.order(verb, member), reverse: true, reverses: { orderId: order.id, remoteId: done.remoteId } };
      expect(await desk.session.deliver(back, signal)).toEqual({ kind: 'conflict', by: null, what: `${what} before Docket did it`, at: null });
      expect(await desk.session.deliver({ ...back, force: true }, signal)).toMatchObject({ kind: 'done' });
    }
    // What an earlier try of the same order did is its own.
    const order = desk.order('suspend', member);
    await desk.session.deliver(order, signal);
    const again = await desk.session.deliver(order, signal);
    expect(await desk.session.deliver({ ...desk.order('suspend', member), reverse: true, reverses: { orderId: order.id, remoteId: again.kind === 'done' ? again.remoteId : null } }, signal)).toMatchObject({ kind: 'done' });
  });

  test('without such a role silencing is refused with how to make one', async () => {
    desk.far.silencing = false;
    const member = await reported();
    expect((await desk.session.verify(signal)).capabilities.member?.mute).toEqual({ can: false, why: expect.stringContaining('Control panel, Roles') });
    expect(await desk.send('mute', member)).toMatchObject({ kind: 'refused' });
    expect(desk.far.deeds).toBe(0);
  });

  test('a warning is an announcement for the member alone, written once, and withdrawn', async () => {
    const member = await reported();
    const order = desk.order('warn', member, { message: 'Please stop.', guideline: '2 No advertising' });
    const done = await desk.session.deliver(order, signal);
    const [written] = [...desk.far.announcements.values()];
    expect(done).toEqual({ kind: 'done', remoteId: written?.id, said: `warning shown to the member as announcement ${written?.id}; report resolved as accept` });
    expect(written).toMatchObject({ text: 'Please stop.\n\n2 No advertising', userId: member });
    await desk.session.deliver(order, signal);
    expect(desk.far.announcements.size).toBe(1);
    await desk.session.deliver({ ...order, id: 'another', reverse: true, reverses: { orderId: order.id, remoteId: written?.id ?? '' } }, signal);
    expect(desk.far.announcements.size).toBe(0);
  });

  test('a message resolves without a verdict', async () => {
    const member = await reported();
    expect(await desk.send('message', member, { message: 'Hello' })).toMatchObject({ kind: 'done' });
    expect([...desk.far.reports.values()]).toMatchObject([{ resolved: true, resolvedAs: null }]);
    expect(await desk.send('message', member)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Write a message') });
  });

  test('nothing is written to members of other servers, nor where everybody would read it', async () => {
    const member = await reported('far.example');
    expect(await desk.send('warn', member, { message: 'Please stop.' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('far.example') });
    desk.far.personal = false;
    expect((await desk.session.verify(signal)).capabilities.post?.warn).toMatchObject({ can: false });
    expect(await desk.send('warn', member, { message: 'Please stop.' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('one member alone') });
    expect(desk.far.announcements.size).toBe(0);
  });

  test('a moderator cannot be suspended, which the server answers as a fault of its own', async () => {
    const member = await reported();
    Object.assign(desk.far.users.get(member) ?? {}, { moderator: true });
    expect(await desk.send('suspend', member)).toMatchObject({ kind: 'refused', why: expect.stringContaining('cannot suspend moderator account') });
  });

  test('suspended by a colleague who closed the report is already so; only closed is a conflict', async () => {
    const member = await reported();
    const [report] = [...desk.far.reports.values()];
    desk.far.resolve(report?.id ?? '', 'accept', desk.far.tomas);
    expect(await desk.send('suspend', member)).toMatchObject({ kind: 'conflict', by: '@tomas' });
    Object.assign(desk.far.users.get(member) ?? {}, { suspended: true });
    expect(await desk.send('suspend', member)).toMatchObject({ kind: 'already', by: '@tomas' });
  });

  test('the reason is left at the report for the other moderators, below what they wrote', async () => {
    const member = await reported();
    const [report] = [...desk.far.reports.values()];
    Object.assign(report ?? {}, { moderationNote: 'Second time' });
    await desk.send('dismiss', member);
    expect(report?.moderationNote).toBe('Second time\nA reason');
  });

  test('their note about the member is in the record', async () => {
    const member = await reported();
    Object.assign(desk.far.users.get(member) ?? {}, { note: 'Talked to on Monday' });
    expect((await desk.session.context(desk.subject(member), signal)).record).toEqual([{ at: desk.io.now(), text: 'Moderation note there: Talked to on Monday', by: null }]);
  });
});

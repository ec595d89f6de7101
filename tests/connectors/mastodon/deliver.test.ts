import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import { LOST } from '../../support/wire-faults.ts';
import { openDesk, orderOf, reversalOf, startFarDesk } from './desk.ts';
import type { Desk, FarDesk } from './desk.ts';
import type { FarServer } from './server.ts';
import type { FarAccount, FarPost } from './world.ts';

let at: FarDesk;
let far: FarServer;
let desk: Desk;
let piet: FarAccount;

beforeEach(async () => {
  at = await startFarDesk('mastodon');
  ({ far, desk } = at);
  piet = far.world.account('piet');
});
afterEach(() => at.far.close());

async function reported(post: FarPost, times = 1): Promise<RemoteSubject> {
  for (let n = 0; n < times; n += 1) far.world.report({ by: `reporter${n}`, about: post.author, posts: [post] });
  await desk.pull();
  return desk.subject(post.id);
}

function open(): number {
  return far.world.open().length;
}

describe('dismissing', () => {
  test('closes every report of the post, and no other of the account', async () => {
    const other = far.world.report({ about: piet });
    const subject = await reported(far.world.post(piet, 'One'), 3);
    expect(await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal)).toMatchObject({ kind: 'done', said: expect.stringMatching(/^dismissed · reports /) });
    expect(far.world.open().map(({ id }) => id)).toEqual([other.id]);
  });

  test.each([['dismiss', 1], ['warn', 1], ['mute', 0]] as const)('%s, decided a while ago, leaves %i open of what was reported since', async (verb, left) => {
    const post = far.world.post(piet, 'One');
    const order = orderOf(at.io, verb, await reported(post));
    at.io.pass(3_600_000);
    const since = far.world.report({ by: 'olle', about: piet, posts: [post] });
    expect((await desk.session.deliver(order, desk.signal)).kind).toBe('done');
    expect(far.world.open()).toEqual([since].slice(0, left));
    await desk.pull();
    expect(desk.reports.get(since.id)?.open).toBe(left === 1 ? true : undefined);
  });

  test('closes what was seen of a server whose clock is ahead', async () => {
    at.io.skew(-600_000);
    const subject = await reported(far.world.post(piet, 'One'));
    expect((await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal)).kind).toBe('done');
    expect(open()).toBe(0);
  });

  test('never closes what is closed already, which would overwrite who did it', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    expect(await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal)).toMatchObject({ kind: 'already', by: '@ines', what: 'resolved' });
    expect([...far.world.reports.values()].map(({ closed }) => closed?.by.username)).toEqual(['ines']);
  });

  test('works for a role that may see reports and no accounts, even where the report is gone', async () => {
    far.setup.permissions = String(0x10);
    const subject = await reported(far.world.post(piet, 'One'));
    far.world.reports.clear();
    expect(await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal)).toMatchObject({ kind: 'already', what: 'report gone' });
  });

  test('meets a limit of someone else as a conflict', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    piet.silenced = true;
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    expect(await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal)).toMatchObject({ kind: 'conflict', by: '@ines', what: 'resolved, account limited' });
  });

  test('taken back, opens the reports again that it closed, and those alone', async () => {
    const post = far.world.post(piet, 'One');
    const before = far.world.report({ about: piet, posts: [post] });
    far.world.resolve(before.id, far.ines);
    const subject = await reported(post, 2);
    const order = orderOf(at.io, 'dismiss', subject);
    const done = await desk.session.deliver(order, desk.signal);
    const back = await desk.restarted().session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal);
    expect(back.kind).toBe('done');
    expect([open(), far.world.reports.get(before.id)?.closed?.by.username]).toEqual([2, 'ines']);
  });

  test('taken back, opens also what an earlier try of it closed', async () => {
    const order = orderOf(at.io, 'dismiss', await reported(far.world.post(piet, 'One'), 3));
    const heal = far.server.plan({ fault: LOST, writes: true, from: 3, times: 1 });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    const done = await desk.session.deliver(order, desk.signal);
    await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal);
    expect(open()).toBe(3);
  });

  test('a decision made anew after someone else\'s was seen is carried out', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    at.io.pass(120_000);
    await desk.pull();
    const seen = desk.subject(subject.remoteId);
    expect(seen.revision).not.toBe(subject.revision);
    expect(await desk.session.deliver(orderOf(at.io, 'suspend', seen), desk.signal)).toMatchObject({ kind: 'done' });
    expect(piet.suspended).toBe(true);
  });
});

describe('limiting, suspending and the like', () => {
  test('close all reports about the account by themselves, and say so', async () => {
    far.world.report({ about: piet });
    const subject = await reported(far.world.post(piet, 'One'), 2);
    const result = await desk.session.deliver(orderOf(at.io, 'mute', subject), desk.signal);
    expect(result).toMatchObject({ kind: 'done', said: expect.stringMatching(/^limited @piet · reports \d+, \d+, \d+$/) });
    expect([open(), far.world.deeds]).toEqual([0, ['silence piet by rosa']]);
  });

  test('taken back, lift the limit and open all those reports again', async () => {
    far.world.report({ about: piet });
    const order = orderOf(at.io, 'mute', await reported(far.world.post(piet, 'One')));
    const done = await desk.session.deliver(order, desk.signal);
    expect((await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal)).kind).toBe('done');
    expect([piet.silenced, open()]).toEqual([false, 2]);
  });

  test('are not sent again after a crash: the account says that it is so', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    const order = orderOf(at.io, 'suspend', subject);
    const heal = far.server.plan({ fault: LOST, writes: true, times: 1, afterwards: true });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    expect(await desk.restarted().session.deliver(order, desk.signal)).toMatchObject({ kind: 'already', what: 'suspended' });
    expect(piet.strikes).toHaveLength(1);
  });

  test('that stood there before are not lifted by taking back what only closed the reports, unless a person insists', async () => {
    piet.silenced = true;
    const order = orderOf(at.io, 'mute', await reported(far.world.post(piet, 'One')));
    const done = await desk.session.deliver(order, desk.signal);
    const back = reversalOf(order, done.kind === 'done' ? done.remoteId : null);
    expect(await desk.session.deliver(back, desk.signal)).toEqual({ kind: 'conflict', by: null, what: 'limited before Docket did it', at: null });
    expect([piet.silenced, open()]).toEqual([true, 0]);
    expect(await desk.session.deliver({ ...back, force: true }, desk.signal)).toMatchObject({ kind: 'done' });
    expect([piet.silenced, open()]).toEqual([false, 1]);
  });

  test('that a try of the order may have set before it was cut off are lifted with it', async () => {
    const order = orderOf(at.io, 'mute', await reported(far.world.post(piet, 'One')));
    piet.silenced = true;
    const done = await desk.restarted().session.deliver({ ...order, begunBy: 'itself' }, desk.signal);
    expect(await desk.session.deliver(reversalOf(order, done.kind === 'done' ? done.remoteId : null), desk.signal)).toMatchObject({ kind: 'done' });
    expect([piet.silenced, open()]).toEqual([false, 1]);
  });

  test('make no second strike where the account stands so, but close the new report', async () => {
    piet.silenced = true;
    const subject = await reported(far.world.post(piet, 'One'));
    expect((await desk.session.deliver(orderOf(at.io, 'mute', subject), desk.signal)).kind).toBe('done');
    expect([piet.strikes, open()]).toEqual([[], 0]);
  });

  test('carry the message to the member, who is told without one too, and keep the reason with the team', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    await desk.session.deliver(orderOf(at.io, 'suspend', subject, { message: 'Please stop.', guideline: '2 No harassment' }), desk.signal);
    const silent = await reported(far.world.post(far.world.account('olle'), 'Two'));
    await desk.session.deliver(orderOf(at.io, 'suspend', silent), desk.signal);
    expect([piet.strikes, far.world.account('olle').strikes]).toEqual([
      [{ type: 'suspend', text: 'Please stop.\n\n2 No harassment', mailed: true }], [{ type: 'suspend', text: '', mailed: true }],
    ]);
    expect(far.server.requests.filter(({ text }) => text.includes('team'))).toEqual([]);
  });

  test('a member can be frozen, and brought back whole', async () => {
    far.world.report({ about: piet });
    await desk.pull();
    await desk.session.deliver(orderOf(at.io, 'lock', desk.subject(piet.id)), desk.signal);
    piet.suspended = true;
    expect(await desk.session.deliver(orderOf(at.io, 'restore', desk.subject(piet.id), { force: true }), desk.signal)).toMatchObject({ kind: 'done', said: 'lifted: suspended, frozen' });
    expect([piet.suspended, piet.disabled]).toEqual([false, false]);
  });

  test('an account that is gone is said to be', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    far.world.reports.clear();
    far.world.accounts.delete(piet.id);
    expect(await desk.session.deliver(orderOf(at.io, 'suspend', subject), desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('gone') });
  });
});

describe('warning', () => {
  test('names one report, so that the account\'s others stay open', async () => {
    const other = far.world.report({ about: piet });
    const subject = await reported(far.world.post(piet, 'One'), 2);
    await desk.session.deliver(orderOf(at.io, 'warn', subject, { message: 'Please stop.' }), desk.signal);
    expect([piet.strikes.map(({ type }) => type), far.world.open().map(({ id }) => id)]).toEqual([['none'], [other.id]]);
  });

  test('reaches the member even without words of its own', async () => {
    await desk.session.deliver(orderOf(at.io, 'warn', await reported(far.world.post(piet, 'One'))), desk.signal);
    expect(piet.strikes).toEqual([{ type: 'none', text: '', mailed: true }]);
  });

  test('is not sent twice after a lost answer, nor after a crash', async () => {
    const order = orderOf(at.io, 'warn', await reported(far.world.post(piet, 'One')), { message: 'Please stop.' });
    const heal = far.server.plan({ fault: LOST, writes: true, times: 1, afterwards: true });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    expect((await desk.session.deliver(order, desk.signal)).kind).toBe('done');
    expect((await desk.restarted().session.deliver(order, desk.signal)).kind).toBe('done');
    expect(piet.strikes).toHaveLength(1);
  });

  test('is not sent twice where it was only the closing of another report that failed', async () => {
    const order = orderOf(at.io, 'warn', await reported(far.world.post(piet, 'One'), 3), { message: 'Please stop.' });
    for (const from of [1, 2, 3]) {
      const heal = far.server.plan({ fault: LOST, writes: true, from, times: 1 });
      await desk.restarted().session.deliver(order, desk.signal).catch(() => null);
      heal();
    }
    expect((await desk.restarted().session.deliver(order, desk.signal)).kind).toBe('done');
    expect([piet.strikes.length, open()]).toEqual([1, 0]);
  });

  test('after a crash between two actions of a decision, a person is asked', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    await desk.session.deliver(orderOf(at.io, 'mute', subject), desk.signal);
    expect(await desk.restarted().session.deliver(orderOf(at.io, 'warn', subject, { message: 'Please stop.' }), desk.signal)).toMatchObject({ kind: 'refused' });
  });

  test('is sent again where it is certain that it did not arrive', async () => {
    const order = orderOf(at.io, 'warn', await reported(far.world.post(piet, 'One')), { message: 'Please stop.' });
    const heal = far.server.plan({ fault: LOST, writes: true, times: 1 });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    await desk.session.deliver(order, desk.signal);
    expect(piet.strikes).toHaveLength(1);
  });

  test('without a report that would tell, a person is asked rather than the member warned twice', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    await desk.session.deliver(orderOf(at.io, 'dismiss', subject), desk.signal);
    const order = orderOf(at.io, 'warn', subject, { message: 'Please stop.' });
    const heal = far.server.plan({ fault: LOST, writes: true, times: 1, afterwards: true });
    await expect(desk.session.deliver(order, desk.signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    heal();
    expect(await desk.session.deliver(order, desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringContaining('strikes') });
    expect(piet.strikes).toHaveLength(1);
  });

  test('beside another action of the same decision, both are done', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    await desk.session.deliver(orderOf(at.io, 'mute', subject), desk.signal);
    await desk.session.deliver(orderOf(at.io, 'warn', subject, { message: 'Please stop.' }), desk.signal);
    expect(piet.strikes.map(({ type }) => type)).toEqual(['silence', 'none']);
  });

  test.each(['warn', 'lock'] as const)('%s: nobody of another server', async (verb) => {
    const olle = far.world.account('olle', 'elsewhere.example');
    far.world.report({ about: olle });
    await desk.pull();
    expect(await desk.session.deliver(orderOf(at.io, verb, desk.subject(olle.id)), desk.signal)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/^@olle@elsewhere\.example lives on another server/) });
    expect(far.world.deeds).toEqual([]);
  });
});

describe('what cannot be done', () => {
  test('is refused in the same words as the bar says', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    const { capabilities } = await desk.session.verify(desk.signal);
    const capability = capabilities.post?.remove;
    expect(await desk.session.deliver(orderOf(at.io, 'remove', subject), desk.signal)).toEqual({ kind: 'refused', why: capability?.can === false ? capability.why : '' });
  });

  test('a role that lost its permission is told what the server says', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    far.setup.permissions = String(0x10);
    await expect(desk.session.deliver(orderOf(at.io, 'suspend', subject), desk.signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('This action is not allowed') });
  });

  test('orders keep their conflicts from one session to the next', async () => {
    const subject = await reported(far.world.post(piet, 'One'));
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    const order = orderOf(at.io, 'suspend', subject);
    expect(await openDesk(at.io, far).session.deliver(order, desk.signal)).toMatchObject({ kind: 'conflict', by: '@ines', what: 'resolved' });
    expect(await openDesk(at.io, far).session.deliver({ ...order, force: true }, desk.signal)).toMatchObject({ kind: 'done' });
  });
});

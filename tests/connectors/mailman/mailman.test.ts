import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from '../../support/mailman/desk.ts';
import type { Desk } from '../../support/mailman/desk.ts';
import { PASSWORD, startMailman, USER } from './server.ts';
import type { ScriptedMailman } from './server.ts';
import type { World } from './world.ts';

let far: ScriptedMailman;
let world: World;
let now = Date.UTC(2026, 10, 21, 9);
let ant: string;
let rosa: Desk;

function deskOf(values: Readonly<Record<string, string>> = {}): Desk {
  return openDesk({ values: { url: far.server.origin, user: USER, ...values }, password: PASSWORD });
}

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 9);
  far = await startMailman(() => {
    now += 1000;
    return now;
  });
  ({ world } = far);
  ant = world.addList('ant', { description: 'About ants' }).id;
  rosa = deskOf();
});
afterEach(() => far.close());

/** Paths that were asked for since, without the API's version. */
function askedSince(from: number): readonly string[] {
  return far.server.requests.slice(from).map(({ method, path }) => `${method} ${path.replace('/3.1', '')}`);
}

describe('settings', () => {
  test.each([
    ['http://localhost:8001', 'http://localhost:8001/3.1', 'localhost:8001'],
    ['http://localhost:8001/3.0', 'http://localhost:8001/3.0', 'localhost:8001'],
    ['https://lists.example/mailman-api/', 'https://lists.example/mailman-api/3.1', 'lists.example/mailman-api'],
  ])('%s is asked at %s and called %s', async (url, asked, instance) => {
    expect(mailman.instance({ url, user: USER })).toBe(instance);
    const urls: string[] = [];
    const desk = openDesk({ values: { url, user: USER }, password: PASSWORD, fetch: async (input) => {
      urls.push(String(input));
      throw new TypeError('no network');
    } });
    await desk.session.verify(signal).catch(() => undefined);
    expect(urls[0]?.startsWith(`${asked}/system/versions`)).toBe(true);
  });

  test('a missing password, a wrong one and an older core are said in words', async () => {
    rosa.io.secrets.delete('password');
    await expect(rosa.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('missing') });
    rosa.io.secrets.set('password', 'wrong');
    await expect(rosa.session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('admin_pass') });
    far.version = '3.2.2';
    expect((await deskOf().session.verify(signal)).missing[0]).toContain('3.3.3 or later');
  });

  test('only the lists that are named are moderated, by id or by address', async () => {
    const bee = world.addList('bee').id;
    for (const list of [ant, bee]) world.hold(list);
    for (const lists of ['ant@lists.example', 'ANT.lists.example , ']) {
      const desk = deskOf({ lists });
      await desk.pull();
      expect([...desk.subjects.values()].map(({ extra }) => extra['list'])).toEqual([ant]);
    }
  });

  test('with the web interface\'s address, each item links to the list\'s queue there', async () => {
    world.hold(ant);
    world.ask(ant, 'anne@example.org');
    const desk = deskOf({ web: 'https://lists.example/mailman3/' });
    await desk.pull();
    expect([...desk.subjects.values()].map(({ url }) => url).toSorted()).toEqual([
      'https://lists.example/mailman3/lists/ant.lists.example/held_messages', 'https://lists.example/mailman3/lists/ant.lists.example/subscription_requests',
    ]);
  });
});

describe('what comes', () => {
  test('reasons of several rules, and those with names in them', async () => {
    world.hold(ant, { rules: ['max-size', 'suspicious-header'], reasons: ['The message is larger than the 40 KB maximum size', ['Header "{}" matched: {}', 'X-Spam', 'yes']] });
    await rosa.pull();
    expect([...rosa.reports.values()]).toMatchObject([{ comment: 'The message is larger than the 40 KB maximum size; Header "X-Spam" matched: yes', remoteCategory: 'max-size, suspicious-header', category: 'held' }]);
  });

  test('while nothing changes, a list costs one small page and its requests', async () => {
    for (let n = 0; n < 70; n += 1) world.hold(ant);
    await rosa.pull();
    const from = far.server.requests.length;
    expect((await rosa.pull()).flatMap(({ reports, subjects }) => [...reports, ...subjects])).toEqual([]);
    expect(askedSince(from)).toEqual([
      'GET /lists?count=100&page=1', `GET /lists/${ant}/requests?token_owner=moderator&count=100&page=1`,
      `GET /lists/${ant}/requests?token_owner=moderator&request_type=unsubscription&count=100&page=1`, `GET /lists/${ant}/held?count=1&page=70`,
    ]);
  });

  test('new messages cost their own pages only', async () => {
    for (let n = 0; n < 70; n += 1) world.hold(ant);
    await rosa.pull();
    for (let n = 0; n < 30; n += 1) world.hold(ant, { subject: `New ${n}` });
    const from = far.server.requests.length;
    const batches = await rosa.pull();
    expect(batches.flatMap(({ reports }) => reports)).toHaveLength(30);
    expect(askedSince(from).filter((path) => path.includes('count=20'))).toEqual([`GET /lists/${ant}/held?count=20&page=5`, `GET /lists/${ant}/held?count=20&page=4`]);
  });

  test('messages that leave while pages are read hide no other', async () => {
    for (let n = 0; n < 100; n += 1) world.hold(ant);
    const iterator = rosa.session.pull(null, signal)[Symbol.asyncIterator]();
    const brought = new Set<string>();
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      for (const { remoteId } of next.value.reports) brought.add(remoteId);
      for (const one of world.held.slice(0, 10)) world.handle(one, 'discard');
    }
    const left = world.held.map(({ id }) => `${ant}/${id}`);
    expect(left.filter((name) => ![...brought].some((one) => one.startsWith(`${name}@`)))).toEqual([]);
  });

  test('a sweep that a proxy stops goes on below where it stopped', async () => {
    for (let n = 0; n < 100; n += 1) world.hold(ant);
    const heal = far.server.plan({ fault: { name: '503', means: [], send: (response) => void response.writeHead(503).end() }, route: 'GET /3.1/lists/:list/held', from: 4 });
    await expect(rosa.pull()).rejects.toMatchObject({ kind: 'unreachable' });
    heal();
    const from = far.server.requests.length;
    await rosa.pull();
    expect(askedSince(from).filter((path) => path.includes('/held?'))).toEqual([3, 2, 1].map((page) => `GET /lists/${ant}/held?count=20&page=${page}`));
    expect(rosa.reports.size).toBe(100);
  });

  test('the newest one\'s number is given to another: both are told apart', async () => {
    const first = world.hold(ant, { subject: 'The first' });
    await rosa.pull();
    world.handle(first, 'discard');
    const second = world.hold(ant, { subject: 'The second', sender: 'ada@example.org' });
    expect(second.id).toBe(first.id);
    expect(await rosa.send('dismiss', 'The first', { expected: null })).toMatchObject({ kind: 'conflict', what: 'left the moderation queue' });
    await rosa.pull();
    expect(rosa.find('The second').authorId).toBe('ada@example.org');
    expect(rosa.resolutions).toMatchObject([{ subject: { remoteId: rosa.find('The first').remoteId }, closes: true }]);
    expect(world.held).toContain(second);
  });

  test('a message too large to be taken comes with its beginning, holds up no other, and can be decided', async () => {
    world.hold(ant, { subject: 'Small one' });
    world.hold(ant, { subject: 'Huge', raw: `From: Piet <piet@example.org>\nSubject: Huge\n\n${`${'"huge" \\ '.repeat(8)}\n`.repeat(330_000)}` });
    world.hold(ant, { subject: 'Small two' });
    await rosa.pull();
    const huge = rosa.find('Huge\n\n');
    expect(huge).toMatchObject({ authorId: 'piet@example.org', text: expect.stringMatching(/Only the beginning of the message is shown here; it has \d+\.\d MB/) });
    expect([...rosa.subjects.values()].map(({ text }) => text.split('\n')[0]).toSorted()).toEqual(['Huge', 'Small one', 'Small two']);
    expect((await rosa.pull()).flatMap(({ resolutions }) => resolutions)).toEqual([]);
    expect(await rosa.send('remove', 'Huge\n\n')).toMatchObject({ kind: 'done', said: 'discarded' });
    expect(world.held.map(({ subject }) => subject)).toEqual(['Small one', 'Small two']);
    await rosa.pull();
    expect(rosa.resolutions).toMatchObject([{ subject: { remoteId: huge.remoteId }, closes: true }]);
  });

  test('what an older core does not know is not asked of it twice in a row, and costs nothing', async () => {
    far.version = '3.2.2';
    world.ask(ant, 'anne@example.org', { name: 'Anne' });
    world.ask(ant, 'unsure@example.org', { owner: 'subscriber' });
    world.hold(ant);
    await rosa.pull();
    expect([...rosa.subjects.values()].map(({ type }) => type).toSorted()).toEqual(['member', 'post']);
  });

  test('a list that is deleted takes what was held on it with it', async () => {
    const bee = world.addList('bee').id;
    for (const list of [ant, bee]) world.hold(list, { subject: `On ${list}` });
    await rosa.pull();
    world.lists.delete(bee);
    await rosa.pull();
    expect(rosa.resolutions.map(({ subject }) => subject.remoteId)).toEqual([rosa.find(`On ${bee}`).remoteId]);
  });

  test('a page of a proxy\'s, with 404, is no sign that a message is gone', async () => {
    world.hold(ant);
    await rosa.pull();
    const [one] = world.held;
    if (one !== undefined) world.handle(one, 'discard');
    const heal = far.server.plan({ fault: { name: '404', means: [], send: (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<html><h1>Not Found</h1></html>') }, route: 'GET /3.1/lists/:list/held/:id' });
    await expect(rosa.pull()).rejects.toMatchObject({ kind: 'unintelligible' });
    heal();
    expect(rosa.resolutions).toEqual([]);
    await rosa.pull();
    expect(rosa.resolutions).toHaveLength(1);
  });
});

describe('what goes', () => {
  test('each decision in Mailman\'s own words', async () => {
    for (const subject of ['Accept me', 'Restore me', 'Reject me', 'Discard me', 'Defer me']) world.hold(ant, { subject, sender: 'ada@example.org' });
    await rosa.pull();
    expect(await rosa.send('dismiss', 'Accept me')).toMatchObject({ kind: 'done', said: 'accepted' });
    expect(await rosa.send('restore', 'Restore me')).toMatchObject({ kind: 'done', said: 'accepted' });
    expect(await rosa.send('remove', 'Reject me', { message: ' Zu lang – bitte kürzen. ' })).toMatchObject({ kind: 'done', said: 'rejected with a message' });
    expect(await rosa.send('remove', 'Discard me')).toMatchObject({ kind: 'done', said: 'discarded' });
    expect(await rosa.send('escalate', 'Defer me')).toMatchObject({ kind: 'done' });
    expect(world.mailed).toEqual([`${ant}: Accept me`, `${ant}: Restore me`, 'ada@example.org: Zu lang – bitte kürzen.']);
    expect(world.held.map(({ subject }) => subject)).toEqual(['Defer me']);
    expect(await rosa.send('warn', 'Defer me', { message: 'Mind the rules.' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('rejected with a message') });
  });

  test('what was deferred and leaves the queue later was handled by somebody', async () => {
    const held = world.hold(ant, { subject: 'Defer me' });
    await rosa.pull();
    expect(await rosa.send('escalate', 'Defer me')).toMatchObject({ kind: 'done' });
    world.handle(held, 'accept');
    await rosa.pull();
    expect(rosa.resolutions.map(({ by, orderId, closes }) => [by, orderId, closes])).toEqual([[null, null, true]]);
  });

  test('a sender is banned after a restart, too, where the same decision removed what waited before', async () => {
    world.hold(ant, { subject: 'Remove me', sender: 'ada@example.org' });
    await rosa.pull();
    expect(await rosa.send('remove', 'Remove me')).toMatchObject({ kind: 'done' });
    const later = mailman.open(rosa.io, { url: far.server.origin, user: USER });
    const order = rosa.order('suspend', 'Remove me');
    expect(await later.deliver(order, signal)).toMatchObject({ kind: 'conflict' });
    expect(await later.deliver({ ...order, begunBy: 'other' }, signal)).toMatchObject({ kind: 'done' });
    expect(world.isBanned(ant, 'ada@example.org')).toBe(true);
  });

  test('an accepted message cannot be taken back, and that is said', async () => {
    world.hold(ant, { subject: 'Accept me' });
    await rosa.pull();
    const order = rosa.order('dismiss', 'Accept me');
    expect(await rosa.takeBack(order, await rosa.session.deliver(order, signal))).toMatchObject({ kind: 'refused', why: expect.stringContaining('cannot be taken back') });
  });

  test('muting keeps what the member\'s action was, and does not undo a colleague\'s', async () => {
    world.join(ant, 'ada@example.org').action = 'hold';
    world.hold(ant, { subject: 'From Ada', sender: 'ada@example.org', rules: ['member-moderation'] });
    await rosa.pull();
    const order = rosa.order('mute', 'From Ada');
    const muted = await rosa.session.deliver(order, signal);
    const ada = world.memberAt(ant, 'ada@example.org', 'member');
    expect([muted.kind, ada?.action]).toEqual(['done', 'reject']);
    if (ada !== undefined) ada.action = 'discard';
    expect(await rosa.takeBack(order, muted)).toMatchObject({ kind: 'conflict', what: 'moderation action set to discard' });
    if (ada !== undefined) ada.action = 'reject';
    expect(await rosa.takeBack(order, muted)).toMatchObject({ kind: 'done' });
    expect(ada?.action).toBe('hold');
  });

  test('who was held before being known as a nonmember is made one, to be muted', async () => {
    world.hold(ant, { subject: 'By emergency', sender: 'new@example.org', rules: ['emergency'] });
    await rosa.pull();
    expect(await rosa.send('mute', 'By emergency')).toMatchObject({ kind: 'done' });
    expect(world.memberAt(ant, 'new@example.org', 'nonmember')?.action).toBe('reject');
  });

  test('a message without a sender can be decided, its sender cannot', async () => {
    world.hold(ant, { subject: 'Nobody\'s', sender: '', raw: 'Subject: Nobody\'s\n\nWords\n', rules: ['no-senders'] });
    await rosa.pull();
    expect(rosa.find('Nobody\'s').authorId).toBeNull();
    expect(await rosa.send('suspend', 'Nobody\'s')).toMatchObject({ kind: 'refused' });
    expect(await rosa.send('remove', 'Nobody\'s')).toMatchObject({ kind: 'done' });
  });

  test('a ban that is there already is nobody\'s to lift', async () => {
    world.hold(ant, { subject: 'From Sid', sender: 'sid@spam.example' });
    world.bans.get('')?.add('^.*@spam\\.example');
    await rosa.pull();
    expect(await rosa.send('suspend', 'From Sid')).toMatchObject({ kind: 'already', what: 'banned' });
    expect([...world.bans.get(ant) ?? []]).toEqual([]);
  });

  test('removing and banning in one decision: the one does not stand in the other\'s way', async () => {
    world.hold(ant, { subject: 'From Sid', sender: 'sid@spam.example' });
    await rosa.pull();
    expect(await rosa.send('remove', 'From Sid')).toMatchObject({ kind: 'done' });
    expect(await rosa.send('suspend', 'From Sid')).toMatchObject({ kind: 'done', said: 'sid@spam.example banned from ant.lists.example' });
  });

  test('a message whose entity tag changed since it was read is a conflict, unless someone insists', async () => {
    world.hold(ant, { subject: 'Changed' });
    await rosa.pull();
    const order = rosa.order('dismiss', 'Changed', { expected: 'another-tag' });
    expect(await rosa.session.deliver(order, signal)).toMatchObject({ kind: 'conflict', what: 'changed in the moderation queue' });
    expect(await rosa.session.deliver({ ...order, force: true }, signal)).toMatchObject({ kind: 'done' });
  });

  test('a request of someone who is subscribed meanwhile is settled already', async () => {
    world.ask(ant, 'anne@example.org', { name: 'Anne' });
    await rosa.pull();
    world.join(ant, 'anne@example.org');
    expect(await rosa.send('dismiss', 'Anne')).toMatchObject({ kind: 'already', what: 'already subscribed' });
  });

  test('a request that a colleague turned down is told so, and so is one that ran out', async () => {
    const one = world.ask(ant, 'anne@example.org', { name: 'Anne' });
    await rosa.pull();
    world.settle(one, 'reject');
    expect(await rosa.send('dismiss', 'Anne')).toMatchObject({ kind: 'conflict', what: 'turned down, or expired' });
    expect(await rosa.send('remove', 'Anne')).toMatchObject({ kind: 'already' });
    await rosa.pull();
    expect(rosa.resolutions).toMatchObject([{ what: 'turned down, or expired', by: null, closes: true }]);
  });

  test('what this desk did is known as its own when it is missing from the list', async () => {
    world.hold(ant, { subject: 'Ours' });
    await rosa.pull();
    const order = rosa.order('remove', 'Ours');
    await rosa.session.deliver(order, signal);
    await rosa.pull();
    expect(rosa.resolutions).toMatchObject([{ orderId: order.id }]);
  });

  test('a password, a comment and an address never stand in an error', async () => {
    world.hold(ant, { subject: 'Quiet' });
    await rosa.pull();
    far.server.plan({ fault: { name: '500', means: [], send: (response) => void response.writeHead(500).end('{"title":"500"}') }, writes: true });
    const error: unknown = await rosa.send('remove', 'Quiet', { message: 'A private word' }).catch((one: unknown) => one);
    expect(String(error)).not.toMatch(/private|p:ä/);
  });
});

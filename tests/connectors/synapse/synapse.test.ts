import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryResult, Order, RemoteReport, RemoteSubject, Session } from '../../../src-main/connectors/connector.ts';
import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { deskOf, signal } from '../../support/connector-desk.ts';
import type { TestIo } from '../../support/connector-io.ts';
import { MARA, openDesk, PIET } from './desk.ts';
import type { Desk } from './desk.ts';
import { ADMIN, ROOM } from './server.ts';
import type { ScriptedSynapse } from './server.ts';

const TOMAS = '@tomas:matrix.example';

let desk: Desk;
let far: ScriptedSynapse;
let io: TestIo;
let session: Session;
let reports: Map<string, RemoteReport>;
let subjects: Map<string, RemoteSubject>;

beforeEach(async () => {
  desk = await openDesk();
  ({ far, io, session, reports, subjects } = desk);
});
afterEach(() => far.close());

async function pull(): Promise<void> {
  await desk.pull();
}

function orderFor(verb: Verb, remoteId: string, more: Partial<Order> = {}): Order {
  return desk.order(verb, remoteId, { durationMs: null, expected: null, ...more });
}

function send(verb: Verb, remoteId: string, more: Partial<Order> = {}, by: Session = session): Promise<DeliveryResult> {
  return by.deliver(orderFor(verb, remoteId, more), signal);
}

/** The examples of element-hq/synapse, docs/admin_api/event_reports.md and user_admin_api.md. */
function wire(name: string): unknown {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8'));
}

describe('what reports bring', () => {
  test('the message with its room, the member without one', async () => {
    const event = far.addEvent(PIET, 'buy now');
    const one = far.reportEvent(event, MARA, null);
    const other = far.reportUser(PIET, MARA, 'A liar');
    await pull();
    expect(subjects.get(event)).toMatchObject({ type: 'message', authorId: PIET, text: 'buy now', place: 'Tide', extra: { room: ROOM }, removed: false });
    expect(subjects.get(PIET)).toMatchObject({ type: 'member', authorId: PIET });
    expect([...reports.values()]).toMatchObject([
      { remoteId: `event-${one.id}`, reporterId: MARA, comment: '', open: true }, { remoteId: `user-${other.id}`, subject: { type: 'member', remoteId: PIET }, comment: 'A liar' },
    ]);
  });

  test('an encrypted message is said to be one', async () => {
    const event = far.addEvent(PIET, 'AwgAEnAC', 'm.room.encrypted');
    far.reportEvent(event, MARA);
    await pull();
    expect(subjects.get(event)).toMatchObject({ text: 'This message is encrypted: the server cannot read it.', place: 'Tide · encrypted', html: null });
  });

  test('a report whose message the server no longer has, without a sender', async () => {
    far.reportEvent('$gone', MARA);
    await pull();
    expect(subjects.get('$gone')).toMatchObject({ text: '', authorId: null });
    expect(reports.size).toBe(1);
  });

  test('a release without user reports brings the others', async () => {
    far.knowsUserReports = false;
    far.reportEvent(far.addEvent(PIET, 'Hello'), MARA);
    await pull();
    expect(reports.size).toBe(1);
  });

  test('reports that colleagues delete shift the list and hide no new one', async () => {
    for (let n = 0; n < 400; n += 1) far.reportUser(PIET, MARA, `Reason ${n}`);
    await pull();
    far.userReports.splice(50, 300);
    const fresh = Array.from({ length: 350 }, (_, n) => far.reportUser(PIET, MARA, `New ${n}`));
    await pull();
    expect(fresh.filter(({ id }) => !reports.has(`user-${id}`))).toEqual([]);
  });

  test('even where every known one is deleted', async () => {
    for (let n = 0; n < 200; n += 1) far.reportUser(PIET, MARA, `Reason ${n}`);
    await pull();
    far.userReports.splice(0);
    const fresh = Array.from({ length: 250 }, (_, n) => far.reportUser(PIET, MARA, `New ${n}`));
    await pull();
    expect(fresh.filter(({ id }) => !reports.has(`user-${id}`))).toEqual([]);
  });

  test('the documentation\'s own examples', async () => {
    far.reportEvent(far.addEvent(PIET, 'Hello'), MARA);
    const recorded = synapse.open({
      ...io,
      async fetch(input) {
        const { pathname, searchParams } = new URL(String(input));
        if (pathname.endsWith('/event_reports')) return Response.json(searchParams.get('from') === '0' ? wire('synapse-event-reports') : { event_reports: [], total: 4 });
        if (pathname.includes('/event_reports/')) return Response.json(wire('synapse-event-report'));
        if (pathname.includes('/v2/users/')) return Response.json(wire('synapse-user'));
        return Response.json({ user_reports: [], total: 0 });
      },
    }, { url: far.server.origin });
    const from = deskOf(io, recorded);
    await from.pull();
    expect([...from.reports.values()]).toMatchObject([
      { remoteId: 'event-2', reporterId: '@foo:matrix.org', comment: 'foo', createdAt: 1_570_897_107_409 }, { remoteId: 'event-3', comment: 'bar', createdAt: 1_598_889_612_059 },
    ]);
    expect(from.subjects.get('$bNUFCwGzWca1meCGkjp-zwslF-GfVcXukvRLI1_FaVY')).toMatchObject({ text: 'matrix.org: This Week in Matrix', authorId: '@foobar:matrix.org', place: 'Matrix HQ', createdAt: 1_592_291_711_430 });
    const { members } = await recorded.context({ type: 'member', remoteId: '@user:example.com', authorId: null, extra: {} }, signal);
    expect(members).toMatchObject([{ name: 'User', handle: '@user:example.com', joinedAt: 1_560_432_506_000, standing: ['4 reports of messages'] }]);
    expect(JSON.stringify(members)).not.toMatch(/mail|external/);
  });
});

describe('deciding', () => {
  test('redacting is done once for an order, by its transaction id', async () => {
    const event = far.addEvent(PIET, 'buy now');
    far.reportEvent(event, MARA);
    await pull();
    const id = randomUUID();
    expect(await send('remove', event, { id })).toMatchObject({ kind: 'done', said: 'message redacted' });
    expect(await send('remove', event, { id })).toMatchObject({ kind: 'done', said: 'message was redacted already' });
    expect([far.deeds, far.events.get(event)?.redactedBy, far.server.requests.filter(({ path: asked }) => asked.includes('/redact/') && asked.endsWith(id)).length]).toEqual([1, ADMIN, 1]);
  });

  test('redacted by someone else is so already; by its author it does not stand in the way', async () => {
    const [event, own] = [far.addEvent(PIET, 'One'), far.addEvent(PIET, 'Two')];
    for (const one of [event, own]) far.reportEvent(one, MARA);
    await pull();
    Object.assign(far.events.get(event) ?? {}, { redactedBy: TOMAS });
    Object.assign(far.events.get(own) ?? {}, { redactedBy: PIET });
    expect(await send('remove', event)).toMatchObject({ kind: 'already', by: TOMAS, what: 'message redacted' });
    expect(await send('dismiss', event)).toMatchObject({ kind: 'conflict', by: TOMAS });
    expect(await send('dismiss', own)).toMatchObject({ kind: 'done' });
  });

  test('reports stay on the server unless the settings say otherwise', async () => {
    const event = far.addEvent(PIET, 'Hello');
    for (const by of [MARA, TOMAS]) far.reportEvent(event, by);
    far.reportEvent(far.addEvent(PIET, 'Another'), MARA);
    await pull();
    expect(await send('dismiss', event)).toMatchObject({ kind: 'done', said: expect.stringContaining('keeps no state') });
    expect(far.eventReports).toHaveLength(3);
    const deleting = synapse.open(io, { url: far.server.origin, deletes: true });
    expect(await send('dismiss', event, {}, deleting)).toMatchObject({ kind: 'done', said: '2 reports deleted' });
    expect(far.eventReports).toHaveLength(1);
  });

  test('reports that were seen are deleted from a server whose clock is ahead', async () => {
    io.skew(-600_000);
    const event = far.addEvent(PIET, 'Hello');
    far.reportEvent(event, MARA);
    await pull();
    expect(await send('dismiss', event, {}, synapse.open(io, { url: far.server.origin, deletes: true }))).toMatchObject({ kind: 'done', said: 'report deleted' });
  });

  test('a ban from the room and a suspension, both taken back', async () => {
    const event = far.addEvent(PIET, 'Hello');
    far.reportEvent(event, MARA);
    await pull();
    for (const [verb, there] of [['mute', far.banned], ['suspend', far.suspended]] as const) {
      expect(await send(verb, event)).toMatchObject({ kind: 'done' });
      expect(there.has(PIET)).toBe(true);
      expect(await send(verb, event, { reverse: true })).toMatchObject({ kind: 'done' });
      expect(there.has(PIET)).toBe(false);
    }
  });

  test('what a colleague did since, or had done before, is theirs to take back', async () => {
    const event = far.addEvent(PIET, 'Hello');
    far.reportEvent(event, MARA);
    await pull();
    const ban = orderFor('mute', event);
    expect(await session.deliver(ban, signal)).toMatchObject({ kind: 'done' });
    far.left.set(PIET, TOMAS);
    const back = { reverse: true, reverses: { orderId: ban.id, remoteId: event } };
    expect(await send('mute', event, back)).toMatchObject({ kind: 'conflict', by: TOMAS, what: 'banned from the room' });
    expect(far.banned.has(PIET)).toBe(true);
    expect(await send('mute', event, { ...back, force: true })).toMatchObject({ kind: 'done' });
    expect(far.banned.has(PIET)).toBe(false);

    far.suspended.add(PIET);
    const suspension = await send('suspend', event);
    expect(suspension).toMatchObject({ kind: 'done', said: 'was suspended already' });
    const again = { reverse: true, reverses: { orderId: 'the suspension', remoteId: suspension.kind === 'done' ? suspension.remoteId : null } };
    expect(await send('suspend', event, again)).toMatchObject({ kind: 'conflict', by: null });
    expect(far.suspended.has(PIET)).toBe(true);
    expect(await send('suspend', event, { ...again, force: true })).toMatchObject({ kind: 'done' });
    expect(far.suspended.has(PIET)).toBe(false);
  });

  test('an account of another server cannot be suspended, and that is said', async () => {
    far.reportUser('@eve:elsewhere.example', MARA);
    await pull();
    expect(await send('suspend', '@eve:elsewhere.example')).toMatchObject({ kind: 'refused', why: expect.stringContaining('no account on this server') });
  });
});

describe('what else a homeserver can do', () => {
  test('a kick, a ban by someone else, and who left by themselves', async () => {
    const event = far.addEvent(PIET, 'Hello');
    far.reportEvent(event, MARA);
    await pull();
    expect(await send('mute', event, { labels: ['kick only'] })).toMatchObject({ kind: 'done', said: 'kicked from the room' });
    expect(await send('mute', event, { labels: ['kick only'] })).toMatchObject({ kind: 'done', said: 'was kicked from the room already' });
    expect(far.left.get(PIET)).toBe(ADMIN);
    expect(await send('mute', event, { labels: ['kick only'], reverse: true })).toMatchObject({ kind: 'done', said: 'invited back to the room' });
    expect(far.left.has(PIET)).toBe(false);
    far.banned.add(PIET);
    far.left.set(PIET, TOMAS);
    expect(await send('mute', event)).toMatchObject({ kind: 'already', by: TOMAS, what: 'banned from the room' });
    far.banned.delete(PIET);
    far.left.set(PIET, PIET);
    expect(await send('mute', event, { labels: ['kick only'] })).toMatchObject({ kind: 'already', by: PIET, what: 'left the room' });
  });

  test('a suspension with a lock and a shadow ban, taken back whole; redacting and quarantine beside it', async () => {
    far.reportUser(PIET, MARA);
    await pull();
    const labels = ['lock the account', 'shadow-ban', 'redact all messages', 'quarantine all media'];
    expect(await send('suspend', PIET, { labels })).toMatchObject({ kind: 'done', said: expect.stringMatching(/^account suspended; locked; shadow-banned; all messages are being redacted \(r\d+\); all media quarantined$/) });
    expect([far.suspended.has(PIET), far.accounts.get(PIET), far.massRedactions, [...far.quarantined]]).toEqual([true, { locked: true, shadowBanned: true, deactivated: false, erased: false }, [[PIET, null]], [PIET]]);
    expect(await send('suspend', PIET, { labels, reverse: true })).toMatchObject({ kind: 'done', said: 'no longer suspended; unlocked; no longer shadow-banned' });
  });

  test('a deactivation that was cut off before its reports were deleted goes on with them', async () => {
    far.reportUser(PIET, MARA, 'spam');
    await desk.pull();
    far.accounts.set(PIET, { locked: false, shadowBanned: false, deactivated: true, erased: false });
    const values = { url: far.server.origin, deletes: true };
    expect(await synapse.open(io, values).deliver({ ...orderFor('remove', PIET), begunBy: 'itself' }, signal)).toMatchObject({ kind: 'done', said: 'was deactivated already; report deleted' });
    expect(far.userReports).toEqual([]);
  });

  test('deactivating erases only where that was chosen, and once', async () => {
    far.reportUser(PIET, MARA);
    await pull();
    expect(await send('remove', PIET)).toMatchObject({ kind: 'done', said: 'account deactivated' });
    expect(await send('remove', PIET)).toMatchObject({ kind: 'done', said: 'was deactivated already' });
    expect(far.accounts.get(PIET)).toMatchObject({ deactivated: true, erased: false });
    expect(await send('remove', PIET, { labels: ['erase'] })).toMatchObject({ kind: 'done', said: 'account deactivated and erased' });
    expect(await synapse.open(io, { url: far.server.origin }).deliver(orderFor('remove', PIET, { labels: ['erase'] }), signal)).toMatchObject({ kind: 'already', what: 'account deactivated and erased' });
    expect(await send('remove', PIET, { reverse: true })).toMatchObject({ kind: 'refused' });
  });

  test('an account that someone else suspended since it was looked at is so already', async () => {
    far.reportUser(PIET, MARA);
    await pull();
    const { subject } = await session.context({ type: 'member', remoteId: PIET, authorId: PIET, extra: {} }, signal);
    expect(subject?.revision).toBe('in good standing');
    far.suspended.add(PIET);
    expect(await send('suspend', PIET, { expected: subject?.revision ?? null })).toMatchObject({ kind: 'already', what: 'account suspended' });
  });

  test('where the admin has no power in the room, the author\'s own name serves, but only on servers that can be told so narrowly', async () => {
    far.powerful = false;
    const [old, event] = [far.addEvent(PIET, 'Earlier'), far.addEvent(PIET, 'buy now')];
    Object.assign(far.events.get(old) ?? {}, { at: 1 });
    far.reportEvent(event, MARA);
    await pull();
    far.version = '1.156.1 (b=develop)';
    expect(await send('remove', event)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Make Room Admin') });
    far.version = '1.157.0rc1';
    expect(await send('remove', event)).toMatchObject({ kind: 'done', said: 'message redacted in its author\'s name' });
    expect([far.events.get(old)?.redactedBy, far.events.get(event)?.redactedBy, far.massRedactions.length]).toEqual([null, PIET, 1]);
  });

  test.each([
    ['an account of another server', '@eve:elsewhere.example', 'm.room.message'], ['a sticker, which such a redaction passes over', PIET, 'm.sticker'],
  ])('the author\'s own name does not serve for %s', async (_, author, type) => {
    far.powerful = false;
    const event = far.addEvent(author, 'buy now', type);
    far.reportEvent(event, MARA);
    await pull();
    expect(await send('remove', event)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Make Room Admin') });
    expect([far.events.get(event)?.redactedBy, far.massRedactions]).toEqual([null, []]);
  });

  test('while a redaction of the same author is under way, another message waits for it and a suspension goes on without', async () => {
    far.powerful = false;
    const event = far.addEvent(PIET, 'buy now');
    far.reportEvent(event, MARA);
    await pull();
    far.redacting.add(PIET);
    await expect(send('remove', event)).rejects.toMatchObject({ kind: 'rate-limited', afterMs: 30_000 });
    expect(await send('suspend', event, { labels: ['redact all messages'] })).toMatchObject({ kind: 'done', said: 'account suspended; a redaction of their messages was under way already' });
    far.redacting.clear();
    expect(await send('remove', event)).toMatchObject({ kind: 'done', said: 'message redacted in its author\'s name' });
  });

  test('a picture is quarantined with its message', async () => {
    const event = far.addEvent(PIET, 'cat.png');
    Object.assign(far.events.get(event) ?? {}, { file: 'mxc://matrix.example/abcDEF-1' });
    far.reportEvent(event, MARA);
    await pull();
    expect(subjects.get(event)).toMatchObject({ media: [{ url: 'mxc://matrix.example/abcDEF-1', mime: 'image/png', width: 2 }], extra: { media: 'mxc://matrix.example/abcDEF-1' } });
    expect(await send('remove', event, { labels: ['quarantine its media'] })).toMatchObject({ kind: 'done', said: 'message redacted; its media quarantined' });
    expect([...far.quarantined]).toEqual(['matrix.example/abcDEF-1']);
  });

  test('a message goes as a server notice, once; a server without notices says where to turn them on', async () => {
    far.reportUser(PIET, MARA);
    await pull();
    const id = randomUUID();
    for (let time = 0; time < 2; time += 1) expect(await send('warn', PIET, { id, message: ' Please stop. ' })).toMatchObject({ kind: 'done', said: 'server notice sent' });
    expect([...far.notices]).toEqual([[id, JSON.stringify({ user_id: PIET, content: { msgtype: 'm.text', body: 'Please stop.' } })]]);
    expect(await send('message', PIET, { message: ' ' })).toMatchObject({ kind: 'refused', why: 'Write the message first.' });
    far.noticing = false;
    expect(await send('message', PIET, { message: 'Hello' })).toMatchObject({ kind: 'refused', why: expect.stringContaining('server_notices') });
  });

  test('an edit shows its words and when; a message its author took back is gone, not removed', async () => {
    const [event, own] = [far.addEvent(PIET, 'First words'), far.addEvent(PIET, 'Taken back')];
    for (const one of [event, own]) far.reportEvent(one, MARA);
    Object.assign(far.events.get(event) ?? {}, { edited: { body: 'Other words', at: 1_780_000_000_000 } });
    Object.assign(far.events.get(own) ?? {}, { redactedBy: PIET });
    await pull();
    expect(subjects.get(event)).toMatchObject({ text: 'Other words', editedAt: 1_780_000_000_000 });
    expect(subjects.get(own)).toMatchObject({ removed: false, deletedAt: expect.any(Number) });
  });

  test('the member\'s record: rooms, reports, their name in the room, and what they wrote there before', async () => {
    const events = Array.from({ length: 4 }, (_, n) => far.addEvent(PIET, `Message ${n}`));
    far.addEvent(TOMAS, 'Not theirs');
    for (const event of events) far.reportEvent(event, MARA);
    far.reportUser(PIET, MARA);
    await pull();
    const subject = subjects.get(events[0] ?? '');
    if (subject === undefined) throw new Error('not there');
    const { members, recent } = await session.context(subject, signal);
    expect(members.find(({ remoteId }) => remoteId === PIET)).toMatchObject({ name: 'Someone', standing: ['2 rooms joined', '4 reports of messages', '1 report of the account'] });
    expect(recent.map(({ text }) => text)).toEqual(['Message 3', 'Message 2', 'Message 1']);
    expect(far.server.requests.find(({ path: asked }) => asked.includes('/context/'))?.path).toContain(encodeURIComponent('{"lazy_load_members":true}'));
  });

  test('a message is gone where the server says so, and stands as it was where it does not know the call', async () => {
    const event = far.addEvent(PIET, 'Still here');
    far.reportEvent(event, MARA);
    await pull();
    const subject = subjects.get(event);
    if (subject === undefined) throw new Error('not there');
    const heal = far.server.plan({
      route: 'GET /_synapse/admin/v1/rooms/:room/context/:event',
      fault: { name: 'an unknown call', means: [], send: (response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}') },
    });
    const unknown = await session.context(subject, signal);
    heal();
    const gone = await session.context({ ...subject, remoteId: '$gone' }, signal);
    expect([unknown, gone].map(({ subject: now, asStored }) => ({ now, asStored }))).toEqual([{ now: null, asStored: true }, { now: null, asStored: undefined }]);
  });

  test('media of a release without signed-in downloads comes from the open address', async () => {
    const asked: string[] = [];
    const old = synapse.open({
      ...io,
      async fetch(input) {
        const { pathname } = new URL(String(input));
        asked.push(pathname);
        return pathname.includes('/v1/media/') ? Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 404 }) : new Response('bytes', { headers: { 'content-type': 'image/png' } });
      },
    }, { url: far.server.origin });
    expect(await old.media?.('mxc://matrix.example/abc', signal)).toMatchObject({ mime: 'image/png' });
    expect(asked).toEqual(['/_matrix/client/v1/media/download/matrix.example/abc', '/_matrix/media/v3/download/matrix.example/abc']);
    expect(await old.media?.('https://elsewhere.example/a.png', signal)).toBeNull();
  });
});

test('an account that is no server admin is told so, and a bad token asks to sign in', async () => {
  far.admin = false;
  expect((await session.verify(signal)).missing).toEqual([expect.stringContaining('no server admin')]);
  io.secrets.set('token', 'other');
  await expect(session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in' });
});

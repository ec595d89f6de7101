import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signal } from '../../support/connector-desk.ts';
import { openDesk } from '../../support/mailman/desk.ts';
import type { Desk } from '../../support/mailman/desk.ts';
import { installMailman } from './install.ts';
import { peopleOf } from './people.ts';
import type { People } from './people.ts';
import { makeRecorder } from './recorder.ts';
import { startMailman } from './server.ts';
import type { MailmanServer } from './server.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PIET = 'piet@example.org';
const recorder = makeRecorder();
/** With DOCKET_RECORD=1 the exchanges become the fixtures that the ordinary tests read. */
const recording = process.env['DOCKET_RECORD'] === '1';

let server: MailmanServer;
let people: People;
let rosa: Desk;
let ant: string;

function deskOf(more: { readonly values?: Readonly<Record<string, string>>; readonly password?: string } = {}): Desk {
  return openDesk({ values: { url: server.url, user: server.user, ...more.values }, password: more.password ?? server.password, fetch: recorder.fetch });
}

beforeAll(async () => {
  const master = installMailman((text) => { process.stderr.write(`${text}\n`); });
  const ready = performance.now();
  server = await startMailman(master);
  process.stderr.write(`Mailman: ${((performance.now() - ready) / 1000).toFixed(1)} s to start.\n`);
  people = peopleOf(server);
  ant = await people.list('ant', { description: 'About ants', info: '1. Be kind.\n2. Stay on topic.' });
  rosa = deskOf();
});
afterAll(async () => {
  await server?.stop();
});

describe('signing in', () => {
  test('says who, which version and which lists', async () => {
    const account = await deskOf().session.verify(signal);
    expect(account).toMatchObject({ name: 'restadmin', scopes: [expect.stringMatching(/^GNU Mailman 3\./), ant], missing: [] });
  });

  test('a wrong password, an address that is no API and a list that is not there are told apart', async () => {
    await expect(deskOf({ password: 'wrong' }).session.verify(signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('admin_pass') });
    await expect(deskOf({ values: { url: `${server.url}/elsewhere` } }).session.verify(signal)).rejects.toMatchObject({ kind: 'settings' });
    expect((await deskOf({ values: { lists: 'wasp@lists.example' } }).session.verify(signal)).missing[0]).toContain('wasp@lists.example');
  });

  test('a list\'s description and info are its rules', async () => {
    expect(await rosa.session.guidelines(signal)).toEqual([{ remoteId: 'ant.lists.example', number: '1', title: 'Ant', body: 'About ants\n\n1. Be kind.\n2. Stay on topic.' }]);
  });
});

describe('what comes', () => {
  test('a held message with its words, sender, list and reason', async () => {
    const one = await people.mail(ant, PIET, `From: =?utf-8?q?Piet_M=C3=BCller?= <${PIET}>\nTo: ${ant}\nSubject: =?utf-8?b?R3LDvMOfZSDwn46J?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe\n`);
    await rosa.pull();
    const subject = rosa.find('Grüße 🎉');
    expect(subject).toMatchObject({ type: 'post', text: 'Grüße 🎉\n\nGrüße', authorId: PIET, place: `Held · ${ant}`, removed: false, extra: { list: 'ant.lists.example', held: String(one['request_id']) } });
    expect(rosa.reports.get(subject.remoteId)).toMatchObject({ category: 'held', remoteCategory: 'nonmember-moderation', comment: 'The message is not from a list member', open: true, reporterId: null });
    const { remoteId, type, authorId, extra } = subject;
    expect((await rosa.session.context({ remoteId, type, authorId, extra }, signal)).members).toMatchObject([{ name: 'Piet Müller', handle: PIET }]);
  });

  test('letters that no header may have, no subject, no Message-ID: nothing is lost', async () => {
    await people.mail(ant, PIET, `From: "Dörá" <${PIET}>\nTo: ${ant}\nSubject: Schöne Grüße\n\nRaw letters\n`);
    await people.mail(ant, PIET, `From: ${PIET}\nTo: ${ant}\n\nNo subject at all\n`);
    await rosa.pull();
    expect(rosa.find('Raw letters').text).toBe('Schöne Grüße\n\nRaw letters');
    expect(rosa.find('No subject at all').text).toBe('(no subject)\n\nNo subject at all');
  });

  test('attachments are named, and their pictures kept as media', async () => {
    await people.mail(ant, PIET, `From: ${PIET}\nTo: ${ant}\nSubject: Attached\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=C\n\n--C\nContent-Type: text/plain\n\nplain words\n--C\nContent-Type: text/html\n\n<p>rich <b>words</b></p>\n--C--\n--B\nContent-Type: image/png\nContent-Disposition: attachment; filename="dot.png"\nContent-Transfer-Encoding: base64\n\n${PNG}\n--B\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="rules.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--B--\n`);
    await rosa.pull();
    const subject = rosa.find('plain words');
    expect(subject.text).toBe('Attached\n\nplain words\n\nAttached: dot.png (image/png, 70 bytes)\nAttached: rules.pdf (application/pdf, 5 bytes)');
    expect(subject.html).toContain('<b>words</b>');
    expect(subject.media).toMatchObject([{ mime: 'image/png', alt: 'dot.png' }]);
    const medium = await rosa.session.media?.(subject.media[0]?.url ?? '', signal);
    expect(Buffer.from(medium?.bytes ?? []).toString('base64')).toBe(PNG);
  });

  test('a message of two megabytes comes with its beginning', async () => {
    const one = await people.mail(ant, PIET, `From: ${PIET}\nTo: ${ant}\nSubject: Long\n\n${`${'long '.repeat(14)}\n`.repeat(30_000)}`);
    await rosa.pull();
    expect(rosa.find('Long\n\nlong').text).toMatch(/Only the beginning of the message is shown here; it has 2\.\d MB/);
    await people.handle(ant, one['request_id'], 'discard');
  });

  test('a second message with the same Message-ID is held with the first one\'s text: that is said', async () => {
    for (const subject of ['Twin one', 'Twin two']) await people.mail(ant, PIET, `From: ${PIET}\nTo: ${ant}\nSubject: ${subject}\nMessage-ID: <twin@example.org>\n\nBody of ${subject}\n`);
    await rosa.pull();
    expect(rosa.find('Twin one\n\nBody').text).toBe('Twin one\n\nBody of Twin one');
    expect(rosa.find('Twin two\n').text).toMatch(/^Twin two\n\nBody of Twin one\n\n\(Mailman kept the text of an earlier message/);
  });

  test('requests to join and to leave come, those that wait for the person\'s own word do not', async () => {
    await people.ask(ant, 'anne@example.org', 'Anne Person');
    await people.askToLeave(ant, 'olle@example.org');
    await people.call('POST', '/members', { list_id: 'ant.lists.example', subscriber: 'unsure@example.org', display_name: 'U' });
    await rosa.pull();
    expect(rosa.find('anne@example.org')).toMatchObject({ type: 'member', text: 'Anne Person <anne@example.org> asks to join ant@lists.example.', authorId: 'anne@example.org', place: 'Joining · ant@lists.example' });
    expect(rosa.find('olle@example.org').text).toBe('olle@example.org asks to leave ant@lists.example.');
    expect([...rosa.subjects.values()].filter(({ text }) => text.includes('unsure'))).toEqual([]);
  });

  test('nothing comes twice, of many none is lost, and what leaves between two pages hides no other', async () => {
    const bee = await people.list('bee');
    await people.writeMany(bee, PIET, 45);
    const desk = deskOf({ values: { lists: bee } });
    const iterator = desk.session.pull(null, signal)[Symbol.asyncIterator]();
    const first = await iterator.next();
    const brought = new Set(first.done === true ? [] : first.value.subjects.map(({ text }) => text));
    // The oldest leave while the sweep is under way: the others move up.
    for (const one of (await people.held(bee)).slice(0, 5)) await people.handle(bee, one['request_id'], 'discard');
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) for (const { text } of next.value.subjects) brought.add(text);
    expect((await people.held(bee)).map(({ subject }) => `${String(subject)}\n\nWords`).filter((text) => !brought.has(text))).toEqual([]);
    const again = deskOf({ values: { lists: bee } });
    // One pull ends the sweep that was stopped, the next sees what left while it stood still.
    let cursor = first.done === true ? null : first.value.cursor;
    for (let times = 0; times < 2; times += 1) cursor = (await again.pullFrom(cursor)).at(-1)?.cursor ?? cursor;
    expect((await again.pullFrom(cursor)).flatMap(({ reports, resolutions }) => [...reports, ...resolutions])).toEqual([]);
  });

  test('who sent it: where they belong, how they are moderated, what else of theirs is held', async () => {
    const { remoteId, type, authorId, extra } = rosa.find('Raw letters');
    const context = await rosa.session.context({ remoteId, type, authorId, extra }, signal);
    expect(context.subject?.remoteId).toBe(remoteId);
    expect(context.recent.length).toBeGreaterThan(3);
    expect(context.members.find(({ handle }) => handle === PIET)).toMatchObject({ standing: expect.arrayContaining(['not subscribed to ant.lists.example']), joinedAt: expect.any(Number) });
  });
});

describe('what goes', () => {
  test.each([
    ['dismiss', {}, 'pipeline', 1], ['remove', {}, 'pipeline', 0], ['remove', { message: 'Bitte lies die Regeln – danke.' }, 'virgin', 1], ['escalate', {}, 'virgin', 0],
  ] as const)('%s %j: in the server\'s queue "%s" once, however often it is sent', async (verb, more, queue, expected) => {
    const subject = `To ${verb} ${queue} ${expected}`;
    const one = await people.write(ant, PIET, subject);
    await rosa.pull();
    const before = await people.queued(queue);
    const order = rosa.order(verb, subject, more);
    expect(await rosa.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(await rosa.session.deliver(order, signal)).toMatchObject({ kind: 'done' });
    expect(await people.queued(queue) - before).toBe(expected);
    const still = (await people.held(ant)).some(({ hold_date: at }) => at === one['hold_date']);
    expect(still).toBe(verb === 'escalate');
    await rosa.pull();
    expect(rosa.resolutions.filter((resolution) => resolution.subject.remoteId === order.subject.remoteId).map(({ orderId }) => orderId)).toEqual(verb === 'escalate' ? [] : [order.id]);
  });

  test('a sender is muted, then moderated as before', async () => {
    await people.write(ant, PIET, 'To mute');
    await rosa.pull();
    const order = rosa.order('mute', 'To mute');
    const muted = await rosa.session.deliver(order, signal);
    expect(muted).toMatchObject({ kind: 'done', said: expect.stringContaining('what waits stays in the queue') });
    expect(await people.memberOf(ant, 'nonmember', PIET)).toMatchObject({ moderation_action: 'reject' });
    expect(await rosa.session.deliver(order, signal)).toMatchObject({ kind: 'already' });
    expect(await rosa.takeBack(order, muted)).toMatchObject({ kind: 'done' });
    expect((await people.memberOf(ant, 'nonmember', PIET))?.['moderation_action']).toBeUndefined();
  });

  test('a sender is banned from the list, or from all, and the ban is lifted where it was set', async () => {
    await people.write(ant, 'odd+name@example.org', 'To ban');
    await rosa.pull();
    for (const [bans, path] of [['list', '/lists/ant.lists.example/bans/odd%2Bname%40example.org'], ['site', '/bans/odd%2Bname%40example.org']] as const) {
      const desk = deskOf({ values: { bans } });
      await desk.pull();
      const order = desk.order('suspend', 'To ban');
      const banned = await desk.session.deliver(order, signal);
      expect(banned).toMatchObject({ kind: 'done' });
      expect((await people.call('GET', path)).status).toBe(200);
      expect(await desk.session.deliver(order, signal)).toMatchObject({ kind: 'already', what: 'banned' });
      expect(await desk.takeBack(order, banned)).toMatchObject({ kind: 'done' });
      expect((await people.call('GET', path)).status).toBe(404);
    }
  });

  test('version 3.0 of the API, with its numbers for members, does as well', async () => {
    await people.write(ant, 'old@example.org', 'By the old version');
    const desk = deskOf({ values: { url: `${server.url}/3.0` } });
    await desk.pull();
    const order = desk.order('mute', 'By the old version');
    const muted = await desk.session.deliver(order, signal);
    expect(muted).toMatchObject({ kind: 'done' });
    expect(await people.memberOf(ant, 'nonmember', 'old@example.org')).toMatchObject({ moderation_action: 'reject' });
    expect(await desk.takeBack(order, muted)).toMatchObject({ kind: 'done' });
    expect((await people.memberOf(ant, 'nonmember', 'old@example.org'))?.['moderation_action']).toBeUndefined();
    expect(await desk.send('remove', 'By the old version')).toMatchObject({ kind: 'done' });
  });

  test('a ban that a pattern keeps up is told', async () => {
    await people.write(ant, 'x@spam.example', 'From a spammer');
    await rosa.pull();
    const order = rosa.order('suspend', 'From a spammer');
    const banned = await rosa.session.deliver(order, signal);
    await people.call('POST', '/bans', { email: '^.*@spam\\.example' });
    expect(await rosa.takeBack(order, banned)).toMatchObject({ kind: 'done', said: expect.stringContaining('a pattern') });
  });

  test('a request is accepted and taken back, another rejected with its reason', async () => {
    await people.ask(ant, 'bob@example.org', 'Bób');
    await people.ask(ant, 'eve@example.org', 'Eve');
    await rosa.pull();
    const order = rosa.order('dismiss', 'bob@example.org');
    const accepted = await rosa.session.deliver(order, signal);
    expect(accepted).toMatchObject({ kind: 'done', said: 'accepted' });
    expect(await people.memberOf(ant, 'member', 'bob@example.org')).not.toBeNull();
    expect(await rosa.takeBack(order, accepted)).toMatchObject({ kind: 'done' });
    expect(await people.memberOf(ant, 'member', 'bob@example.org')).toBeNull();
    const before = await people.queued('virgin');
    expect(await rosa.send('remove', 'eve@example.org', { message: 'This list is for members of the garden.' })).toMatchObject({ kind: 'done' });
    expect(await people.queued('virgin') - before).toBe(1);
    await rosa.pull();
  });

  test('who asked to leave is let go, and subscribed again when that is taken back', async () => {
    const order = rosa.order('dismiss', 'olle@example.org');
    const gone = await rosa.session.deliver(order, signal);
    expect(gone).toMatchObject({ kind: 'done' });
    expect(await people.memberOf(ant, 'member', 'olle@example.org')).toBeNull();
    expect(await rosa.takeBack(order, gone)).toMatchObject({ kind: 'done' });
    expect(await people.memberOf(ant, 'member', 'olle@example.org')).not.toBeNull();
  });
});

describe('when someone else was faster', () => {
  test('a message that Tomás handled is a conflict before anything is sent, and resolved at the next pull', async () => {
    const one = await people.write(ant, PIET, 'Tomás was faster');
    await rosa.pull();
    await people.handle(ant, one['request_id'], 'discard');
    const order = rosa.order('dismiss', 'Tomás was faster');
    expect(await rosa.session.deliver(order, signal)).toEqual({ kind: 'conflict', by: null, what: 'left the moderation queue', at: null });
    expect(await rosa.session.deliver({ ...order, force: true }, signal)).toMatchObject({ kind: 'already' });
    await rosa.pull();
    expect(rosa.resolutions.at(-1)).toMatchObject({ subject: { remoteId: order.subject.remoteId }, what: 'left the moderation queue', by: null, orderId: null, closes: true });
  });

  test('a number that went to another message does not carry the old decision to it', async () => {
    const one = await people.write(ant, PIET, 'The old number');
    await rosa.pull();
    await people.handle(ant, one['request_id'], 'discard');
    const other = await people.write(ant, 'ada@example.org', 'The new holder');
    expect(other['request_id']).toBe(one['request_id']);
    expect(await rosa.send('remove', 'The old number', { expected: null })).toMatchObject({ kind: 'conflict' });
    expect((await people.held(ant)).map(({ subject }) => subject)).toContain('The new holder');
    await rosa.pull();
    expect(rosa.find('The new holder').authorId).toBe('ada@example.org');
    expect(rosa.resolutions.at(-1)?.subject.remoteId).toBe(rosa.find('The old number').remoteId);
  });

  test('what became of a request shows by who is a member', async () => {
    const token = await people.ask(ant, 'carl@example.org', 'Carl');
    await rosa.pull();
    await people.call('POST', `/lists/ant.lists.example/requests/${token}`, { action: 'accept' });
    expect(await rosa.send('remove', 'carl@example.org')).toMatchObject({ kind: 'conflict', what: 'accepted' });
    expect(await rosa.send('dismiss', 'carl@example.org')).toMatchObject({ kind: 'already', what: 'accepted' });
    await rosa.pull();
    expect(rosa.resolutions.at(-1)).toMatchObject({ what: 'accepted', closes: true });
  });
});

if (recording) {
  test('the exchanges are kept for the ordinary tests', async () => {
    await people.ask(ant, 'dora@example.org', 'Dóra');
    await people.write(ant, PIET, 'For the record');
    await people.mail(ant, PIET, `From: "Dörá" <${PIET}>\nTo: ${ant}\nSubject: Schöne Grüße\n\nRaw letters\n`);
    const desk = deskOf({ values: { lists: 'ant' } });
    for (const path of ['/lists?count=100&page=1', '/lists/ant.lists.example/held?count=3&page=1', '/lists/ant.lists.example/held?count=20&page=900', '/lists/ant.lists.example/requests?token_owner=moderator&count=100&page=1', '/members/find?subscriber=piet%40example.org', '/lists/ant.lists.example/config', '/system/versions', '/lists/ant.lists.example/held/99999', '/lists?page=1']) {
      await recorder.fetch(`${server.url}/3.1${path}`, { headers: { authorization: `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}` } });
    }
    await desk.session.verify(signal);
    for (const [name, method, where, status] of [
      ['lists', 'GET', /\/lists\?count/, 200], ['held', 'GET', /held\?count=3/, 200], ['held-past-the-end', 'GET', /page=900/, 200], ['requests', 'GET', /requests\?token_owner=moderator&count/, 200],
      ['memberships', 'GET', /members\/find/, 200], ['config', 'GET', /\/config$/, 200], ['versions', 'GET', /versions$/, 200], ['signed-out', 'GET', /versions$/, 401], ['gone', 'GET', /held\/99999$/, 404],
      ['half-a-page', 'GET', /\/lists\?page=1$/, 500], ['ban', 'POST', /\/bans$/, 201], ['accepted', 'POST', /\/held\/\d+$/, 204], ['no-ban', 'GET', /\/bans\//, 404],
    ] as const) recorder.keep(name, method, where, status);
  });
}

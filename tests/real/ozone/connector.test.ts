import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import { openDesk, orderOf, reversalOf } from '../../support/ozone/desk.ts';
import type { Desk } from '../../support/ozone/desk.ts';
import { installOzone } from './install.ts';
import { peopleOf } from './people.ts';
import type { Made, People, SeenEvent } from './people.ts';
import { keepRecordings, makeRecorder } from './recorder.ts';
import { startOzone } from './servers.ts';
import type { OzoneServers } from './servers.ts';

const HOUR = 3_600_000;
const SPAM = 'com.atproto.moderation.defs#reasonSpam';
const APPEAL = 'com.atproto.moderation.defs#reasonAppeal';
const ACKNOWLEDGE = { $type: 'tools.ozone.moderation.defs#modEventAcknowledge' };
/** With DOCKET_RECORD=1 the exchanges become the fixtures that the ordinary tests replay. */
const recording = process.env['DOCKET_RECORD'] === '1';

let servers: OzoneServers;
let people: People;
let rosa: Desk;
const recorder = makeRecorder();

function deskOf(who: string, more: { readonly labeler?: string; readonly connectionId?: string } = {}): Desk {
  return openDesk({
    values: { service: servers.pds, handle: `${who}.test`, ...(more.labeler === '' ? {} : { labeler: more.labeler ?? servers.labeler }) },
    password: servers.password, fetch: recorder.fetch, connectionId: more.connectionId ?? `desk-of-${who}`,
  });
}

/** A post by piet that mara reported, as rosa's desk has it. */
async function reported(text: string): Promise<{ readonly post: Made; readonly subject: RemoteSubject }> {
  const post = await people.post('piet', text);
  await people.reportPost('mara', post, SPAM, 'The same advert again');
  await rosa.pull();
  const subject = rosa.subjects.get(post.uri);
  if (subject === undefined) throw new Error('the report did not arrive');
  return { post, subject };
}

/** What moderators did, without reports and tags. */
function deeds(events: readonly SeenEvent[]): string[] {
  return events.map(({ event }) => event.$type.replace(/^.*#modEvent/, '')).filter((kind) => !['Report', 'Tag'].includes(kind));
}

beforeAll(async () => {
  const start = performance.now();
  const installed = installOzone((text) => { process.stderr.write(`${text}\n`); });
  const ready = performance.now();
  servers = await startOzone(installed);
  process.stderr.write(`Ozone: ${((ready - start) / 1000).toFixed(1)} s to install, ${((performance.now() - ready) / 1000).toFixed(1)} s to start.\n`);
  people = peopleOf(servers);
  rosa = deskOf('rosa');
});
afterAll(async () => {
  await servers?.stop();
});

describe('signing in', () => {
  test('a moderator may do everything Ozone can', async () => {
    const account = await rosa.session.verify(rosa.signal);
    expect({ name: account.name, scopes: account.scopes, missing: account.missing }).toEqual({ name: '@rosa.test', scopes: ['moderator'], missing: [] });
    expect(account.capabilities.post?.remove).toEqual({ can: true, target: 'subject', reversible: true, labels: ['with its media'] });
  });

  test('a triage member is told what the role lacks and who can grant it', async () => {
    const account = await deskOf('ines').session.verify(rosa.signal);
    expect(account.scopes).toEqual(['triage']);
    expect(account.missing[0]).toContain('ask an Ozone admin');
    expect(account.capabilities.post?.remove).toMatchObject({ can: false });
    expect(account.capabilities.post?.dismiss).toMatchObject({ can: true });
  });

  test('an account outside the team, a wrong password and a labeler that is none are told apart', async () => {
    await expect(deskOf('mara').session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('not on the Ozone team') });
    const wrong = openDesk({ values: { service: servers.pds, handle: 'rosa.test' }, password: 'not-it', fetch: recorder.fetch });
    await expect(wrong.session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('App passwords') });
    const astray = deskOf('rosa', { labeler: servers.accounts['mara']?.did ?? '' });
    await expect(astray.session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'settings' });
  });

  test('the labeler is found among those the account subscribes to', async () => {
    await expect(deskOf('tomas', { labeler: '' }).session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'settings' });
    await people.call('tomas', 'app.bsky.actor.putPreferences', {
      proxied: false, body: { preferences: [{ $type: 'app.bsky.actor.defs#labelersPref', labelers: [{ did: servers.labeler }] }] },
    });
    expect((await deskOf('tomas', { labeler: '' }).session.verify(rosa.signal)).scopes).toEqual(['moderator']);
  });

  test('a token that is no longer good is renewed without a word', async () => {
    const before = JSON.parse(rosa.secrets.get('session') ?? '{}') as Record<string, string>;
    const desk = openDesk({
      values: { service: servers.pds, handle: 'rosa.test', labeler: servers.labeler }, password: 'gone', fetch: recorder.fetch,
      secrets: new Map([['password', 'gone'], ['session', JSON.stringify({ ...before, accessJwt: 'stale' })]]),
    });
    await desk.pull();
    expect(JSON.parse(desk.secrets.get('session') ?? '{}')).not.toMatchObject({ accessJwt: 'stale' });
  });
});

describe('what comes', () => {
  test('a reported post arrives with its text, author, reporter and reason', async () => {
    const { post, subject } = await reported('Garden gnomes, cheap');
    expect(subject).toMatchObject({ type: 'post', text: 'Garden gnomes, cheap', authorId: servers.accounts['piet']?.did, language: 'en', removed: false, extra: { cid: post.cid } });
    const report = [...rosa.reports.values()].find((one) => one.subject.remoteId === post.uri);
    expect(report).toMatchObject({ category: 'spam', comment: 'The same advert again', reporterId: servers.accounts['mara']?.did, open: true });
  });

  test('a reported account is an item of its own', async () => {
    await people.reportAccount('juno', 'olle', 'tools.ozone.report.defs#reasonHarassmentTroll', 'Keeps at it');
    await rosa.pull();
    const did = servers.accounts['olle']?.did ?? '';
    expect(rosa.subjects.get(did)).toMatchObject({ type: 'member', remoteId: did });
    expect([...rosa.reports.values()].find((one) => one.subject.remoteId === did)).toMatchObject({ category: 'harassment', remoteCategory: 'harassment troll' });
  });

  test('nothing comes twice, and of many reports at once none is lost', async () => {
    const posts = await Promise.all(Array.from({ length: 20 }, (_, n) => people.post('juno', `Post ${n}`)));
    const before = rosa.reports.size;
    for (const some of [posts.slice(0, 10), posts.slice(10)]) {
      const reporting = some.flatMap((post) => ['mara', 'olle', 'piet', 'tomas', 'ines'].map((who) => people.reportPost(who, post, SPAM, `${who} says so`)));
      await Promise.all([...reporting, ...reporting.slice(0, 5).map(async (one) => {
        await one;
        await rosa.pull();
      })]);
    }
    await rosa.pull();
    expect(rosa.reports.size - before).toBe(100);
    const events = rosa.batches.flatMap(({ reports }) => reports.map(({ remoteId, open }) => `${remoteId} ${open}`));
    await rosa.pull();
    expect(rosa.batches.flatMap(({ reports }) => reports.map(({ remoteId, open }) => `${remoteId} ${open}`))).toEqual(events);
  });

  test('the thread, the author\'s posts, their record and the reporters come as context', async () => {
    const { post, subject } = await reported('The first word');
    const reply = await people.post('juno', 'A reply', { reply: { root: { uri: post.uri, cid: post.cid }, parent: { uri: post.uri, cid: post.cid } } });
    await people.call('ada', 'tools.ozone.moderation.emitEvent', {
      body: { event: { $type: 'tools.ozone.moderation.defs#modEventComment', comment: 'Third time this week' }, subject: { $type: 'com.atproto.repo.strongRef', ...post }, createdBy: servers.accounts['ada']?.did },
    });
    await expect.poll(async () => (await rosa.session.context(subject, rosa.signal)).after.map(({ remoteId }) => remoteId), { timeout: 30_000 }).toEqual([reply.uri]);
    const context = await rosa.session.context(subject, rosa.signal);
    expect(context.subject?.text).toBe('The first word');
    expect(context.recent.map(({ text }) => text)).toContain('Garden gnomes, cheap');
    expect(context.record[0]).toMatchObject({ text: 'noted: Third time this week', by: '@ada.test' });
    expect(context.members.find(({ handle }) => handle === '@mara.test')?.reports).toEqual({ made: expect.any(Number), upheld: expect.any(Number) });
  });

  test('the team\'s policies are its published rules', async () => {
    expect(await rosa.session.guidelines(rosa.signal)).toEqual([
      { remoteId: 'policy-one', number: '1', title: 'Policy One', body: 'Policy for handling user behavior' },
      { remoteId: 'policy-two', number: '2', title: 'Policy Two', body: 'Policy for handling user action' },
    ]);
  });
});

describe('what goes', () => {
  test.each([
    ['dismiss', {}, ['Acknowledge']],
    ['label', { labels: ['spam'] }, ['Label', 'Acknowledge']],
    ['remove', {}, ['Takedown']],
    ['escalate', {}, ['Escalate']],
    ['mute', { durationMs: 24 * HOUR }, ['Mute']],
  ] as const)('%s is in the server\'s history once, however often it is sent', async (verb, more, expected) => {
    const { post, subject } = await reported(`To ${verb}`);
    const order = orderOf(randomUUID(), verb, subject, { ...more, labels: 'labels' in more ? more.labels : [], reason: 'Seen before', guideline: '1 Policy One' });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done', remoteId: expect.stringMatching(/^\d+$/) });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done' });
    const history = await people.history(post.uri);
    expect(deeds(history)).toEqual(expected);
    expect(history.find(({ event }) => event.$type.endsWith(expected[0]))).toMatchObject({
      createdBy: servers.accounts['rosa']?.did, modTool: { name: 'docket' }, event: { comment: '1 Policy One: Seen before' },
    });
    await rosa.pull();
    const ours = rosa.resolutions.filter((one) => one.subject.remoteId === post.uri);
    expect(new Set(ours.map(({ orderId }) => orderId))).toEqual(new Set([order.id]));
  });

  test.each([
    ['remove', {}, ['Takedown', 'ReverseTakedown']],
    ['mute', { durationMs: 72 * HOUR }, ['Mute', 'Unmute']],
    ['label', { labels: ['rude', 'spam'] }, ['Label', 'Acknowledge', 'Label']],
  ] as const)('%s is taken back once', async (verb, more, expected) => {
    const { post, subject } = await reported(`To ${verb} and take back`);
    const order = orderOf(randomUUID(), verb, subject, { ...more, labels: 'labels' in more ? more.labels : [] });
    await rosa.session.deliver(order, rosa.signal);
    const back = reversalOf(randomUUID(), order);
    expect(await rosa.session.deliver(back, rosa.signal)).toMatchObject({ kind: 'done' });
    expect(await rosa.session.deliver(back, rosa.signal)).toMatchObject({ kind: 'done' });
    expect(deeds(await people.history(post.uri))).toEqual(expected);
  });

  test('an account is suspended for a time and restored, and its post is closed with it', async () => {
    const post = await people.post('olle', 'A bad day');
    await people.reportPost('mara', post, SPAM, 'Again');
    await rosa.pull();
    const subject = rosa.subjects.get(post.uri);
    if (subject === undefined) throw new Error('the report did not arrive');
    const order = orderOf(randomUUID(), 'suspend', subject, { durationMs: 72 * HOUR });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done' });
    const did = servers.accounts['olle']?.did ?? '';
    expect((await people.history(did)).at(-1)?.event).toMatchObject({ $type: 'tools.ozone.moderation.defs#modEventTakedown', durationInHours: 72 });
    expect(deeds(await people.history(post.uri))).toEqual(['Acknowledge']);
    await rosa.pull();
    expect(rosa.subjects.get(did)?.removed).toBe(true);
    expect(await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(deeds(await people.history(did))).toEqual(['Takedown', 'ReverseTakedown']);
  });

  test('a triage member is refused a takedown in words', async () => {
    const { post, subject } = await reported('Not for triage');
    const result = await deskOf('ines').session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal);
    expect(result).toMatchObject({ kind: 'refused', why: expect.stringContaining('Must be a full moderator') });
    expect(deeds(await people.history(post.uri))).toEqual([]);
  });

  test('a warning that the member\'s server does not take is told as not sent', async () => {
    const { post, subject } = await reported('To warn');
    const order = orderOf(randomUUID(), 'warn', subject, { message: 'Please stop posting adverts.' });
    const result = await rosa.session.deliver(order, rosa.signal);
    expect(['done', 'refused']).toContain(result.kind);
    const mails = (await people.history(servers.accounts['piet']?.did ?? '')).filter(({ event }) => event.$type.endsWith('Email'));
    expect(mails).toHaveLength(1);
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: result.kind });
    expect((await people.history(servers.accounts['piet']?.did ?? '')).filter(({ event }) => event.$type.endsWith('Email'))).toHaveLength(1);
    expect(deeds(await people.history(post.uri))).toEqual(result.kind === 'done' ? ['Acknowledge'] : []);
  });
});

describe('when someone else was faster', () => {
  test('their acknowledgement stands: the same wish is already so, another is a conflict, and nothing is sent', async () => {
    const { post, subject } = await reported('Handled by Tomás');
    await people.moderate('tomas', post, ACKNOWLEDGE);
    const dismissed = await rosa.session.deliver(orderOf(randomUUID(), 'dismiss', subject), rosa.signal);
    const removed = await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal);
    expect(dismissed).toMatchObject({ kind: 'already', by: '@tomas.test', what: 'acknowledged' });
    expect(removed).toMatchObject({ kind: 'conflict', by: '@tomas.test', what: 'acknowledged' });
    expect(deeds(await people.history(post.uri))).toEqual(['Acknowledge']);
    await rosa.pull();
    expect(rosa.resolutions.findLast((one) => one.subject.remoteId === post.uri)).toMatchObject({ by: '@tomas.test', what: 'acknowledged', orderId: null, closes: true });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject, { force: true }), rosa.signal)).toMatchObject({ kind: 'done' });
  });

  test('what they did is no conflict any more once it was seen', async () => {
    const { post } = await reported('Seen, then decided anew');
    await people.moderate('tomas', post, ACKNOWLEDGE);
    await rosa.pull();
    const subject = rosa.subjects.get(post.uri);
    if (subject === undefined) throw new Error('gone');
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal)).toMatchObject({ kind: 'done' });
  });

  test('both took it down: it is already so, by them', async () => {
    const { post, subject } = await reported('Twice unwanted');
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventTakedown' });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject, { force: true }), rosa.signal)).toMatchObject({ kind: 'already', by: '@tomas.test', what: 'taken down' });
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventReverseTakedown' });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'restore', subject, { force: true }), rosa.signal)).toMatchObject({ kind: 'already', by: '@tomas.test', what: 'takedown reversed' });
  });

  test('another desk of the same account counts as someone else', async () => {
    const { subject } = await reported('Two desks');
    await deskOf('rosa', { connectionId: 'another-desk' }).session.deliver(orderOf(randomUUID(), 'dismiss', subject), rosa.signal);
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal)).toMatchObject({ kind: 'conflict', by: '@rosa.test' });
  });

  test('one decision of several actions is not in its own way', async () => {
    const { post, subject } = await reported('Labelled and removed');
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'label', subject, { labels: ['spam'] }), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(deeds(await people.history(post.uri))).toEqual(['Label', 'Acknowledge', 'Takedown']);
  });
});

describe('appeals and single reports', () => {
  test('an appeal reopens as an appeal, and dismissing it resolves it', async () => {
    const { post, subject } = await reported('Taken down, then appealed');
    await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal);
    await people.reportPost('piet', post, APPEAL, 'It was a joke');
    await rosa.pull();
    expect([...rosa.reports.values()].findLast((one) => one.subject.remoteId === post.uri)).toMatchObject({ category: 'appeal', open: true, comment: 'It was a joke' });
    const now = rosa.subjects.get(post.uri) ?? subject;
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'restore', now), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(deeds(await people.history(post.uri))).toEqual(['Takedown', 'ResolveAppeal', 'ReverseTakedown']);
  });

  test('a report that was closed alone, without its subject, is closed here too', async () => {
    const { post } = await reported('Closed by report');
    await expect.poll(async () => {
      const answer = await people.call('tomas', 'tools.ozone.report.closeReports', { body: { subject: post.uri } });
      return (answer as { closedCount: number }).closedCount;
    }, { timeout: 20_000 }).toBe(1);
    await rosa.pull();
    expect([...rosa.reports.values()].find((one) => one.subject.remoteId === post.uri)?.open).toBe(false);
    expect(rosa.resolutions.findLast((one) => one.subject.remoteId === post.uri)).toMatchObject({ by: '@tomas.test', what: 'report closed' });
  });

  test('queues, tags and planned takedowns are shown where they belong', async () => {
    await people.call('ada', 'tools.ozone.queue.createQueue', { body: { name: 'Adverts', subjectTypes: ['record'], collection: 'app.bsky.feed.post', reportTypes: ['tools.ozone.report.defs#reasonMisleadingScam'] } });
    const post = await people.post('juno', 'A sure win');
    await people.reportPost('mara', post, 'tools.ozone.report.defs#reasonMisleadingScam', 'No prize ever came');
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventTag', add: ['campaign-7'], remove: [] });
    await people.call('ada', 'tools.ozone.moderation.scheduleAction', {
      body: {
        action: { $type: 'tools.ozone.moderation.scheduleAction#takedown', comment: 'Unless it stops' }, subjects: [servers.accounts['juno']?.did],
        createdBy: servers.accounts['ada']?.did, scheduling: { executeAt: new Date(Date.now() + HOUR).toISOString() },
      },
    });
    await expect.poll(async () => {
      await rosa.pull();
      return rosa.subjects.get(post.uri)?.place;
    }, { timeout: 30_000 }).toBe('Adverts · #campaign-7');
    const told = rosa.resolutions.filter(({ subject }) => [post.uri, servers.accounts['juno']?.did].includes(subject.remoteId));
    expect(told.map(({ by, what }) => [by, what.replace(/: .*/, '')])).toEqual([['@tomas.test', 'tagged campaign-7'], ['@ada.test', 'takedown planned']]);
  });

  test('a report that was dealt with before the router made its row stays closed, and is open once someone opens its row again', async () => {
    const post = await people.post('juno', 'Another sure win');
    await people.reportPost('mara', post, 'tools.ozone.report.defs#reasonMisleadingScam', 'And again');
    await people.moderate('tomas', post, ACKNOWLEDGE);
    const report = async (): Promise<boolean | undefined> => {
      await rosa.pull();
      return [...rosa.reports.values()].find((one) => one.subject.remoteId === post.uri)?.open;
    };
    const rows = async (): Promise<readonly { readonly id: number }[]> => (await people.call('tomas', 'tools.ozone.report.queryReports', { params: { status: 'queued', subject: post.uri } }) as { reports: { id: number }[] }).reports;
    await expect.poll(rows, { timeout: 20_000 }).toHaveLength(1);
    expect(await report()).toBe(false);
    const [row] = await rows();
    await people.call('tomas', 'tools.ozone.report.closeReports', { body: { subject: post.uri } });
    expect(await report()).toBe(false);
    await people.call('ada', 'tools.ozone.report.createActivity', { body: { reportId: row?.id, activity: { $type: 'tools.ozone.report.defs#reopenActivity' } } });
    expect(await report()).toBe(true);
  });

  test('a takedown is planned once and cancelled, strikes come and go, and a chat message closes with its own report', async () => {
    await people.call('ada', 'tools.ozone.setting.upsertOption', {
      body: {
        scope: 'instance', key: 'tools.ozone.setting.policyList', managerRole: 'tools.ozone.team.defs#roleAdmin',
        value: { adverts: { name: 'No adverts', description: 'None', severityLevels: { 'sev-4': { description: 'Bad', isDefault: true } } } },
      },
    });
    const olle = servers.accounts['olle']?.did ?? '';
    const chat = { $type: 'chat.bsky.convo.defs#messageRef', did: olle, convoId: 'c1', messageId: 'm1' };
    await people.call('mara', 'com.atproto.moderation.createReport', { body: { reasonType: SPAM, reason: 'In chat', subject: chat } });
    await people.reportAccount('mara', 'olle', SPAM, 'The account');
    const desk = deskOf('rosa', { connectionId: 'plans' });
    await desk.pull();
    const [message, account] = [desk.subjects.get(`at://${olle}/chat.bsky.convo.message/m1`), desk.subjects.get(olle)];
    if (message === undefined || account === undefined) throw new Error('the reports did not arrive');

    const plan = orderOf(randomUUID(), 'suspend', account, { labels: ['in 1 day'], durationMs: 24 * HOUR, decidedAt: Date.now() });
    const first = await desk.session.deliver(plan, desk.signal);
    expect(first).toMatchObject({ kind: 'done', said: expect.stringContaining('takedown planned for') });
    expect(await desk.session.deliver(plan, desk.signal)).toEqual(first);
    expect(await desk.session.deliver(reversalOf(randomUUID(), plan), desk.signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('cancelled') });

    const strikes = async (): Promise<number> => {
      const { members } = await desk.session.context(account, desk.signal);
      return Number(/(\d+) active strike/.exec(members.find(({ remoteId }) => remoteId === olle)?.standing.join() ?? '')?.[1] ?? 0);
    };
    const down = orderOf(randomUUID(), 'suspend', account, { guideline: '1 No adverts', durationMs: 24 * HOUR, force: true });
    expect(await desk.session.deliver(down, desk.signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('under adverts, with 4 strikes') });
    expect(await strikes()).toBe(4);
    expect(await desk.session.deliver(reversalOf(randomUUID(), down, { force: true }), desk.signal)).toMatchObject({ kind: 'done' });
    expect(await strikes()).toBe(0);

    const rowOf = async (status: string): Promise<readonly unknown[]> => {
      const answer = await people.call('rosa', 'tools.ozone.report.queryReports', { params: { status, subject: message.remoteId } });
      return (answer as { reports: unknown[] }).reports;
    };
    await expect.poll(() => rowOf('open'), { timeout: 20_000 }).toHaveLength(1);
    expect(await desk.session.deliver(orderOf(randomUUID(), 'dismiss', message), desk.signal)).toMatchObject({ kind: 'done' });
    expect(await rowOf('closed')).toHaveLength(1);
  });

  test('the team\'s templates are read, and its tags are offered and set', async () => {
    await people.call('ada', 'tools.ozone.communication.createTemplate', { body: { name: 'Spam warning', subject: 'About your posts', contentMarkdown: 'Hello **{{handle}}**', createdBy: servers.accounts['ada']?.did, lang: 'en' } });
    expect(await rosa.session.templates?.(rosa.signal)).toEqual([{ remoteId: expect.any(String), name: 'Spam warning', text: 'Subject: About your posts\n\nHello **{{handle}}**', language: 'en' }]);
    const { post, subject } = await reported('To be tagged');
    await people.moderate('tomas', post, { $type: 'tools.ozone.moderation.defs#modEventTag', add: ['campaign-9'], remove: [] });
    expect((await rosa.session.verify(rosa.signal)).capabilities.post?.label).toMatchObject({ can: true, labels: expect.arrayContaining(['#campaign-9']) });
    expect(await deskOf('ines').session.deliver(orderOf(randomUUID(), 'label', subject, { labels: ['#seen'] }), rosa.signal)).toMatchObject({ kind: 'done' });
    await rosa.pull();
    expect(rosa.subjects.get(post.uri)?.place).toBe('#campaign-9 · #seen');
  });

  test('a post is taken down with its picture, and both stand again when that is undone', async () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const uploaded = await fetch(`${servers.pds}/xrpc/com.atproto.repo.uploadBlob`, { method: 'POST', headers: { authorization: `Bearer ${servers.accounts['juno']?.jwt}`, 'content-type': 'image/png' }, body: png });
    const { blob } = await uploaded.json() as { blob: { ref: { $link: string } } };
    const post = await people.post('juno', 'With a picture', { embed: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'A dot' }] } });
    await people.reportPost('mara', post, SPAM, 'Look at that');
    await rosa.pull();
    const subject = rosa.subjects.get(post.uri);
    if (subject === undefined) throw new Error('the report did not arrive');
    expect(subject.media).toMatchObject([{ alt: 'A dot', url: expect.stringContaining(blob.ref.$link) }]);
    const order = orderOf(randomUUID(), 'remove', subject, { labels: ['with its media'] });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done' });
    expect((await people.history(post.uri)).find(({ event }) => event.$type.endsWith('#modEventTakedown'))).toMatchObject({ subjectBlobCids: [blob.ref.$link] });
    expect(await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal)).toMatchObject({ kind: 'done' });
  });

  test('a deleted post says so', async () => {
    const { post } = await reported('Soon gone');
    await people.call('piet', 'com.atproto.repo.deleteRecord', { proxied: false, body: { repo: servers.accounts['piet']?.did, collection: 'app.bsky.feed.post', rkey: post.uri.split('/').at(-1) } });
    await expect.poll(async () => {
      await people.reportPost('juno', post, SPAM, 'Look quickly');
      await rosa.pull();
      return rosa.subjects.get(post.uri)?.deletedAt ?? null;
    }, { timeout: 20_000 }).not.toBeNull();
  });
});

test.runIf(recording)('what was said is kept for the tests that run without a server', async () => {
  const fresh = deskOf('rosa', { connectionId: 'recording' });
  await fresh.session.verify(fresh.signal);
  await fresh.pull();
  keepRecordings(recorder);
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ozone } from '../../../src-main/connectors/ozone/ozone.ts';
import type { RemoteSubject } from '../../../src-main/connectors/connector.ts';
import { openDesk, orderOf, reversalOf } from '../../support/ozone/desk.ts';
import type { Desk } from '../../support/ozone/desk.ts';
import { didOf, startScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import type { ScriptedOzone } from '../../support/ozone/scripted-ozone.ts';
import { MOD } from '../../support/ozone/scripted-state.ts';

const HOUR = 3_600_000;
let far: ScriptedOzone;
let rosa: Desk;

function deskOf(handle: string, more: { readonly labeler?: string; readonly connectionId?: string; readonly secrets?: Map<string, string> } = {}): Desk {
  const { labeler = far.labeler, ...rest } = more;
  return openDesk({ values: { service: far.server.origin, handle, ...(labeler === '' ? {} : { labeler }) }, password: far.password, ...rest });
}

async function reported(text: string): Promise<RemoteSubject> {
  const post = far.addPost('piet', text);
  far.report('mara', post);
  await rosa.pull();
  return now(post.uri);
}

function now(remoteId: string): RemoteSubject {
  const subject = rosa.subjects.get(remoteId);
  if (subject === undefined) throw new Error('it did not arrive');
  return subject;
}

/** What was done about a subject, without reports. */
function deeds(remoteId: string): string[] {
  return far.state.events.filter(({ uri, did, event }) => (uri ?? did) === remoteId && !event.$type.endsWith('Report')).map(({ event }) => event.$type.replace(MOD, ''));
}

function asked(nsid: string): number {
  return far.server.requests.filter(({ path }) => path.includes(nsid)).length;
}

beforeEach(async () => {
  far = await startScriptedOzone();
  rosa = deskOf('rosa.test');
});
afterEach(() => far.server.close());

describe('the form', () => {
  test('names the labeler as the instance, or else the server', () => {
    expect(ozone.instance({ service: 'https://pds.example', handle: 'rosa.test' })).toBe('pds.example');
    const named = ['@Labels.example', 'did:web:labels.example%3A8080', 'did:plc:abc#atproto_labeler'];
    expect(named.map((labeler) => ozone.instance({ service: 'https://pds.example', handle: 'rosa.test', labeler }))).toEqual(['labels.example', 'labels.example:8080', 'did:plc:abc']);
  });

  test.each([{ handle: 'rosa.test' }, { service: 'https://pds.example' }, { service: 'no address', handle: 'rosa.test' }])('refuses %o with what is missing', (values) => {
    expect(() => ozone.instance(values)).toThrow(expect.objectContaining({ kind: 'settings' }));
  });
});

describe('signing in', () => {
  test('keeps its tokens and uses them again after a restart', async () => {
    await rosa.session.verify(rosa.signal);
    const again = deskOf('rosa.test', { secrets: rosa.secrets });
    await again.session.verify(again.signal);
    expect(asked('createSession')).toBe(1);
  });

  test('does not use tokens of another account', async () => {
    await rosa.session.verify(rosa.signal);
    const other = deskOf('tomas.test', { secrets: rosa.secrets });
    expect((await other.session.verify(other.signal)).name).toBe('@tomas.test');
  });

  test('an expired token is renewed once for all that wait, in the middle of a pull', async () => {
    for (let n = 0; n < 250; n += 1) far.report('mara', far.addPost('piet', `Post ${n}`));
    let batches = 0;
    for await (const _ of rosa.session.pull(null, rosa.signal)) {
      batches += 1;
      if (batches === 1) far.expireTokens();
    }
    expect({ batches, refreshed: asked('refreshSession'), signedIn: asked('createSession') }).toEqual({ batches: 3, refreshed: 1, signedIn: 1 });
  });

  test('a refresh token that is spent gives way to the app password', async () => {
    await rosa.session.verify(rosa.signal);
    far.expireTokens();
    far.expireTokens();
    await rosa.pull();
    expect(asked('createSession')).toBe(2);
  });

  test('a revoked app password asks to sign in again, with what to do', async () => {
    await rosa.pull();
    far.revoke();
    await expect(rosa.pull()).rejects.toMatchObject({ kind: 'sign-in', message: expect.stringContaining('Make a new app password') });
  });

  test('without a password there is nothing to sign in with', async () => {
    const desk = deskOf('rosa.test', { secrets: new Map() });
    await expect(desk.session.verify(desk.signal)).rejects.toMatchObject({ kind: 'sign-in' });
  });

  test('finds the labeler by its handle, or among those the account subscribes to', async () => {
    expect((await deskOf('rosa.test', { labeler: '@labeler.test' }).session.verify(rosa.signal)).scopes).toEqual(['moderator']);
    expect((await deskOf('rosa.test', { labeler: '' }).session.verify(rosa.signal)).scopes).toEqual(['moderator']);
    await expect(deskOf('rosa.test', { labeler: 'nobody.test' }).session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'settings', message: expect.stringContaining('nobody.test') });
    await expect(deskOf('mara.test').session.verify(rosa.signal)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('not on the Ozone team') });
  });

  test('the role decides what can be done', async () => {
    const { missing, capabilities } = await deskOf('ines.test').session.verify(rosa.signal);
    expect(missing).toEqual([expect.stringContaining('triage')]);
    expect(capabilities.post?.label).toMatchObject({ can: false, why: expect.stringContaining('Ozone admin') });
    expect(capabilities.post?.suspend).toMatchObject({ can: false, why: expect.stringContaining('Ozone admin') });
    expect(capabilities.post?.escalate).toMatchObject({ can: true });
  });
});

describe('what comes', () => {
  test('an entry that was committed late, behind the cursor, is not passed over', async () => {
    await reported('On time');
    const late = far.addPost('juno', 'Late');
    far.report('mara', late);
    const entry = far.state.events.at(-1);
    if (entry === undefined) throw new Error('no event');
    Object.assign(entry, { at: entry.at - 20_000 });
    await rosa.pull();
    expect(now(late.uri).text).toBe('Late');
    const before = rosa.batches.length;
    await rosa.pull();
    expect(rosa.batches.length).toBe(before);
  });

  test('what sync could not store comes again', async () => {
    far.report('mara', far.addPost('piet', 'One'));
    const first = rosa.session.pull(null, rosa.signal)[Symbol.asyncIterator]();
    await first.next();
    await first.return?.(undefined);
    await rosa.pull();
    expect(rosa.reports.size).toBe(1);
  });

  test('what someone did is told with who and what; what the member or the tagger did is not', async () => {
    const subject = await reported('Told');
    const post = far.state.posts.get(subject.remoteId) ?? 'piet';
    far.moderate('tomas', post, { $type: `${MOD}Label`, createLabelVals: ['spam', 'rude'], negateLabelVals: [] });
    far.moderate('tomas', post, { $type: `${MOD}Takedown`, durationInHours: 48 });
    far.moderate('ada', 'piet', { $type: `${MOD}Takedown`, durationInHours: 36 });
    far.moderate('ada', post, { $type: `${MOD}Comment`, comment: 'Watch this one' });
    far.moderate('ada', post, { $type: 'tools.ozone.moderation.defs#modEventBrandNew' });
    far.state.emit({ event: { $type: `${MOD}Tag`, add: ['lang:en'], remove: [] }, did: subject.authorId ?? '', uri: subject.remoteId, createdBy: far.labeler });
    far.state.emit({ event: { $type: 'tools.ozone.moderation.defs#recordEvent', op: 'update' }, did: subject.authorId ?? '', uri: subject.remoteId, createdBy: far.labeler });
    await rosa.pull();
    expect(rosa.resolutions.map(({ by, what, closes }) => [by, what, closes])).toEqual([
      ['@tomas.test', 'labelled spam, rude', false], ['@tomas.test', 'taken down for 2 days', true], ['@ada.test', 'account suspended for 36 hours', true],
      ['@ada.test', 'noted: Watch this one', false], ['@ada.test', 'brand new', false],
    ]);
  });

  test('a report that its subject\'s closing came after is closed, one after that is open', async () => {
    const subject = await reported('Closed');
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Acknowledge` });
    const fresh = deskOf('rosa.test', { connectionId: 'fresh' });
    await fresh.pull();
    expect([...fresh.reports.values()].map(({ open }) => open)).toEqual([false]);
    far.report('juno', far.state.posts.get(subject.remoteId) ?? 'piet');
    await fresh.pull();
    expect([...fresh.reports.values()].at(-1)?.open).toBe(true);
  });

  test('a report row that was closed alone is closed here, by whom', async () => {
    const subject = await reported('Row');
    far.closeRow('tomas', 1);
    await rosa.pull();
    expect(rosa.reports.get('1')?.open).toBe(false);
    expect(rosa.resolutions).toEqual([expect.objectContaining({ by: '@tomas.test', what: 'report closed', closes: true, reportId: '1', subject: { type: 'post', remoteId: subject.remoteId } })]);
  });

  test('a report row that was closed alone stays closed after a restart that reads its report again', async () => {
    await reported('Row');
    await reported('Another at the same time');
    far.route([1, 2], 'Adverts');
    far.state.pass(60_000);
    far.closeRow('tomas', 1);
    far.state.pass(60 * 60_000);
    far.state.activities.push({ id: 2, at: far.state.now(), eventId: 2, kind: 'noteActivity', by: didOf('tomas') });
    await rosa.pull();
    const again = deskOf('rosa.test', { connectionId: 'again' });
    const open: (readonly [string, boolean])[] = [];
    for await (const { reports } of again.session.pull(rosa.cursor(), again.signal)) open.push(...reports.map(({ remoteId, open: isOpen }) => [remoteId, isOpen] as const));
    expect(new Map(open)).toEqual(new Map([['1', false], ['2', true]]));
  });

  test('the queue that a report was put into is where its subject stands, through later news of it', async () => {
    const subject = await reported('Queued');
    far.route(1, 'Adverts');
    await rosa.pull();
    expect(now(subject.remoteId).place).toBe('Adverts');
    far.report('juno', far.state.posts.get(subject.remoteId) ?? 'piet');
    await rosa.pull();
    expect(now(subject.remoteId).place).toBe('Adverts');
    const before = rosa.batches.length;
    await rosa.pull();
    expect(rosa.batches.length).toBe(before);
  });

  test('a report that was dealt with before the router made its row stays closed, also where its post is gone by then', async () => {
    const subject = await reported('Dealt with at once');
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Acknowledge` });
    far.route(1, 'Adverts');
    const fresh = deskOf('rosa.test', { connectionId: 'fresh' });
    await fresh.pull();
    far.state.posts.delete(subject.remoteId);
    far.state.queues.set(1, { name: 'Other', at: far.state.now() + 10 });
    await fresh.pull();
    expect([...fresh.reports.values()].map(({ open }) => open)).toEqual([false]);
    expect(fresh.subjects.get(subject.remoteId)?.place).toBe('Other');
  });

  test('a report row that someone opened again after its subject was closed is open', async () => {
    const subject = await reported('Again');
    far.state.emit({ event: { $type: `${MOD}Acknowledge` }, did: subject.authorId ?? '', uri: subject.remoteId, createdBy: didOf('tomas'), closesRows: true });
    far.closeRow('tomas', 1);
    await rosa.pull();
    expect(rosa.reports.get('1')?.open).toBe(false);
    far.reopenRow('ada', 1);
    await rosa.pull();
    expect(rosa.reports.get('1')?.open).toBe(true);
    expect(rosa.resolutions.at(-1)).toMatchObject({ by: '@ada.test', what: 'report reopened', closes: false });
  });

  test('the row of a muted reporter opens nothing', async () => {
    const post = far.addPost('piet', 'Muted');
    far.state.emit({ event: { $type: `${MOD}Report`, comment: '', isReporterMuted: true, reportType: 'com.atproto.moderation.defs#reasonSpam' }, did: post.did, uri: post.uri, createdBy: didOf('mara') });
    far.state.activities.push({ id: 1, at: far.state.now() + 1, eventId: 1, kind: 'noteActivity', by: didOf('tomas') });
    await rosa.pull();
    expect([...rosa.reports.values()].map(({ open }) => open)).toEqual([false]);
  });

  test('a report comes with its event or with its row, whichever of the two there is', async () => {
    for (const text of ['Event alone', 'Row in a queue', 'Row in none']) far.report('mara', far.addPost('piet', text));
    far.route(2, 'Adverts');
    far.route(3, null);
    far.server.plan({ times: 1, route: 'GET /xrpc/tools.ozone.moderation.queryEvents', fault: { name: 'not told yet', means: ['survives'], send: (response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{"events":[]}'); } } });
    await rosa.pull();
    expect([...rosa.reports.keys()].toSorted()).toEqual(['2', '3']);
    await rosa.pull();
    expect([...rosa.reports.values()].map(({ remoteId, open }) => `${remoteId} ${open}`).toSorted()).toEqual(['1 true', '2 true', '3 true']);
  });

  test('of the rows that the router makes at one moment, none is passed over between two pages', async () => {
    const posts = Array.from({ length: 160 }, (_, n) => far.addPost('piet', `Post ${n}`));
    const ids = posts.map((post) => far.report('mara', post));
    far.route(ids.slice(0, 60), 'First');
    for (const id of ids.slice(60)) far.state.queues.set(id, { name: 'Second', at: far.state.now() + 60_000 });
    await rosa.pull();
    expect(posts.map(({ uri }) => now(uri).place)).toEqual(ids.map((_, n) => (n < 60 ? 'First' : 'Second')));
  });

  test('who has taken a report on stands with its queue, after a restart too', async () => {
    const subject = await reported('Taken on');
    far.route(1, 'Adverts');
    await rosa.pull();
    far.assign('tomas', 1);
    await rosa.pull();
    expect(now(subject.remoteId).place).toBe('Adverts · with @tomas.test');
    expect(rosa.resolutions.at(-1)).toMatchObject({ by: '@tomas.test', what: 'report taken on', closes: false });
    const again = deskOf('rosa.test', { connectionId: 'again' });
    expect((await again.session.context(subject, again.signal)).subject?.place).toBe('Adverts · with @tomas.test');
  });

  test('what a colleague does after a restart leaves a subject in its queue', async () => {
    const subject = await reported('Still queued');
    far.route(1, 'Adverts');
    far.state.pass(10 * 60_000);
    far.report('mara', far.addPost('juno', 'Much later'));
    far.route(2, 'Other');
    await rosa.pull();
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Comment`, comment: 'Wait for the second one' });
    const again = deskOf('rosa.test', { connectionId: 'again' });
    const places: (string | null)[] = [];
    for await (const { subjects } of again.session.pull(rosa.cursor(), again.signal)) places.push(...subjects.filter(({ remoteId }) => remoteId === subject.remoteId).map(({ place }) => place));
    expect(places).toEqual(['Adverts']);
  });

  test('an Ozone without report rows works without them', async () => {
    for (const route of ['queryActivities', 'queryReports']) far.server.plan({ route: `GET /xrpc/tools.ozone.report.${route}`, fault: { name: 'unknown method', means: ['survives'], send: (response) => { response.writeHead(501, { 'content-type': 'application/json' }).end('{"error":"MethodNotImplemented","message":"Method Not Implemented"}'); } } });
    await reported('Older');
    expect(rosa.reports.size).toBe(1);
  });

  test.each([
    ['with the words of its PDS', 501, 'application/json', '{"error":"MethodNotImplemented","message":"Method Not Implemented"}'],
    ['with a page of its own', 404, 'text/html', '<!doctype html><h1>Not found</h1>'], ['with nothing', 404, 'text/plain', ''],
  ])('an older Ozone that knows neither subjects nor rows nor queues nor tags, %s, brings what it has', async (_name, status, type, body) => {
    const older = ['moderation.getSubjects', 'report.queryActivities', 'report.queryReports', 'queue.listQueues', 'setting.listOptions', 'communication.listTemplates', 'moderation.getReporterStats'];
    for (const nsid of older) far.server.plan({ route: `GET /xrpc/tools.ozone.${nsid}`, fault: { name: 'unknown method', means: ['survives'], send: (response) => { response.writeHead(status, { 'content-type': type }).end(body); } } });
    const subject = await reported('Older');
    expect(subject).toMatchObject({ text: 'Older', authorId: didOf('piet'), removed: false });
    const { subject: shown, members } = await rosa.session.context(subject, rosa.signal);
    expect([shown?.text, members.find(({ remoteId }) => remoteId === didOf('piet'))?.handle]).toEqual(['Older', '@piet.test']);
    expect(await rosa.session.templates?.(rosa.signal)).toEqual([]);
    expect((await rosa.session.verify(rosa.signal)).scopes).toEqual(['moderator']);
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal)).toMatchObject({ kind: 'done' });
  });

  test('appeals are appeals, and unknown reasons keep their name', async () => {
    const post = far.addPost('piet', 'Appealed');
    far.report('piet', post, 'tools.ozone.report.defs#reasonAppeal', 'It was a joke');
    far.report('mara', post, 'tools.ozone.report.defs#reasonViolenceThreats');
    far.report('mara', post, 'org.example.reasons#reasonTooManyGnomes');
    await rosa.pull();
    expect([...rosa.reports.values()].map(({ category, remoteCategory }) => [category, remoteCategory])).toEqual([['appeal', 'appeal'], ['violence', 'violence threats'], ['other', 'too many gnomes']]);
  });

  test('a post that is gone keeps its report, and says that it is gone', async () => {
    const post = far.addPost('piet', 'Soon gone');
    far.report('mara', post);
    far.state.posts.delete(post.uri);
    await rosa.pull();
    expect(now(post.uri)).toMatchObject({ text: '', deletedAt: expect.any(Number), authorId: didOf('piet') });
    expect(rosa.reports.size).toBe(1);
  });

  test('the thread comes with the subject, and what was done to its author', async () => {
    const root = far.addPost('juno', 'Question');
    const answer = far.addPost('piet', 'Answer', root.uri);
    const thanks = far.addPost('mara', 'Thanks', answer.uri);
    far.report('mara', answer);
    far.moderate('tomas', 'piet', { $type: `${MOD}Comment`, comment: 'Third time' });
    await rosa.pull();
    const { before, after, recent, record, members, subject } = await rosa.session.context(now(answer.uri), rosa.signal);
    expect({ before: before.map(({ text }) => text), after: after.map(({ text }) => text), recent: recent.map(({ text }) => text), subject: subject?.text }).toEqual({ before: ['Question'], after: ['Thanks'], recent: [], subject: 'Answer' });
    expect(record).toEqual([{ at: expect.any(Number), text: 'noted: Third time', by: '@tomas.test' }]);
    expect(members.map(({ handle }) => handle).toSorted()).toEqual(['@juno.test', '@mara.test', '@piet.test']);
    expect(thanks.parent).toBe(answer.uri);
    expect(members.find(({ handle }) => handle === '@mara.test')?.reports).toEqual({ made: expect.any(Number), upheld: expect.any(Number) });
  });
});

describe('what goes', () => {
  test('dismiss resolves an appeal first', async () => {
    const post = far.addPost('piet', 'Appealed');
    far.report('piet', post, 'com.atproto.moderation.defs#reasonAppeal');
    await rosa.pull();
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'dismiss', now(post.uri)), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(deeds(post.uri)).toEqual(['ResolveAppeal', 'Acknowledge']);
  });

  test('what leaves the subject open in Ozone closes it too, unless it is escalated', async () => {
    const open = await reported('Open');
    await rosa.session.deliver(orderOf(randomUUID(), 'label', open, { labels: ['spam'] }), rosa.signal);
    expect(deeds(open.remoteId)).toEqual(['Label', 'Acknowledge']);
    const escalated = await reported('Escalated');
    await rosa.session.deliver(orderOf(randomUUID(), 'escalate', escalated), rosa.signal);
    await rosa.session.deliver(orderOf(randomUUID(), 'label', escalated, { labels: ['spam'] }), rosa.signal);
    expect(deeds(escalated.remoteId)).toEqual(['Escalate', 'Label']);
  });

  test('a mail is sent once, with its words as text', async () => {
    const subject = await reported('To warn');
    const order = orderOf(randomUUID(), 'warn', subject, { message: 'Please <stop>.\nThanks', guideline: '2 No adverts' });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done' });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done' });
    const mails = far.state.events.filter(({ event }) => event.$type.endsWith('Email'));
    expect(mails.map(({ event }) => [event['subjectLine'], event['content']])).toEqual([['A warning about our rule 2 No adverts', '<p>Please &lt;stop&gt;.<br>Thanks</p>']]);
  });

  test('a takedown names the team\'s policy that it rests on', async () => {
    const subject = await reported('Against policy');
    await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject, { guideline: '1 Policy One', reason: 'Again' }), rosa.signal);
    expect(far.state.events.at(-1)?.event).toMatchObject({ policies: ['policy-one'], comment: '1 Policy One: Again' });
  });

  test('a policy\'s default severity gives the team\'s strikes, once they are due, and a reversal takes them back', async () => {
    far.settings.set('tools.ozone.setting.policyList', { adverts: { name: 'No adverts', description: 'None', severityLevels: { 'sev-1': { isDefault: true } } } });
    far.settings.set('tools.ozone.setting.severityLevels', { 'sev-1': { strikeCount: 2, strikeOnOccurrence: 2, expiresInDays: 30 } });
    const first = orderOf(randomUUID(), 'remove', await reported('First'), { guideline: '1 No adverts' });
    await rosa.session.deliver(first, rosa.signal);
    const last = () => far.state.events.findLast(({ event }) => event.$type.endsWith('Takedown'))?.event;
    expect(last()).toEqual({ $type: `${MOD}Takedown`, comment: '1 No adverts', policies: ['adverts'], severityLevel: 'sev-1' });
    const second = orderOf(randomUUID(), 'remove', await reported('Second'), { guideline: '1 No adverts' });
    expect(await rosa.session.deliver(second, rosa.signal)).toMatchObject({ kind: 'done', said: expect.stringContaining('under adverts, with 2 strikes') });
    expect(last()).toMatchObject({ strikeCount: 2, strikeExpiresAt: expect.stringMatching(/^\d{4}-/) });
    await rosa.session.deliver(reversalOf(randomUUID(), second), rosa.signal);
    expect(last()).toMatchObject({ $type: `${MOD}ReverseTakedown`, strikeCount: -2, severityLevel: 'sev-1', policies: ['adverts'] });
  });

  test('a post is removed with its media where that is wished, by every blob that its record names', async () => {
    const post = far.addPost('piet', 'With pictures');
    const images = ['bafkreione', 'bafkreitwo'].map((cid) => ({ alt: '', image: { $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 1 } }));
    Object.assign(post, { embed: { $type: 'app.bsky.embed.recordWithMedia', media: { $type: 'app.bsky.embed.images', images } } });
    far.report('mara', post);
    await rosa.pull();
    await rosa.session.deliver(orderOf(randomUUID(), 'remove', now(post.uri), { labels: ['with its media'] }), rosa.signal);
    const sent = far.server.requests.findLast(({ path }) => path.includes('emitEvent'));
    expect(JSON.parse(sent?.text ?? '')).toMatchObject({ subject: { uri: post.uri }, subjectBlobCids: ['bafkreione', 'bafkreitwo'] });
  });

  test('tags stand among the labels: both are set by one decision and taken back by its reverse', async () => {
    far.settings.set('tools.ozone.setting.protectedTags', { 'watch-list': { roles: ['tools.ozone.team.defs#roleModerator'] }, 'ada-only': { moderators: [didOf('ada')] } });
    const subject = await reported('Tagged');
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Tag`, add: ['campaign-7', 'lang:en'], remove: [] });
    const { capabilities } = await rosa.session.verify(rosa.signal);
    const offered = capabilities.post?.label?.can === true ? capabilities.post.label.labels ?? [] : [];
    expect(offered.filter((label) => label.startsWith('#'))).toEqual(['#watch-list', '#campaign-7']);
    const triage = (await deskOf('ines.test').session.verify(rosa.signal)).capabilities.post?.label;
    expect(triage).toMatchObject({ can: true, labels: ['#campaign-7'] });
    const order = orderOf(randomUUID(), 'label', subject, { labels: ['spam', '#watch-list'] });
    await rosa.session.deliver(order, rosa.signal);
    await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal);
    expect(deeds(subject.remoteId)).toEqual(['Tag', 'Label', 'Tag', 'Acknowledge', 'Label', 'Tag']);
    expect(far.state.events.at(-1)?.event).toMatchObject({ add: [], remove: ['watch-list'] });
    await rosa.pull();
    expect(now(subject.remoteId).place).toBe('#campaign-7');
  });

  test('a takedown is planned once, is shown with the account, and its reverse cancels it', async () => {
    const subject = await reported('To be suspended');
    const order = orderOf(randomUUID(), 'suspend', subject, { labels: ['in 1 day'], durationMs: 72 * HOUR, decidedAt: Date.now() });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done', remoteId: '1', said: expect.stringMatching(/^takedown planned for \d{4}-.* UTC/) });
    expect(await rosa.session.deliver(order, rosa.signal)).toMatchObject({ kind: 'done', remoteId: '1' });
    expect(far.state.plans).toMatchObject([{ did: didOf('piet'), status: 'pending', at: order.decidedAt + 24 * HOUR, eventData: { durationInHours: 72 } }]);
    await rosa.pull();
    const { members, record } = await rosa.session.context(now(subject.remoteId), rosa.signal);
    expect(members.find(({ remoteId }) => remoteId === didOf('piet'))?.standing).toContain('takedown planned');
    expect(record.map(({ text }) => text).filter((text) => text.includes('tag'))).toEqual([]);
    expect(await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal)).toMatchObject({ kind: 'done', said: 'planned takedown 1 cancelled' });
    expect(far.state.plans.map(({ status }) => status)).toEqual(['cancelled']);
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'suspend', subject, { labels: ['in 1 day', 'in 3 days'] }), rosa.signal)).toMatchObject({ kind: 'refused' });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'suspend', subject, { labels: ['in 1 hour'] }), deskOf('ines.test', { connectionId: 'x' }).signal)).toMatchObject({ kind: 'done' });
  });

  test('a takedown that a colleague has planned meanwhile is a conflict until it was seen; restoring the account cancels it', async () => {
    const subject = await reported('Planned by Tomás');
    const { session, signal } = deskOf('tomas.test', { connectionId: 'tomas' });
    await session.deliver(orderOf(randomUUID(), 'suspend', subject, { labels: ['in 3 days'], decidedAt: Date.now() }), signal);
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'suspend', subject, { force: false, decidedAt: Date.now() }), rosa.signal)).toMatchObject({ kind: 'conflict', by: '@tomas.test' });
    expect(far.state.standingOf(didOf('piet'))?.takendown).toBe(false);
    far.report('mara', 'piet');
    await rosa.pull();
    const { subject: shown } = await rosa.session.context(now(subject.remoteId), rosa.signal);
    expect(shown?.revision).toMatch(/\/planned$/);
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'restore', now(didOf('piet')), { decidedAt: Date.now() }), rosa.signal)).toMatchObject({ kind: 'done', said: 'planned takedown 1 cancelled' });
    expect(far.state.plans.map(({ status }) => status)).toEqual(['cancelled']);
  });

  test('a chat message is closed with its own report rows, not its author\'s, and another message in between is no conflict', async () => {
    const account = far.report('mara', 'piet');
    const first = far.reportChat('mara', 'piet', { convoId: 'c1', messageId: 'm1' });
    const second = far.reportChat('mara', 'piet', { convoId: 'c1', messageId: 'm2' });
    await rosa.pull();
    const [one, two] = ['m1', 'm2'].map((id) => now(`at://${didOf('piet')}/chat.bsky.convo.message/${id}`));
    if (one === undefined || two === undefined) throw new Error('not there');
    far.state.emit({ did: didOf('piet'), uri: null, chat: { convoId: 'c1', messageId: 'm2' }, event: { $type: `${MOD}Acknowledge` }, createdBy: didOf('tomas') });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'dismiss', one), rosa.signal)).toMatchObject({ kind: 'done' });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'dismiss', two), rosa.signal)).toMatchObject({ kind: 'already', by: '@tomas.test' });
    expect([account, first, second].map((id) => far.state.closedRows.has(id))).toEqual([false, true, false]);
  });

  test('an appeal on a post is resolved when its author is suspended; a message alone closes nothing', async () => {
    const post = far.addPost('piet', 'Appealed');
    far.report('piet', post, 'com.atproto.moderation.defs#reasonAppeal');
    await rosa.pull();
    await rosa.session.deliver(orderOf(randomUUID(), 'message', now(post.uri), { message: 'We look at it.' }), rosa.signal);
    expect(deeds(post.uri)).toEqual([]);
    await rosa.session.deliver(orderOf(randomUUID(), 'suspend', now(post.uri), { durationMs: 24 * HOUR }), rosa.signal);
    expect(deeds(post.uri)).toEqual(['ResolveAppeal', 'Acknowledge']);
  });

  test('the team\'s templates come with their subject, and are sent with the member\'s handle', async () => {
    const [template] = await rosa.session.templates?.(rosa.signal) ?? [];
    expect(template).toEqual({ remoteId: '1', name: 'Spam warning', text: 'Subject: About your posts\n\nHello **{{handle}}**,\n\nplease stop.', language: 'en' });
    expect(await deskOf('ines.test').session.templates?.(rosa.signal)).toEqual([]);
    const subject = await reported('By template');
    await rosa.session.deliver(orderOf(randomUUID(), 'warn', subject, { message: template?.text ?? '' }), rosa.signal);
    const mail = far.state.events.find(({ event }) => event.$type.endsWith('Email'))?.event;
    expect([mail?.['subjectLine'], mail?.['content']]).toEqual(['About your posts', '<p>Hello <strong>piet.test</strong>,</p><p>please stop.</p>']);
  });

  test.each([
    ['dismiss', {}], ['escalate', {}], ['warn', { message: 'Hello' }], ['message', { message: 'Hello' }],
  ] as const)('%s cannot be taken back, and says so', async (verb, more) => {
    const order = orderOf(randomUUID(), verb, await reported('Standing'), more);
    await rosa.session.deliver(order, rosa.signal);
    expect(await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/^\S.*\.$/) });
  });

  test.each([['label', { labels: [] }], ['warn', { message: ' ' }], ['lock', {}]] as const)('%s without what it needs is refused before anything is asked', async (verb, more) => {
    const subject = await reported('Wanting');
    const before = far.server.requests.length;
    expect(await rosa.session.deliver(orderOf(randomUUID(), verb, subject, more), rosa.signal)).toMatchObject({ kind: 'refused' });
    expect(far.server.requests.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('a review that the feed has not told yet is met as a conflict', async () => {
    const subject = await reported('Seen too early');
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Acknowledge` });
    // The context shows Ozone's present state, but nobody has told the moderator of Tomás's deed.
    const { subject: shown } = await rosa.session.context(subject, rosa.signal);
    if (shown === null) throw new Error('gone');
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', shown), rosa.signal)).toMatchObject({ kind: 'conflict', by: '@tomas.test' });
    expect(deeds(subject.remoteId)).toEqual(['Acknowledge']);
  });

  test('restoring what was never taken down is already so, by nobody', async () => {
    const subject = await reported('Standing');
    far.moderate('tomas', far.state.posts.get(subject.remoteId) ?? 'piet', { $type: `${MOD}Acknowledge` });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'restore', subject, { force: true }), rosa.signal)).toEqual({ kind: 'already', by: null, what: 'not taken down', at: null });
  });

  test('a comment, a tag or a mute by a colleague is in nobody\'s way', async () => {
    const subject = await reported('Commented');
    const post = far.state.posts.get(subject.remoteId) ?? 'piet';
    far.moderate('tomas', post, { $type: `${MOD}Comment`, comment: 'Hm' });
    far.moderate('tomas', post, { $type: `${MOD}Mute`, durationInHours: 24 });
    expect(await rosa.session.deliver(orderOf(randomUUID(), 'remove', subject), rosa.signal)).toMatchObject({ kind: 'done' });
  });

  test('a suspension\'s hours and its reversal concern the account', async () => {
    const subject = await reported('Suspended');
    const order = orderOf(randomUUID(), 'suspend', subject, { durationMs: 72 * HOUR });
    await rosa.session.deliver(order, rosa.signal);
    await rosa.session.deliver(reversalOf(randomUUID(), order), rosa.signal);
    expect({ account: deeds(didOf('piet')), post: deeds(subject.remoteId) }).toEqual({ account: ['Takedown', 'ReverseTakedown'], post: ['Acknowledge'] });
    expect(far.state.events.find(({ event }) => event.$type.endsWith('#modEventTakedown'))?.event['durationInHours']).toBe(72);
  });
});

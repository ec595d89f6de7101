import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAdminReport, readAkkomaReport } from '../../../src-main/connectors/mastodon/read.ts';
import { makeHeld, packed, unpacked } from '../../../src-main/connectors/mastodon/held.ts';
import type { Named } from '../../../src-main/connectors/mastodon/held.ts';
import { gotosocial } from '../../../src-main/connectors/mastodon/dialects/gotosocial.ts';
import { mastodon as dialect } from '../../../src-main/connectors/mastodon/dialects/mastodon.ts';
import { rowsOf } from '../../../src-main/connectors/mastodon/subjects.ts';
import { orderOf, startFarDesk } from './desk.ts';
import type { Desk, FarDesk } from './desk.ts';
import { recorded, recordedObject } from './recorded.ts';
import type { FarServer } from './server.ts';

const MINUTE = 60_000;
let at: FarDesk;
let far: FarServer;
let desk: Desk;

/** How often the admin API was asked. */
function asked(): number {
  return far.server.requests.filter(({ path }) => path.includes('/admin/')).length;
}

beforeEach(async () => {
  at = await startFarDesk('mastodon');
  ({ far, desk } = at);
});
afterEach(() => at.far.close());

describe('recorded answers', () => {
  const place = { server: 'https://far.example', dialect };

  test('Mastodon\'s report: its post, its rule, its people, and nothing private', () => {
    const rows = rowsOf(place, readAdminReport(recorded('mastodon-report')), [], null, 0);
    expect(rows).toEqual({
      members: [
        { remoteId: '123454321', name: 'cheeseperson', handle: '@cheeseperson@someothermastodonsite.com', joinedAt: Date.UTC(2023, 7, 20), postCount: 95, standing: [], url: 'https://far.example/admin/accounts/123454321' },
        { remoteId: '123456789', name: 'bobisaburger', handle: '@bobisaburger', joinedAt: Date.UTC(2023, 6, 13), postCount: 9, standing: [], url: 'https://far.example/admin/accounts/123456789' },
      ],
      subjects: [{
        type: 'post', remoteId: '12345678987654321', authorId: '123454321', extra: { report: '8437' }, text: 'Here is some content', html: '<p>Here is some content</p>',
        createdAt: Date.parse('2023-10-26T11:29:13.000Z'), editedAt: Date.parse('2023-10-26T11:30:31.000Z'), deletedAt: null, removed: false,
        url: 'https://far.example/admin/reports/8437', language: 'de', place: null, media: [], revision: `0//${Date.parse('2023-10-26T11:30:31.000Z')}`,
        verbs: { warn: { can: false, why: expect.stringMatching(/^@cheeseperson@someothermastodonsite\.com lives on another server/) } },
      }],
      reports: [{
        remoteId: '8437', subject: { type: 'post', remoteId: '12345678987654321' }, reporterId: '123456789', category: 'other', remoteCategory: 'Don\'t be a meanie!',
        comment: '', createdAt: Date.parse('2023-10-26T13:34:00.348Z'), open: true,
      }],
      resolutions: [],
    });
    expect(JSON.stringify(rows)).not.toMatch(/emailservice|12\.34\.56|98\.76|love to be a member/);
  });

  test('GoToSocial\'s reports: about accounts, one resolved with a word for who reported', () => {
    const all = (recorded('gotosocial-reports') as readonly unknown[]).map((row) => rowsOf({ ...place, dialect: gotosocial }, readAdminReport(row), [], null, 0));
    expect(all.map(({ reports, resolutions }) => [reports[0]?.remoteId, reports[0]?.open, resolutions])).toEqual([
      ['01GP3DFY9XQ1TJMZT5BGAZPXX7', false, [{
        subject: { type: 'member', remoteId: '01F8MH5NBDF2MV7CTC4Q5128HF' }, by: '@admin', what: 'resolved: user was warned not to be a turtle anymore',
        at: Date.parse('2022-05-15T15:01:56.000Z'), orderId: null, closes: true, reportId: '01GP3DFY9XQ1TJMZT5BGAZPXX7',
      }]],
      ['01GP3AWY4CRDVRNZKW0TEAMB5R', true, []],
    ]);
    expect(all[0]?.subjects[0]).toMatchObject({ text: 'happy little turtle :3\n\ni post about things that concern me', authorId: '01F8MH5NBDF2MV7CTC4Q5128HF' });
    expect(JSON.stringify(all)).not.toContain('example.org');
  });

  test('a report of which only the id can be read still arrives', () => {
    const rows = rowsOf(place, readAdminReport({ id: '7', account: 3, target_account: 'x', statuses: {}, category: 9 }), [], null, 5);
    expect(rows.reports).toEqual([{ remoteId: '7', subject: { type: 'member', remoteId: 'report-7' }, reporterId: null, category: 'other', remoteCategory: null, comment: '', createdAt: 5, open: true }]);
    expect(rows.subjects[0]).toMatchObject({ authorId: null, url: 'https://far.example/admin/reports/7' });
  });

  test('categories and visibilities that are not known are carried as text', () => {
    const rows = rowsOf(place, readAdminReport({ ...recordedObject('mastodon-report'), category: 'deepfake', rules: [], statuses: [{ ...recordedObject('mastodon-status'), visibility: 'circle' }] }), [], null, 0);
    expect([rows.reports[0]?.category, rows.reports[0]?.remoteCategory, rows.subjects[0]?.place]).toEqual(['other', 'deepfake', 'circle']);
  });

  test('Akkoma\'s states are open, closed and resolved; another one keeps the report open', () => {
    expect(['open', 'closed', 'resolved', 'queued'].map((state) => readAkkomaReport({ id: 'a', state }).handled === null)).toEqual([true, false, false, true]);
  });

  test('content warnings, polls and media come with the post', () => {
    const status = {
      ...recordedObject('mastodon-status'), spoiler_text: 'Food & drink', content: '<p>One<br>two</p><p>three</p>', poll: { options: [{ title: 'Yes' }, { title: 'No' }] },
      media_attachments: [{ type: 'image', url: 'https://files.example/a.png', description: 'A cake', meta: { original: { width: 40, height: 30 } } }, { type: 'unknown', url: null, preview_url: null }],
    };
    const [subject] = rowsOf(place, readAdminReport({ ...recordedObject('mastodon-report'), statuses: [status] }), [], null, 0).subjects;
    expect(subject?.text).toBe('Food & drink\n\nOne\ntwo\n\nthree\n\nYes\n\nNo');
    expect(subject?.media).toEqual([{ url: 'https://files.example/a.png', mime: 'image/png', alt: 'A cake', width: 40, height: 30 }]);
  });
});

describe('what a post brings with it', () => {
  const place = { server: 'https://far.example', dialect };
  const subjectOf = (status: Readonly<Record<string, unknown>>) => rowsOf(place, readAdminReport({ ...recordedObject('mastodon-report'), statuses: [{ ...recordedObject('mastodon-status'), content: '<p>See</p>', spoiler_text: '', poll: null, ...status }] }), [], null, 0).subjects[0];
  const other = { ...recordedObject('mastodon-status'), id: '9', content: '<p>Theirs</p>', media_attachments: [{ type: 'image', url: 'https://files.example/b.webp' }] };

  test('the post that it boosts or quotes, with its pictures', () => {
    expect(subjectOf({ content: '', reblog: other })).toMatchObject({ text: 'Boosts @Gargron:\n\nTheirs', media: [{ url: 'https://files.example/b.webp', mime: 'image/webp' }] });
    expect(subjectOf({ quote: { state: 'accepted', quoted_status: other } })?.text).toBe('See\n\nQuotes @Gargron:\n\nTheirs');
    expect(subjectOf({ quote: { state: 'revoked', quoted_status: null } })?.text).toBe('See');
  });

  test('media of every kind, and those that only another server has', () => {
    const all = [
      { type: 'video', url: 'https://files.example/a.mp4' }, { type: 'audio', url: 'https://files.example/a.ogg' }, { type: 'gifv', url: 'https://files.example/original' },
      { type: 'unknown', remote_url: 'https://elsewhere.example/a.png' }, { type: 'unknown' },
    ].map((one) => ({ description: null, preview_url: null, remote_url: null, url: null, ...one }));
    expect(subjectOf({ media_attachments: all })?.media.map(({ url, mime }) => [url, mime])).toEqual([
      ['https://files.example/a.mp4', 'video/mp4'], ['https://files.example/a.ogg', 'audio/ogg'], ['https://files.example/original', 'video/mp4'], ['https://elsewhere.example/a.png', 'image/png'],
    ]);
  });

  test('what the server says of a member where the public account leaves it out', () => {
    const rows = rowsOf(place, readAdminReport({ id: '3', target_account: { id: '5', username: 'goody', domain: null, created_at: '2022-09-08T23:42:04.731Z', account: { id: '5', username: 'goody', acct: 'goody' } } }), [], null, 0);
    expect(rows.members).toMatchObject([{ handle: '@goody', joinedAt: Date.parse('2022-09-08T23:42:04.731Z') }]);
  });
});

describe('a report about several posts', () => {
  test('becomes one for each, the first under the report\'s own id', async () => {
    const piet = far.world.account('piet');
    const posts = [far.world.post(piet, 'One'), far.world.post(piet, 'Two')];
    const { id } = far.world.report({ about: piet, posts });
    await desk.pull();
    expect([...desk.reports.values()].map(({ remoteId, subject }) => [remoteId, subject.remoteId])).toEqual([[id, posts[0]?.id], [`${id}:${posts[1]?.id}`, posts[1]?.id]]);
  });

  test('even about more than a batch holds', async () => {
    const piet = far.world.account('piet');
    far.world.report({ about: piet, posts: Array.from({ length: 450 }, (_, n) => far.world.post(piet, `Post ${n}`)) });
    const batches = await desk.pull();
    expect(desk.reports.size).toBe(450);
    expect(Math.max(...batches.map(({ reports }) => reports.length))).toBeLessThanOrEqual(200);
  });
});

describe('what others do meanwhile', () => {
  test('a report that someone resolved comes back with who and when, and its standing', async () => {
    const piet = far.world.account('piet');
    const post = far.world.post(piet, 'One');
    const { id } = far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    piet.silenced = true;
    far.world.resolve(id, far.ines);
    await desk.restarted().pull();
    expect(desk.resolutions).toEqual([{ subject: { type: 'post', remoteId: post.id }, by: '@ines', what: 'resolved, account limited', at: at.io.truly(), orderId: null, closes: true, reportId: id }]);
    expect([desk.reports.get(id)?.open, desk.members.get(piet.id)?.standing]).toEqual([false, ['limited']]);
  });

  test('one that we resolved is ours', async () => {
    const post = far.world.post(far.world.account('piet'), 'One');
    far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    const order = orderOf(at.io, 'dismiss', desk.subject(post.id));
    await desk.session.deliver(order, desk.signal);
    at.io.pass(2 * MINUTE);
    await desk.pull();
    expect(desk.resolutions.map(({ by, orderId }) => [by, orderId])).toEqual([['@rosa', order.id]]);
  });

  test('a post that was edited, and a report that someone took on', async () => {
    const post = far.world.post(far.world.account('piet'), 'One');
    const report = far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    post.content = 'Other words';
    post.editedAt = at.io.truly();
    report.assigned = far.ines;
    await desk.pull();
    expect(desk.subject(post.id)).toMatchObject({ text: 'Other words', editedAt: at.io.truly() });
    expect(desk.resolutions).toEqual([{ subject: { type: 'post', remoteId: post.id }, by: '@ines', what: 'took it on', at: null, orderId: null, closes: false }]);
  });

  test('a report that is opened again is open again', async () => {
    const { id } = far.world.report({ about: far.world.account('piet') });
    await desk.pull();
    for (const change of [() => far.world.resolve(id, far.ines), () => far.world.reopen(id, far.ines)]) {
      at.io.pass(2 * MINUTE);
      change();
      await desk.pull();
    }
    expect(desk.reports.get(id)?.open).toBe(true);
  });

  test('a report that went with its account is closed', async () => {
    const piet = far.world.account('piet');
    const { id } = far.world.report({ about: piet });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    far.world.reports.delete(id);
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { type: 'member', remoteId: piet.id }, what: 'report deleted', closes: true }]);
  });

  test('a report that went with its account is closed, though Docket was not running', async () => {
    const piet = far.world.account('piet');
    const post = far.world.post(piet, 'One');
    const { id } = far.world.report({ about: piet, posts: [post] });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    far.world.reports.delete(id);
    await desk.restarted().pull();
    expect(desk.resolutions).toMatchObject([{ subject: { type: 'post', remoteId: post.id }, what: 'report deleted', closes: true }]);
  });

  test('a report stays about its posts when the server names them no more', async () => {
    const piet = far.world.account('piet');
    const posts = [far.world.post(piet, 'One'), far.world.post(piet, 'Two')];
    const [one = '', two = ''] = posts.map(({ id }) => id);
    const { id } = far.world.report({ about: piet, posts });
    await desk.pull();
    far.world.posts.delete(one);
    at.io.pass(2 * MINUTE);
    const deletedAt = at.io.now();
    const later = desk.restarted();
    await later.pull();
    expect([...desk.reports.values()].map(({ remoteId, subject, open }) => [remoteId, subject.remoteId, open])).toEqual([[id, one, true], [`${id}:${two}`, two, true]]);
    expect([desk.subject(one).deletedAt, desk.subject(one).text, desk.subject(two).deletedAt]).toEqual([deletedAt, '', null]);
    far.world.resolve(id, far.ines);
    at.io.pass(2 * MINUTE);
    await later.restarted().pull();
    expect(desk.resolutions.map(({ subject, by }) => [subject.remoteId, by])).toEqual([[one, '@ines'], [two, '@ines']]);
    expect([desk.subjects.has(piet.id), desk.subject(one).deletedAt]).toEqual([false, deletedAt]);
  });

  test('hundreds at once are asked for little by little, and news do not wait for them', async () => {
    for (let n = 0; n < 150; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    for (const { id } of far.world.open()) far.world.resolve(id, far.ines);
    const fresh = far.world.report({ about: far.world.account('olle') });
    await desk.pull();
    expect([desk.resolutions.length, desk.reports.get(fresh.id)?.open]).toEqual([60, true]);
    await desk.restarted().pull();
    await desk.pull();
    await desk.pull();
    expect(new Set(desk.resolutions.map(({ subject }) => subject.remoteId)).size).toBe(150);
  });

  test('an instance that shows no reports for a moment does not close what is open', async () => {
    const { id } = far.world.report({ about: far.world.account('piet') });
    await desk.pull();
    at.io.pass(2 * MINUTE);
    far.setup.emptyList = true;
    await desk.pull();
    expect([desk.reports.get(id)?.open, desk.resolutions]).toEqual([true, []]);
    far.setup.emptyList = false;
    far.world.resolve(id, far.ines);
    at.io.pass(2 * MINUTE);
    await desk.pull();
    expect(desk.reports.get(id)?.open).toBe(false);
  });
});

describe('the list', () => {
  test('an idle poll asks once', async () => {
    for (let n = 0; n < 30; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    await desk.pull();
    const before = asked();
    expect(await desk.pull()).toEqual([]);
    expect(asked() - before).toBe(1);
  });

  test('keeps to 300 requests in five minutes without ever being told to', async () => {
    far.setup.limit = 300;
    for (let n = 0; n < 100; n += 1) far.world.report({ about: far.world.account(`member${n}`) });
    const refused: string[] = [];
    for (let n = 0; n < 400; n += 1) {
      try {
        await desk.pull();
      } catch (error) {
        refused.push(String(error));
        at.io.pass(30_000);
      }
    }
    expect(desk.reports.size).toBe(100);
    expect(far.server.requests.length).toBeGreaterThan(300);
    expect([far.setup.tooMany, refused.filter((text) => !text.includes('asks to wait'))]).toEqual([0, []]);
  });

  test('the server\'s own page of the report is the link, where the API cannot remove the post', async () => {
    const post = far.world.post(far.world.account('piet'), 'One');
    const { id } = far.world.report({ about: post.author, posts: [post] });
    await desk.pull();
    expect(desk.subject(post.id).url).toBe(`${far.server.origin}/admin/reports/${id}`);
    const { capabilities } = await desk.session.verify(desk.signal);
    expect(capabilities.post?.remove).toEqual({ can: false, why: expect.stringContaining('Follow the item\'s link to the report in Mastodon') });
  });
});

describe('the reports that are held', () => {
  const id = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String), fc.stringMatching(/^[\w-]{1,40}$/));
  const named = fc.oneof(
    id.map((remoteId): readonly Named[] => [{ type: 'member', remoteId, gone: false }]),
    fc.array(fc.record({ type: fc.constant('post' as const), remoteId: id, gone: fc.boolean() }), { maxLength: 4 }),
  );
  const entries = fc.array(fc.tuple(id, named), { maxLength: 40 }).map((some) => new Map(some));

  test('come back from their text as they went in, however they grew', () => {
    fc.assert(fc.property(entries, entries, fc.array(fc.nat(59)), (first, more, out) => {
      const held = makeHeld(packed(first));
      for (const [one, about] of more) held.keep(one, about);
      for (const index of out) held.delete([...first.keys()][index] ?? '');
      const back = unpacked(held.packed());
      expect([...back.keys()]).toEqual(held.ids());
      expect([...back.values()]).toEqual(held.ids().map(held.named));
    }));
  });

  test('are read from the text of earlier versions, which had their ids alone', () => {
    expect([...makeHeld('0107 23 112').ids()]).toEqual(['107', '103', '112']);
  });

  test('take little room where they follow each other', () => {
    const text = packed(new Map(Array.from({ length: 10_000 }, (_, n): [string, readonly Named[]] => [
      String(9_007_199_254_740_993n - BigInt(n)), [{ type: 'post', remoteId: String(111_000_000_000_000_000n - BigInt(n) * 900_000n), gone: false }],
    ])));
    expect(text.length).toBeLessThan(200_000);
  });

  test('are at most 20,000, the newest', () => {
    const held = makeHeld('');
    for (let n = 50_000; n > 0; n -= 1) held.keep(String(100_000 + n), []);
    held.keep('200000', []);
    expect([held.size(), held.has('200000'), held.has('100001'), held.has('150000')]).toEqual([20_000, true, false, true]);
  });
});

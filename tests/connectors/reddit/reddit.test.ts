import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Batch } from '../../../src-main/connectors/connector.ts';
import { openDesk, signal } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Thing } from './world.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.far.close());

function post(more: Partial<Thing> = {}): Thing {
  return desk.far.add({ sub: 'harbour', author: 'piet', ...more });
}

function reported(reason: string | null = 'No memes', more: Partial<Thing> = {}): Thing {
  const thing = post(more);
  desk.far.report(thing.name, reason);
  return thing;
}

function brought(batches: readonly Batch[]): { readonly subjects: readonly string[]; readonly reports: readonly string[]; readonly resolutions: readonly unknown[] } {
  return {
    subjects: batches.flatMap(({ subjects }) => subjects.map(({ remoteId }) => remoteId)), reports: batches.flatMap(({ reports }) => reports.map(({ remoteId }) => remoteId)),
    resolutions: batches.flatMap(({ resolutions }) => resolutions),
  };
}

describe('what is in the queue', () => {
  test('a post with its place, author, and each report one by one; nobody is named but moderators', async () => {
    const thing = reported('This is spam');
    desk.far.report(thing.name, 'This is spam');
    desk.far.report(thing.name, null);
    desk.far.report(thing.name, 'Please look', 'tomas');
    await desk.pull();
    const subject = desk.subject(thing.name);
    expect(subject).toMatchObject({
      type: 'post', authorId: 'piet', text: 'A title\n\nSome words', place: 'r/harbour', removed: false, deletedAt: null, revision: 'neither',
      url: `${desk.far.server.origin}/r/harbour/comments/${thing.name.slice(3)}/a_title/`, extra: { seen: 'neither', sub: 'harbour' },
    });
    expect(subject.html).toContain('<strong>A title</strong>');
    expect(desk.about(thing.name).map(({ category, remoteCategory, comment, reporterId }) => [category, remoteCategory, comment, reporterId])).toEqual([
      ['spam', 'This is spam', '', null], ['spam', 'This is spam', '', null], ['other', null, '', null], ['other', null, 'Please look', 'tomas'],
    ]);
    expect([...desk.members.values()].map(({ remoteId, handle }) => [remoteId, handle])).toEqual([['piet', 'u/piet'], ['tomas', 'u/tomas']]);
  });

  test('a comment names the post that it stands under', async () => {
    const under = post();
    const comment = reported('Rude', { link: under.name });
    await desk.pull();
    expect(desk.subject(comment.name)).toMatchObject({ text: 'Some words', extra: { link: under.name, sub: 'harbour' }, place: 'r/harbour' });
  });

  test('what a filter holds can still be removed, and shows the reports that Reddit counts as dismissed', async () => {
    const held = reported('Rude');
    desk.far.remove(held.name, 'AutoModerator', false, true);
    await desk.pull();
    expect(desk.subject(held.name)).toMatchObject({ removed: false, place: 'Held · r/harbour' });
    expect(desk.about(held.name).map(({ category, remoteCategory, comment }) => [category, remoteCategory, comment])).toEqual([['other', null, 'Rude'], ['held', 'automod_filtered', '']]);
  });

  test('a post of an account that is gone has no author and keeps its words; one that its author deleted keeps nothing', async () => {
    const orphan = reported('Rude', { author: '[deleted]' });
    await desk.pull();
    expect(desk.subject(orphan.name)).toMatchObject({ authorId: null, text: 'A title\n\nSome words', deletedAt: null });
    orphan.deleted = true;
    await desk.pull();
    expect(desk.subject(orphan.name)).toMatchObject({ text: '', deletedAt: expect.any(Number) });
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: null, what: 'deleted by its author', closes: true })]);
  });

  test('only the reports of those subreddits that were chosen', async () => {
    await desk.far.close();
    desk = await openDesk({ subreddits: 'r/harbour, harbourtalk' });
    for (const sub of ['harbour', 'harbourtalk', 'elsewhere']) {
      desk.far.subs.set(sub, { permissions: ['all'] });
      reported('Rude', { sub });
    }
    await desk.pull();
    expect([...desk.subjects.values()].map(({ place }) => place).toSorted()).toEqual(['r/harbour', 'r/harbourtalk']);
  });

  test('posts that nobody has looked at, where a person wants them', async () => {
    await desk.far.close();
    desk = await openDesk({ unmoderated: true });
    const quiet = post();
    const loud = reported('Rude');
    await desk.pull();
    expect([desk.about(quiet.name), desk.about(loud.name)].map((some) => some.map(({ category, remoteCategory, comment }) => [category, remoteCategory, comment]))).toEqual([[['held', 'unmoderated', '']], [['other', null, 'Rude']]]);
    desk.far.approve(quiet.name, 'tomas');
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ subject: { remoteId: quiet.name }, by: 'u/tomas', what: 'approved', closes: true }]);
  });
});

describe('what changes there', () => {
  test('nothing new brings nothing', async () => {
    reported();
    await desk.pull();
    expect(brought(await desk.pull())).toEqual({ subjects: [], reports: [], resolutions: [] });
  });

  test('another report for the same reason is one more', async () => {
    const thing = reported();
    await desk.pull();
    const before = new Set(desk.reports.keys());
    desk.far.report(thing.name, 'No memes');
    expect(brought(await desk.pull()).reports.filter((id) => !before.has(id))).toHaveLength(1);
  });

  test('a report after an approval is a new one, later than it', async () => {
    const thing = reported();
    await desk.pull();
    desk.io.pass(60_000);
    desk.far.approve(thing.name, 'tomas');
    const approvedAt = desk.io.truly();
    await desk.pull();
    const before = new Set(desk.reports.keys());
    desk.far.report(thing.name, 'No memes');
    await desk.pull();
    const news = desk.about(thing.name).filter(({ remoteId }) => !before.has(remoteId));
    expect(news).toEqual([expect.objectContaining({ open: true })]);
    expect(news[0]?.createdAt).toBeGreaterThan(approvedAt);
  });

  test('an edit is brought', async () => {
    const thing = reported();
    await desk.pull();
    thing.text = 'Other words';
    thing.editedAt = desk.io.truly();
    await desk.pull();
    expect(desk.subject(thing.name)).toMatchObject({ text: 'A title\n\nOther words', editedAt: desk.io.truly() });
  });

  test('what a colleague settled is closed, with who and how from the log', async () => {
    const [approved, removed, spam] = [reported(), reported(), reported()];
    await desk.pull();
    desk.io.pass(60_000);
    desk.far.approve(approved.name, 'tomas');
    desk.far.remove(removed.name, 'tomas');
    desk.far.remove(spam.name, 'mara', true);
    await desk.pull();
    expect(desk.resolutions.map(({ subject, by, what, closes, at }) => [subject.remoteId, by, what, closes, at]).toSorted()).toEqual([
      [approved.name, 'u/tomas', 'approved', true, desk.io.truly()], [removed.name, 'u/tomas', 'removed', true, desk.io.truly()], [spam.name, 'u/mara', 'removed as spam', true, desk.io.truly()],
    ].toSorted());
    expect(desk.subject(removed.name).removed).toBe(true);
    expect(desk.about(removed.name).map(({ open }) => open)).toEqual([false]);
  });

  test('a colleague who takes NSFW off is told as just that, and has done it already when we would', async () => {
    const thing = reported('No memes', { nsfw: true });
    await desk.pull();
    thing.nsfw = false;
    desk.far.write('marknsfw', 'tomas', thing.name, { details: 'remove' });
    await desk.pull();
    expect(desk.resolutions).toMatchObject([{ by: 'u/tomas', what: 'NSFW taken off', closes: false }]);
    expect(await desk.send('label', thing.name, { labels: ['NSFW'], reverse: true })).toMatchObject({ kind: 'already', by: 'u/tomas', what: 'NSFW taken off' });
  });

  test('a colleague who ignores the reports closes it, once and by name', async () => {
    const thing = reported();
    await desk.pull();
    thing.ignored = true;
    desk.far.write('ignorereports', 'tomas', thing.name);
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: 'u/tomas', what: 'reports ignored', closes: true, orderId: null })]);
  });

  test('without the log, the thing itself tells who', async () => {
    desk.far.logs = false;
    const thing = reported();
    await desk.pull();
    desk.far.remove(thing.name, 'tomas');
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: 'u/tomas', what: 'removed', closes: true })]);
  });

  test('a thing that is gone altogether is closed', async () => {
    const thing = reported();
    await desk.pull();
    desk.far.things.delete(thing.name);
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ what: 'gone from Reddit', closes: true })]);
  });

  test('a list that lags behind closes nothing', async () => {
    const thing = reported();
    await desk.pull();
    const heal = desk.far.server.plan({ route: 'GET /r/:sub/about/:list', times: 2, fault: { name: 'lags', means: ['survives'], send(response) { response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind":"Listing","data":{"after":null,"children":[]}}'); } } });
    await desk.pull();
    heal();
    expect(desk.resolutions).toEqual([]);
    desk.far.approve(thing.name, 'tomas');
    await desk.pull();
    expect(desk.resolutions).toHaveLength(1);
  });

  test('what stays out of the lists untouched has left the queue', async () => {
    const thing = reported();
    await desk.pull();
    const heal = desk.far.server.plan({ route: 'GET /r/:sub/about/:list', fault: { name: 'lags', means: ['survives'], send(response) { response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind":"Listing","data":{"after":null,"children":[]}}'); } } });
    await desk.pull();
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: null, what: 'left the queue', closes: true })]);
    expect(desk.about(thing.name).map(({ open }) => open)).toEqual([false]);
    heal();
    await desk.pull();
    expect(desk.about(thing.name).map(({ open }) => open)).toEqual([true]);
  });

  test('a second hold by a filter is one of its own', async () => {
    const thing = post();
    desk.far.remove(thing.name, 'AutoModerator', false, true);
    await desk.pull();
    desk.io.pass(60_000);
    desk.far.approve(thing.name, 'tomas');
    await desk.pull();
    desk.io.pass(60_000);
    desk.far.remove(thing.name, 'AutoModerator', false, true);
    await desk.pull();
    expect(new Set(desk.about(thing.name).map(({ remoteId }) => remoteId)).size).toBe(2);
    expect(desk.resolutions.filter(({ closes }) => closes).map(({ what }) => what)).toEqual(['approved']);
  });

  test('reports that stay on a thing after its approval do not keep it open', async () => {
    const thing = reported();
    await desk.pull();
    desk.far.approve(thing.name, 'tomas');
    Object.assign(thing, { more: { user_reports: [['No memes', 1, false, true]] } });
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: 'u/tomas', what: 'approved' })]);
  });

  test('a list beside the queue that is not there is done without', async () => {
    const thing = reported();
    const heal = desk.far.server.plan({ route: 'GET /r/:sub/about/:list', from: 2, times: 1, fault: { name: 'no reports', means: ['refused'], send(response) { response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found","error":404}'); } } });
    await desk.pull();
    heal();
    expect(desk.subject(thing.name).remoteId).toBe(thing.name);
  });

  test('what a colleague does later to what we decided is told, once', async () => {
    const thing = reported();
    await desk.pull();
    const order = desk.order('dismiss', thing.name);
    await desk.session.deliver(order, signal);
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ by: 'u/ines', what: 'approved', orderId: order.id })]);
    desk.io.pass(60_000);
    desk.far.remove(thing.name, 'tomas');
    await desk.pull();
    await desk.pull();
    expect(desk.resolutions.slice(1)).toEqual([expect.objectContaining({ by: 'u/tomas', what: 'removed', orderId: null, closes: true })]);
  });

  test('what is done to something that is still open is told and closes nothing', async () => {
    const thing = reported();
    await desk.pull();
    desk.far.write('lock', 'tomas', thing.name);
    desk.far.write('newaction', 'tomas', thing.name, { details: 'of tomorrow' });
    await desk.pull();
    expect(desk.resolutions.map(({ what, closes }) => [what, closes])).toEqual([['locked', false], ['newaction: of tomorrow', false]]);
  });

  test('our own locks and labels are ours', async () => {
    const thing = reported();
    await desk.pull();
    const order = desk.order('lock', thing.name);
    await desk.session.deliver(order, signal);
    await desk.pull();
    expect(desk.resolutions.map(({ by, what, closes, orderId }) => [by, what, closes, orderId])).toEqual([['u/ines', 'locked', false, order.id]]);
  });

  test('a clock that is a day ahead does not keep open what was settled', async () => {
    desk.io.skew(86_400_000);
    const thing = reported();
    await desk.pull();
    desk.far.report(thing.name, 'Rude');
    await desk.pull();
    const lastReport = Math.max(...desk.about(thing.name).map(({ createdAt }) => createdAt));
    desk.far.approve(thing.name, 'tomas');
    await desk.pull();
    expect(desk.resolutions[0]?.at).toBeGreaterThanOrEqual(lastReport);
  });

  test('a clock that is behind makes no report older than the removal that it came after', async () => {
    desk.io.skew(-20 * 60_000);
    const thing = reported();
    await desk.pull();
    desk.far.approve(thing.name, 'tomas');
    desk.io.pass(60_000);
    desk.far.remove(thing.name, 'ines');
    await desk.pull();
    const done = Math.max(...desk.resolutions.map(({ at }) => at ?? 0));
    desk.io.pass(60_000);
    desk.far.report(thing.name, 'Rude again');
    await desk.pull();
    expect(Math.max(...desk.about(thing.name).filter(({ open }) => open).map(({ createdAt }) => createdAt))).toBeGreaterThan(done);
  });
});

describe('a queue that is longer than Reddit shows', () => {
  test('is read by subreddit and kind, seldom as a whole, and nothing past its end is taken for settled', async () => {
    desk.far.subs.set('harbourtalk', { permissions: ['all'] });
    const home = post();
    for (let n = 0; n < 1300; n += 1) {
      desk.io.pass(1000);
      reported('Rude', n % 2 === 0 ? { sub: 'harbour' } : { sub: 'harbourtalk', link: home.name });
    }
    await desk.pull();
    expect(desk.subjects.size).toBe(1300);
    const before = desk.far.server.requests.length;
    const fresh = reported();
    await desk.pull();
    expect(desk.far.server.requests.length - before).toBeLessThan(10);
    expect(desk.subjects.has(fresh.name)).toBe(true);
    desk.io.pass(10 * 60_000);
    await desk.pull();
    expect(desk.resolutions).toEqual([]);
  });

  test('of one subreddit, the oldest that no list shows are looked up', async () => {
    const old = reported();
    await desk.pull();
    for (let n = 0; n < 1000; n += 1) {
      desk.io.pass(1000);
      reported();
    }
    desk.io.pass(3_600_000);
    await desk.pull();
    expect(desk.resolutions).toEqual([]);
    desk.far.approve(old.name, 'tomas');
    desk.io.pass(3_600_000);
    await desk.pull();
    expect(desk.resolutions).toEqual([expect.objectContaining({ subject: { type: 'post', remoteId: old.name }, by: 'u/tomas' })]);
  });
});

describe('rules', () => {
  test('a subreddit\'s rules in their order, then its removal reasons in theirs', async () => {
    desk.far.rules.push(
      { short_name: 'No memes', description: 'None at all.', violation_reason: 'Meme', kind: 'link', priority: 1, created_utc: 1_587_949_225 },
      { short_name: 'Be kind', description: 'No insults.', violation_reason: 'Be kind', kind: 'all', priority: 0, created_utc: 1_587_949_210 },
    );
    desk.far.reasons.set('a1', { title: 'Memes', message: 'We have no memes.' });
    desk.far.reasons.set('b2', { title: 'Spam', message: 'No selling.' });
    expect(await desk.session.guidelines(signal)).toEqual([
      { remoteId: 'harbour rule 1587949210', number: '1', title: 'Be kind', body: 'No insults.' },
      { remoteId: 'harbour rule 1587949225', number: '2', title: 'No memes', body: 'None at all.\n\nPosts only.\n\nReported as: Meme' },
      { remoteId: 'harbour reason b2', number: 'R1', title: 'Spam', body: 'No selling.' },
      { remoteId: 'harbour reason a1', number: 'R2', title: 'Memes', body: 'We have no memes.' },
    ]);
  });

  test('of several, each says whose it is', async () => {
    desk.far.subs.set('harbourtalk', { permissions: ['all'] });
    desk.far.rules.push({ short_name: 'Be kind', description: '', violation_reason: 'Be kind', kind: 'all', priority: 0, created_utc: 1 });
    expect((await desk.session.guidelines(signal)).map(({ title }) => title)).toEqual(['r/harbour: Be kind', 'r/harbourtalk: Be kind']);
  });
});

describe('context', () => {
  test('a comment stands between what it answers and its answers; "more" is left out', async () => {
    const link = post({ author: 'rosa' });
    const parent = post({ author: 'mara', link: link.name });
    const comment = reported('Rude', { link: link.name, parent: parent.name });
    const answer = post({ author: 'jan', link: link.name, parent: comment.name });
    post({ sub: 'harbour', title: 'Another' });
    await desk.pull();
    const { before, after, recent, members, subject } = await desk.session.context(desk.subject(comment.name), signal);
    expect(before.map(({ remoteId }) => remoteId)).toEqual([link.name, parent.name]);
    expect(after.map(({ remoteId }) => remoteId)).toEqual([answer.name]);
    expect(recent.map(({ text }) => text)).toEqual(['Another\n\nSome words']);
    expect(subject?.remoteId).toBe(comment.name);
    expect(members.find(({ remoteId }) => remoteId === 'piet')).toMatchObject({ joinedAt: 1_500_000_000_000, standing: ['42 karma'] });
  });

  test('the member\'s bans, notes, and what was done to them', async () => {
    const thing = reported();
    desk.far.bans.set('harbour piet', { days: 4, at: 0, note: '', message: '', context: '' });
    desk.far.notes.push({ id: 'n1', sub: 'harbour', user: 'piet', note: 'test note', label: 'HELPFUL_USER', at: 5000, about: null });
    await desk.pull();
    const { members, record } = await desk.session.context(desk.subject(thing.name), signal);
    expect(members.find(({ remoteId }) => remoteId === 'piet')?.standing).toEqual(['banned from r/harbour for 4 more days', '42 karma']);
    expect(record).toEqual([{ at: 5000, text: 'note (helpful user): test note', by: 'u/ines' }]);
  });

  test('what happened since the pull is not taken for seen; a deleted post is gone', async () => {
    const thing = reported();
    await desk.pull();
    desk.far.remove(thing.name, 'tomas');
    expect((await desk.session.context(desk.subject(thing.name), signal)).subject).toMatchObject({ removed: true, revision: 'neither' });
    thing.deleted = true;
    expect((await desk.session.context(desk.subject(thing.name), signal)).subject).toBeNull();
  });

  test('an account without a page', async () => {
    const thing = reported('Rude', { author: 'shadow' });
    await desk.pull();
    expect((await desk.session.context(desk.subject(thing.name), signal)).members).toEqual([expect.objectContaining({ remoteId: 'shadow', standing: ['no page on Reddit'] })]);
  });
});

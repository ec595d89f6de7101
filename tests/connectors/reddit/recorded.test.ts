import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { reasonFor } from '../../../src-main/connectors/reddit/guidelines.ts';
import { wordsFor } from '../../../src-main/connectors/reddit/log.ts';
import { openRows } from '../../../src-main/connectors/reddit/rows.ts';
import { modAction, modNotes, readThing, reasonList, relations, ruleList } from '../../../src-main/connectors/reddit/schemas.ts';
import type { ReadThing } from '../../../src-main/connectors/reddit/schemas.ts';
import { outcomeOf, standingOf } from '../../../src-main/connectors/reddit/state.ts';
import { subjectOf } from '../../../src-main/connectors/reddit/subjects.ts';

/** An answer that praw recorded; recorded/SOURCES.txt says which. */
function recorded(name: string): unknown {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8'));
}

function things(name: string): readonly ReadThing[] {
  const read = recorded(name);
  return (Array.isArray(read) ? read : [read]).map((entry) => {
    const one = readThing(entry);
    if (one === null) throw new Error('nothing was read');
    return one;
  });
}

function thing(data: Readonly<Record<string, unknown>>): ReadThing {
  const one = readThing({ kind: 't3', data: { name: 't3_a', title: 'T', user_reports: [], mod_reports: [], ...data } });
  if (one === null) throw new Error('nothing was read');
  return one;
}

function picturesOf(data: Readonly<Record<string, unknown>>): readonly string[] {
  return subjectOf(thing(data).thing, SITE, false, 0).media.map(({ url, mime }) => `${mime} ${url}`);
}

const SITE = 'https://www.reddit.com';
const open = (read: ReadThing) => openRows(read, { site: SITE, now: 5000, first: true, unmoderated: false });
const reportsOf = (read: ReadThing) => open(read).reports.map(({ category, remoteCategory, comment, reporterId }) => [category, remoteCategory, comment, reporterId]);

describe('entries of a queue as they were recorded', () => {
  test.each(['reddit-modqueue-2016', 'reddit-queue-2019', 'reddit-reports-2016', 'reddit-t1', 'reddit-t3'])('%s is read whole', (name) => {
    for (const one of things(name)) expect([one.whole, open(one).look]).toEqual([true, expect.stringMatching(/./)]);
  });

  test('of 2016: a comment with a mod report, and a post that "someone" removed', () => {
    const [comment, held] = things('reddit-modqueue-2016').map(open);
    expect(comment).toMatchObject({
      id: 't1_da2g5y6',
      subject: { text: 'bboe', html: '<div class="md"><p>bboe</p>\n</div>', createdAt: 1_479_277_996_000, editedAt: 1_479_367_868_000, url: `${SITE}/comments/5cu71v/_/da2g5y6/`, place: 'r/<TEST_SUBREDDIT>', extra: { link: 't3_5cu71v' } },
      reports: [{ category: 'other', comment: 'test', reporterId: '<USERNAME>', createdAt: 1_479_277_996_000, open: true }],
    });
    expect(held).toMatchObject({
      subject: { text: 'APIcalypse Now\n\nhttp://hubs.ly/H03jMVF0', removed: false, place: 'Held · r/<TEST_SUBREDDIT>', revision: 'removed', media: [] },
      reports: [{ category: 'held', remoteCategory: null, comment: '' }],
    });
  });

  test('of 2016: a report without a reason', () => {
    expect(things('reddit-reports-2016').map(reportsOf)).toEqual([[['other', null, '', null]]]);
  });

  test('of 2019: reports by a bot and by members, and what AutoModerator holds', () => {
    expect(things('reddit-queue-2019').map((one) => [standingOf(one.thing), ...reportsOf(one).flat()])).toEqual([
      ['neither', 'other', null, 'No text detected. Weird font, file too large, or possible TITMC.', 'ImageAutomoderator'], ['removed', 'held', 'AutoModerator', '', null],
      ['neither', 'other', null, 'repost', null], ['removed', 'held', 'AutoModerator', '', null], ['removed', 'held', 'moderator', '', null],
    ]);
    expect(things('reddit-queue-2019').map((one) => open(one).subject.media.map(({ url, mime, width }) => [url.slice(0, 18), mime, width]))).toEqual([
      [['https://i.redd.it/', 'image/png', null]], [], [['https://i.redd.it/', 'image/jpeg', null]], [], [['https://i.redd.it/', 'image/jpeg', null]],
    ]);
  });

  test('of 2022: a post and a comment that wait for nothing', () => {
    const [post, comment] = [things('reddit-t3')[0], things('reddit-t1')[0]];
    expect([post, comment].map((one) => (one === undefined ? null : [standingOf(one.thing), open(one).subject.text, open(one).reports.map(({ remoteId }) => remoteId)]))).toEqual([
      ['neither', 'Test post', ['t3_uflrmv:0:listed']], ['neither', 'hi', ['t1_i6yfrww:0:listed']],
    ]);
  });
});

describe('documented forms of a thing', () => {
  test.each([
    [{ user_reports: [['spam', 3, false, true], ['trolling', 1, false, true]] }, ['spam', 'spam', 'spam', 'other']],
    [{ user_reports: [['spam', 2]], mod_reports: [['spam', 'Pyprohly'], ['sus', 'SomeOtherMod']] }, ['spam', 'spam', 'spam', 'other']],
    [{ user_reports: [[null, 1]] }, ['other']],
    [{ user_reports: [], user_reports_dismissed: [['old', 4]], approved_by: 'x', approved_at_utc: 5 }, ['other']],
  ])('reports of %j', (data, categories) => {
    expect(open(thing(data)).reports.map(({ category }) => category)).toEqual(categories);
  });

  test.each([
    [{ removed: true, banned_by: 'mod', banned_at_utc: 1_600_000_000, removed_by_category: 'moderator' }, 'removed', 'removed'],
    [{ removed: false, spam: true, banned_by: 'mod', banned_at_utc: 1_600_000_000.0, ban_note: 'spam' }, 'removed', 'removed as spam'],
    [{ removed: true, banned_by: 'mod', mod_reason_title: 'Self Promotion' }, 'removed', 'removed: Self Promotion'],
    [{ banned_by: true, banned_at_utc: null }, 'removed', 'removed'],
    [{ removed_by_category: 'reddit' }, 'removed', 'removed'],
    [{ approved: true, approved_by: 'mod', approved_at_utc: 1_600_000_000.5, banned_by: null, removed_by_category: null }, 'approved', 'approved'],
    [{ author: '[deleted]', selftext: '[deleted]', removed_by_category: 'deleted' }, 'neither', 'deleted by its author'],
    [{ ignore_reports: true, edited: false }, 'neither', 'reports ignored'],
  ])('%j stands as %s', (data, standing, outcome) => {
    const { thing: one } = thing(data);
    expect([standingOf(one), outcomeOf(one)]).toEqual([standing, outcome]);
  });

  test('a gallery has its pictures in their order, with captions, and not what failed', () => {
    const media = subjectOf(thing({
      is_gallery: true, url: `${SITE}/gallery/t3_a`, gallery_data: { items: [{ media_id: 'b', id: 2, caption: 'Second first' }, { media_id: 'a', id: 1 }, { media_id: 'c', id: 3 }] },
      media_metadata: {
        a: { status: 'valid', e: 'Image', m: 'image/jpg', p: [], s: { x: 640, y: 480, u: 'https://preview.redd.it/a.jpg?width=640&format=pjpg&auto=webp&s=1' }, id: 'a' },
        b: { status: 'valid', e: 'AnimatedImage', m: 'image/gif', p: [], s: { x: 10, y: 20, gif: 'https://i.redd.it/b.gif', mp4: 'https://preview.redd.it/b.gif?format=mp4' }, id: 'b' }, c: { status: 'failed' },
      },
    }).thing, SITE, false, 0).media;
    expect(media).toEqual([
      { url: 'https://i.redd.it/b.gif', mime: 'image/gif', alt: 'Second first', width: 10, height: 20 },
      { url: 'https://preview.redd.it/a.jpg?width=640&format=pjpg&auto=webp&s=1', mime: 'image/jpeg', alt: '', width: 640, height: 480 },
    ]);
  });

  test('a gallery without data, a link with Reddit\'s preview, a thumbnail, and nothing', () => {
    expect(picturesOf({ is_gallery: true, gallery_data: null, media_metadata: null, thumbnail: 'default' })).toEqual([]);
    expect(picturesOf({ url: 'https://elsewhere.example/x.jpg', preview: { images: [{ source: { url: 'https://external-preview.redd.it/x.png?format=pjpg&auto=webp&s=1', width: 5, height: 6 } }] } })).toEqual(['image/jpeg https://external-preview.redd.it/x.png?format=pjpg&auto=webp&s=1']);
    expect(picturesOf({ url: 'https://elsewhere.example/x.jpg' })).toEqual(['image/jpeg https://elsewhere.example/x.jpg']);
    expect(picturesOf({ url: 'https://v.redd.it/x', is_video: true, thumbnail: 'https://b.thumbs.redditmedia.com/x.jpg' })).toEqual(['image/jpeg https://b.thumbs.redditmedia.com/x.jpg']);
    expect(picturesOf({ is_self: true, thumbnail: 'self' })).toEqual([]);
  });

  test('a poll shows its options, a crosspost what it shows', () => {
    expect(subjectOf(thing({ is_self: true, poll_data: { options: [{ id: '1', text: 'Yes' }, { id: '2', text: 'No' }] } }).thing, SITE, false, 0).text).toBe('T\n\nYes\n\nNo');
    const crosspost = subjectOf(thing({ crosspost_parent: 't3_b', url: '/r/other/comments/b/x/', crosspost_parent_list: [{ name: 't3_b', subreddit: 'other', title: 'Original', selftext: 'Words', is_self: true, url: 'https://www.reddit.com/r/other/comments/b/x/', permalink: '/r/other/comments/b/x/' }] }).thing, SITE, false, 0);
    expect([crosspost.text, crosspost.html]).toEqual(['T\n\nr/other\n\nOriginal\n\nWords', '<p><strong>T</strong></p><blockquote><p><strong>Original</strong></p></blockquote>']);
    expect(picturesOf({ crosspost_parent: 't3_b', crosspost_parent_list: [{ name: 't3_b', url: 'https://i.redd.it/b.png', thumbnail: 'nsfw' }] })).toEqual(['image/png https://i.redd.it/b.png']);
    expect(subjectOf(thing({ crosspost_parent: 't3_b', crosspost_parent_list: [] }).thing, SITE, false, 0).text).toBe('T');
  });

  test('answers with entities, as without raw_json=1, read the same', () => {
    const entities = subjectOf(thing({ is_self: true, selftext_html: '&lt;!-- SC_OFF --&gt;&lt;div class="md"&gt;&lt;p&gt;A &amp;amp; B&lt;/p&gt;\n&lt;/div&gt;&lt;!-- SC_ON --&gt;' }).thing, SITE, false, 0);
    expect(entities.html).toContain('<div class="md"><p>A &amp; B</p>');
    expect(picturesOf({ preview: { images: [{ source: { url: 'https://preview.redd.it/x.jpg?a=1&amp;s=2' } }] } })).toEqual(['image/jpeg https://preview.redd.it/x.jpg?a=1&s=2']);
  });

  test('hostile titles stay text', () => {
    expect(subjectOf(thing({ title: '<img src=x onerror=1>', url: 'javascript:alert(1)' }).thing, SITE, false, 0)).toMatchObject({ html: '<p><strong>&lt;img src=x onerror=1&gt;</strong></p>', text: '<img src=x onerror=1>' });
  });
});

describe('the log, notes, rules and bans as they were recorded', () => {
  test('actions in words, known and unknown', () => {
    const actions = z.array(modAction).parse(recorded('reddit-log-2019')).map(({ data }) => wordsFor(data));
    expect(actions).toEqual([
      'pinned', 'removed: karma_threshold', 'approved', 'approved', 'distinguished', 'locked', 'removed: Repost comment spam', 'unpinned', 'flair changed: flair_edit',
      'wikirevise: Page usernotes edited, "create new note on user JCRS11" via toolbox',
    ].map((words) => (words.startsWith('wikirevise') ? expect.stringMatching(/^wikirevise: Page usernotes edited/) : words)));
    expect(modAction.parse(recorded('reddit-modaction')).data.target_fullname).toBeNull();
  });

  test('notes of both kinds', () => {
    const { mod_notes: notes } = modNotes.parse(recorded('reddit-mod-notes'));
    expect(notes.map(({ type, user_note_data: note, mod_action_data: action }) => [type, note?.note ?? null, action?.action ?? null])).toEqual([
      ['NOTE', 'praw_note 2', null], ['MUTE', null, 'unmuteuser'], ['BAN', null, 'unbanuser'], ['MUTE', null, 'muteuser'], ['BAN', null, 'banuser'], ['APPROVAL', null, 'approvelink'],
    ]);
  });

  test('rules, bans, removal reasons', () => {
    expect(ruleList.parse(recorded('reddit-rules')).rules.map(({ short_name: name, kind, priority }) => [name, kind, priority])).toEqual([['Test post 12', 'all', 0], ['Test comment', 'comment', 1], ['tesy all', 'all', 2], ['sdf', 'all', 3]]);
    expect(ruleList.parse({ kind: 'Listing', data: { modhash: null, dist: 0, children: [], after: null, before: null } }).rules).toEqual([]);
    expect(relations.parse(recorded('reddit-banned')).data.children).toEqual([{ name: 'PyAPITestUser3', date: 1_483_592_673, note: 'Sample rule' }]);
    // As documented: github.com/Pyprohly/reddit-api-doc-notes, moderation.rst, "Retrieve removal reasons".
    const { data } = reasonList.parse({ data: { '17hxgacq8byjh': { message: 'Self promoting posts are prohibited.', id: '17hxgacq8byjh', title: 'Self Promotion' } }, order: ['17hxgacq8byjh'] });
    expect(reasonFor(data.map(({ id, title, message }) => ({ id, title, message: message ?? '' })), '3 self promotion')?.id).toBe('17hxgacq8byjh');
  });
});

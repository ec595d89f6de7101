import { describe, expect, test } from 'vitest';
import { mediaOf } from '../../../src-main/connectors/ozone/media.ts';
import { memberOf } from '../../../src-main/connectors/ozone/members.ts';
import { nameOf, nameOfText, statusNameOf, wireOf } from '../../../src-main/connectors/ozone/names.ts';
import { later, movedBack, readPosition, writePosition } from '../../../src-main/connectors/ozone/position.ts';
import { readEvent } from '../../../src-main/connectors/ozone/reports.ts';
import { whatOf } from '../../../src-main/connectors/ozone/resolutions.ts';
import { revisionOf, reviewedAtOf } from '../../../src-main/connectors/ozone/revision.ts';
import { htmlOf, textOf } from '../../../src-main/connectors/ozone/rich-text.ts';
import { activity, event, status, subjectView } from '../../../src-main/connectors/ozone/schemas.ts';
import { categoryOf, wordsOf } from '../../../src-main/connectors/ozone/words.ts';
import { entriesOf } from '../../support/ozone/recorded.ts';

const DID = 'did:plc:piet00000000000000000000';

function wire(parts: Readonly<Record<string, string>>): Parameters<typeof nameOf>[0] {
  return { $type: undefined, did: undefined, uri: undefined, cid: undefined, convoId: undefined, messageId: undefined, ...parts };
}

describe('names', () => {
  test.each([
    ['a post', { uri: `at://${DID}/app.bsky.feed.post/3k`, cid: 'bafy' }, 'post', { $type: 'com.atproto.repo.strongRef', uri: `at://${DID}/app.bsky.feed.post/3k`, cid: 'bafy' }],
    ['an account', { did: DID }, 'member', { $type: 'com.atproto.admin.defs#repoRef', did: DID }],
    ['a chat message', { did: DID, convoId: 'c1', messageId: 'm1' }, 'message', { $type: 'chat.bsky.convo.defs#messageRef', did: DID, messageId: 'm1', convoId: 'c1' }],
    ['a conversation', { did: DID, convoId: 'c1' }, 'message', { $type: 'chat.bsky.convo.defs#convoRef', did: DID, convoId: 'c1' }],
  ] as const)('%s is named, found again by Ozone\'s text, and acted on', (_, given, type, back) => {
    const name = nameOf(wire(given));
    if (name === null) throw new Error('no name');
    expect({ type: name.type, author: name.authorId, wire: wireOf(name), byText: nameOfText(name.remoteId)?.remoteId }).toEqual({ type, author: DID, wire: back, byText: name.remoteId });
  });

  test('a message has its author\'s state, a post without a known version cannot be acted on', () => {
    const message = nameOf(wire({ did: DID, messageId: 'm1' }));
    const post = nameOfText(`at://${DID}/app.bsky.feed.post/3k`);
    expect([message === null ? null : statusNameOf(message), post === null ? 'none' : wireOf(post), nameOf(wire({})), nameOfText('nonsense')]).toEqual([DID, null, null, null]);
  });
});

function blob(cid: string): Readonly<Record<string, unknown>> {
  return { $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 1 };
}

describe('what a record says', () => {
  test('links lead where they really lead, counted in bytes', () => {
    const value = {
      text: 'Grüße <b>hier</b>\nund da',
      facets: [
        { index: { byteStart: 8, byteEnd: 19 }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://elsewhere.example/?a=1&b="2"' }] },
        { index: { byteStart: 9, byteEnd: 12 }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://overlapping.example' }] },
        { index: 'nonsense' },
      ],
    };
    expect(htmlOf(value)).toBe('<p>Grüße <a href="https://elsewhere.example/?a=1&amp;b=&quot;2&quot;">&lt;b&gt;hier&lt;/b&gt;</a><br>und da</p>');
  });

  test('a link card is read at the end; plain text needs no HTML', () => {
    const value = { text: 'Win now', embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://prize.example', title: 'A sure win' } } };
    expect([textOf(value), htmlOf(value), htmlOf({ text: 'Plain' })]).toEqual(['Win now\n\nA sure win\nhttps://prize.example', '<p>Win now</p><p><a href="https://prize.example">A sure win</a></p>', null]);
  });

  test('profiles, lists and unknown records are read by the fields that people read', () => {
    expect([textOf({ displayName: 'Piet', description: 'Sells gnomes' }), textOf({ name: 'A list', purpose: 1 }), textOf({ $type: 'org.example.thing' })]).toEqual(['Piet\n\nSells gnomes', 'A list', '']);
  });

  test('pictures come from the image server, a video by its first picture, what is malformed not at all', () => {
    const images = { $type: 'app.bsky.embed.images', images: [{ alt: 'A gnome', image: blob('bafy1'), aspectRatio: { width: 3, height: 2 } }, { alt: 'None' }] };
    expect(mediaOf({ embed: { $type: 'app.bsky.embed.recordWithMedia', media: images } }, DID, 'https://cdn.example')).toEqual([
      { url: `https://cdn.example/img/feed_fullsize/plain/${DID}/bafy1@jpeg`, mime: 'image/jpeg', alt: 'A gnome', width: 3, height: 2 },
    ]);
    expect(mediaOf({ embed: { $type: 'app.bsky.embed.video', video: blob('bafy2') }, avatar: blob('bafy3') }, DID, 'https://cdn.example').map(({ url, alt }) => [url, alt])).toEqual([
      [`https://video.bsky.app/watch/${encodeURIComponent(DID)}/bafy2/thumbnail.jpg`, 'Video'], [`https://cdn.example/img/feed_fullsize/plain/${DID}/bafy3@jpeg`, 'Profile picture'],
    ]);
  });
});

describe('words', () => {
  test.each([
    ['com.atproto.moderation.defs#reasonSpam', 'spam', 'spam'], ['tools.ozone.report.defs#reasonChildSafetyGroom', 'minors', 'child safety groom'],
    ['tools.ozone.report.defs#reasonHarassmentDoxxing', 'privacy', 'harassment doxxing'], ['tools.ozone.report.defs#reasonSelfHarmED', 'self-harm', 'self harm ed'],
    ['tools.ozone.report.defs#reasonRuleBanEvasion', 'ban-evasion', 'rule ban evasion'], ['org.example#reasonNew', 'other', 'new'],
  ])('%s', (token, category, words) => {
    expect([categoryOf(token), wordsOf(token)]).toEqual([category, words]);
  });

  test('every kind of recorded event says in words what was done', () => {
    const told = entriesOf('events', 'events').map((one) => whatOf(event.parse(one)));
    expect(told.filter((words) => !/^[a-z][^#$]*$/.test(words))).toEqual([]);
    expect(told).toEqual(expect.arrayContaining(['acknowledged', 'escalated', 'taken down', 'reports muted for 1 day', 'reports unmuted', 'appeal resolved']));
  });

  test('a member\'s standing is told with its end', () => {
    const standing = status.parse({ reviewState: 'x#reviewClosed', takendown: true, suspendUntil: '2026-12-01T10:00:00Z', muteReportingUntil: '2026-11-30T10:00:00Z', accountStrike: { activeStrikeCount: 2 }, tags: [] });
    expect(memberOf(DID, { repo: { did: DID, handle: 'piet.test', labels: [{ val: 'spam', neg: undefined, src: undefined }, { val: 'rude', neg: true, src: undefined }], deactivatedAt: undefined, relatedRecords: [{ $type: 'app.bsky.actor.profile', displayName: 'Piet' }], moderation: { subjectStatus: standing } } })).toMatchObject({
      name: 'Piet', handle: '@piet.test', standing: ['suspended until 2026-12-01', 'its own reports muted until 2026-11-30', '2 active strikes', 'labelled spam'],
    });
  });
});

describe('places in the feeds', () => {
  test('are kept whole, and what is no place starts over', () => {
    const position = { events: '1795253209577::6', activities: null, queued: '1::2', open: '1::0' };
    expect([readPosition(writePosition(position)), readPosition('{"events":"1::1","activities":null}'), readPosition('nonsense'), readPosition(null)]).toEqual([
      position, { events: '1::1', activities: null, queued: null, open: null }, { events: null, activities: null, queued: null, open: null }, { events: null, activities: null, queued: null, open: null },
    ]);
  });

  test('never go back, but another way of writing them is followed', () => {
    expect([later('200::1', '100::9'), later('200::1', '200::2'), later(null, '1::1'), later('200::1', 'opaque'), movedBack('100000::7', 60_000), movedBack('opaque', 1)]).toEqual(['200::1', '200::2', '1::1', 'opaque', '40000::0', 'opaque']);
  });

  test('a review later than the feed was read does not count as seen', () => {
    const reviewed = status.parse({ reviewState: 'x#reviewClosed', takendown: false, lastReviewedAt: '2026-11-21T10:00:00Z', tags: [] });
    const at = Date.parse('2026-11-21T10:00:00Z');
    expect([reviewedAtOf(revisionOf(reviewed, at + 1)), reviewedAtOf(revisionOf(reviewed, at - 5)), reviewedAtOf(null)]).toEqual([at, at - 5, null]);
  });
});

describe('what the real server said', () => {
  test('every recorded entry is understood whole', () => {
    expect(entriesOf('events', 'events').map((one) => event.safeParse(one).success)).not.toContain(false);
    expect(entriesOf('subjects', 'subjects').map((one) => subjectView.parse(one)).every(({ status: state, repo, profile }) => state !== undefined && repo !== undefined && profile !== undefined)).toBe(true);
    expect(entriesOf('activities', 'activities').map((one) => activity.safeParse(one).success)).not.toContain(false);
    expect(entriesOf('status', 'subjectStatuses').map((one) => status.parse(one).lastReviewedBy)).toEqual([expect.stringMatching(/^did:/)]);
  });

  test('personal data that Docket has no use for is left out', () => {
    expect(JSON.stringify(entriesOf('subjects', 'subjects').map((one) => subjectView.parse(one)))).not.toMatch(/email|invite/);
  });

  test('a report that cannot be read stops the feed; anything else that cannot is passed over', () => {
    expect(() => readEvent({ event: { $type: 'tools.ozone.moderation.defs#modEventReport' } })).toThrow(expect.objectContaining({ kind: 'unintelligible' }));
    expect(() => readEvent('nothing')).toThrow(expect.objectContaining({ kind: 'unintelligible' }));
    expect(readEvent({ event: { $type: 'tools.ozone.moderation.defs#modEventTag' } })).toBeNull();
  });
});

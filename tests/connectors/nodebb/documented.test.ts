import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../../src-main/connectors/nodebb/flags.ts';
import { rowsOfQueued } from '../../../src-main/connectors/nodebb/queue.ts';
import { flagDetail, flagList, flagRow, queued, user } from '../../../src-main/connectors/nodebb/schemas.ts';

const FORUM = 'https://forum.example/forum';
const AT = 1_795_245_616_110;
const someone = (uid: number | string, username: string) => ({ uid, username, userslug: username, displayname: username, picture: null, reputation: 3, isLocal: typeof uid === 'number', 'icon:text': 'A', 'icon:bgColor': '#f44336' });

/** Field sets of public/openapi/components/schemas/FlagObject.yaml and read/flags.yaml. */
const row = { state: 'open', heat: 2, flagId: 6, type: 'post', targetId: 9, targetUid: 7, datetime: AT, labelClass: 'danger', target_readable: 'Post 9', datetimeISO: '2026-11-21T07:20:16.110Z', assignee: null };
const detail = {
  state: 'open', flagId: 6, type: 'post', targetId: 9, targetUid: 7, datetime: AT, datetimeISO: '2026-11-21T07:20:16.110Z', target_readable: 'Post 9', assignee: null,
  target: { pid: 9, tid: 4, uid: 7, content: '<p dir="rtl">شراء &amp; الآن 🎉</p>', timestamp: AT - 1000, edited: AT - 500, deleted: 1, user: someone(7, 'spammer'), replies: 0, votes: -3, attachments: [] },
  reports: [{ value: 'Spam', timestamp: AT, timestampISO: '', reporter: someone(3, 'alice') }, { value: 'It hurts', timestamp: AT + 1, timestampISO: '', reporter: someone('https://mastodon.example/users/bo', 'bo@mastodon.example') }],
  history: [{ uid: 3, fields: { state: '[[flags:state-open]]' }, datetime: AT, datetimeISO: '', user: someone(3, 'alice') }], notes: [{ uid: 1, content: 'test note', datetime: AT, datetimeISO: '', user: someone(1, 'admin') }],
};
const rows = (whole: unknown, listed: unknown = row) => rowsOf(flagDetail.parse(whole), flagRow.parse(listed), FORUM, 0, null);

describe('a flag as the API documentation has it', () => {
  test('of a post, with reports from here and from another server', () => {
    const { subject, members, reports, look } = rows(detail);
    expect(subject).toEqual({
      type: 'post', remoteId: '9', authorId: '7', extra: { flag: '6', seen: 'open/', topic: '4' }, text: 'شراء & الآن 🎉', html: '<p dir="rtl">شراء &amp; الآن 🎉</p>', createdAt: AT - 1000, editedAt: AT - 500, deletedAt: null,
      removed: true, url: `${FORUM}/post/9`, language: null, place: null, media: [], revision: 'open/',
    });
    expect(members.map(({ remoteId, handle }) => [remoteId, handle])).toEqual([['7', '@spammer'], ['3', '@alice'], ['https://mastodon.example/users/bo', '@bo@mastodon.example']]);
    expect(reports.map(({ remoteId, category, comment, open }) => [remoteId, category, comment, open])).toEqual([['6:3', 'spam', '', true], ['6:https://mastodon.example/users/bo', 'other', 'It hurts', true]]);
    expect(look).not.toBe('');
  });

  test('of a post of another server, whose address is no number there', () => {
    const remote = 'https://mastodon.example/notes/1';
    const { subject, look } = rows({ ...detail, targetId: null, targetUid: null, target: { ...detail.target, pid: remote, uid: 'https://mastodon.example/users/bo' } }, { ...row, targetId: remote, targetUid: null });
    expect([subject.remoteId, subject.authorId, subject.url, look === '']).toEqual([remote, 'https://mastodon.example/users/bo', `${FORUM}/post/${encodeURIComponent(remote)}`, false]);
    expect(rows({ ...detail, targetId: null, target: {} }, { ...row, targetId: remote }).subject.remoteId).toBe(remote);
  });

  test('of a member who is gone (an empty target)', () => {
    expect(rows({ ...detail, type: 'user', targetId: 7, target: {} }, { ...row, type: 'user', targetId: 7 })).toMatchObject({ subject: { type: 'member', remoteId: '7', text: '', url: `${FORUM}/uid/7` } });
  });

  test.each(['target', 'reports', 'notes', 'history', 'assignee', 'state', 'datetime', 'targetUid', 'targetId'])('without its "%s" it is still a report', (name) => {
    const { [name]: _left, ...rest } = detail as Record<string, unknown>;
    const { subject, reports } = rows(rest);
    expect([subject.remoteId, reports.length > 0, reports.every(({ open }) => open)]).toEqual(['9', true, true]);
  });
});

test('a list of flags with nothing but what the documentation requires', () => {
  expect(flagList.parse({ flags: [row], count: 1, analytics: [], hasFilter: true, filters: { page: 1, perPage: 20 }, expanded: false, sort: 'newest', title: '[[pages:flags]]', selectedCategory: null, selected: {}, pagination: { prev: { page: 1, active: false }, next: { page: 1, active: false }, first: { page: 1, active: true }, last: { page: 1, active: true }, rel: [], pages: [], currentPage: 1, pageCount: 1 } }).flags).toHaveLength(1);
});

/** public/openapi/read/post-queue.yaml */
test('a queued answer to a topic, and a queued topic', () => {
  const data = { content: '<p>First</p>', rawContent: 'First', timestamp: AT, fromQueue: false, timestampISO: '', req: { uid: 7, ip: '192.0.2.7', headers: { cookie: 'express.sid=leaked' } } };
  const answer = rowsOfQueued(queued.parse({ id: 'reply-1795245616110', uid: 7, type: 'reply', canEdit: true, data: { ...data, tid: 4, toPid: null, cid: '2' }, user: someone(7, 'newcomer'), topic: { cid: 2, title: 'Hello &amp; welcome', titleRaw: 'Hello & welcome' }, category: { cid: 2, name: 'Talk' } }), FORUM, 0);
  expect(answer.subject).toMatchObject({ remoteId: 'queued-reply-1795245616110', text: 'First', place: 'Held · Hello & welcome · Talk', extra: { queued: 'reply-1795245616110', topic: '4' }, authorId: '7' });
  const topic = rowsOfQueued(queued.parse({ id: 'topic-1795245616110', uid: 0, type: 'topic', data: { ...data, title: 'New', thumb: '', tags: [], uid: 0 }, user: { uid: 0, username: '[[global:guest]]' }, topic: { cid: 0 } }), FORUM, 0);
  expect(topic).toMatchObject({ members: [{ name: 'Guest or former member', handle: '#0' }], subject: { text: 'New\n\nFirst', place: 'Held' }, reports: [{ category: 'held', createdAt: AT, open: true }] });
  const elsewhere = rowsOfQueued(queued.parse({ id: 'crosspost-1795245616110', uid: 0, type: 'crosspost', data: { ...data, tid: 9, crosspostCid: 3, uid: 0 }, user: someone(12, 'remo@other.example'), topic: { cid: 2, title: 'Boats' } }), FORUM, 0);
  expect(elsewhere).toMatchObject({ subject: { authorId: '12', text: 'First', place: 'Held · Boats' }, members: [{ remoteId: '12', handle: '@remo@other.example' }] });
  expect(JSON.stringify([answer, topic])).not.toMatch(/leaked|192\.0\.2/);
});

/** public/openapi/components/schemas/UserObject.yaml */
test.each([{ 'banned:expire': 0 }, { 'banned:expire': '0', banned: '1' }, { banned_until: 0 }])('a banned member (%o)', (told) => {
  expect(user.parse({ ...someone(7, 'spammer'), banned: 1, ...told })).toMatchObject({ uid: '7', banned: true });
});

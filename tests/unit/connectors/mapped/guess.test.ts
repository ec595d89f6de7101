import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Inbox } from '../../../../src-main/connectors/connector.ts';
import { makeOurs } from '../../../../src-main/connectors/http/ours.ts';
import { pullInbox } from '../../../../src-main/connectors/mapped/pull.ts';
import { previewText } from '../../../../src-main/services/import-preview.ts';

const NOW = Date.UTC(2026, 10, 21);

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../connectors/${name}`, import.meta.url), 'utf8'));
}

/** What a guess fills from where. */
async function guessed(text: string): Promise<Readonly<Record<string, unknown>>> {
  const { mapping, rows, problems } = await previewText(text, null, NOW);
  return { from: Object.fromEntries(Object.entries(mapping.fields).map(([field, source]) => [field, 'from' in source ? source.from : source])), row: rows[0], problems };
}

describe('a mapping is guessed', () => {
  test('for a message of Mastodon’s admin webhooks, as documented', async () => {
    const text = JSON.stringify({ event: 'report.created', created_at: '2023-10-26T13:34:00.351Z', object: recorded('mastodon/recorded/mastodon-report.json') });
    expect(await guessed(text)).toMatchObject({
      problems: 0,
      from: {
        reportId: 'object.id', subjectId: 'object.statuses.0.id', html: 'object.statuses.0.content', url: 'object.statuses.0.url', authorId: 'object.target_account.id', authorHandle: 'object.target_account.account.acct',
        reporterId: 'object.account.id', category: 'object.category', comment: 'object.comment', state: 'object.action_taken',
      },
      row: { reportId: '8437', remoteCategory: 'violation', author: 'cheeseperson', reporter: 'bobisaburger', open: true },
    });
  });

  test('for Discourse’s list of reviewables', async () => {
    const reviewable = {
      id: 5, type: 'ReviewableFlaggedPost', status: 1, topic_id: 7, created_at: '2026-11-03T09:00:00Z', target_url: 'https://meta.example/t/x/7/2', cooked: '<p>Rude</p>', raw: 'Rude', target_id: 22, target_type: 'Post',
      created_by: { id: 3, username: 'rosa' }, target_created_by: { id: 4, username: 'al' },
    };
    expect(await guessed(JSON.stringify({ reviewables: [reviewable] }))).toMatchObject({
      problems: 0, row: { reportId: '5', subjectId: '22', type: 'post', text: 'Rude', author: 'al', reporter: 'rosa', open: false, url: 'https://meta.example/t/x/7/2' },
    });
  });

  test('for Discourse’s reviewables by their number of status: only 0 is open', async () => {
    const reviewables = [0, 1, 2, 3, 4].map((status) => ({ id: status, type: 'ReviewableFlaggedPost', status, raw: `Post ${status}`, target_id: status, target_type: 'Post' }));
    const { rows } = await previewText(JSON.stringify({ reviewables }), null, NOW);
    expect(rows.map(({ open }) => open)).toEqual([true, false, false, false, false]);
  });

  test.each([
    ['a help desk’s export', 'Id,Subject,Description,Requester,Status,Created at,Tags\n1,Harassment in chat,He keeps insulting me,Rosa,Solved,2026-11-03T09:00:00Z,abuse\n',
      { reportId: '1', text: 'Harassment in chat\n\nHe keeps insulting me', reporter: 'Rosa', open: false, category: 'harassment', remoteCategory: 'abuse' }],
    ['a Discord bot’s log', 'Timestamp,Message ID,Channel,User ID,Username,Content,Reason,Moderator\n2026-11-03 09:00,123456789012345678,#general,99,al,"buy now",Spam,ines\n',
      { subjectId: '123456789012345678', where: '#general', author: 'al', text: 'buy now', category: 'spam', open: true }],
    ['a forum’s table', 'post_id;author;message;reported_by;reason;date\n7;al;Hello;rosa;advertising;03.11.2026 09:00\n', { subjectId: '7', reporter: 'rosa', category: 'spam', reportedAt: Date.UTC(2026, 10, 3, 9) }],
    ['a table in plain words, with a slip in one row', 'Post;Posted by;Reported by;Reason;When;Link\nHello;al;rosa;spam;03.11.2026 09:00;https://forum.example/p/1\nHi;bo;rosa;spam;04.11.2026 09:00;nope\n', { text: 'Hello', author: 'al', reporter: 'rosa', reportedAt: Date.UTC(2026, 10, 3, 9), url: 'https://forum.example/p/1' }],
    ['American dates', 'post_id,content,created_at\n7,Hello,11/23/2026\n8,Hi,11/03/2026\n', { reportedAt: Date.UTC(2026, 10, 23) }],
    ['American dates that only a later row shows', `post_id,content,created_at\n${[3, 4, 5, 6, 7, 23].map((day) => `${day},Hello,11/${day}/2026\n`).join('')}`, { reportedAt: Date.UTC(2026, 10, 3) }],
    ['reports about members', '{"data":[{"reportId":"x","reportedUserId":"u1","reportedUser":"Al","reporterId":"p","reason":"nsfw","details":"see","createdAt":1793707509}]}', { type: 'member', subjectId: 'u1', author: 'Al', category: 'sexual', comment: 'see', reportedAt: 1_793_707_509_000 }],
    ['a listing of Reddit', '{"items":[{"kind":"t3","data":{"name":"t3_5d3kv2","title":"Look","selftext":"at this","author":"al","subreddit":"redditdev","created_utc":1479277996}}]}', { subjectId: 't3_5d3kv2', type: 'post', text: 'Look\n\nat this', author: 'al', where: 'redditdev' }],
  ])('for %s', async (_, text, row) => {
    expect(await guessed(text)).toMatchObject({ problems: 0, row });
  });

  test('for rows that nobody looked at first, from those that came with them', async () => {
    const days = [3, 4, 23];
    const entries = days.map((day, at) => ({ id: at + 1, place: `line ${at + 2}`, receivedAt: NOW, body: JSON.stringify({ post_id: String(day), content: 'Hello', created_at: `11/${day}/2026` }) }));
    const inbox: Inbox = { append: async () => true, read: async (after) => ({ entries: entries.filter(({ id }) => id > after), total: days.length }), keepAside: async () => undefined, forget: async () => undefined };
    const times: number[] = [];
    for await (const { reports } of pullInbox({ inbox }, null, makeOurs(), null, new AbortController().signal)) times.push(...reports.map(({ createdAt }) => createdAt));
    expect(times).toEqual(days.map((day) => Date.UTC(2026, 10, day)));
  });

  test('for nothing it knows: then every row is a problem that says what to map, and none is lost', async () => {
    expect(await guessed('foo,bar\n1,2\n')).toMatchObject({ from: {}, problems: 1 });
  });
});

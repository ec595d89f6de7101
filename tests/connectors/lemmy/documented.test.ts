import { describe, expect, test } from 'vitest';
import { notesOfItems, notesOfLists } from '../../../src-main/connectors/lemmy/modlog.ts';
import { readReport } from '../../../src-main/connectors/lemmy/read.ts';
import { rowsOf } from '../../../src-main/connectors/lemmy/subjects.ts';

/** Everything about a report, as it goes to the store. */
function rows(report: unknown) {
  return rowsOf('https://lemmy.example', readReport(report, 'lemmy.example'), 0, null);
}

const AT = '2026-08-01T10:00:00.000000Z';
const MS = Date.parse(AT);
const community = { id: 2, name: 'main', title: 'Main', removed: false, deleted: false, nsfw: false, local: true, instance_id: 1 };
const person = (id: number, name: string, host = 'lemmy.example') => ({ id, name, local: host === 'lemmy.example', deleted: false, bot_account: false, instance_id: 1, actor_id: `https://${host}/u/${name}` });

/** Field sets of lemmy-js-client 0.19 (PostReportView, CommentReportView, PrivateMessageReportView). */
const v3 = {
  post: {
    post_report: { id: 3, creator_id: 7, post_id: 55, original_post_name: 'Buy now', original_post_url: 'https://spam.example', original_post_body: 'cheap', reason: 'spam', resolved: false, published: AT },
    post: { id: 55, name: 'Buy now', url: 'https://spam.example', body: 'cheap', creator_id: 9, community_id: 2, removed: false, locked: false, published: AT, deleted: false, nsfw: false, ap_id: 'https://lemmy.example/post/55', local: true, language_id: 37, featured_community: false, featured_local: false },
    community: { ...community, actor_id: 'https://lemmy.example/c/main', published: AT, hidden: false, posting_restricted_to_mods: false, visibility: 'Public' },
    creator: { ...person(7, 'alice'), banned: false, published: AT }, post_creator: { ...person(9, 'spammer', 'elsewhere.example'), banned: true, published: AT, ban_expires: '2026-09-01T10:00:00Z' },
    creator_banned_from_community: true, creator_is_moderator: false, creator_is_admin: false, subscribed: 'NotSubscribed', saved: false, read: false, hidden: false, creator_blocked: false, unread_comments: 0,
    counts: { post_id: 55, comments: 0, score: 1, upvotes: 1, downvotes: 0, published: AT, newest_comment_time: AT },
  },
  comment: {
    comment_report: { id: 3, creator_id: 7, comment_id: 12, original_comment_text: 'Rude **word**', reason: 'מטריד 😡', resolved: true, resolver_id: 1, published: AT, updated: '2026-08-01T11:00:00.000000Z' },
    comment: { id: 12, creator_id: 9, post_id: 55, content: 'Rude **word**', removed: true, published: AT, deleted: false, ap_id: 'https://elsewhere.example/comment/99', local: false, path: '0.4.12', distinguished: false, language_id: 0 },
    post: { id: 55, name: 'Buy now', creator_id: 9, community_id: 2, removed: false, locked: true, published: AT, deleted: false, nsfw: false, ap_id: 'https://lemmy.example/post/55', local: true, language_id: 37 },
    community: { ...community, actor_id: 'https://lemmy.example/c/main', published: AT }, creator: person(7, 'alice'), comment_creator: person(9, 'spammer', 'elsewhere.example'), resolver: person(1, 'ines'),
    counts: { comment_id: 12, score: 1, upvotes: 1, downvotes: 0, published: AT, child_count: 0 }, creator_banned_from_community: false, creator_is_moderator: false, creator_is_admin: false, creator_blocked: false, subscribed: 'NotSubscribed', saved: false,
  },
  message: {
    private_message_report: { id: 1, creator_id: 7, private_message_id: 4, original_pm_text: 'Hm', reason: 'Harassment', resolved: false, published: AT },
    private_message: { id: 4, creator_id: 9, recipient_id: 7, content: 'Hm', deleted: false, read: true, published: AT, ap_id: 'https://lemmy.example/private_message/4', local: true },
    private_message_creator: person(9, 'spammer', 'elsewhere.example'), creator: person(7, 'alice'),
  },
};

describe('0.19', () => {
  test('a post\'s report with everything that it carries', () => {
    const { subjects, members, reports, resolutions } = rows(v3.post);
    expect(subjects).toEqual([{
      type: 'post', remoteId: 'post/55', authorId: '9', extra: { community: '2', post: '55' }, text: 'Buy now\n\nhttps://spam.example\n\ncheap', html: null, createdAt: MS, editedAt: null, deletedAt: null, removed: false,
      url: 'https://lemmy.example/post/55', language: null, place: '!main@lemmy.example', media: [], revision: ',,,,b,h,',
    }]);
    expect(members.map(({ remoteId, handle, standing }) => [remoteId, handle, standing])).toEqual([['9', '@spammer@elsewhere.example', ['banned', 'banned from the community']], ['7', '@alice@lemmy.example', []]]);
    expect(reports).toEqual([{ remoteId: 'post/3', subject: { type: 'post', remoteId: 'post/55' }, reporterId: '7', category: 'spam', remoteCategory: null, comment: 'spam', createdAt: MS, open: true }]);
    expect(resolutions).toEqual([]);
  });

  test('a comment of another instance, resolved and removed, with words from right to left', () => {
    const { subjects, reports, resolutions } = rows(v3.comment);
    expect(subjects).toMatchObject([{ remoteId: 'comment/12', removed: true, text: 'Rude **word**', extra: { community: '2', post: '55', path: '0.4.12' } }]);
    expect(reports).toMatchObject([{ remoteId: 'comment/3', comment: 'מטריד 😡', category: 'other', open: false }]);
    expect(resolutions).toMatchObject([{ by: '@ines@lemmy.example', what: 'removed', at: Date.parse('2026-08-01T11:00:00Z'), closes: true }]);
  });

  test('a private message', () => {
    expect(rows(v3.message)).toMatchObject({ subjects: [{ type: 'message', remoteId: 'private_message/4', place: 'Private message', text: 'Hm' }], reports: [{ remoteId: 'private_message/1', category: 'harassment', open: true }] });
  });

  test.each(['creator', 'post_creator', 'community', 'post', 'counts', 'subscribed'])('a report without its "%s" is a report', (name) => {
    const { [name]: _left, ...rest } = v3.post as Record<string, unknown>;
    expect(rows(rest).reports).toMatchObject([{ remoteId: 'post/3', subject: { remoteId: 'post/55' }, open: true }]);
  });

  /** GetModlogResponse (lemmy-js-client 0.19): a list for each kind. */
  test('its moderation log', () => {
    const said = notesOfLists({
      removed_posts: [{ mod_remove_post: { id: 1, mod_person_id: 1, post_id: 55, reason: 'Adverts', removed: true, when_: AT }, moderator: person(1, 'ines'), post: v3.post.post, community }],
      locked_posts: [{ mod_lock_post: { id: 2, mod_person_id: 1, post_id: 55, locked: false, when_: '2026-08-01T10:00:01Z' }, post: v3.post.post, community }],
      banned_from_community: [{ mod_ban_from_community: { id: 3, mod_person_id: 1, other_person_id: 9, community_id: 2, reason: 'Again', banned: true, expires: '2026-09-01T00:00:00Z', when_: '2026-08-01T10:00:02' }, community, banned_person: person(9, 'spammer') }],
      admin_purged_persons: [{ admin_purge_person: { id: 4, admin_person_id: 1, reason: 'CSAM', when_: '2026-08-01T10:00:03Z' }, admin: person(1, 'ines') }], removed_comments: [], banned: [], hidden_communities: null,
    }, 'lemmy.example');
    expect(said.map(({ text, by }) => [text, by])).toEqual([
      ['admin purge person: CSAM', '@ines@lemmy.example'], ['banned from a community until 2026-09-01: Again', null], ['post unlocked', null], ['post removed: Adverts', '@ines@lemmy.example'],
    ]);
  });
});

/** Field sets of lemmy-js-client 1.0 (ReportCombinedView, Modlog); the server says `conclusion` where some clients say `resolve_reason`. */
describe('1.0', () => {
  const now = (id: number, name: string) => ({ id, name, ap_id: `https://lemmy.example/u/${name}`, published_at: AT, local: true, deleted: false, bot_account: false, instance_id: 1, post_count: 4, comment_count: 9, last_refreshed_at: AT });
  const around = { creator_is_admin: false, creator_is_moderator: true, creator_banned: true, creator_ban_expires_at: '2026-09-01T10:00:00Z', creator_banned_from_community: false, tags: [] };
  const place = { ...community, ap_id: 'https://lemmy.example/c/main', published_at: AT, summary: 'About', sidebar: 'Rules', visibility: 'public', subscribers: 1, posts: 1, comments: 1, report_count: 1, unresolved_report_count: 1, local_removed: false };

  const entry = (id: number, kind: string, more: Record<string, unknown> = {}) => ({ modlog: { id, kind, is_revert: false, published_at: `2026-08-01T10:00:0${id}Z`, child_count: 0, ...more }, moderator: now(1, 'ines'), target_person: now(9, 'spammer') });

  test.each(['conclusion', 'resolve_reason'])('a post\'s report that breaks the instance\'s rules, resolved with a %s', (name) => {
    const { members, reports, resolutions } = rows({
      type_: 'post', post_report: { id: 3, creator_id: 7, post_id: 55, original_post_name: 'Buy now', reason: 'spam', resolved: true, resolver_id: 1, published_at: AT, updated_at: '2026-08-01T11:00:00Z', violates_instance_rules: true, [name]: 'Not so bad' },
      post: { id: 55, name: 'Buy now', creator_id: 9, community_id: 2, removed: false, locked: true, published_at: AT, deleted: false, nsfw: false, ap_id: 'https://lemmy.example/post/55', local: true, language_id: 37, comments: 0, score: 1, upvotes: 1, downvotes: 0, report_count: 1, unresolved_report_count: 0, federation_pending: false },
      community: place, creator: now(7, 'alice'), post_creator: now(9, 'spammer'), resolver: now(1, 'ines'), ...around,
    });
    expect(members.map(({ handle, standing, postCount }) => [handle, standing, postCount])).toEqual([['@spammer@lemmy.example', ['banned', 'moderator'], 4], ['@alice@lemmy.example', [], 4]]);
    expect(reports).toMatchObject([{ remoteId: 'post/3', remoteCategory: 'Breaks the instance\'s rules', open: false }]);
    expect(resolutions).toMatchObject([{ by: '@ines@lemmy.example', what: 'resolved, locked, author banned: Not so bad' }]);
  });

  test('a community\'s report', () => {
    expect(rows({
      type_: 'community', community_report: { id: 3, creator_id: 7, community_id: 2, original_community_name: 'main', original_community_sidebar: 'Rules', reason: 'Hate', resolved: false, published_at: AT }, community: place, creator: now(7, 'alice'), ...around,
    })).toMatchObject({ subjects: [{ type: 'community', remoteId: 'community/2', authorId: null, text: '!main@lemmy.example\n\nMain\n\nAbout\n\nRules', url: 'https://lemmy.example/c/main@lemmy.example' }], reports: [{ remoteId: 'community/3', category: 'hate', open: true }] });
  });

  test('its moderation log, with kinds that are not known yet', () => {
    expect(notesOfItems([
      entry(1, 'admin_ban', { expires_at: '2026-09-01T00:00:00Z', reason: 'Again' }), entry(2, 'mod_warn_post', { reason: 'Calm down' }), entry(3, 'mod_lock_comment', { is_revert: true }), { ...entry(4, 'mod_of_tomorrow'), moderator: undefined },
    ], 'lemmy.example').map(({ text, by }) => [text, by])).toEqual([
      ['mod of tomorrow', null], ['comment unlocked', '@ines@lemmy.example'], ['warned about a post: Calm down', '@ines@lemmy.example'], ['banned from the instance until 2026-09-01: Again', '@ines@lemmy.example'],
    ]);
  });
});

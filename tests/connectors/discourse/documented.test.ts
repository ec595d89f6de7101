import { describe, expect, test } from 'vitest';
import { joinPage } from '../../../src-main/connectors/discourse/review.ts';
import { rowsOf } from '../../../src-main/connectors/discourse/rows.ts';
import { reviewList } from '../../../src-main/connectors/discourse/schemas.ts';

/** GET /review.json with every field in the order of Discourse's serializers, put together from their source. */
const PAGE = JSON.parse(`{"reviewables":[{"id":17,"status":0,"type":"ReviewableFlaggedPost","topic_id":31,"topic_url":"https://forum.example/t/hello/31","target_url":"https://forum.example/t/hello/31/4",
  "topic_tags":[],"category_id":4,"created_at":"2026-08-01T10:00:00.000Z","can_edit":false,"score":11.0,"version":0,"target_created_by_trust_level":1,"post_id":88,
  "cooked":"<p>buy now</p>","raw":"buy now","reply_count":0,"post_version":1,"post_updated_at":"2026-08-01T09:00:00.000Z",
  "created_by_id":5,"target_created_by_id":9,"editable_fields":[],"reviewable_score_ids":[40],"bundled_action_ids":["17-agree","disagree","17-ignore"],"claimed_by_id":null,"payload":{}}],
 "users":[{"id":5,"username":"alice","name":null,"avatar_template":"/user_avatar/x","custom_fields":{}},{"id":9,"username":"spammer","name":null,"avatar_template":"/x","custom_fields":{}}],
 "topics":[{"id":31,"title":"Hello","fancy_title":"Hello","slug":"hello","posts_count":4}],
 "reviewable_scores":[{"id":40,"score":11.0,"agree_stats":{"agreed":3,"disagreed":1,"ignored":0},"reason":null,"created_at":"2026-08-01T10:00:00.000Z","reviewed_at":null,"status":0,"user_id":5,"score_type_id":8,"reviewable_conversation_id":null,"reviewed_by_id":null}],
 "score_types":[{"id":8,"title":"Spam","type":"spam","icon":"flag"}],
 "bundled_actions":[{"id":"17-agree","icon":"thumbs-up","label":"Yes","action_ids":["agree_and_hide","agree_and_keep","delete_and_agree","agree_and_suspend","agree_and_silence"]},
   {"id":"disagree","action_ids":["disagree"]},{"id":"17-ignore","label":"Ignore","action_ids":["ignore_and_do_nothing","delete_and_ignore"]}],
 "actions":[{"id":"agree_and_hide","icon":"far-eye-slash","label":"Hide post","server_action":"agree_and_hide"},{"id":"agree_and_suspend","icon":"ban","label":"Suspend user","server_action":"agree_and_suspend","client_action":"suspend"},{"id":"disagree","icon":"thumbs-down","label":"No","server_action":"disagree"}],
 "meta":{"status":"pending","total_rows_reviewables":1,"types":{"created_by":"user","target_created_by":"user","reviewed_by":"user","claimed_by":"user"},"reviewable_types":["ReviewableFlaggedPost","ReviewableQueuedPost","ReviewableUser","ReviewablePost"],"reviewable_count":1,"unseen_reviewable_count":1},
 "__rest_serializer":"1"}`) as unknown;

describe('an answer as the serializers make it', () => {
  const { reviews, unreadable } = joinPage(reviewList.parse(PAGE));

  test('is read whole', () => {
    const [review] = reviews;
    if (review === undefined) throw new Error('nothing was read');
    const { subject, members, reports } = rowsOf(review, 'https://forum.example', 0, () => null);
    expect(unreadable).toBe(0);
    expect(subject).toEqual({
      type: 'post', remoteId: '88', authorId: '9', extra: { review: '17', seen: '0/0', post: '88', topic: '31' }, text: 'buy now', html: '<p>buy now</p>', createdAt: null, editedAt: null, deletedAt: null,
      removed: false, url: 'https://forum.example/t/hello/31/4', language: null, place: 'Hello', media: [], verbs: { restore: { can: false, why: 'It is neither hidden nor deleted: Discourse offers no restoring.' } }, revision: '0/0',
    });
    expect(members.map(({ remoteId, handle, standing }) => [remoteId, handle, standing])).toEqual([['9', '@spammer', ['trust level 1']], ['5', '@alice', []]]);
    expect(reports).toEqual([{
      remoteId: '40', subject: { type: 'post', remoteId: '88' }, reporterId: '5', category: 'spam', remoteCategory: 'Spam', comment: '', createdAt: Date.parse('2026-08-01T10:00:00Z'), open: true,
    }]);
  });

  test('says what this item offers, also where an action has no row of its own', () => {
    expect(reviews[0]?.offered.map(({ id, clientAction }) => (clientAction === null ? id : `${id}:${clientAction}`))).toEqual([
      'agree_and_hide', 'agree_and_keep', 'delete_and_agree', 'agree_and_suspend:suspend', 'agree_and_silence', 'disagree', 'ignore_and_do_nothing', 'delete_and_ignore',
    ]);
  });
});

const AT = '2026-08-01T10:00:00.000Z';
const USERS = [
  { id: -1, username: 'system', name: 'system', avatar_template: '/images/discourse-logo-sketch-small.png', custom_fields: {} }, { id: 5, username: 'alice', name: null, avatar_template: '', custom_fields: {} },
  { id: 9, username: 'spammer', name: 'Spam 🎉', avatar_template: '', custom_fields: {}, trust_level: 0 }, { id: 2, username: 'mod', name: null, moderator: true },
];
/** What is the same in every item of ReviewableSerializer as it is in 2026 (status_for_database, target_type, target_id). */
const ITEM = {
  id: 17, type: 'ReviewableFlaggedPost', type_source: 'core', topic_id: 31, topic_url: '/t/hello/31', target_type: 'Post', target_id: 88, target_url: 'https://forum.example/t/hello/31/4', topic_tags: [], category_id: 4, created_at: AT,
  can_edit: false, score: 11, version: 2, target_created_by_trust_level: 0, 'created_from_flag?': true, status: 0, created_by_id: 5, target_created_by_id: 9, editable_fields: [], reviewable_score_ids: [40], bundled_action_ids: [], reviewable_notes: [],
};
const SCORE = { id: 40, score: 11, agree_stats: { agreed: 3, disagreed: 1, ignored: 0 }, reason: null, created_at: AT, reviewed_at: null, status: 0, user_id: 5, score_type_id: 8, reviewable_conversation_id: null, reviewed_by_id: null };

function rows(change: Readonly<Record<string, unknown>>, sides: Readonly<Record<string, unknown>> = {}) {
  const page = reviewList.parse({ reviewables: [{ ...ITEM, ...change }], users: USERS, topics: [{ id: 31, title: 'Hello' }], reviewable_scores: [SCORE], score_types: [{ id: 8, title: 'Spam', type: 'spam' }], meta: { total_rows_reviewables: 1 }, ...sides });
  const [review] = joinPage(page).reviews;
  if (review === undefined) throw new Error('nothing was read');
  return rowsOf(review, 'https://forum.example', 0, () => null);
}

describe('items of each kind', () => {
  test('a flagged post that is deleted, as staff sees it: it keeps its name', () => {
    expect(rows({ cooked: '<p>buy</p>', raw: 'buy', deleted_at: AT, post_id: undefined }).subject).toMatchObject({ type: 'post', remoteId: '88', text: 'buy', removed: true, extra: { post: '88' } });
  });

  test('a post of nothing but emoji has words', () => {
    const cooked = '<p>Oh <img src="/images/emoji/twitter/clown_face.png?v=12" title=":clown_face:" class="emoji" alt=":clown_face:" loading="lazy" width="20" height="20"></p>';
    expect(rows({ cooked, raw: 'Oh :clown_face:' }).subject).toMatchObject({ text: 'Oh :clown_face:', media: [] });
  });

  test('the same as a category\'s moderators see it: no words, no topic', () => {
    const { subject, reports } = rows({ removed_topic_id: 31, topic_id: undefined, topic_url: undefined, target_url: undefined, blank_post: true, target_created_by_trust_level: null }, { topics: [] });
    // Marked so, it keeps the words that were known before.
    expect([subject.remoteId, subject.text, subject.deletedAt, subject.place, subject.url, reports[0]?.open]).toEqual(['88', '', Date.parse(AT), null, 'https://forum.example/review/17', true]);
  });

  test('a post that the system holds: its author is the target\'s, the reporter is the system', () => {
    const { subject, members, reports } = rows(
      { type: 'ReviewableQueuedPost', target_type: null, target_id: null, topic_id: null, target_url: undefined, created_by_id: -1, payload: { raw: 'שלום **all**', title: 'A topic', archetype: 'regular', category: '4', tags: ['a'], typing_duration_msecs: 9, via_email: true, raw_email: 'From: secret@forum.example' } },
      { reviewable_scores: [{ ...SCORE, user_id: -1, score_type_id: 9, reason: 'New users need <a href="/admin/site_settings">approval</a>.' }], score_types: [{ id: 9, title: 'Needs approval', type: 'needs_approval' }] },
    );
    expect(subject).toMatchObject({ type: 'post', remoteId: 'held-17', authorId: '9', text: 'A topic\n\nשלום **all**', place: 'Held · A topic' });
    expect(reports).toMatchObject([{ category: 'held', reporterId: '-1', comment: 'New users need approval.' }]);
    expect(members.map(({ handle }) => handle)).toEqual(['@spammer', '@system']);
    expect(JSON.stringify([subject, reports])).not.toMatch(/secret@/);
  });

  test('a member who waits, whose profile is in the payload alone', () => {
    const { subject } = rows({ type: 'ReviewableUser', target_type: 'User', target_id: 9, user_id: 9, topic_id: null, target_created_by_id: null, created_by_id: -1, payload: { username: 'spammer', name: 'Spam', email: 'secret@forum.example', bio: 'Hi', website: 'https://spam.example' }, link_admin: true, user_fields: {}, reject_reason: null });
    expect(subject).toMatchObject({ type: 'member', remoteId: '9', authorId: '9', text: 'Spam\n\nspammer\n\nHi\n\nhttps://spam.example' });
  });

  /** The type's name makes the field's: "ChatMessage" gives `chatmessage_id` (ReviewableSerializer#attributes). */
  test.each([{ chatmessage_id: 66 }, { chat_message_id: 66 }, { 'chat::message_id': 66 }, {}])('a chat message (%o) with its channel', (named) => {
    const { subject } = rows({ type: 'Chat::ReviewableMessage', type_source: 'chat', target_type: 'ChatMessage', target_id: 66, topic_id: null, cooked: '<p>Rude</p>', payload: { message_cooked: '<p>Rude</p>' }, chat_channel: { id: 7, title: 'General', chatable_type: 'Category' }, ...named });
    expect(subject).toMatchObject({ type: 'message', remoteId: '66', text: 'Rude', place: 'Chat #General', extra: { channel: '7' } });
  });

  test('a chat message that the AI plugin found goes by the item, and still knows the message', () => {
    expect(rows({ type: 'ReviewableAiChatMessage', target_type: 'ChatMessage', target_id: 66, topic_id: null, payload: { message_cooked: '<p>Rude</p>', accuracies: {} }, chat_channel: { id: 7, title: 'General' } }).subject)
      .toMatchObject({ type: 'message', remoteId: 'held-17', extra: { channel: '7', message: '66' } });
  });

  test.each([
    ['ReviewableAkismetPost', { payload: { post_cooked: '<p>buy <b>now</b></p>', external_error: null } }, 'post', 'buy now'],
    ['ReviewableAkismetUser', { target_type: 'User', target_id: null, user_deleted: true, topic_id: null, payload: { username: 'spammer', name: 'Spam', email: 'secret@forum.example', bio: 'Hi' } }, 'member', 'Spam\n\nspammer\n\nHi'],
    ['ReviewableOfTomorrow', { target_type: 'Poll', target_id: 3, payload: null }, 'post', ''],
  ] as const)('what a plugin adds: %s', (type, change, kind, text) => {
    expect(rows({ type, ...change })).toMatchObject({ subject: { type: kind, remoteId: 'held-17', text }, reports: [{ open: true }] });
  });

  test('a flagged post that a colleague deleted, while its flags wait, is removed; one that its author deleted is still to be; and each is brought again', () => {
    const all = [{}, { target_deleted_at: AT, target_deleted_by_id: 2 }, { target_deleted_at: AT, target_deleted_by_id: 9 }].map((change) => rows(change));
    expect(all.map(({ subject }) => subject.removed)).toEqual([false, true, false]);
    expect(all[1]?.look).not.toBe(all[0]?.look);
  });

  test('an item that was handled and reported anew: the old report is closed and says by whom, the new one is open', () => {
    const { reports, resolutions } = rows({ reviewable_score_ids: [40, 41] }, { reviewable_scores: [{ ...SCORE, status: 2, reviewed_at: AT, reviewed_by_id: 2 }, { ...SCORE, id: 41 }] });
    expect(reports.map(({ remoteId, open }) => [remoteId, open])).toEqual([['40', false], ['41', true]]);
    expect(resolutions).toMatchObject([{ by: '@mod', what: 'disagreed with the report', at: Date.parse(AT) }]);
  });

  test('who wrote to the moderators is quoted, whatever the score of tomorrow is called', () => {
    const { reports } = rows({}, {
      reviewable_scores: [{ ...SCORE, score_type_id: 99, reviewable_conversation_id: 3 }], score_types: [{ id: 99, title: 'Of tomorrow', type: 'tomorrow' }],
      reviewable_conversations: [{ id: 3, permalink: '/t/1', has_more: false, conversation_post_ids: [70] }], conversation_posts: [{ id: 70, excerpt: 'Look at <em>this</em> &amp; that', user_id: 5 }],
    });
    expect(reports).toMatchObject([{ category: 'other', remoteCategory: 'Of tomorrow', comment: 'Look at this & that' }]);
  });

  test('a score whose type is not told besides goes by its number', () => {
    expect(rows({}, { score_types: [] }).reports).toMatchObject([{ category: 'spam', remoteCategory: 'spam' }]);
    expect(rows({}, { score_types: [], reviewable_scores: [{ ...SCORE, score_type_id: 99 }] }).reports).toMatchObject([{ category: 'other', remoteCategory: null }]);
  });

  test.each(['target_id', 'users', 'topics', 'score_types', 'reviewable_scores', 'meta'])('without "%s" it is still a report', (name) => {
    expect(rows(name === 'target_id' ? { target_id: undefined, post_id: 88 } : {}, name === 'target_id' ? {} : { [name]: undefined })).toMatchObject({ subject: { remoteId: '88' }, reports: [{ remoteId: '40', open: true }] });
  });
});

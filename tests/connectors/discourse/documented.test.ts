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
      removed: false, url: 'https://forum.example/t/hello/31/4', language: null, place: 'Hello', media: [], revision: '0/0',
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

import { z } from 'zod';

/**
 * The parts of Discourse's answers that Docket uses (app/serializers/*). A part that only decorates falls back when it
 * has another shape; without an id there is no row. E-mail and IP addresses are left out by not being named here.
 */

const id = z.union([z.string().min(1), z.number().int()]).transform(String);
const softId = id.nullish().catch(undefined);
const ids = z.array(id.nullable().catch(null)).transform((all) => all.filter((one) => one !== null));
const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);

/** ISO 8601 on the wire, ms here. */
const time = z.string().transform((value) => Date.parse(value)).refine((ms) => !Number.isNaN(ms)).nullish().catch(undefined);

/** Rows that cannot be read are left out: they only decorate. */
function rows<Row>(row: z.ZodType<Row>): z.ZodType<readonly Row[]> {
  return z.array(z.unknown()).catch([]).transform((all) => all.flatMap((one) => {
    const read = row.safeParse(one);
    return read.success ? [read.data] : [];
  }));
}

/** BasicUserSerializer and what other serializers add to it. */
export const user = z.object({ id, username: z.string().min(1), name: text, trust_level: count, moderator: flag, admin: flag });
export type WireUser = z.infer<typeof user>;

const note = z.object({ id, content: text, created_at: time, user: user.nullish().catch(undefined) });

const payloadWords = z.object({ raw: text, title: text, username: text, name: text, bio: text, website: text });

/** What a payload says, and no more: it may hold addresses. Each kind calls its HTML otherwise: `message_cooked`, `post_cooked`. */
function wordsOf(payload: Readonly<Record<string, unknown>> | null | undefined): z.infer<typeof payloadWords> & { readonly cooked: string | null } {
  const [, cooked] = Object.entries(payload ?? {}).find(([name, value]) => name.endsWith('cooked') && typeof value === 'string' && value !== '') ?? [];
  return { ...payloadWords.parse(payload ?? {}), cooked: typeof cooked === 'string' ? cooked : null };
}

/** ReviewableSerializer with the attributes of its kinds. */
export const reviewable = z.object({
  id,
  status: z.number().int().nullish().catch(undefined),
  type: z.string().catch(''),
  topic_id: softId,
  topic_url: text,
  target_url: text,
  created_at: time,
  version: z.number().int().nullish().catch(undefined),
  target_created_by_trust_level: count,
  created_by_id: softId,
  target_created_by_id: softId,
  /** Undefined where it cannot be read: which reports there are is then not known. */
  reviewable_score_ids: ids.optional().catch(undefined),
  bundled_action_ids: z.array(z.string()).optional().catch(undefined),
  /** The claiming user; in newer releases the claim, found among `claimed_bies` (ReviewableClaimedTopicSerializer). */
  claimed_by_id: softId,
  post_id: softId,
  user_id: softId,
  /** What it is about, by these in newer releases, and in all by a name made of the type: `post_id`, `chatmessage_id` (ReviewableSerializer#attributes). */
  target_id: softId,
  target_type: text,
  chat_message_id: softId,
  chatmessage_id: softId,
  'chat::message_id': softId,
  chat_channel: z.object({ id, title: text }).nullish().catch(undefined),
  cooked: text,
  raw: text,
  deleted_at: time,
  /** Newer releases: when the post was deleted, by its author or another. */
  target_deleted_at: time,
  target_deleted_by_id: softId,
  post_updated_at: time,
  post_version: count,
  payload: z.record(z.string(), z.unknown()).nullish().catch(undefined).transform(wordsOf),
  reviewable_notes: rows(note),
  username: text,
  name: text,
  bio: text,
});
export type WireReviewable = z.infer<typeof reviewable>;

const scoreType = z.object({ id, title: text, type: text });

/** ReviewableScoreSerializer: one report. Older releases carry the type within it, newer ones beside. */
export const score = z.object({
  id, status: z.number().int().nullish().catch(undefined), reason: text, created_at: time, reviewed_at: time, user_id: softId,
  score_type_id: softId, reviewable_conversation_id: softId, reviewed_by_id: softId, score_type: scoreType.nullish().catch(undefined),
});
export type WireScore = z.infer<typeof score>;

const topic = z.object({ id, title: text, slug: text, closed: flag });
const conversation = z.object({ id, conversation_post_ids: ids.catch([]) });
const conversationPost = z.object({ id, excerpt: text });
const claim = z.object({ id, user_id: softId });
const bundle = z.object({ id: z.string(), action_ids: z.array(z.string()).catch([]) });
const action = z.object({ id: z.string(), server_action: text, label: text, client_action: text });

/** What is side-loaded beside reviewables, joined by `*_id`. */
const sideLoads = {
  users: rows(user), topics: rows(topic), reviewable_scores: rows(score), score_types: rows(scoreType), bundled_actions: rows(bundle),
  actions: rows(action), reviewable_conversations: rows(conversation), conversation_posts: rows(conversationPost),
  claimed_bies: rows(claim),
};

/** GET /review.json. Reviewables are read one by one, so that one of tomorrow's kind does not stop the others. */
export const reviewList = z.object({
  reviewables: z.array(z.unknown()),
  ...sideLoads,
  meta: z.object({ total_rows_reviewables: z.number().int().nonnegative().nullish().catch(undefined), load_more_reviewables: text }).catch({}),
});
/** GET /review/:id.json */
export const reviewShow = z.object({ reviewable, ...sideLoads });
export type SideLoads = Omit<z.infer<typeof reviewShow>, 'reviewable'>;

/** PUT /review/:id/perform/:action_id.json */
export const performed = z.object({
  reviewable_perform_result: z.object({ success: flag, transition_to: text, version: count }),
});

/** GET /session/current.json (CurrentUserSerializer) */
export const currentSession = z.object({ current_user: user });

/** GET /u/:username.json */
export const userShow = z.object({ user });

/** GET /admin/users/:id.json */
export const adminUser = z.object({
  id, username: z.string().min(1), name: text, created_at: time, post_count: count, trust_level: count, admin: flag, moderator: flag,
  suspended_at: time, suspended_till: time, suspend_reason: text, silenced: flag, silenced_till: time, suspended: flag,
  flags_received_count: count, warnings_received_count: count,
  suspended_by: user.nullish().catch(undefined), silenced_by: user.nullish().catch(undefined),
  penalty_counts: z.object({ silenced: count, suspended: count }).nullish().catch(undefined),
});
export type AdminUser = z.infer<typeof adminUser>;

/** PostSerializer, in GET /posts/:id.json and within a topic. */
export const post = z.object({
  id, user_id: softId, username: text, name: text, cooked: text, raw: text, created_at: time, updated_at: time, version: count,
  deleted_at: time, hidden: flag, post_number: count, topic_id: softId, topic_slug: text, user_deleted: flag,
});
export type WirePost = z.infer<typeof post>;

/** GET /t/:id.json */
export const topicShow = z.object({ id, title: text, slug: text, closed: flag, post_stream: z.object({ posts: rows(post) }).catch({ posts: [] }) });

/** GET /chat/api/channels/:id/messages (plugins/chat, Chat::MessageSerializer) */
const chatMessage = z.object({ id, message: text, cooked: text, created_at: time, deleted_at: time, user: user.nullish().catch(undefined) });
export type ChatMessage = z.infer<typeof chatMessage>;
export const chatMessages = z.object({ messages: rows(chatMessage) });

/** POST /reviewables/:id/notes.json (ReviewableNoteSerializer) */
export const noteAnswer = z.object({ id });

/** POST /message-bus/:client/poll: what came on the channels, or where they stand. */
export const busMessages = rows(z.object({ channel: z.string(), message_id: z.number().int(), data: z.record(z.string(), z.unknown()).nullish().catch(undefined) }));

/** GET /user_actions.json */
export const userActions = z.object({
  user_actions: rows(z.object({
    post_id: softId, topic_id: softId, title: text, excerpt: text, created_at: time, username: text, slug: text, post_number: count,
    deleted: flag, hidden: flag, user_id: softId,
  })),
});

/** GET /admin/logs/staff_action_logs.json */
export const staffLogs = z.object({
  staff_action_logs: rows(z.object({ action_name: text, details: text, context: text, created_at: time, acting_user: z.object({ username: text }).nullish().catch(undefined) })),
});

/** GET /admin/site_settings.json */
export const siteSettings = z.object({ site_settings: rows(z.object({ setting: z.string(), value: z.union([z.string(), z.number()]).nullish().catch(undefined) })) });

/** What is answered where nothing of it is needed, or nothing comes. */
export const anything = z.unknown();

const DONE_MARKS: readonly string[] = ['suspension', 'silence', 'unsilence', 'success', 'id', 'post', 'topic_status_update'];
/** What a carried-out change answers: one of these, by its kind (Discourse API docs, "Responses"). */
export const carriedOut = z.looseObject({}).refine((answer) => DONE_MARKS.some((mark) => mark in answer));

/** How Discourse refuses: ApplicationController#render_json_error. */
export const refusal = z.object({ errors: z.array(z.string()).catch([]), message: text });

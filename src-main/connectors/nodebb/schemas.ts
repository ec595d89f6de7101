import { z } from 'zod';

/**
 * The parts of NodeBB's answers that Docket uses (public/openapi). 4.11 sends many numbers as text, later versions as
 * numbers: both are read. The post queue carries its poster's request headers, tokens among them, and users carry
 * e-mail and IP addresses: nothing that is not named here is taken.
 */

const id = z.union([z.string().min(1), z.number().int()]).transform(String);
const softId = z.union([z.string().min(1), z.number().int()]).transform(String).nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);
const number = z.union([z.number(), z.string().regex(/^-?\d+$/).transform(Number)]);
const count = number.nullish().catch(undefined);
/** 1, "1" and true; 0, "0" and false. */
const flag = z.union([z.boolean(), z.union([z.literal(0), z.literal('0'), z.literal('')]).transform(() => false), z.union([z.literal(1), z.literal('1')]).transform(() => true)]).nullish().catch(undefined);

/** Rows that cannot be read are left out: they only decorate. */
function rows<Row>(row: z.ZodType<Row>): z.ZodType<readonly Row[]> {
  return z.array(z.unknown()).catch([]).transform((all) => all.flatMap((one) => {
    const read = row.safeParse(one);
    return read.success ? [read.data] : [];
  }));
}

/** A user as others see one (components/schemas/UserObject.yaml). */
export const user = z.object({
  uid: id,
  /** The number of who is gone; `uid` is a guest's 0 then (src/user/data.js, getUsersFields). */
  oldUid: softId,
  username: text, displayname: text, fullname: text, userslug: text, joindate: count, postcount: count, reputation: count,
  banned: flag, 'banned:expire': count, banned_until: count, muted: flag, mutedUntil: count, aboutme: text, signature: text,
});
export type WireUser = z.infer<typeof user>;
const softUser = user.nullish().catch(undefined);

/** A post with the topic it stands in. */
export const post = z.object({
  pid: softId, tid: softId, uid: softId, content: text, timestamp: count, edited: count, deleted: flag, deleterUid: softId, user: softUser,
  topic: z.object({ title: text, titleRaw: text, slug: text, locked: flag }).nullish().catch(undefined),
});
export type WirePost = z.infer<typeof post>;

/** GET /api/flags lists these (components/schemas/FlagObject.yaml). */
export const flagRow = z.object({
  flagId: id,
  type: z.string().catch(''),
  targetId: softId,
  targetUid: softId,
  datetime: count,
  state: z.string().nullish().catch(undefined),
  assignee: softId,
  heat: count,
});
export type FlagRow = z.infer<typeof flagRow>;

export const flagList = z.object({
  flags: z.array(z.unknown()),
  count,
  pagination: z.object({ pageCount: count }).nullish().catch(undefined),
});

/** One report within a flag; each member may make one. */
export const report = z.object({ value: text, timestamp: count, reporter: softUser });
export type WireReport = z.infer<typeof report>;

const historyRow = z.object({
  uid: softId,
  user: softUser,
  datetime: count,
  /** Bans, mutes and changes of name stand in the same list, without fields. `report` tells of a report that came or was withdrawn. */
  fields: z.object({ state: text, report: text }).nullish().catch(undefined),
});
export type HistoryRow = z.infer<typeof historyRow>;

/** A flag with everything about it: GET /api/v3/flags/:id, and as a page GET /api/flags/:id. */
export const flagDetail = flagRow.extend({
  /** Undefined where it cannot be read: which reports there are is then not known. */
  reports: z.array(z.unknown()).optional().catch(undefined),
  target: z.unknown().optional(),
  history: rows(historyRow),
  /** Who may be given the flag; only its page carries it. */
  assignees: rows(user),
  notes: rows(z.object({ content: text, datetime: count, user: softUser })),
});
export type FlagDetail = z.infer<typeof flagDetail>;

/** The envelope of the write API. */
export function enveloped<Shape>(response: z.ZodType<Shape>): z.ZodType<{ readonly response: Shape }> {
  return z.object({ response });
}

/** What is answered where nothing of it is needed. */
export const anything = z.unknown();

/** What a carried-out change answers: the code says so, the rest is not needed. */
export const carriedOut = z.object({ status: z.object({ code: z.literal('ok') }) });

/** What accepting a queued post answers; newer versions put the post one deeper. */
const queuedResult = z.object({ pid: softId });
export const accepted = carriedOut.extend({ response: queuedResult.extend({ post: queuedResult.nullish().catch(undefined) }).catch({ pid: undefined, post: undefined }) });

/** GET /api/post-queue; what is queued holds the poster's request too, which is left there. */
export const queued = z.object({
  id,
  uid: softId,
  type: text,
  data: z.object({ title: text, content: text, rawContent: text, tid: softId, cid: softId, timestamp: count }).catch({ title: undefined, content: undefined, rawContent: undefined, tid: undefined, cid: undefined, timestamp: undefined }),
  user: softUser,
  topic: z.object({ title: text, titleRaw: text }).nullish().catch(undefined),
  category: z.object({ name: text }).nullish().catch(undefined),
});
export type Queued = z.infer<typeof queued>;

export const queueList = z.object({ posts: z.array(z.unknown()), pagination: z.object({ pageCount: count }).nullish().catch(undefined) });

/** GET /api/self: the account as its own page shows it (src/controllers/accounts/helpers.js). */
export const self = z.object({ uid: id, username: text, isAdmin: flag, isGlobalModerator: flag, isModerator: flag, canBan: flag, canMute: flag });

/** GET /api/topic/:tid */
export const topicPage = z.object({ tid: softId, title: text, titleRaw: text, slug: text, locked: flag, posts: rows(post) });
/** GET /api/v3/topics/:tid/events */
export const topicEvents = z.object({ events: rows(z.object({ type: text, uid: softId, timestamp: count, user: softUser })) });
/** A page that is elsewhere answers with its address as text: a topic is shorter than the place that was asked for (src/controllers/helpers.js, redirect). */
export const sentElsewhere = z.string().transform(() => null);
/** GET /api/user/:slug/posts */
export const userPosts = z.object({ posts: rows(post) });
/** GET /api/v3/posts/:pid/index */
export const postIndex = z.object({ index: number });

/** GET /api/config, for forums that do not answer /api/self. */
export const config = z.object({ uid: softId });

const penalty = z.object({ type: text, timestamp: count, until: count, reason: text, user: softUser });
/** GET /api/user/:slug/info, without the addresses it lists. */
export const userInfo = z.object({
  moderationNotes: rows(z.object({ note: text, timestamp: count, user: softUser })),
  history: z.object({ bans: rows(penalty), mutes: rows(penalty), flags: rows(z.object({ timestamp: count, flagId: softId })) }).catch({ bans: [], mutes: [], flags: [] }),
});

/** GET /api/v3/chats and /api/v3/chats/:roomId/messages */
export const chatRooms = z.object({ rooms: rows(z.object({ roomId: id, roomName: text })) });
export const chatMessages = z.object({ messages: rows(z.object({ system: flag })) });
export const chatRoom = z.object({ roomId: id });

/** GET /api/tos */
export const terms = z.object({ termsOfUse: text });

/** How NodeBB refuses: the write API in its envelope, pages with an error. */
export const refusal = z.object({ status: z.object({ code: text, message: text }).nullish().catch(undefined), error: text });

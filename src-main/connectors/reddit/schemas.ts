import { z } from 'zod';

/**
 * The parts of Reddit's answers that Docket uses (https://www.reddit.com/dev/api; github.com/Pyprohly/reddit-api-doc-notes,
 * docs/api-reference; praw's cassettes). Times are seconds, whole or not. Unknown fields are dropped.
 */

const text = z.string().nullish();
const flag = z.boolean().nullish();
const seconds = z.number().nullish();
/** Names, or true where only that there was someone is told (r2/r2/lib/jsontemplates.py, "banned_by"). */
const someone = z.union([z.string(), z.boolean()]).nullish();
const list = z.array(z.unknown()).nullish();
const anything = z.unknown().optional();

/** A post (t3) or comment (t1) as a moderator sees it. What only decorates is read where it is needed. */
const thing = z.object({
  name: z.string().min(1), kind: z.string(),
  author: text, subreddit: text, permalink: text, created_utc: seconds, edited: z.union([z.boolean(), z.number()]).nullish(), locked: flag,
  body: text, body_html: text, link_id: text,
  title: text, selftext: text, selftext_html: text, url: text, is_self: flag, over_18: flag, spoiler: flag,
  approved: flag, approved_by: someone, approved_at_utc: seconds,
  removed: flag, spam: flag, banned_by: someone, banned_at_utc: seconds, removed_by_category: text,
  mod_reason_title: text, mod_note: text, ban_note: text, ignore_reports: flag,
  user_reports: list, mod_reports: list, user_reports_dismissed: list, mod_reports_dismissed: list,
  thumbnail: anything, preview: anything, is_gallery: anything, gallery_data: anything, media_metadata: anything, poll_data: anything, crosspost_parent_list: anything, replies: anything,
});
export type Thing = z.infer<typeof thing>;
/** `whole` is false where a field was not of its kind and is left out. */
export type ReadThing = { readonly thing: Thing; readonly whole: boolean };

const wrapped = z.object({ kind: z.string().catch(''), data: z.record(z.string(), z.unknown()) });

/** One entry of a listing; null where it has no name to go by. */
export function readThing(entry: unknown): ReadThing | null {
  const { data: outer } = wrapped.safeParse(entry);
  if (outer === undefined) return null;
  const { name, id } = outer.data;
  const kind = outer.kind || (typeof name === 'string' ? name.split('_')[0] ?? '' : '');
  const fullname = typeof name === 'string' && /^t\d_\w+$/.test(name) ? name : typeof id === 'string' && /^t\d$/.test(kind) && /^\w+$/.test(id) ? `${kind}_${id}` : null;
  if (fullname === null) return null;
  const row = { ...outer.data, name: fullname, kind: fullname.slice(0, 2) };
  const read = thing.safeParse(row);
  if (read.success) return { thing: read.data, whole: name === fullname };
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  const rest = thing.safeParse(Object.fromEntries(Object.entries(row).filter(([field]) => !wrong.has(field))));
  return rest.success ? { thing: rest.data, whole: false } : null;
}

const more = z.object({ kind: z.literal('more') });

/** A page of a listing; `after` is null on the last one. What is folded away ("more") stands for comments that are not sent. */
export const listing = z.object({ data: z.object({ after: z.string().nullish().catch(null), children: z.array(z.unknown()).transform((all) => all.filter((one) => !more.safeParse(one).success)) }) });
export type Listing = z.infer<typeof listing>;

/** Rows that cannot be read are left out: they only decorate. */
export function rows<Row>(row: z.ZodType<Row>): z.ZodType<readonly Row[]> {
  return z.array(z.unknown()).catch([]).transform((all) => all.flatMap((one) => {
    const read = row.safeParse(one);
    return read.success ? [read.data] : [];
  }));
}

const soft = z.string().nullish().catch(undefined);
const softNumber = z.number().nullish().catch(undefined);

/** GET /api/v1/me */
export const me = z.object({ name: z.string().min(1), is_suspended: z.boolean().nullish().catch(undefined) });

/** A subreddit among those that the account moderates (GET /subreddits/mine/moderator); permissions come as a list or as an object. */
export const moderated = z.object({
  kind: z.string(),
  data: z.object({
    display_name: z.string().min(1),
    mod_permissions: z.union([z.array(z.string()), z.record(z.string(), z.unknown()).transform((held) => Object.keys(held).filter((name) => held[name] === true))]).nullish().catch(undefined),
  }),
});

/** GET /r/{subreddit}/about/log */
export const modAction = z.object({
  kind: z.string().nullish().catch(undefined),
  data: z.object({ id: z.string().min(1), action: z.string(), mod: soft, target_fullname: soft, target_author: soft, details: soft, description: soft, created_utc: z.number() })
    // Taking NSFW off has no name of its own in the log (r2/r2/controllers/api.py, POST_unmarknsfw).
    .transform((entry) => (entry.action === 'marknsfw' && entry.details === 'remove' ? { ...entry, action: 'unmarknsfw', details: '' } : entry)),
});
export type ModAction = z.infer<typeof modAction>['data'];

/** GET /r/{subreddit}/about/rules */
export const ruleList = z.object({ rules: rows(z.object({ short_name: z.string(), description: soft, violation_reason: soft, kind: soft, priority: softNumber, created_utc: softNumber })) });

/** GET /api/v1/{subreddit}/removal_reasons */
export const reasonList = z.object({
  data: z.record(z.string(), z.unknown()).catch({}).transform((all) => Object.entries(all).flatMap(([id, one]) => {
    const read = z.object({ title: z.string(), message: soft }).safeParse(one);
    return read.success ? [{ id, ...read.data }] : [];
  })),
  order: z.array(z.string()).catch([]),
});

/** GET /r/{subreddit}/about/banned and /muted */
export const relations = z.object({ data: z.object({ children: rows(z.object({ name: z.string(), date: softNumber, note: soft, days_left: softNumber })) }) });

/** GET /r/{subreddit}/about/moderators */
export const moderators = z.object({ data: z.object({ children: rows(z.object({ name: z.string(), mod_permissions: z.array(z.string()) })) }) });

/** GET /user/{name}/about */
export const account = z.object({ data: z.object({ name: z.string(), created_utc: softNumber, link_karma: softNumber, comment_karma: softNumber, is_suspended: z.boolean().nullish().catch(undefined) }) });

/** GET /api/mod/notes: what moderators wrote of a member, and what they did (`type` other than NOTE). */
export const modNotes = z.object({
  mod_notes: rows(z.object({
    type: z.string().catch('NOTE'), created_at: z.number(), operator: soft,
    user_note_data: z.object({ note: soft, label: soft }).nullish().catch(undefined),
    mod_action_data: z.object({ action: soft, details: soft, description: soft }).nullish().catch(undefined),
  })),
});

/** GET /api/mod/conversations: only the latest message of each. */
export const conversations = z.object({ messages: z.record(z.string(), z.unknown()).catch({}).transform((all) => Object.values(all).flatMap((one) => {
  const read = z.object({ bodyMarkdown: z.string() }).safeParse(one);
  return read.success ? [read.data.bodyMarkdown] : [];
})) });
/** POST /api/mod/conversations */
export const conversation = z.object({ conversation: z.object({ id: z.string(), isInternal: z.boolean().nullish().catch(undefined) }) });

/** What a carried-out change answers: nothing, or an object with an empty list of errors; the status says the rest. */
export const carriedOut = z.record(z.string(), z.unknown());

/** How Reddit refuses: with status 200 by api_type=json, else with a reason or only a message. */
export const refusal = z.object({
  json: z.object({
    errors: z.array(z.unknown()).catch([]),
    ratelimit: z.number().nullish().catch(undefined),
  }).nullish().catch(undefined),
  reason: soft, explanation: soft, message: soft,
});

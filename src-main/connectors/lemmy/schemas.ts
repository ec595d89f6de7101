import { z } from 'zod';

/**
 * The fields that Docket takes of Lemmy's answers, of API v3 (0.19) and v4 (1.0) at once: they differ in a few names
 * (`published`, `published_at`). What a report hangs on is strict; all else is left empty where it cannot be read.
 */
export const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
export const idOrNone = id.nullish().catch(null).transform((value) => value ?? null);
const text = z.string().nullish().catch(null).transform((value) => value ?? '');
const flag = z.boolean().nullish().catch(null).transform((value) => value ?? false);
const count = z.number().nullish().catch(null).transform((value) => value ?? null);
/** A time; 0.19 before 0.19.6 wrote some without their zone, which is UTC. */
export const time = z.string().nullish().catch(null).transform((value) => {
  if (value === null || value === undefined || value === '') return null;
  const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(ms) ? null : ms;
});

/** An answer's rows, read one by one. */
export const row = z.record(z.string(), z.unknown());
export type Row = z.output<typeof row>;

export const person = z.object({
  id, name: text, display_name: text, ap_id: text, actor_id: text, banned: flag, ban_expires: time, deleted: flag, bot_account: flag,
  published: time, published_at: time, post_count: count,
});
export type PersonRow = z.output<typeof person>;

export const community = z.object({
  id, name: text, title: text, ap_id: text, actor_id: text, description: text, sidebar: text, summary: text, removed: flag, deleted: flag,
  published: time, published_at: time, updated: time, updated_at: time,
});

export const post = z.object({
  id: idOrNone, name: text, url: text, body: text, removed: flag, deleted: flag, locked: flag, published: time, published_at: time, updated: time, updated_at: time,
  thumbnail_url: text, url_content_type: text, alt_text: text, creator_id: idOrNone,
});

export const comment = z.object({
  id: idOrNone, content: text, removed: flag, deleted: flag, locked: flag, published: time, published_at: time, updated: time, updated_at: time, path: text, post_id: idOrNone,
  creator_id: idOrNone,
});

export const privateMessage = z.object({
  id: idOrNone, content: text, removed: flag, deleted: flag, published: time, published_at: time, updated: time, updated_at: time, creator_id: idOrNone,
});

export const report = z.object({
  id, reason: text, resolved: flag, published: time, published_at: time, updated: time, updated_at: time,
  post_id: idOrNone, comment_id: idOrNone, private_message_id: idOrNone, community_id: idOrNone,
  original_post_name: text, original_post_url: text, original_post_body: text, original_comment_text: text, original_pm_text: text,
  original_community_name: text, original_community_title: text, original_community_description: text, original_community_summary: text, original_community_sidebar: text,
  conclusion: text, resolve_reason: text, violates_instance_rules: z.boolean().nullish().catch(null).transform((value) => value ?? null),
});
export type ReportRow = z.output<typeof report>;

/** What stands beside the things of a report or a view. */
export const beside = z.object({ creator_banned: flag, creator_ban_expires_at: time, creator_banned_from_community: flag, creator_community_ban_expires_at: time, creator_is_moderator: flag, creator_is_admin: flag });

export const postAnswer = z.object({ post_view: row });
export const commentAnswer = z.object({ comment_view: row });
export const communityAnswer = z.object({ community_view: row });

const moderates = z.array(z.object({ community }).nullable().catch(null)).nullish().catch(null).transform((list) => (list ?? []).flatMap((one) => one?.community ?? []));
/** Who is signed in; strict, since what the account may do hangs on it. */
export const myself = z.object({ local_user_view: z.object({ person, local_user: z.object({ admin: z.boolean() }) }), moderates });
export type Myself = z.output<typeof myself>;

const siteView = z.object({ site: z.object({ name: text, sidebar: text, description: text }), local_site: z.object({ legal_information: text }).catch({ legal_information: '' }) });
export const site = z.object({ site_view: siteView, version: z.string() });
export const whoInSite = z.object({ site_view: siteView, version: z.string(), my_user: myself.nullish() }).transform(({ my_user: me }) => me ?? null);
export type SiteAnswer = z.output<typeof site>;

import { z } from 'zod';

/**
 * The fields that Docket takes of each answer; e-mail addresses, IPs and invite requests stay out. Everything but ids
 * may be missing or of another form: a report is worth having with what of it can be read.
 */

/** Ids are text; numbers are taken too, since Admin::Account's example writes a role's id as one. */
export const remoteId = z.union([z.string().regex(/^[\w-]{1,128}$/), z.number().int().nonnegative().transform(String)]);

const maybeId = remoteId.nullable().catch(null);
const text = z.string().catch('');
const maybeText = z.string().min(1).nullable().catch(null);
const flag = z.boolean().catch(false);
const count = z.number().int().nonnegative().nullable().catch(null);
const list = z.array(z.unknown()).catch([]);
const maybeList = z.array(z.unknown()).nullable().catch(null);
const address = z.string().regex(/^https?:\/\/\S+$/).nullable().catch(null);

/** A time as ms since the epoch; null where there is none that can be read. */
export const time = z.string().transform((iso) => {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}).nullable().catch(null);

/** Account (docs.joinmastodon.org/entities/Account), with what Akkoma's admin API merges into it. */
export const account = z.object({
  id: maybeId,
  username: text,
  acct: text,
  display_name: text,
  note: text,
  url: address,
  created_at: time,
  statuses_count: count,
  limited: flag,
  suspended: flag,
  nickname: text,
  deactivated: flag,
  is_active: z.boolean().catch(true),
  tags: z.array(z.string()).catch([]),
});
export type WireAccount = z.infer<typeof account>;

/** Admin::Account (docs.joinmastodon.org/entities/Admin_Account). */
export const adminAccount = z.object({
  id: maybeId,
  username: text,
  domain: maybeText,
  created_at: time,
  silenced: flag,
  suspended: flag,
  sensitized: flag,
  disabled: flag,
  approved: z.boolean().nullable().catch(null),
  account: account.nullable().catch(null),
});
export type WireAdminAccount = z.infer<typeof adminAccount>;

const size = z.number().int().positive().nullable().catch(null);
const original = z.object({ width: size, height: size }).nullable().catch(null);

/** MediaAttachment (docs.joinmastodon.org/entities/MediaAttachment). */
export const attachment = z.object({
  type: text,
  url: address,
  preview_url: address,
  remote_url: address,
  description: text,
  meta: z.object({ original }).nullable().catch(null),
});

const single = z.object({
  id: remoteId,
  created_at: time,
  edited_at: time,
  spoiler_text: text,
  content: text,
  url: address,
  uri: address,
  language: maybeText,
  visibility: text,
  sensitive: flag,
  account: account.nullable().catch(null),
  media_attachments: list,
  poll: z.object({ options: z.array(z.object({ title: text })).catch([]) }).nullable().catch(null),
});
export type WireSingleStatus = z.infer<typeof single>;
const inner = single.nullable().catch(null);
/** Status (docs.joinmastodon.org/entities/Status), with the one that it boosts, or quotes (entities/Quote). */
export const status = single.extend({ reblog: inner, quote: z.object({ quoted_status: inner }).nullable().catch(null) });
export type WireStatus = z.infer<typeof status>;

const rule = z.object({ id: maybeId, text });

/** Admin::Report (docs.joinmastodon.org/entities/Admin_Report); `action_taken_comment` is GoToSocial's. */
export const adminReport = z.object({
  id: remoteId,
  action_taken: flag,
  action_taken_at: time,
  action_taken_comment: maybeText,
  category: text,
  comment: text,
  created_at: time,
  account: adminAccount.nullable().catch(null),
  target_account: adminAccount.nullable().catch(null),
  assigned_account: adminAccount.nullable().catch(null),
  action_taken_by_account: adminAccount.nullable().catch(null),
  statuses: maybeList,
  rules: z.array(rule).catch([]),
});

/** Akkoma's report (docs/development/API/admin_api.md, "Get a list of reports"): `account` is who was reported, `actor` who did. */
export const akkomaReport = z.object({
  id: remoteId,
  account: account.nullable().catch(null),
  actor: account.nullable().catch(null),
  /** Pleroma's, where a report was given to a moderator. */
  assigned_account: account.nullable().catch(null),
  content: text,
  created_at: time,
  state: text,
  notes: z.array(z.object({ content: text, created_at: time, user: account.nullable().catch(null) }).nullable().catch(null)).catch([]),
  rules: z.array(rule).catch([]),
  statuses: maybeList,
});

/** Rows are read one by one, so that each error names its own. */
export const rows = z.array(z.unknown());
export const akkomaRows = z.object({ reports: z.array(z.unknown()), total: count });

/** CredentialAccount (docs.joinmastodon.org/entities/Account#CredentialAccount), with Akkoma's own part. */
export const credentials = z.object({
  id: remoteId,
  acct: text,
  role: z.object({
    name: text,
    // A bit mask, as text since it may outgrow a number.
    permissions: z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]).nullable().catch(null),
  }).nullable().catch(null),
  pleroma: z.object({ is_admin: flag, is_moderator: flag, privileges: z.array(z.string()).nullable().catch(null) }).nullable().catch(null),
});
export type Credentials = z.infer<typeof credentials>;

/** Application (docs.joinmastodon.org/entities/Application); `scopes` since Mastodon 4.3. */
export const application = z.object({ scopes: z.array(z.string()).nullable().catch(null) });

/** CredentialApplication, the answer to POST /api/v1/apps. */
export const registered = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });

/** Which nodeinfo documents a server has (nodeinfo.diaspora.software/protocol). */
export const nodeinfoLinks = z.object({ links: z.array(z.object({ rel: text, href: text })) });
/** `metadata.federation.mrf_policies` is Akkoma's and Pleroma's. */
export const nodeinfo = z.object({
  software: z.object({ name: z.string().min(1), version: text }),
  metadata: z.object({ federation: z.object({ mrf_policies: z.array(z.string()).catch([]) }).nullable().catch(null) }).nullable().catch(null),
});

/** Instance v1 and v2 (docs.joinmastodon.org/entities/Instance). */
export const instance = z.object({ version: z.string().min(1) });

/** Where the stream is: `configuration.urls.streaming` (entities/Instance), `urls.streaming_api` (entities/V1_Instance). */
const streamAddress = z.string().regex(/^(?:wss?|https?):\/\/[^\s/]+/).refine((address) => URL.canParse(address)).nullable().catch(null);
export const streamingAt = z.object({
  configuration: z.object({ urls: z.object({ streaming: streamAddress }).nullable().catch(null) }).nullable().catch(null),
  urls: z.object({ streaming_api: streamAddress }).nullable().catch(null),
}).transform(({ configuration, urls }) => configuration?.urls?.streaming ?? urls?.streaming_api ?? null);

/** Rule (docs.joinmastodon.org/entities/Rule); `hint` since Mastodon 4.3. */
export const publishedRules = z.array(z.object({ id: remoteId, text, hint: text }));
export const instanceRules = z.object({ rules: publishedRules.catch([]) });

/** Context of a status (docs.joinmastodon.org/entities/Context). */
export const thread = z.object({ ancestors: list, descendants: list });

/** What means that something is done: Mastodon's action answers {}, GoToSocial's {"message":"OK"} (or, by its swagger.yaml, an action's id). */
export const done = z.strictObject({ message: z.string().optional(), action_id: z.string().optional() });
export const closedReport = z.object({ id: remoteId, action_taken: z.literal(true) });
export const openReport = z.object({ id: remoteId, action_taken: z.literal(false) });
export const named = z.object({ id: remoteId });
export const users = z.object({ users: z.array(z.unknown()) });

/** Akkoma's moderation log (admin_api.md, "Get moderation log"): a bare list in older versions; `time` in seconds. */
const logged = z.object({ data: z.object({ actor: z.object({ nickname: text }), action: text }), time: z.number().catch(0), message: text });
export const moderationLog = z.union([z.array(z.unknown()), z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items)])
  .transform((entries) => entries.flatMap((entry) => logged.safeParse(entry).data ?? []));

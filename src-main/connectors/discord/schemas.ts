import { z } from 'zod';
import { ACTION } from './codes.ts';

/** Ids are decimal text (reference, "Snowflakes"); without leading zeros they sort by length and letters. */
export const snowflake = z.string().regex(/^(?:0|[1-9]\d{0,19})$/);

export const text = z.string().nullish().catch(null).transform((value) => value ?? null);
export const id = snowflake.nullish().catch(null).transform((value) => value ?? null);
const flag = z.boolean().nullish().catch(null).transform((value) => value === true);
/** Some numbers arrive as text, such as in an audit entry's options. */
const number = z.union([z.number(), z.string().regex(/^\d{1,15}$/).transform(Number)]).nullish().catch(null).transform((value) => value ?? null);
const when = z.string().nullish().catch(null).transform((value) => {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : at;
});
/** A set of permissions (topics/permissions): more bits than a number holds. */
const bits = z.string().regex(/^\d{1,30}$/).nullish().catch(null).transform((value) => BigInt(value ?? 0));

/** A list without the entries that cannot be read. */
export function all<Item>(item: z.ZodType<Item>) {
  return z.array(item.nullable().catch(null)).nullish().catch(null).transform((list) => (list ?? []).filter((one) => one !== null));
}

/** E-mail addresses, which the bot's own user carries, are left out. */
export const user = z.object({ id: snowflake, username: text, global_name: text, bot: flag });
export type WireUser = z.infer<typeof user>;
const someone = user.nullish().catch(null).transform((value) => value ?? null);

export const member = z.object({ user: someone, nick: text, roles: all(snowflake), joined_at: when, communication_disabled_until: when, pending: flag, flags: number });
export type WireMember = z.infer<typeof member>;

const embed = z.object({ type: text, title: text, description: text, fields: all(z.object({ name: z.string(), value: text })) });
const attachment = z.object({ id: snowflake, filename: text, description: text, content_type: text, url: z.string(), width: number, height: number });
export type WireAttachment = z.infer<typeof attachment>;

/** resources/poll, "Poll Object": the words of question and answers. */
const media = z.object({ text });
const poll = z.object({ question: media, answers: all(z.object({ poll_media: media })) }).nullish().catch(null).transform((value) => value ?? null);

/** `id` and `type` must be readable: what cannot be told from chatter must not be passed over. */
export const message = z.object({
  id: snowflake, type: z.number(), channel_id: id, author: someone, content: text, timestamp: when, edited_timestamp: when, embeds: all(embed), attachments: all(attachment),
  poll, sticker_items: all(z.object({ name: text })),
  // What was forwarded ("Message Snapshot Object").
  message_snapshots: all(z.object({ message: z.object({ content: text, attachments: all(attachment) }) })),
});
export type WireMessage = z.infer<typeof message>;
export const messages = z.array(message);

const change = z.object({ key: z.string(), new_value: z.unknown().optional(), old_value: z.unknown().optional() });
const options = z.object({ auto_moderation_rule_name: text, auto_moderation_rule_trigger_type: number, channel_id: id, count: number });
const entry = z.object({
  id: snowflake, action_type: z.number(), target_id: id, user_id: id, reason: text, changes: all(change),
  options: options.nullish().catch(null).transform((value) => value ?? { auto_moderation_rule_name: null, auto_moderation_rule_trigger_type: null, channel_id: null, count: null }),
});
export type WireEntry = z.infer<typeof entry>;
export const auditLog = z.object({ audit_log_entries: z.array(entry), users: all(user) });

const action = z.object({
  type: number,
  metadata: z.object({ channel_id: id, duration_seconds: number }).nullish().catch(null).transform((value) => value ?? { channel_id: null, duration_seconds: null }),
});
/** Where alerts go must be readable: an alert channel that is passed over would hide what is in it. */
const ruleAction = z.union([
  z.object({ type: z.literal(ACTION.alert), metadata: z.object({ channel_id: snowflake }) }),
  z.object({ type: z.number().refine((type) => type !== ACTION.alert) }).transform(({ type }) => ({ type, metadata: { channel_id: null } })),
]);
const none = { keyword_filter: [], mention_total_limit: null };
const rule = z.object({
  id: snowflake, name: text, enabled: flag, trigger_type: number, actions: z.array(ruleAction),
  trigger_metadata: z.object({ keyword_filter: all(z.string()), mention_total_limit: number }).nullish().catch(null).transform((value) => value ?? none),
});
export type WireRule = z.infer<typeof rule>;
export const rules = z.array(rule);

const role = z.object({ id: snowflake, name: text, permissions: bits });
export const guild = z.object({ id: snowflake, name: text, owner_id: id, roles: all(role), rules_channel_id: id });
export type WireGuild = z.infer<typeof guild>;

export const channel = z.object({
  id: snowflake, type: number, name: text, guild_id: id, parent_id: id,
  permission_overwrites: all(z.object({ id: snowflake, allow: bits, deny: bits })),
  thread_metadata: z.object({ locked: flag, archived: flag }).nullish().catch(null).transform((value) => value ?? null),
});
export type WireChannel = z.infer<typeof channel>;
export const channels = all(channel);
export const activeThreads = z.object({ threads: all(channel) });
export const application = z.object({ flags: number });
export const ban = z.object({ user: someone, reason: text });
export const gatewayBot = z.object({
  url: z.string(), shards: number,
  session_start_limit: z.object({ remaining: number, reset_after: number }).nullish().catch(null),
});
export const refusal = z.object({ code: number, message: text });

/** AUTO_MODERATION_ACTION_EXECUTION (events/gateway-events); the content comes with the Message Content Intent only. */
export const execution = z.object({
  guild_id: id, action: action.catch({ type: null, metadata: { channel_id: null, duration_seconds: null } }), rule_id: id, rule_trigger_type: number, user_id: id,
  channel_id: id, message_id: id, alert_system_message_id: id, content: text, matched_keyword: text, matched_content: text,
});
export type WireExecution = z.infer<typeof execution>;

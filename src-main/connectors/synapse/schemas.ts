import { z } from 'zod';

const text = z.string().nullish().catch(null).transform((value) => value ?? null);
const time = z.number().int().nonnegative().nullish().catch(null).transform((value) => value ?? null);
const flag = z.boolean().nullish().catch(null).transform((value) => value === true);
const id = z.number().int().nonnegative();
const total = z.number().int().nonnegative().nullish().catch(null).transform((value) => value ?? null);

/** Only the id must be there: without the rest a report still arrives. `sender` may be null. */
const eventReport = z.object({ id, received_ts: time, room_id: text, name: text, canonical_alias: text, event_id: text, user_id: text, reason: text, sender: text });
export type EventReport = z.infer<typeof eventReport>;
export const eventReports = z.object({ event_reports: z.array(eventReport), total });

const userReport = z.object({ id, received_ts: time, target_user_id: text, user_id: text, reason: text });
export type UserReport = z.infer<typeof userReport>;
export const userReports = z.object({ user_reports: z.array(userReport), total });

const info = z.object({ mimetype: text, w: time, h: time }).nullish().catch(null);
const words = z.object({ body: text, formatted_body: text });
/** `m.new_content` holds what an edit says (Matrix client-server API, "Event replacements"). */
const content = words.extend({
  msgtype: text, url: text, info, 'm.new_content': words.nullish().catch(null), displayname: text, membership: text,
});
const noContent = { body: null, formatted_body: null, msgtype: null, url: null, info: null, 'm.new_content': null, displayname: null, membership: null };
const redaction = z.object({ sender: text, origin_server_ts: time }).nullish().catch(null).transform((value) => value ?? null);
const replacement = z.object({ origin_server_ts: time, content: content.catch(noContent) }).nullish().catch(null);

export const event = z.object({
  event_id: text, type: text, sender: text, origin_server_ts: time, state_key: text, content: content.catch(noContent),
  unsigned: z.object({
    redacted_because: redaction,
    'm.relations': z.object({ 'm.replace': replacement }).nullish().catch(null),
  }).nullish().catch(null),
});
export type WireEvent = z.infer<typeof event>;
const events = z.array(event.nullable().catch(null)).nullish().catch(null).transform((some) => (some ?? []).filter((one) => one !== null));

export const detail = z.object({ event_json: event.nullish().catch(null) });
export const roomContext = z.object({ event: event.nullish().catch(null), events_before: events, events_after: events, state: events, end: text });
export const roomMessages = z.object({ chunk: events });
/** E-mails and external ids that the admin API tells are left out. */
export const user = z.object({ name: text, displayname: text, creation_ts: time, deactivated: flag, erased: flag, suspended: flag, locked: flag, shadow_banned: flag });
export type WireUser = z.infer<typeof user>;
export const joinedRooms = z.object({ total });
/** The content of a membership, or with `format=event` its whole event, which says whose deed it was. */
export const membership = z.object({ membership: text, sender: text, origin_server_ts: time, content: z.object({ membership: text }).nullish().catch(null) })
  .transform(({ membership: bare, sender, origin_server_ts: at, content: inner }) => ({ membership: inner?.membership ?? bare, sender, at }));
export const whoami = z.object({ user_id: z.string() });
export const version = z.object({ server_version: text });
export const refusal = z.object({ errcode: text, error: text });

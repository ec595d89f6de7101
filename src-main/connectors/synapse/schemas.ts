import { z } from 'zod';

const text = z.string().nullish().catch(null).transform((value) => value ?? null);
const time = z.number().int().nonnegative().nullish().catch(null).transform((value) => value ?? null);
const flag = z.boolean().nullish().catch(null).transform((value) => value === true);
const id = z.number().int().nonnegative();

/** Only the id must be there: without the rest a report still arrives. `sender` may be null. */
export const eventReport = z.object({ id, received_ts: time, room_id: text, name: text, canonical_alias: text, event_id: text, user_id: text, reason: text, sender: text });
export type EventReport = z.infer<typeof eventReport>;
export const eventReports = z.object({ event_reports: z.array(eventReport) });

export const userReport = z.object({ id, received_ts: time, target_user_id: text, user_id: text, reason: text });
export type UserReport = z.infer<typeof userReport>;
export const userReports = z.object({ user_reports: z.array(userReport) });

const content = z.object({ body: text, formatted_body: text, msgtype: text, url: text, info: z.object({ mimetype: text, w: time, h: time }).nullish().catch(null) });
const noContent = { body: null, formatted_body: null, msgtype: null, url: null, info: null };
const redaction = z.object({ sender: text, origin_server_ts: time }).nullish().catch(null).transform((value) => value ?? null);

export const event = z.object({
  event_id: text, type: text, sender: text, origin_server_ts: time, content: content.catch(noContent),
  unsigned: z.object({ redacted_because: redaction }).nullish().catch(null),
});
export type WireEvent = z.infer<typeof event>;
const events = z.array(event.nullable().catch(null)).nullish().catch(null).transform((some) => (some ?? []).filter((one) => one !== null));

export const detail = z.object({ event_json: event.nullish().catch(null) });
export const roomContext = z.object({ event: event.nullish().catch(null), events_before: events, events_after: events });
/** E-mails and external ids that the admin API tells are left out. */
export const user = z.object({ name: text, displayname: text, creation_ts: time, deactivated: flag, suspended: flag, locked: flag, shadow_banned: flag });
export type WireUser = z.infer<typeof user>;
export const membership = z.object({ membership: text });
export const whoami = z.object({ user_id: z.string() });
export const redacted = z.object({ event_id: text });
export const refusal = z.object({ errcode: text, error: text });

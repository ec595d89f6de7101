import { z } from 'zod';

/**
 * The parts of Mailman core's answers that Docket uses (docs.mailman3.org, "Mailman 3 Core REST API": Post Moderation,
 * Subscription moderation, Membership, Addresses, Mailing lists; and what 3.3.8 was measured to answer).
 */

const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);

/** A page of anything. Where it holds nothing, `entries` is left out. */
export const page = z.object({ total_size: z.number().int().nonnegative(), entries: z.array(z.unknown()).optional() });

/** GET /system/versions */
export const versions = z.object({ mailman_version: z.string() });

/** A mailing list; `list_id` stays when its address changes. */
export const list = z.object({ list_id: text, fqdn_listname: text, self_link: text, display_name: text, description: text });

/** GET /lists/:id/config, of more than a hundred settings. */
export const listConfig = z.object({ display_name: text, description: text, info: text });

/** A reason is text, or a text with holes and what fills them (mailman/utilities/modules.py, format_reasons). */
const reason = z.union([z.string(), z.array(z.union([z.string(), z.number()]).transform(String)).nonempty()]);

/** A held message with its whole text. `null` stands for what is there and cannot be read. */
export const held = z.object({
  request_id: z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String).nullish().catch(undefined),
  self_link: text,
  hold_date: text,
  message_id: text,
  sender: z.string().nullish().catch(null),
  subject: z.string().nullish().catch(null),
  reason: z.string().nullish().catch(null),
  moderation_reasons: z.array(reason).nullish().catch(undefined),
  rule_hits: z.array(z.string()).nullish().catch(undefined),
  original_size: count,
  /** Whose address a rule went by; it stands before the text. */
  moderation_sender: text,
  msg: z.string().nullish().catch(null),
  http_etag: text,
});
export type WireHeld = z.infer<typeof held>;

/** A membership change that waits; its token is its id. */
export const request = z.object({ token: z.string().min(1), type: text, email: text, display_name: text, when: text, token_owner: text, http_etag: text });
export type WireRequest = z.infer<typeof request>;

/** A membership: of a member, owner, moderator, or of a nonmember who wrote to the list. */
export const member = z.object({
  member_id: text, self_link: text, list_id: text, role: text, email: text, display_name: text, moderation_action: text,
  bounce_score: count, last_bounce_received: text, last_warning_sent: text,
});
export type WireMember = z.infer<typeof member>;

/** GET /addresses/:email */
export const address = z.object({ email: text, display_name: text, registered_on: text });

/** An object whose fields are read elsewhere. */
export const anything = z.looseObject({});

export const counted = z.object({ count: z.number().int().nonnegative() });

/** How a refusal is told since 3.2 (falcon's errors). */
export const refusal = z.object({ title: text, description: text });

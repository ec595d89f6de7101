/**
 * The field's terms as closed lists: the same in the UI, the contract, the code and the database.
 * Plain data without a schema library, so that the desk may import it at run time.
 */

/** What a decision can do. Order is the order of the verb bar. */
export const VERBS = [
  'remove', 'mute', 'warn', 'suspend', 'dismiss', 'label', 'lock', 'restore', 'escalate', 'snooze', 'message',
] as const;
export type Verb = (typeof VERBS)[number];

/** What can be reported. */
export const SUBJECT_TYPES = ['post', 'message', 'member', 'community'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** What a report complains of; a platform's own term travels beside it as `remoteCategory`. */
export const CATEGORIES = [
  'spam', 'harassment', 'hate', 'violence', 'self-harm', 'sexual', 'minors', 'privacy',
  'impersonation', 'misinformation', 'off-topic', 'ban-evasion', 'illegal', 'held', 'appeal', 'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** 0 low, 1 moderate, 2 high, 3 severe. */
export const SEVERITIES = ['low', 'moderate', 'high', 'severe'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Where an item stands. `handled`: someone resolved it on the platform, outside Docket.
 * `conflict`: a decision of ours met someone else's on the platform, and a person has to choose.
 */
export const ITEM_STATES = ['open', 'conflict', 'escalated', 'snoozed', 'decided', 'handled'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** The states a queue view may ask for; `open` includes conflicts, which sort first. */
export const QUEUE_STATES = ['open', 'escalated', 'snoozed', 'decided', 'handled'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** A decision's journey to its platform. `local`: nothing has to be sent. */
export const DELIVERY_STATES = [
  'held', 'pending', 'sent', 'handled-there', 'conflict', 'refused', 'failed', 'cancelled', 'local',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Where a person's change came from. */
export const SOURCES = ['key', 'menu', 'palette', 'pointer', 'system'] as const;
export type Source = (typeof SOURCES)[number];

/** Every kind of event in the action log. */
export const EVENT_KINDS = [
  'decision.recorded', 'decision.undone', 'decision.redone', 'conflict.resolved', 'item.claimed', 'item.released',
  'note.written', 'note.revised', 'case.opened', 'case.changed', 'case.party-added', 'case.party-removed',
  'case.item-linked', 'case.item-unlinked', 'guideline.published', 'guideline.retired',
  'member.linked', 'member.unlinked', 'connection.added', 'connection.changed', 'connection.removed', 'file.imported',
  'setting.changed', 'payload.erased',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** A case's way from complaint to closing. */
export const CASE_STAGES = ['intake', 'hearing', 'agreement', 'follow-up', 'closed'] as const;
export type CaseStage = (typeof CASE_STAGES)[number];

/** What a party is in a case. */
export const PARTY_ROLES = ['affected', 'other-side', 'witness', 'supporter', 'mediator'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** Who may read a note. */
export const AUDIENCES = ['team', 'leads', 'me'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** How a connection fares. */
export const HEALTH_STATES = [
  'starting', 'first-sync', 'live', 'paused', 'offline', 'rate-limited', 'sign-in-needed', 'secrets-locked', 'failing',
] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** Exhaustiveness check for unions: reaching it is a bug. */
export function assertNever(value: never, why: string): never {
  throw new Error(`${why}: ${String(value)}`);
}

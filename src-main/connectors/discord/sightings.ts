import { z } from 'zod';
import { lookOf } from '../http/known.ts';
import { ACTION, ALERT_MESSAGE, ENTRY, TRIGGER } from './codes.ts';
import type { Sighting } from './offence.ts';
import { id } from './schemas.ts';
import type { WireEntry, WireExecution, WireMessage } from './schemas.ts';
import { timeOf } from './snowflake.ts';

/** The type of embed in an alert, beside the documented ones of resources/message, "Embed Types". */
const ALERT_EMBED = 'auto_moderation_message';

export function isAlert({ type, embeds }: WireMessage): boolean {
  return type === ALERT_MESSAGE || embeds.some((embed) => embed.type === ALERT_EMBED);
}

/**
 * An alert: an AUTO_MODERATION_ACTION message, written in the name of the member whom it is about. Its embed's description is
 * what they wrote; its fields are not in the documentation, so that each may be missing. `rules` gives a rule's trigger by name.
 */
export function sightingOfAlert(message: WireMessage, channel: string, rules: ReadonlyMap<string, number | null>): Sighting {
  const embed = message.embeds.find(({ type }) => type === ALERT_EMBED) ?? message.embeds[0];
  const fields = new Map(embed?.fields.map(({ name, value }) => [name, value]));
  const field = (name: string): string | null => fields.get(name) || null;
  const idIn = (name: string): string | null => id.parse(field(name));
  const rule = field('rule_name');
  const seconds = Number(field('timeout_duration'));
  return {
    source: 'alert', action: ACTION.alert, at: timeOf(message.id), since: null, anchor: message.id, user: message.author?.id ?? null,
    rule, trigger: rule === null ? null : rules.get(rule) ?? null,
    channel: idIn('channel_id'), message: idIn('flagged_message_id'), alert: message.id, alertChannel: message.channel_id ?? channel,
    content: embed?.description ?? null, keyword: field('keyword'), matched: field('keyword_matched_content'),
    timeoutSeconds: seconds > 0 ? seconds : null,
    profile: ['quarantine_user', 'quarantine_user_action', 'block_profile_update_type'].some((name) => fields.has(name)),
    done: doneIn(field('alert_actions_execution')),
  };
}

const deed = z.object({ actor: id, ts: z.string().nullish().catch(null) }).nullish().catch(null);
const deeds = z.object({ actions: z.object({ 1: deed, 3: deed }) });

/** What moderators did by the alert's own buttons: 1 marked it as completed, 3 deleted the message. */
function doneIn(field: string | null): Sighting['done'] {
  try {
    const { actions } = deeds.parse(JSON.parse(field ?? ''));
    const one = actions[1] ?? actions[3] ?? null;
    const at = Date.parse(one?.ts ?? '');
    if (one === null) return null;
    const deleted = one !== actions[1];
    return { by: one.actor, at: Number.isNaN(at) ? null : at, what: deleted ? 'message deleted' : 'alert marked as completed', deleted };
  } catch {
    return null;
  }
}

const ACTION_OF: ReadonlyMap<number, number> = new Map([
  [ENTRY.blocked, ACTION.block], [ENTRY.flagged, ACTION.alert], [ENTRY.timedOut, ACTION.timeout], [ENTRY.quarantined, ACTION.quarantine],
]);

/** What AutoMod did, by an entry of the audit log; null for entries of other kinds. Neither words nor a message's id stand there. */
export function sightingOfEntry(entry: WireEntry): Sighting | null {
  const action = ACTION_OF.get(entry.action_type);
  if (action === undefined) return null;
  const { auto_moderation_rule_name: rule, auto_moderation_rule_trigger_type: trigger, channel_id: channel } = entry.options;
  return {
    source: 'entry', action, at: timeOf(entry.id), since: null, anchor: entry.id, user: entry.target_id ?? entry.user_id, rule, trigger, channel,
    message: null, alert: null, alertChannel: null, content: null, keyword: null, matched: null, timeoutSeconds: null,
    profile: trigger === TRIGGER.profile || action === ACTION.quarantine, done: null,
  };
}

/** An event of AutoMod, and when it came by Discord's clock, ms; `since`: from when on it may have happened, where it came late. */
export type HeardExecution = { readonly event: WireExecution; readonly at: number; readonly since: number | null };

/** An event of the gateway: one comes for each action of a trigger. `at` is when it came, by Discord's clock, `since` from when on it may have been. */
export function sightingOfExecution({ event, at, since }: HeardExecution, ruleName: string | null): Sighting {
  const { action, alert_system_message_id: alert } = event;
  return {
    source: 'live', action: action.type, at: alert === null ? at : timeOf(alert), since: alert === null ? since : null, anchor: [event.message_id ?? event.user_id ?? 'member', event.rule_id ?? '', ...(event.message_id === null ? [at, lookOf([event.content])] : [])].join('-'),
    user: event.user_id, rule: ruleName, trigger: event.rule_trigger_type, channel: event.channel_id, message: event.message_id,
    alert, alertChannel: action.metadata.channel_id, content: event.content, keyword: event.matched_keyword, matched: event.matched_content,
    timeoutSeconds: action.metadata.duration_seconds,
    profile: event.rule_trigger_type === TRIGGER.profile || action.type === ACTION.quarantine, done: null,
  };
}

import { z } from 'zod';
import { ALERT_MESSAGE, ENTRY, INTENT } from './codes.ts';
import { execution, id, message, snowflake } from './schemas.ts';
import type { WireMessage } from './schemas.ts';
import { isAlert } from './sightings.ts';
import type { HeardExecution } from './sightings.ts';

/** What the gateway told and no pull has brought yet. */
export type Heard = {
  readonly executions: readonly HeardExecution[];
  /** Alerts that were changed: marked as completed. */
  readonly alerts: readonly WireMessage[];
  /** Reported messages that were edited. */
  readonly edits: readonly WireMessage[];
  /** Reported messages that were deleted. */
  readonly gone: readonly string[];
};

/** Keeps what the gateway told: Discord sends it once, to who listens, so that it stays here until it was stored. */
export type Live = {
  /** Takes up an event of the gateway; answers whether a pull would bring something new. */
  readonly hear: (name: string, data: unknown, since: number | null) => boolean;
  readonly waiting: () => Heard;
  /** It was stored. */
  readonly forget: (heard: Heard) => void;
  /** Channels in which an alert was seen. */
  readonly channels: ReadonlySet<string>;
  /** Which messages matter; the last pull says it. */
  readonly watch: (ids: ReadonlySet<string>) => void;
};

/** Of which events the bot asks to hear; with those of messages comes which were deleted. */
export const INTENTS = INTENT.moderation | INTENT.messages | INTENT.autoModerationRules | INTENT.autoModerationExecution;

/** So many events wait at most; Docket pulls within seconds of the first. */
const MOST = 10_000;

const here = z.object({ guild_id: id });
const logged = z.object({ action_type: z.number() });
const typed = z.object({ type: z.literal(ALERT_MESSAGE) });
/** Entries of other kinds moderate nobody. */
const MATTERS: ReadonlySet<number> = new Set(Object.values(ENTRY));
const deletion = z.object({ id: snowflake });
const deletions = z.object({ ids: z.array(snowflake) });

export function makeLive(guild: string, serverNow: () => number, onRules: () => void): Live {
  const executions = new Set<HeardExecution>();
  const alerts = new Map<string, WireMessage>();
  const edits = new Map<string, WireMessage>();
  const gone = new Set<string>();
  const channels = new Set<string>();
  let watched: ReadonlySet<string> = new Set();

  function hear(name: string, data: unknown, since: number | null): boolean {
    // One bot may be in several servers.
    if (here.safeParse(data).data?.guild_id !== guild) return false;
    switch (name) {
      case 'AUTO_MODERATION_ACTION_EXECUTION': return heardExecution(data, since);
      case 'GUILD_AUDIT_LOG_ENTRY_CREATE': return MATTERS.has(logged.safeParse(data).data?.action_type ?? 0);
      case 'MESSAGE_CREATE': case 'MESSAGE_UPDATE': return heardMessage(name === 'MESSAGE_UPDATE', data);
      case 'MESSAGE_DELETE': return heardGone([deletion.safeParse(data).data?.id ?? '']);
      case 'MESSAGE_DELETE_BULK': return heardGone(deletions.safeParse(data).data?.ids ?? []);
      case 'AUTO_MODERATION_RULE_CREATE': case 'AUTO_MODERATION_RULE_UPDATE': case 'AUTO_MODERATION_RULE_DELETE':
        onRules();
        return false;
      default: return false;
    }
  }

  function heardExecution(data: unknown, since: number | null): boolean {
    const event = execution.safeParse(data).data;
    if (event === undefined || executions.size >= MOST) return false;
    executions.add({ event, at: serverNow(), since });
    if (event.alert_system_message_id !== null && event.action.metadata.channel_id !== null) channels.add(event.action.metadata.channel_id);
    return true;
  }

  function heardMessage(changed: boolean, data: unknown): boolean {
    // Everyone's chatter comes by here.
    if (!changed && !typed.safeParse(data).success) return false;
    const told = message.safeParse(data).data;
    if (told === undefined) return false;
    if (isAlert(told)) {
      if (told.channel_id !== null) channels.add(told.channel_id);
      if (changed && alerts.size < MOST) alerts.set(told.id, told);
      return true;
    }
    if (!changed || !watched.has(told.id) || edits.size >= MOST) return false;
    edits.set(told.id, told);
    return true;
  }

  function heardGone(ids: readonly string[]): boolean {
    const known = ids.filter((one) => watched.has(one) && gone.size < MOST);
    for (const one of known) gone.add(one);
    return known.length > 0;
  }

  return {
    hear, channels,
    waiting: () => ({ executions: [...executions], alerts: [...alerts.values()], edits: [...edits.values()], gone: [...gone] }),
    forget(heard) {
      for (const one of heard.executions) executions.delete(one);
      // One that came anew meanwhile stays.
      for (const one of heard.alerts) if (alerts.get(one.id) === one) alerts.delete(one.id);
      for (const one of heard.edits) if (edits.get(one.id) === one) edits.delete(one.id);
      for (const one of heard.gone) gone.delete(one);
    },
    watch(ids) {
      watched = ids;
    },
  };
}

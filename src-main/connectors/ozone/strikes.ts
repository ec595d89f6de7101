import type { Order } from '../connector.ts';
import type { Plan, PlannedEvent } from './orders.ts';
import type { State } from './state.ts';
import type { Level, TeamSettings } from './team-settings.ts';

const TAKEDOWN = 'tools.ozone.moderation.defs#modEventTakedown';
const REVERSAL = 'tools.ozone.moderation.defs#modEventReverseTakedown';
const EMAIL = 'tools.ozone.moderation.defs#modEventEmail';
const DAY_MS = 24 * 3_600_000;

/**
 * A takedown with the severity that its policy counts as by default, and the strikes that the team gives for it; a
 * reversal takes the strikes of what it reverses back (lexicon tools.ozone.moderation.defs, #modEventTakedown and
 * #modEventReverseTakedown). Where nothing is set up, the event is as it was.
 */
export async function withStrikes(state: State, team: TeamSettings, order: Order, plan: Plan, now: number, signal: AbortSignal): Promise<PlannedEvent> {
  const { event, policy, target } = plan;
  if (event.$type === TAKEDOWN && policy !== undefined && policy.severity !== null) {
    const level = team.levels.get(policy.severity);
    // How often it happened before is asked only where the strikes depend on it.
    const counts = level?.firstOccurrenceStrikeCount !== undefined || (level?.strikeOnOccurrence ?? 1) > 1;
    const before = counts ? await state.occurrences(target, policy.slug, policy.severity, [TAKEDOWN, EMAIL], signal) : 0;
    const strikes = level === undefined ? 0 : strikesOf(level, before);
    const days = level?.expiresInDays ?? level?.expiryInDays;
    return {
      ...event, severityLevel: policy.severity,
      ...(strikes === 0 ? {} : { strikeCount: strikes, ...(days === undefined || days === 0 ? {} : { strikeExpiresAt: new Date(now + days * DAY_MS).toISOString() }) }),
    };
  }
  if (event.$type === REVERSAL && order.reverse && order.reverses !== null) {
    const made = await state.eventOfOrder(target, order.reverses.orderId, TAKEDOWN, signal);
    const strikeCount = made?.event['strikeCount'];
    const severityLevel = made?.event['severityLevel'];
    const policies = made?.event['policies'];
    if (typeof strikeCount === 'number' && strikeCount > 0) {
      return { ...event, strikeCount: -strikeCount, ...(typeof severityLevel === 'string' ? { severityLevel } : {}), ...(Array.isArray(policies) ? { policies } : {}) };
    }
  }
  return event;
}

/** Strikes for one more violation of a severity after `before` earlier ones. */
function strikesOf(level: Level, before: number): number {
  if (before === 0 && level.firstOccurrenceStrikeCount !== undefined) return level.firstOccurrenceStrikeCount;
  return before + 1 < (level.strikeOnOccurrence ?? 1) ? 0 : level.strikeCount ?? 0;
}

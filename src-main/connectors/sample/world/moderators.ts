import type { Verb } from '../../../contract/words.ts';
import { diceFor, SALT } from './dice.ts';
import type { Told } from './subjects.ts';
import { HOUR, MINUTE, reportTime } from './world.ts';
import type { World } from './world.ts';

/** What a moderator of the community does about a subject without us, and when. */
export type Handling = { readonly by: string; readonly verb: Verb; readonly at: number };

const TEAM = ['Ines', 'Tomás', 'Aiko', 'Lea'] as const;
/** Only the latest subjects of the first pull are still being worked on by others. */
const IN_HAND = 100;
/**
 * How soon the team gets round to what was reported, and to what share of it by then: the urgent within hours and all of
 * it, the rest when there is time. So the queue of the first pull is mostly of today, as it is where people moderate.
 */
const PACE: Readonly<Record<'urgent' | 'soon' | 'sometime', readonly { readonly after: number; readonly share: number }[]>> = {
  urgent: [{ after: 20 * HOUR, share: 1 }, { after: 90 * MINUTE, share: 0.8 }],
  soon: [{ after: 40 * HOUR, share: 1 }, { after: 10 * HOUR, share: 0.96 }, { after: 4 * HOUR, share: 0.8 }],
  sometime: [{ after: 140 * HOUR, share: 0.97 }, { after: 60 * HOUR, share: 0.85 }, { after: 24 * HOUR, share: 0.55 }, { after: 8 * HOUR, share: 0.2 }],
};
/** Rules that a warning of the past rested on, for members' records. */
export const PAST = ['Warned · Rule 2', 'Message, no strike', 'Muted 1 day · Rule 2', 'Post removed · Rule 5', 'Warned · Rule 5', 'Post removed · Rule 1', 'Report dismissed'] as const;

/** The words in which the community tells what a moderator did. */
export const DONE: Readonly<Record<Verb, string>> = {
  remove: 'removed', mute: 'muted the member', warn: 'warned the member', suspend: 'suspended the member', dismiss: 'dismissed the reports', label: 'labelled',
  lock: 'locked the thread', restore: 'restored', escalate: 'passed on to the harbour office', snooze: 'put off', message: 'wrote to the member',
};

/** How the team closed a subject before the first pull; null where it is open. */
export function pastHandling(world: World, told: Told): Handling | null {
  const { slot, firstReport } = told.standing;
  const last = firstReport + slot.reports - 1;
  if (last >= world.size || slot.type === 'community') return null;
  const reportedAt = reportTime(world, last);
  const dice = diceFor(world.seed, SALT.fate, told.index);
  const luck = dice.unit();
  const pace = PACE[urgency(told)].find(({ after, share }) => reportedAt < world.start - after && luck < share);
  if (pace === undefined) return null;
  return { by: dice.pick(TEAM), verb: usualVerb(told, dice.unit()), at: reportedAt + MINUTE + dice.below(pace.after - MINUTE) };
}

function urgency({ standing: { slot } }: Told): keyof typeof PACE {
  if (slot.motive === 'malicious') return 'soon';
  switch (slot.scene) {
    case 'self-harm': case 'violence': return 'urgent';
    case 'hate': case 'privacy': case 'feud': case 'harassment': case 'illegal': return 'soon';
    default: return 'sometime';
  }
}

/** What someone of the team is about to do with a subject, unless we are first; null for most. */
export function plannedHandling(world: World, told: Told): Handling | null {
  const { scene, type } = told.standing.slot;
  if (scene === 'appeal' || scene === 'self-harm' || type === 'community' || pastHandling(world, told) !== null) return null;
  const live = told.reportedAt > world.start;
  if (!live && told.index < world.layout.reported(world.size - 1).subject - IN_HAND) return null;
  const dice = diceFor(world.seed, SALT.fate, told.index);
  // The same draw decides what the team had done before, so that one of the two is rare and never both.
  if (dice.unit() < 0.88) return null;
  return { by: dice.pick(TEAM.slice(0, 3)), verb: usualVerb(told, dice.unit()), at: Math.max(told.reportedAt, world.start) + MINUTE + dice.below((live ? 6 : 25) * MINUTE) };
}

function usualVerb(told: Told, roll: number): Verb {
  const { scene, motive, type } = told.standing.slot;
  if (scene === 'appeal') return roll < 0.5 ? 'restore' : 'dismiss';
  if (scene === 'self-harm') return roll < 0.5 ? 'message' : 'escalate';
  if (motive !== 'fair' || scene === 'held') return 'dismiss';
  if (type === 'member') return roll < 0.8 ? 'suspend' : 'dismiss';
  if (scene === 'spam' || scene === 'wave' || scene === 'privacy' || scene === 'hate') return 'remove';
  if (scene === 'harassment' || scene === 'feud') return roll < 0.5 ? 'remove' : 'warn';
  return roll < 0.6 ? 'remove' : 'dismiss';
}

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
/** Older than this, the team had time for part of it. */
const TEAM_HAD_TIME = 30 * HOUR;
/** Rules that a warning of the past rested on, for members' records. */
export const PAST = ['Warned · Rule 2', 'Message, no strike', 'Muted 1 day · Rule 2', 'Post removed · Rule 5', 'Warned · Rule 5', 'Post removed · Rule 1', 'Report dismissed'] as const;

/** The words in which the community tells what a moderator did. */
export const DONE: Readonly<Record<Verb, string>> = {
  remove: 'removed', mute: 'muted the member', warn: 'warned the member', suspend: 'suspended the member', dismiss: 'dismissed the reports', label: 'labelled',
  lock: 'locked the thread', restore: 'restored', escalate: 'passed on to the harbour office', snooze: 'put off', message: 'wrote to the member',
};

/** How the team closed a subject before the first pull; null where it is open. */
export function pastHandling(world: World, told: Told): Handling | null {
  const last = told.standing.firstReport + told.standing.slot.reports - 1;
  if (last >= world.size || reportTime(world, last) > world.start - TEAM_HAD_TIME) return null;
  const dice = diceFor(world.seed, SALT.fate, told.index);
  if (!dice.chance(0.2) || told.standing.slot.scene === 'appeal' || told.standing.slot.type === 'community') return null;
  return { by: dice.pick(TEAM), verb: usualVerb(told, dice.unit()), at: reportTime(world, last) + 5 * MINUTE + dice.below(20 * HOUR) };
}

/** What someone of the team is about to do with a subject, unless we are first; null for most. */
export function plannedHandling(world: World, told: Told): Handling | null {
  const { scene, type } = told.standing.slot;
  if (scene === 'appeal' || scene === 'self-harm' || type === 'community' || pastHandling(world, told) !== null) return null;
  const live = told.reportedAt > world.start;
  if (!live && told.index < world.layout.reported(world.size - 1).subject - IN_HAND) return null;
  const dice = diceFor(world.seed, SALT.fate, told.index);
  if (!dice.chance(0.12)) return null;
  return { by: dice.pick(TEAM.slice(0, 3)), verb: usualVerb(told, dice.unit()), at: Math.max(told.reportedAt, world.start) + MINUTE + dice.below((live ? 6 : 25) * MINUTE) };
}

function usualVerb(told: Told, roll: number): Verb {
  const { scene, motive, type } = told.standing.slot;
  if (motive !== 'fair' || scene === 'held') return 'dismiss';
  if (type === 'member') return roll < 0.8 ? 'suspend' : 'dismiss';
  if (scene === 'spam' || scene === 'wave' || scene === 'privacy' || scene === 'hate') return 'remove';
  if (scene === 'harassment' || scene === 'feud') return roll < 0.5 ? 'remove' : 'warn';
  return roll < 0.6 ? 'remove' : 'dismiss';
}

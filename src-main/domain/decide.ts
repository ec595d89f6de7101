import type { DecisionAction } from '../contract/queue.ts';
import type { Verb } from '../contract/words.ts';

/** Verbs that add a strike where a guideline was broken. A message, a label or a locked thread is no mark against anyone. */
const STRIKES: ReadonlySet<Verb> = new Set<Verb>(['remove', 'warn', 'mute', 'suspend']);

/** Verbs that contradict each other in one decision. */
const APART: readonly (readonly [Verb, Verb])[] = [['remove', 'restore'], ['dismiss', 'remove'], ['dismiss', 'warn']];

/** Why these actions make no decision together, in words; null where they do. */
export function contradiction(actions: readonly DecisionAction[]): string | null {
  const verbs = new Set(actions.map((action) => action.verb));
  if (verbs.size !== actions.length) return 'The same verb is there twice. Take one away.';
  if (verbs.has('snooze') && verbs.size > 1) return 'Snooze puts an item off, so it stands alone. Take the other verbs away, or decide now.';
  const pair = APART.find(([a, b]) => verbs.has(a) && verbs.has(b));
  return pair === undefined ? null : `${pair[0]} and ${pair[1]} contradict each other. Take one away.`;
}

/** How many days the decision counts against the author; null where it does not. */
export function strikeDays(actions: readonly DecisionAction[], guideline: { readonly strikeDays: number } | null): number | null {
  return guideline !== null && actions.some((action) => STRIKES.has(action.verb)) ? guideline.strikeDays : null;
}

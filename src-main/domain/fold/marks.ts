import { z } from 'zod';
import { decisionAction } from '../../contract/queue.ts';
import type { DecisionAction } from '../../contract/queue.ts';
import type { Verb } from '../../contract/words.ts';
import type { DecisionOn } from './read.ts';
import type { Rows } from './rows.ts';

/** Verbs that say the report was right. A message or a restore says neither. */
const UPHOLDS: ReadonlySet<Verb> = new Set<Verb>(['remove', 'mute', 'warn', 'suspend', 'label', 'lock']);

const DAY_MS = 86_400_000;

/** A decision's actions as stored. */
export function parseActions(json: string): readonly DecisionAction[] {
  return z.array(decisionAction).parse(JSON.parse(json));
}

/** What a decision means for a subject it is about; a decision ends a claim. */
export function markOf({ decision, subject }: DecisionOn): Rows['item_marks'] {
  const actions = parseActions(decision.actions);
  const verbs = actions.map((action) => action.verb);
  const snooze = actions.find((action) => action.verb === 'snooze');
  const base = {
    subject_key: subject.subject_key,
    decision_id: decision.id,
    marked_at: subject.kept_at ?? decision.at,
    snoozed_until: null,
    claimed_by: null,
  };
  if (subject.kept_at !== null) return { ...base, state: 'handled', outcome: null };
  const outcome = verbs.some((verb) => UPHOLDS.has(verb)) ? 'upheld' : verbs.includes('dismiss') ? 'dismissed' : null;
  if (snooze !== undefined) return { ...base, state: 'snoozed', outcome, snoozed_until: decision.at + (snooze.durationMs ?? DAY_MS) };
  return { ...base, state: verbs.includes('escalate') ? 'escalated' : 'decided', outcome };
}

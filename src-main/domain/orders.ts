import type { DecisionAction, VerbOffer } from '../contract/queue.ts';
import type { Verb } from '../contract/words.ts';
import { sayDuration } from './say.ts';

/**
 * Whether what was offered for an item covers an action: the action with its duration settled, or why not, in words.
 * A duration left out becomes the shortest that is offered, never "for good" where there is a choice.
 */
export function checkAction(action: DecisionAction, offer: VerbOffer | undefined, message: string | null): DecisionAction | string {
  if (offer === undefined || !offer.can) return offer?.why ?? `The platform cannot do this: ${action.verb}.`;
  if (action.verb === 'message' && (message ?? '').trim() === '') return 'Write the message first.';
  if (action.verb === 'label') {
    if (!action.labels?.length) return 'Choose at least one label.';
    const unknown = offer.labels.length === 0 ? undefined : action.labels.find((label) => !offer.labels.includes(label));
    if (unknown !== undefined) return `The platform has no label “${unknown}”.`;
  }
  if (offer.durations.length === 0) return action;
  const { durationMs } = action;
  if (durationMs === undefined) {
    const finite = offer.durations.filter((duration) => duration !== null);
    return { ...action, durationMs: finite.length === 0 ? null : Math.min(...finite) };
  }
  // Putting an item off happens here, so any time will do.
  if (action.verb === 'snooze' && durationMs !== null) return action;
  if (offer.durations.includes(durationMs)) return action;
  return `The platform cannot ${action.verb} ${durationMs === null ? 'for good' : `for ${sayDuration(durationMs)}`}.`;
}

/** What bears on messages of what a connector says it can do. */
type Carrying = { readonly [verb in Verb]?: { readonly can: true; readonly message?: boolean } | { readonly can: false } };

/** The one action of a decision that takes the message along, so that nobody is told twice; null where none can. */
export function messageCarrier(actions: readonly DecisionAction[], capabilities: Carrying): Verb | null {
  const able = actions.map((action) => action.verb).filter((verb) => {
    const capability = capabilities[verb];
    return capability?.can === true && (verb === 'message' || capability.message === true);
  });
  return able.find((verb) => verb === 'message') ?? able.find((verb) => verb === 'warn') ?? able[0] ?? null;
}

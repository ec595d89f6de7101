import type { DecisionAction, VerbOffer } from '../../src-main/contract/queue.ts';
import type { Verb } from '../../src-main/contract/words.ts';
import { VERB_WORDS } from './verb-words.ts';

export type Step = 'reason' | 'duration' | 'labels' | 'words';

/** A decision being made: what the bar asks about and what was answered so far. */
export type Draft = {
  readonly itemIds: readonly number[];
  /** The version of each item when its verb was pressed: what came after has not been seen, and is never decided over. */
  readonly basis: ReadonlyMap<number, number>;
  readonly actions: readonly DecisionAction[];
  /** Whether the next verb comes beside the ones chosen, not in the last one's place. */
  readonly adding: boolean;
  readonly step: Step;
  readonly guidelineId: string | null;
  readonly message: string;
  readonly reason: string;
};

/** What the steps need to know about the item; the same for every item of a selection. */
export type Choices = {
  readonly offers: readonly VerbOffer[];
  /** Guideline ids, best first. */
  readonly guidelines: readonly string[];
  /** The duration a guideline's ladder recommends for a verb; undefined where it recommends none. */
  readonly ladder: (verb: Verb, guidelineId: string | null) => number | null | undefined;
};

export function offerOf(choices: Choices, verb: Verb): VerbOffer | undefined {
  return choices.offers.find((offer) => offer.verb === verb);
}

/** Who gets to read the reason of a decision. */
export function whoReads({ actions }: Draft, choices: Choices): string {
  return actions.some(({ verb }) => offerOf(choices, verb)?.reasonShown === true)
    ? 'For the log and for whoever reviews this. The platform shows it to the member, too.'
    : 'For the log and for whoever reviews this; the member does not see it.';
}

/** The verb that is being answered about; undefined while the first is awaited. */
export function currentVerb(draft: Draft): Verb | undefined {
  return draft.adding ? undefined : draft.actions.at(-1)?.verb;
}

/** The steps of the current verb, in the order of Tab. */
export function stepsOf(draft: Draft, choices: Choices): readonly Step[] {
  const verb = currentVerb(draft);
  const offer = verb === undefined ? undefined : offerOf(choices, verb);
  const asked: Step[] = verb === 'label' ? ['labels', 'reason'] : verb === 'snooze' ? ['duration', 'reason'] : ['reason'];
  if (verb !== 'snooze' && offer !== undefined && offer.durations.length > 0) asked.push('duration');
  if (verb !== 'label' && offer !== undefined && offer.labels.length > 0) asked.push('labels');
  return verb === 'message' ? ['words', ...asked] : [...asked, 'words'];
}

function action(verb: Verb, guidelineId: string | null, choices: Choices): DecisionAction {
  const durations = offerOf(choices, verb)?.durations ?? [];
  if (durations.length === 0) return { verb };
  const wished = choices.ladder(verb, guidelineId);
  const [first = null] = durations;
  return { verb, durationMs: wished !== undefined && durations.includes(wished) ? wished : first };
}

/** Begins with a verb, or with the wish to combine several. */
export function begun(basis: ReadonlyMap<number, number>, verb: Verb | null, choices: Choices): Draft {
  const blank: Draft = { itemIds: [...basis.keys()], basis, message: '', reason: '', actions: [], adding: true, step: 'reason', guidelineId: null };
  return verb === null ? blank : withVerb(blank, verb, choices);
}

/** Takes a verb: beside the others when adding, else in the last one's place. */
export function withVerb(draft: Draft, verb: Verb, choices: Choices): Draft {
  const others = (draft.adding ? draft.actions : draft.actions.slice(0, -1)).filter((known) => known.verb !== verb);
  const guidelineId = draft.guidelineId ?? (VERB_WORDS[verb].ruled ? choices.guidelines[0] ?? null : null);
  // A dismissal beside something else contradicts it; what was pressed last counts.
  const apart = verb === 'dismiss' ? [] : others.filter((known) => known.verb !== 'dismiss');
  const next: Draft = { ...draft, actions: [...apart, action(verb, guidelineId, choices)], adding: false, guidelineId };
  return { ...next, step: stepsOf(next, choices)[0] ?? 'reason' };
}

/** Rests the decision on a guideline; its ladder may recommend another duration. */
export function withGuideline(draft: Draft, guidelineId: string | null, choices: Choices): Draft {
  const actions = draft.actions.map((known) => {
    const wished = choices.ladder(known.verb, guidelineId);
    return wished !== undefined && offerOf(choices, known.verb)?.durations.includes(wished) === true ? { ...known, durationMs: wished } : known;
  });
  return { ...draft, guidelineId, actions };
}

function changeLast(draft: Draft, change: (last: DecisionAction) => DecisionAction): Draft {
  const last = draft.actions.at(-1);
  return last === undefined ? draft : { ...draft, actions: [...draft.actions.slice(0, -1), change(last)] };
}

function withDuration(draft: Draft, durationMs: number | null): Draft {
  return changeLast(draft, (last) => ({ ...last, durationMs }));
}

/** Adds a label to the last verb, or takes it away. */
export function withLabel(draft: Draft, label: string): Draft {
  return changeLast(draft, (last) => {
    const labels = last.labels ?? [];
    return { ...last, labels: labels.includes(label) ? labels.filter((known) => known !== label) : [...labels, label] };
  });
}

/** The next or previous step; stays at the ends. */
export function stepped(draft: Draft, by: 1 | -1, choices: Choices): Draft {
  const steps = stepsOf(draft, choices);
  const step = steps[Math.max(0, Math.min(steps.length - 1, steps.indexOf(draft.step) + by))];
  return step === undefined ? draft : { ...draft, step };
}

/** How many options stand under number keys. */
export const MOST_NUMBERED = 9;

/** The labels that the last verb offers, and whether there are more of them than number keys. */
export function labelsOf(draft: Draft, choices: Choices): { readonly labels: readonly string[]; readonly areMany: boolean } {
  const verb = currentVerb(draft);
  const labels = (verb === undefined ? undefined : offerOf(choices, verb))?.labels ?? [];
  return { labels, areMany: labels.length > MOST_NUMBERED };
}

/** Answers the present step with a number key; 0 takes the guideline away. */
export function numbered(draft: Draft, number: number, choices: Choices): Draft {
  const offer = offerOf(choices, currentVerb(draft) ?? 'dismiss');
  if (draft.adding || offer === undefined) return draft;
  if (draft.step === 'reason') {
    if (number === 0) return stepped(withGuideline(draft, null, choices), 1, choices);
    const guideline = choices.guidelines[number - 1];
    if (guideline === undefined || number > MOST_NUMBERED) return draft;
    const next = withGuideline(draft, guideline, choices);
    // The words are never asked for by themselves: the common case is done.
    const following = stepped(next, 1, choices);
    return following.step === 'words' ? next : following;
  }
  if (draft.step === 'duration') {
    const durationMs = offer.durations[number - 1];
    return durationMs === undefined ? draft : withDuration(draft, durationMs);
  }
  if (draft.step === 'labels') {
    const label = offer.labels[number - 1];
    return label === undefined ? draft : withLabel(draft, label);
  }
  return draft;
}

/** What is still missing before it can be committed, in words; null when nothing is. */
export function missing(draft: Draft): string | null {
  if (draft.actions.length === 0) return 'Press a verb’s key first.';
  if (draft.actions.some(({ verb, labels }) => verb === 'label' && (labels ?? []).length === 0)) return 'Choose a label first: its number, then Enter.';
  if (draft.actions.some(({ verb }) => verb === 'message') && draft.message.trim() === '') return 'Write the message first.';
  return null;
}

/** Where the items stand once it is committed; null where a message alone changes nothing. */
export function stateAfter(actions: readonly DecisionAction[]): 'decided' | 'escalated' | 'snoozed' | null {
  if (actions.every(({ verb }) => verb === 'message')) return null;
  if (actions.some(({ verb }) => verb === 'snooze')) return 'snoozed';
  return actions.some(({ verb }) => verb === 'escalate') ? 'escalated' : 'decided';
}

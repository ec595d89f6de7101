import { create } from 'zustand';
import type { ItemDetail, VerbOffer } from '../../src-main/contract/queue.ts';
import { VERBS } from '../../src-main/contract/words.ts';
import type { Verb } from '../../src-main/contract/words.ts';
import { openOverlay } from './desk.ts';
import { begun, labelsOf, numbered, withGuideline, withVerb } from './deciding-steps.ts';
import type { Choices, Draft } from './deciding-steps.ts';
import { details } from './details.ts';
import { guidelineById, ladderStep } from './guidelines.ts';
import { useQueue } from './queue.ts';
import { rows } from './rows.ts';

export const useDeciding = create<{ readonly draft: Draft | null }>(() => ({ draft: null }));

/** What a decision is about now: the picked rows, else the selected one. */
export function targetIds(): readonly number[] {
  const { picked, selected, ids } = useQueue.getState();
  if (picked.size > 0) return ids.filter((id) => picked.has(id));
  return selected === null ? [] : [selected];
}

/** A verb for several items: possible where it is for all that are known, and it says why not for the first that refuses. */
function commonOffer(verb: Verb, known: readonly ItemDetail[]): VerbOffer | undefined {
  const offers = known.flatMap((detail) => detail.verbs.filter((offer) => offer.verb === verb));
  const refused = offers.find((offer) => !offer.can);
  const [first] = offers;
  if (refused !== undefined || first === undefined) return refused;
  return {
    ...first,
    reversible: offers.every((offer) => offer.reversible),
    message: offers.every((offer) => offer.message),
    reasonShown: offers.some((offer) => offer.reasonShown === true),
    durations: first.durations.filter((duration) => offers.every((offer) => offer.durations.includes(duration))),
    labels: first.labels.filter((label) => offers.every((offer) => offer.labels.includes(label))),
  };
}

const choicesCache = new WeakMap<ItemDetail, Choices>();

function makeChoices(known: readonly ItemDetail[]): Choices {
  const [first] = known;
  const guidelines = first?.guidelines ?? [];
  const strikes = first?.record?.activeStrikes ?? 0;
  return {
    offers: VERBS.flatMap((verb) => commonOffer(verb, known) ?? []),
    guidelines,
    ladder(verb, guidelineId) {
      const guideline = guidelineById(guidelineId);
      const step = guideline === undefined ? null : ladderStep(guideline.ladder, strikes);
      return step?.verb === verb ? step.durationMs : undefined;
    },
  };
}

/** What can be decided about these items; the same object while the item is the same. */
export function choicesFor(itemIds: readonly number[]): Choices {
  const known = itemIds.flatMap((id) => details.get(id) ?? []);
  const [only] = known;
  if (known.length !== 1 || only === undefined) return makeChoices(known);
  const cached = choicesCache.get(only) ?? makeChoices(known);
  choicesCache.set(only, cached);
  return cached;
}

/** Why a verb cannot be used now; null where it can. */
export function verbWhy(verb: Verb): string | null {
  const ids = useDeciding.getState().draft?.itemIds ?? targetIds();
  if (ids.length === 0) return 'Nothing is selected.';
  const offer = choicesFor(ids).offers.find((known) => known.verb === verb);
  if (offer === undefined) return 'The item is still loading.';
  return offer.can ? null : offer.why ?? 'The platform cannot do this.';
}

/** The version of each item as it is on screen. */
function seenVersions(ids: readonly number[]): ReadonlyMap<number, number> {
  return new Map(ids.map((id) => [id, details.get(id)?.row.version ?? rows.get(id)?.version ?? 0]));
}

/** Opens the bar for a verb, or puts it into the one that is open. Null: to combine several. */
export function chooseVerb(verb: Verb | null): void {
  const { draft } = useDeciding.getState();
  const itemIds = draft?.itemIds ?? targetIds();
  if (itemIds.length === 0) return;
  const choices = choicesFor(itemIds);
  if (draft === null) useDeciding.setState({ draft: begun(seenVersions(itemIds), verb, choices) });
  else useDeciding.setState({ draft: verb === null ? { ...draft, adding: true } : withVerb(draft, verb, choices) });
}

/** Changes the draft that is open. */
export function changeDraft(change: (draft: Draft, choices: Choices) => Draft): void {
  const { draft } = useDeciding.getState();
  if (draft !== null) useDeciding.setState({ draft: change(draft, choicesFor(draft.itemIds)) });
}

/** Answers the present step with a number key. Of more labels than there are keys, 0 shows all. */
export function answer(number: number): void {
  const { draft } = useDeciding.getState();
  if (draft?.step === 'labels' && number === 0 && labelsOf(draft, choicesFor(draft.itemIds)).areMany) openOverlay('labels');
  else changeDraft((now, choices) => numbered(now, number, choices));
}

/** Rests the open decision on a guideline that was looked up; false where nothing is being decided. */
export function restOn(guidelineId: string): boolean {
  if (useDeciding.getState().draft === null) return false;
  changeDraft((draft, choices) => withGuideline(draft, guidelineId, choices));
  return true;
}

/** Leaves the bar without deciding; texts stay as drafts. */
export function cancelDeciding(): void {
  useDeciding.setState({ draft: null });
}

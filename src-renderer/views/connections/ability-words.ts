import type { VerbOffer } from '../../../src-main/contract/queue.ts';
import type { Ability } from '../../../src-main/contract/setup.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { VERB_WORDS } from '../../state/verb-words.ts';

/** Every verb that leaves this machine, with its offer for each type of subject in the order of the types. */
export function abilityRows(abilities: readonly Ability[]): readonly { readonly verb: Verb; readonly offers: readonly (VerbOffer | undefined)[] }[] {
  const verbs = abilities[0]?.verbs.map(({ verb }) => verb) ?? [];
  return verbs
    .filter((verb) => !VERB_WORDS[verb].local)
    .map((verb) => ({ verb, offers: abilities.map((ability) => ability.verbs.find((offer) => offer.verb === verb)) }));
}

/** Why verbs cannot be done, each reason once with its verbs. */
export function whyNots(abilities: readonly Ability[]): readonly { readonly verbs: readonly Verb[]; readonly why: string }[] {
  const reasons = new Map<string, Set<Verb>>();
  for (const { verb, offers } of abilityRows(abilities)) {
    for (const offer of offers) {
      if (offer === undefined || offer.can || offer.why === null) continue;
      reasons.set(offer.why, (reasons.get(offer.why) ?? new Set()).add(verb));
    }
  }
  return [...reasons].map(([why, verbs]) => ({ verbs: [...verbs], why }));
}

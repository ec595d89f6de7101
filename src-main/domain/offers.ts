import type { VerbOffer } from '../contract/queue.ts';
import { VERBS } from '../contract/words.ts';
import type { ItemState, SubjectType, Verb } from '../contract/words.ts';

/** What bears on whether a verb makes sense here. */
export type OfferFacts = {
  readonly type: SubjectType;
  readonly removed: boolean;
  /** The author took it away, or it is gone there. */
  readonly deleted: boolean;
  /** Null where the platform does not say whose it is. */
  readonly authorKey: string | null;
};

/** The shape of a connector's Capability. */
type Capability =
  | {
    readonly can: true; readonly target: VerbOffer['target']; readonly reversible: boolean;
    readonly durations?: readonly (number | null)[]; readonly labels?: readonly string[]; readonly message?: boolean; readonly reasonShown?: boolean; readonly local?: boolean;
  }
  | { readonly can: false; readonly why: string };

const HOUR_MS = 3_600_000;
/** How long an item may be set aside. */
const SNOOZE_MS = [HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS] as const;

/** Verbs that need nothing from a platform: they only change what stands in this queue. */
const LOCAL: ReadonlySet<Verb> = new Set<Verb>(['dismiss', 'escalate', 'snooze']);

/**
 * Every verb in the bar's order, with why it cannot be done here. Snoozing, escalating and dismissing are always
 * possible: where the platform has nothing for them they stay in Docket. `capabilities` is null while the platform was
 * never asked.
 */
export function verbOffers(capabilities: { readonly [verb in Verb]?: Capability } | null, facts: OfferFacts, state: ItemState): VerbOffer[] {
  return VERBS.map((verb) => offer(verb, capabilities, facts, state));
}

function offer(verb: Verb, capabilities: { readonly [verb in Verb]?: Capability } | null, facts: OfferFacts, state: ItemState): VerbOffer {
  const capability = verb === 'snooze' ? undefined : capabilities?.[verb];
  const again = verb === 'escalate' && state === 'escalated' ? 'It is escalated already.' : null;
  if (capability?.can === true) {
    const base = {
      verb, reversible: capability.reversible, target: capability.target, durations: [...capability.durations ?? []],
      labels: [...capability.labels ?? []], message: capability.message ?? false, ...(capability.reasonShown === true ? { reasonShown: true } : {}), ...(capability.local === true ? { local: true } : {}),
    };
    const why = again ?? whyNot(verb, capability.target, facts);
    return { ...base, can: why === null, why };
  }
  const none = { verb, target: 'subject' as const, labels: [], message: false };
  if (LOCAL.has(verb)) return { ...none, can: again === null, why: again, reversible: true, durations: verb === 'snooze' ? [...SNOOZE_MS] : [] };
  const why = capabilities === null
    ? 'The platform has not said yet what this account may do. Sync it first.'
    : capability?.why ?? 'This platform has nothing like it.';
  return { ...none, can: false, why, reversible: false, durations: [] };
}

function whyNot(verb: Verb, target: VerbOffer['target'], facts: OfferFacts): string | null {
  if (target === 'member' && facts.authorKey === null && facts.type !== 'member') return 'The platform does not say whose it is.';
  if (target === 'subject' && facts.deleted && verb !== 'dismiss' && verb !== 'escalate' && verb !== 'restore') return 'It is gone from the platform already.';
  if (verb === 'remove' && facts.removed) return 'It is removed there already.';
  return null;
}

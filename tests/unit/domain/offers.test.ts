import { describe, expect, test } from 'vitest';
import { VERBS } from '../../../src-main/contract/words.ts';
import { verbOffers } from '../../../src-main/domain/offers.ts';
import type { OfferFacts } from '../../../src-main/domain/offers.ts';

const post: OfferFacts = { type: 'post', removed: false, deleted: false, authorKey: 'forum:forum.example:member:rosa' };
const capabilities = {
  remove: { can: true, target: 'subject', reversible: true },
  mute: { can: true, target: 'member', reversible: true, durations: [1000, null], message: true, reasonShown: true },
  suspend: { can: false, why: 'Your role there may not suspend.' },
} as const;

function whys(facts: OfferFacts, state: 'open' | 'escalated' = 'open'): Readonly<Record<string, string | null>> {
  return Object.fromEntries(verbOffers(capabilities, facts, state).map(({ verb, why }) => [verb, why]));
}

describe('what can be decided', () => {
  test('is every verb in the bar\'s order, with the reason where it cannot be', () => {
    expect(verbOffers(capabilities, post, 'open').map((offer) => offer.verb)).toEqual([...VERBS]);
    expect(whys(post)).toMatchObject({ remove: null, mute: null, suspend: 'Your role there may not suspend.', lock: 'This platform has nothing like it.' });
  });

  test('carries what the platform said about durations and messages', () => {
    expect(verbOffers(capabilities, post, 'open').find((offer) => offer.verb === 'mute')).toEqual({
      verb: 'mute', can: true, why: null, reversible: true, target: 'member', durations: [1000, null], labels: [], message: true, reasonShown: true,
    });
  });

  test('always holds what stays in Docket: dismissing, escalating once, snoozing for a time', () => {
    const offers = verbOffers(null, post, 'open').filter((offer) => offer.can);
    expect(offers.map(({ verb, durations }) => [verb, durations.length])).toEqual([['dismiss', 0], ['escalate', 0], ['snooze', 4]]);
    expect(whys(post, 'escalated')).toMatchObject({ escalate: 'It is escalated already.' });
  });

  test('leaves out what is done or gone there already, and what needs an author nobody knows', () => {
    expect(whys({ ...post, removed: true }).remove).toBe('It is removed there already.');
    expect(whys({ ...post, deleted: true })).toMatchObject({ remove: 'It is gone from the platform already.', mute: null });
    expect(whys({ ...post, authorKey: null }).mute).toBe('The platform does not say whose it is.');
    expect(whys({ ...post, type: 'member', authorKey: null }).mute).toBeNull();
  });
});

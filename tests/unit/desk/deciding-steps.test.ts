import { describe, expect, test } from 'vitest';
import type { VerbOffer } from '../../../src-main/contract/queue.ts';
import { VERBS } from '../../../src-main/contract/words.ts';
import { begun, labelsOf, missing, numbered, stateAfter, stepped, whoReads, withLabel, withVerb } from '../../../src-renderer/state/deciding-steps.ts';
import type { Choices } from '../../../src-renderer/state/deciding-steps.ts';
import { decidedWords } from '../../../src-renderer/state/verb-words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const harassment = '00000000-0000-4000-8000-000000000001';
const spam = '00000000-0000-4000-8000-000000000002';

const offers = VERBS.map((verb): VerbOffer => ({
  verb, can: true, why: null, reversible: true, target: 'subject',
  durations: verb === 'mute' || verb === 'snooze' ? [HOUR, 3 * DAY, null] : [],
  labels: verb === 'label' ? ['spam', 'rude'] : [],
  message: verb === 'message' || verb === 'warn',
}));
const choices: Choices = { offers, guidelines: [harassment, spam], ladder: (verb, guideline) => (verb === 'mute' && guideline === harassment ? 3 * DAY : undefined) };
const seen = new Map([[1, 7]]);

test('who writes a reason is told whether the member will read it', () => {
  const shown: Choices = { ...choices, offers: offers.map((offer) => (offer.verb === 'suspend' ? { ...offer, reasonShown: true } : offer)) };
  expect([whoReads(begun(seen, 'suspend', shown), shown), whoReads(begun(seen, 'remove', shown), shown)]).toEqual([
    'For the log and for whoever reviews this. The platform shows it to the member, too.', 'For the log and for whoever reviews this; the member does not see it.',
  ]);
});

describe('deciding', () => {
  test('a verb that adds a strike rests on the best guideline at once, so that Enter is enough', () => {
    const draft = begun(seen, 'remove', choices);
    expect({ guideline: draft.guidelineId, step: draft.step, missing: missing(draft) }).toEqual({ guideline: harassment, step: 'reason', missing: null });
  });

  test('a dismissal rests on none', () => {
    expect(begun(seen, 'dismiss', choices).guidelineId).toBeNull();
  });

  test('the ladder\'s duration is chosen with its guideline', () => {
    const mute = begun(seen, 'mute', choices);
    expect([mute.actions, numbered(mute, 2, choices).step]).toEqual([[{ verb: 'mute', durationMs: 3 * DAY }], 'duration']);
  });

  test('numbers answer one step after the other: reason, then how long', () => {
    const draft = numbered(numbered(begun(seen, 'mute', choices), 2, choices), 3, choices);
    expect({ guideline: draft.guidelineId, actions: draft.actions }).toEqual({ guideline: spam, actions: [{ verb: 'mute', durationMs: null }] });
  });

  test('a number without an option changes nothing', () => {
    const draft = begun(seen, 'remove', choices);
    expect(numbered(draft, 7, choices)).toBe(draft);
  });

  test('0 takes the guideline away', () => {
    expect(numbered(begun(seen, 'remove', choices), 0, choices).guidelineId).toBeNull();
  });

  test('another verb takes the place of the first; after C it comes beside it', () => {
    const draft = begun(seen, 'remove', choices);
    expect([withVerb(draft, 'warn', choices).actions, withVerb({ ...draft, adding: true }, 'mute', choices).actions])
      .toEqual([[{ verb: 'warn' }], [{ verb: 'remove' }, { verb: 'mute', durationMs: 3 * DAY }]]);
  });

  test('a dismissal never stands beside another verb: the last pressed counts', () => {
    const draft = begun(seen, 'remove', choices);
    expect(withVerb({ ...draft, adding: true }, 'dismiss', choices).actions).toEqual([{ verb: 'dismiss' }]);
  });

  test('labels and messages are asked for before anything else, and are needed', () => {
    const label = begun(seen, 'label', choices);
    const message = begun(seen, 'message', choices);
    expect([label.step, missing(label), missing(numbered(label, 2, choices)), message.step, missing(message), missing({ ...message, message: 'Please keep to the topic.' })])
      .toEqual(['labels', 'Choose a label first: its number, then Enter.', null, 'words', 'Write the message first.', null]);
  });

  test('labels beyond the number keys are reached by name, and let go by it', () => {
    const letters = [...'abcdefghijk'];
    const many: Choices = { ...choices, offers: offers.map((offer) => (offer.verb === 'label' ? { ...offer, labels: letters } : offer)) };
    const label = begun(seen, 'label', many);
    const both = withLabel(numbered(label, 9, many), 'k');
    expect([labelsOf(label, many), labelsOf(begun(seen, 'label', choices), choices).areMany, both.actions, withLabel(both, 'k').actions])
      .toEqual([{ labels: letters, areMany: true }, false, [{ verb: 'label', labels: ['i', 'k'] }], [{ verb: 'label', labels: ['i'] }]]);
  });

  test('Tab walks to the words and stays there', () => {
    const words = stepped(begun(seen, 'remove', choices), 1, choices);
    expect([words.step, stepped(words, 1, choices).step, stepped(words, -1, choices).step]).toEqual(['words', 'words', 'reason']);
  });

  test('combining before any verb waits for the first', () => {
    const draft = begun(seen, null, choices);
    expect([draft.adding, missing(draft)]).toEqual([true, 'Press a verb’s key first.']);
  });
});

test('where the item stands afterwards; a message alone leaves it where it is', () => {
  expect([stateAfter([{ verb: 'remove' }]), stateAfter([{ verb: 'remove' }, { verb: 'escalate' }]), stateAfter([{ verb: 'snooze', durationMs: HOUR }]), stateAfter([{ verb: 'message' }])])
    .toEqual(['decided', 'escalated', 'snoozed', null]);
});

test('what was decided, in words', () => {
  expect(decidedWords([{ verb: 'remove' }, { verb: 'mute', durationMs: 3 * DAY }])).toBe('Removed, muted 3 d');
  expect(decidedWords([{ verb: 'label', labels: ['spam', 'rude'] }, { verb: 'mute', durationMs: null, labels: ['kick only'] }])).toBe('Labelled spam, rude, muted for good (kick only)');
});

import { describe, expect, test } from 'vitest';
import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { changedFrom, draftFromText, draftOf, newDraft, wholeText } from '../../../src-renderer/views/guidelines/draft-text.ts';
import { stepWords, strikeWords } from '../../../src-renderer/views/guidelines/ladder-words.ts';

const standing: GuidelineView = {
  id: 'g', version: 3, number: '2', title: 'No harassment', body: 'Be kind.\n', categories: ['harassment'], ladder: [{ strikes: 0, verb: 'warn' }, { strikes: 1, verb: 'mute', durationMs: 3 * 86_400_000 }, { strikes: 2, verb: 'suspend', durationMs: null }],
  strikeDays: 90, connectionId: null, publishedAt: 1, publishedBy: 'Ines', retired: false,
};

describe('a guideline under the pen', () => {
  test('a draft comes back from its kept text as it was, and from nothing else', () => {
    const draft = draftOf(standing);
    expect(draftFromText(JSON.stringify(draft))).toEqual(draft);
    expect([draftFromText(''), draftFromText('{"id":1}'), draftFromText('[]')]).toEqual([null, null, null]);
    expect(draftFromText(JSON.stringify({ ...draft, categories: ['harassment', 'made-up'], ladder: [{ strikes: 1, verb: 'shout' }] }))).toMatchObject({ categories: ['harassment'], ladder: [] });
  });

  test('only what says something else than what stands is a change, whatever version it began from', () => {
    const draft = draftOf(standing);
    expect([changedFrom(draft, { ...standing, version: 9 }), changedFrom({ ...draft, title: 'Kindness' }, standing), changedFrom(draft, undefined)]).toEqual([false, true, true]);
  });

  test('a new one is numbered after the last', () => {
    expect([newDraft('n', [{ number: '2' }, { number: '10.1' }]).number, newDraft('n', [{ number: 'A' }]).number]).toEqual(['11', '1']);
  });

  test('as lines it says its ladder in words, so that versions can be compared', () => {
    expect(wholeText(standing, (step) => `${strikeWords(step.strikes)}: ${stepWords(step)}`).split('\n')).toEqual([
      '2 No harassment', 'For: harassment', 'Ladder: first time: warn', 'Ladder: 1 strike: mute 3 d', 'Ladder: 2 strikes: suspend for good', 'A strike counts 90 days', '', 'Be kind.',
    ]);
  });
});

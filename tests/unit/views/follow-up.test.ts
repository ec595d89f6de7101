import { describe, expect, test } from 'vitest';
import { followUpChoices, isDue } from '../../../src-renderer/views/cases/follow-up.ts';
import { stageBeside } from '../../../src-renderer/views/cases/words.ts';
import { payloadFacts, shortHash } from '../../../src-renderer/views/history/event-words.ts';

const now = new Date(2026, 10, 21, 15, 30).getTime();
const HOUR = 3_600_000;

describe('when to look at a case again', () => {
  test('a span leads to nine in the morning of its day', () => {
    expect(followUpChoices('', now, false).find(({ id }) => id === '7')?.at).toBe(new Date(2026, 10, 28, 9).getTime());
    expect(followUpChoices('month', now, false)).toEqual([]);
    expect(followUpChoices('30', now, false).map(({ label }) => label)).toEqual(['In 30 days']);
  });

  test('a typed day is taken; a day that does not exist is not', () => {
    expect(followUpChoices('2026-12-01', now, false)).toEqual([{ id: 'typed', label: 'On 2026-12-01', at: new Date(2026, 11, 1, 9).getTime() }]);
    expect(followUpChoices('2026-02-31', now, false)).toEqual([]);
  });

  test('none is offered only where one is set', () => {
    expect([true, false].map((set) => followUpChoices('no', now, set).length)).toEqual([1, 0]);
  });

  test('it is due on its day, not the day before', () => {
    expect([isDue(null, now), isDue(now - HOUR, now), isDue(now + 3 * HOUR, now), isDue(now + 20 * HOUR, now)]).toEqual([false, true, true, false]);
  });

  test('a case stays at its first and its last stage', () => {
    expect([stageBeside('intake', -1), stageBeside('intake', 1), stageBeside('closed', 1)]).toEqual(['intake', 'hearing', 'closed']);
  });
});

describe('an event in the history', () => {
  test('shows what of its personal part is plain text', () => {
    expect(payloadFacts({ reason: 'Third time', message: null, seen: [], strikeDays: 3, empty: '' })).toEqual([{ name: 'reason', text: 'Third time' }, { name: 'strike days', text: '3' }]);
    expect(payloadFacts(null)).toEqual([]);
  });

  test('has a short hash that two events hardly share', () => {
    expect([shortHash('e7b1aa0000000000000000000000000000000000000000000000000000000004'), shortHash('abc')]).toEqual(['e7b1…04', 'abc']);
  });
});

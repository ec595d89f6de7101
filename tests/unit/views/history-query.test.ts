import { describe, expect, test } from 'vitest';
import { EVENT_KINDS } from '../../../src-main/contract/words.ts';
import { choices, KIND_GROUPS, kindsOf, partsOf, toFilter, without, withPart } from '../../../src-renderer/views/history/query.ts';
import type { HistoryQuery } from '../../../src-renderer/views/history/query.ts';

const names = {
  actors: ['Ines', 'Tomás'],
  guidelines: [{ id: 'g2', number: '2', title: 'No harassment' }],
  connections: [{ id: 'c1', title: 'tidepool.example', platform: 'sample', platformTitle: 'Sample community' }],
};

function chips(query: HistoryQuery): readonly string[] {
  return partsOf(query, names).map(({ label, value }) => `${label} ${value}`);
}

describe('what the history is asked for', () => {
  test('every kind of event belongs to exactly one group', () => {
    expect(KIND_GROUPS.flatMap(({ id }) => kindsOf(id)).toSorted()).toEqual([...EVENT_KINDS].toSorted());
  });

  test('chips say the query in words, and the backend gets it as a filter', () => {
    const query = { lastDays: 14, kind: 'claim', guidelineId: 'g2', actor: 'Ines' } as const;
    expect(chips(query)).toEqual(['last 14 days', 'by Ines', 'kind is claims', 'guideline is 2 No harassment']);
    expect(toFilter(query, 14 * 86_400_000 + 5)).toEqual({ from: 5, kinds: ['item.claimed', 'item.released'], guidelineId: 'g2', actor: 'Ines' });
  });

  test('typed words narrow the choices, in any order', () => {
    expect(choices(names, 'harass guideline').map(({ value }) => value)).toEqual(['2 No harassment']);
  });

  test('a typed day is a choice and takes the place of a span of days', () => {
    const [day] = choices(names, '2026-04-14');
    if (day === undefined) throw new Error('no choice for the day');
    const start = new Date(2026, 3, 14).getTime();
    expect(toFilter(withPart({ lastDays: 7, actor: 'Ines' }, day), 0)).toEqual({ actor: 'Ines', from: start, to: new Date(2026, 3, 15).getTime() - 1 });
    expect(choices(names, '2026-02-31')).toEqual([]);
  });

  test('a chip taken away leaves the others', () => {
    expect(without({ actor: 'Ines', lastDays: 7 }, 'actor')).toEqual({ lastDays: 7 });
  });
});

import { describe, expect, test } from 'vitest';
import { harmlessBidi } from '../../../src-main/domain/bidi.ts';
import { itemFacts, snippetOf } from '../../../src-main/domain/item-facts.ts';
import type { ItemInput, ReportFacts } from '../../../src-main/domain/item-facts.ts';

const report: ReportFacts = { reporter: 1, category: 'spam', createdAt: 100, openedAt: 100, open: true, judged: 0, upheld: 0 };
const nothing: Omit<ItemInput, 'reports'> = { mark: null, closing: null, echoed: false, conflict: false, strikes: 0 };

function stateOf(more: Partial<ReportFacts>, closing: ItemInput['closing']): unknown {
  return itemFacts({ ...nothing, closing, reports: [{ ...report, ...more }] }, 300).state;
}

describe('what an item is', () => {
  test('goes by its worst category, its first report and each reporter once', () => {
    const item = itemFacts({ ...nothing, reports: [
      { ...report, judged: 10, upheld: 9 }, { ...report, createdAt: 50, openedAt: 50, judged: 10, upheld: 9 }, { ...report, reporter: 2, category: 'violence', createdAt: 200, openedAt: 200, judged: 2, upheld: 0 },
      { ...report, reporter: null },
    ] }, 300);
    expect(item).toMatchObject({
      state: 'open', firstReportAt: 50, lastReportAt: 200, dueAt: 50 + 3_600_000,
      facts: { category: 'violence', severity: 3, reports: 4, distinctReporters: 3, judged: 10, upheld: 9, overdue: false },
    });
  });

  test('of a reopened one counts the reports since the decision', () => {
    const mark = { state: 'decided', outcome: 'dismissed', markedAt: 150, snoozedUntil: null } as const;
    const item = itemFacts({ ...nothing, mark, reports: [{ ...report, category: 'violence' }, { ...report, createdAt: 200, openedAt: 200 }] }, 300);
    expect(item).toMatchObject({ state: 'open', reopened: true, firstReportAt: 200, facts: { category: 'spam', reports: 1 } });
  });

  test('is reopened by a report that was opened again after the decision, whenever it first came', () => {
    const mark = { state: 'decided', outcome: 'dismissed', markedAt: 150, snoozedUntil: null } as const;
    const item = itemFacts({ ...nothing, mark, reports: [{ ...report, openedAt: 200 }] }, 300);
    expect(item).toMatchObject({ state: 'open', reopened: true, firstReportAt: 100, facts: { reports: 1 } });
  });

  test('is what came last, report or closing, by the clock that dated both', () => {
    // The platform's clock is 1000 ahead, then 1000 behind; where the closing is not dated there, what was seen when decides.
    for (const off of [1000, -1000]) {
      const made = { createdAt: 100 + off, openedAt: 100 };
      expect([
        stateOf(made, { at: 100 + off, seenAt: 110 }), stateOf(made, { at: 99 + off, seenAt: 110 }), stateOf(made, { at: null, seenAt: 110 }), stateOf(made, { at: null, seenAt: 90 }),
      ]).toEqual(['handled', 'open', 'handled', 'open']);
    }
  });

  test('of a closed one counts them all', () => {
    const item = itemFacts({ ...nothing, reports: [{ ...report, open: false }, { ...report, open: false }] }, 300);
    expect(item).toMatchObject({ state: 'handled', facts: { reports: 2 } });
  });
});

describe('a snippet', () => {
  test('is one line, cut whole characters short, and cannot turn its neighbours round', () => {
    expect(snippetOf('  one\n\n two\tthree ')).toBe('one two three');
    expect(snippetOf(`${'x'.repeat(198)}🙂🙂🙂`)).toBe(`${'x'.repeat(198)}…`);
    expect(snippetOf('a\u202eb\u2066c\u2069')).toBe('a\ufffdbc');
    expect(harmlessBidi('plain')).toBe('plain');
  });
});

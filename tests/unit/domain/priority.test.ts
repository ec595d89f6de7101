import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../../src-main/contract/words.ts';
import { dueAt, leastPriority, priority, priorityFactors, severityOf } from '../../../src-main/domain/priority.ts';
import type { PriorityFacts } from '../../../src-main/domain/priority.ts';

const HOUR = 3_600_000;
const quiet: PriorityFacts = {
  category: 'spam', severity: 0, conflict: false, reopened: false, reports: 1, distinctReporters: 1, judged: 0, upheld: 0, strikes: 0, overdue: false,
};

const anyFacts = fc.record({
  category: fc.constantFrom(...CATEGORIES), conflict: fc.boolean(), reopened: fc.boolean(), reports: fc.nat(1000), distinctReporters: fc.nat(1000),
  judged: fc.nat(50), share: fc.double({ min: 0, max: 1, noNaN: true }), strikes: fc.nat(20), overdue: fc.boolean(),
}).map(({ share, ...facts }): PriorityFacts => ({ ...facts, severity: severityOf(facts.category), upheld: Math.round(facts.judged * share) }));

describe('priority', () => {
  test('is the sum of what the "why here" panel says', () => {
    fc.assert(fc.property(anyFacts, (facts) => {
      expect(priorityFactors(facts).reduce((sum, factor) => sum + factor.points, 0)).toBe(priority(facts));
    }));
  });

  test('is never below what the queue\'s index relies on', () => {
    fc.assert(fc.property(anyFacts, (facts) => {
      expect(priority(facts)).toBeGreaterThanOrEqual(leastPriority(facts.severity));
    }));
  });

  test('puts conflicts above everything else', () => {
    fc.assert(fc.property(anyFacts, anyFacts, (one, other) => {
      expect(priority({ ...one, conflict: true })).toBeGreaterThan(priority({ ...other, conflict: false }));
    }));
  });

  test('says in words what raised an item', () => {
    expect(priorityFactors({ ...quiet, category: 'violence', severity: 3, distinctReporters: 3, strikes: 1, judged: 10, upheld: 9 })).toEqual([
      { text: 'Severe: violence', points: 600 },
      { text: '3 people reported it', points: 50 },
      { text: 'Reporters are usually right (9 of 10 upheld)', points: 40 },
      { text: 'The author has 1 active strike', points: 30 },
    ]);
  });

  test('a reporter with few judged reports says nothing yet', () => {
    expect(priority({ ...quiet, judged: 2, upheld: 0 })).toBe(priority(quiet));
  });

  test('is due the sooner the more severe it is', () => {
    expect([3, 2, 1, 0].map((severity) => dueAt(severity as 0 | 1 | 2 | 3, 0) / HOUR)).toEqual([1, 4, 24, 72]);
  });
});

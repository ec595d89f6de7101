import { assertNever } from '../contract/words.ts';
import type { WhyFactor } from '../contract/queue.ts';
import type { Category } from '../contract/words.ts';

const HOUR_MS = 3_600_000;

/** How bad a category is where nothing else is known: 0 low to 3 severe. */
const SEVERITY: Readonly<Record<Category, 0 | 1 | 2 | 3>> = {
  minors: 3, 'self-harm': 3, violence: 3,
  hate: 2, harassment: 2, illegal: 2, privacy: 2, sexual: 2,
  impersonation: 1, misinformation: 1, 'ban-evasion': 1, held: 1, appeal: 1,
  spam: 0, 'off-topic': 0, other: 0,
};

/** Points of a severity; the steps are wider than what other factors usually add. */
const SEVERITY_POINTS = [0, 200, 400, 600] as const;
const SEVERITY_WORDS = ['Low', 'Moderate', 'High', 'Severe'] as const;
/** How soon someone should look, by severity. */
const DUE_MS = [72 * HOUR_MS, 24 * HOUR_MS, 4 * HOUR_MS, HOUR_MS] as const;

const CONFLICT_POINTS = 10_000;
const REOPENED_POINTS = 80;
const OVERDUE_POINTS = 60;
const PER_REPORTER = 25;
const MOST_REPORTERS = 5;
const PER_STRIKE = 30;
const MOST_STRIKES = 4;
const RELIABLE_POINTS = 40;
const UNRELIABLE_POINTS = -80;
/** Fewer judged reports than this say nothing about a reporter. */
const ENOUGH_JUDGED = 3;

/** No item of that severity has fewer points: lets the queue's index stop early. */
export function leastPriority(severity: number): number {
  return (SEVERITY_POINTS[severity] ?? 0) + UNRELIABLE_POINTS;
}

export function severityOf(category: Category): 0 | 1 | 2 | 3 {
  return SEVERITY[category];
}

/** When someone should have looked, ms since the epoch. */
export function dueAt(severity: 0 | 1 | 2 | 3, firstReportAt: number): number {
  return firstReportAt + DUE_MS[severity];
}

export type PriorityFacts = {
  readonly category: Category;
  readonly severity: 0 | 1 | 2 | 3;
  readonly conflict: boolean;
  readonly reopened: boolean;
  readonly reports: number;
  readonly distinctReporters: number;
  /** Of the reporters with enough judged reports: how many of those reports there were and how many were upheld. */
  readonly judged: number;
  readonly upheld: number;
  readonly strikes: number;
  readonly overdue: boolean;
};

type Factor = 'conflict' | 'severity' | 'reporters' | 'reliability' | 'strikes' | 'reopened' | 'overdue';
const FACTORS: readonly Factor[] = ['conflict', 'severity', 'reporters', 'reliability', 'strikes', 'reopened', 'overdue'];

/** The points alone, for ingest. Always the sum of {@link priorityFactors}. */
export function priority(facts: PriorityFacts): number {
  let sum = 0;
  for (const factor of FACTORS) sum += points(factor, facts);
  return sum;
}

/** What raised or lowered an item, most first, in words; factors without weight are left out. */
export function priorityFactors(facts: PriorityFacts): readonly WhyFactor[] {
  return FACTORS
    .map((factor) => ({ text: words(factor, facts), points: points(factor, facts) }))
    .filter((factor) => factor.points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** Whether a reporter's judged reports say something. */
export function enoughJudged(judged: number): boolean {
  return judged >= ENOUGH_JUDGED;
}

function points(factor: Factor, facts: PriorityFacts): number {
  switch (factor) {
    case 'conflict': return facts.conflict ? CONFLICT_POINTS : 0;
    case 'severity': return SEVERITY_POINTS[facts.severity];
    case 'reporters': return Math.min(MOST_REPORTERS, Math.max(0, facts.distinctReporters - 1)) * PER_REPORTER;
    case 'reliability': {
      if (facts.judged < ENOUGH_JUDGED) return 0;
      const share = facts.upheld / facts.judged;
      return share >= 0.7 ? RELIABLE_POINTS : share <= 0.2 ? UNRELIABLE_POINTS : 0;
    }
    case 'strikes': return Math.min(MOST_STRIKES, facts.strikes) * PER_STRIKE;
    case 'reopened': return facts.reopened ? REOPENED_POINTS : 0;
    case 'overdue': return facts.overdue ? OVERDUE_POINTS : 0;
    default: return assertNever(factor, 'unknown factor');
  }
}

function words(factor: Factor, facts: PriorityFacts): string {
  switch (factor) {
    case 'conflict': return 'Someone decided otherwise on the platform';
    case 'severity': return `${SEVERITY_WORDS[facts.severity]}: ${categoryWords(facts.category)}`;
    case 'reporters': return `${facts.distinctReporters} people reported it`;
    case 'reliability': return points('reliability', facts) > 0
      ? `Reporters are usually right (${facts.upheld} of ${facts.judged} upheld)`
      : `Reporters are seldom right (${facts.upheld} of ${facts.judged} upheld)`;
    case 'strikes': return facts.strikes === 1 ? 'The author has 1 active strike' : `The author has ${facts.strikes} active strikes`;
    case 'reopened': return 'Reported again after a decision';
    case 'overdue': return 'It has waited longer than it should';
    default: return assertNever(factor, 'unknown factor');
  }
}

function categoryWords(category: Category): string {
  switch (category) {
    case 'minors': return 'harm to minors';
    case 'held': return 'held for review by the platform';
    case 'other': return 'uncategorised';
    default: return category.replaceAll('-', ' ');
  }
}

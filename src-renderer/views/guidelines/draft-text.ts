import type { GuidelineDraft, GuidelineView } from '../../../src-main/contract/work.ts';
import { CATEGORIES, VERBS } from '../../../src-main/contract/words.ts';
import type { Verb } from '../../../src-main/contract/words.ts';

type Step = GuidelineDraft['ladder'][number];

/** A draft for editing what stands. */
export function draftOf(guideline: GuidelineView): GuidelineDraft {
  const { id, version, number, title, body, categories, ladder, strikeDays } = guideline;
  return { id, basis: version, number, title, body, categories: [...categories], ladder: [...ladder], strikeDays };
}

/** A draft for a new guideline, numbered after the last one. */
export function newDraft(id: string, all: readonly Pick<GuidelineView, 'number'>[]): GuidelineDraft {
  const numbers = all.map(({ number }) => Number.parseInt(number, 10)).filter((number) => Number.isFinite(number));
  return {
    id, basis: 0, number: String(Math.max(0, ...numbers) + 1), title: '', body: '', categories: [],
    ladder: [{ strikes: 0, verb: 'warn' }], strikeDays: 90,
  };
}

/** Whether the draft says something else than what stands. */
export function changedFrom(draft: GuidelineDraft, guideline: GuidelineView | undefined): boolean {
  return guideline === undefined || JSON.stringify({ ...draft, basis: 0 }) !== JSON.stringify({ ...draftOf(guideline), basis: 0 });
}

/** The whole of a guideline as lines, for comparing versions. */
export function wholeText({ number, title, categories, ladder, strikeDays, body }: Pick<GuidelineView, 'number' | 'title' | 'categories' | 'ladder' | 'strikeDays' | 'body'>, stepLine: (step: Step) => string): string {
  return [
    `${number} ${title}`,
    `For: ${categories.join(', ')}`,
    ...ladder.map((step) => `Ladder: ${stepLine(step)}`),
    `A strike counts ${strikeDays} days`,
    '',
    body.trimEnd(),
  ].join('\n');
}

function fact(value: object, name: string): unknown {
  return name in value ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

function stepFrom(value: unknown): Step | null {
  if (typeof value !== 'object' || value === null) return null;
  const verb: Verb | undefined = VERBS.find((known) => known === fact(value, 'verb'));
  const strikes = fact(value, 'strikes');
  const durationMs = fact(value, 'durationMs');
  if (verb === undefined || typeof strikes !== 'number') return null;
  return { strikes, verb, ...(typeof durationMs === 'number' || durationMs === null ? { durationMs } : {}) };
}

/** A draft as it was kept before a crash; null where the text is none. */
export function draftFromText(text: string): GuidelineDraft | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const [id, basis, number, title, body, strikeDays] = ['id', 'basis', 'number', 'title', 'body', 'strikeDays'].map((name) => fact(value, name));
    const categories = fact(value, 'categories');
    const ladder = fact(value, 'ladder');
    if (typeof id !== 'string' || typeof basis !== 'number' || typeof number !== 'string' || typeof title !== 'string' || typeof body !== 'string' || typeof strikeDays !== 'number') return null;
    return {
      id, basis, number, title, body, strikeDays,
      categories: CATEGORIES.filter((category) => Array.isArray(categories) && categories.includes(category)),
      ladder: Array.isArray(ladder) ? ladder.map(stepFrom).filter((step) => step !== null) : [],
    };
  } catch {
    return null;
  }
}

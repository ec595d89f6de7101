import type { GuidelineView } from '../contract/work.ts';
import { fold, searchTerms, searchText } from './normalise.ts';
import type { SearchTerm } from './normalise.ts';
import { excerpt } from './say.ts';

const EXCERPT = 160;

/** A guideline cut into the words that a search looks at. */
export type IndexedGuideline = {
  readonly guideline: GuidelineView;
  readonly number: string;
  readonly title: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
};

/** Prepares a guideline for {@link searchGuidelines}; worth keeping, since it never changes within a version. */
export function indexGuideline(guideline: GuidelineView): IndexedGuideline {
  return {
    guideline,
    number: fold(guideline.number),
    title: tokens(guideline.title),
    all: tokens(`${guideline.number} ${guideline.title} ${guideline.categories.join(' ')} ${guideline.body}`),
  };
}

/** Guidelines in which every word of `text` begins a word, disguised spellings included: by number, title, then text. */
export function searchGuidelines(
  indexed: readonly IndexedGuideline[], text: string, limit: number,
): readonly { readonly guideline: GuidelineView; readonly excerpt: string }[] {
  const terms = searchTerms(text);
  if (terms.length === 0) return indexed.slice(0, limit).map(({ guideline }) => ({ guideline, excerpt: firstLine(guideline.body) }));
  return indexed
    .flatMap((entry) => {
      if (!terms.every((term) => matches(term, entry.all))) return [];
      const rank = fold(text.trim()) === entry.number ? 0 : terms.every((term) => matches(term, entry.title)) ? 1 : 2;
      return [{ entry, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ entry: { guideline } }) => ({ guideline, excerpt: matchingLine(guideline.body, terms) ?? firstLine(guideline.body) }));
}

function tokens(text: string): ReadonlySet<string> {
  const { words, skeleton } = searchText(text);
  return new Set(`${words} ${skeleton}`.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu));
}

function matches(term: SearchTerm, among: ReadonlySet<string>): boolean {
  return (term.words.length > 0 && term.words.every((word) => begins(word, among))) || term.readings.some((reading) => begins(reading, among));
}

function begins(word: string, among: ReadonlySet<string>): boolean {
  if (among.has(word)) return true;
  for (const token of among) if (token.startsWith(word)) return true;
  return false;
}

function plainLines(body: string): readonly string[] {
  return body.split('\n').map((line) => line.replaceAll(/^[\s>#*+-]+|[*_`]{1,2}/g, '').trim()).filter((line) => line !== '');
}

function firstLine(body: string): string {
  return excerpt(plainLines(body)[0] ?? '', EXCERPT);
}

function matchingLine(body: string, terms: readonly SearchTerm[]): string | null {
  const line = plainLines(body).find((candidate) => {
    const among = tokens(candidate);
    return terms.some((term) => matches(term, among));
  });
  return line === undefined ? null : excerpt(line, EXCERPT);
}

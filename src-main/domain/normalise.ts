import { LEET_SYMBOLS, LOOK_ALIKES, looksDisguised, readingsOf, skeletonOf } from './confusables.ts';

/** Text as the search index keeps it. */
export type SearchText = {
  /** Folded text with spaces between words, also where the script writes none. */
  readonly words: string;
  /** Latin readings of words that look disguised; empty for ordinary text. */
  readonly skeleton: string;
};

/** One word of a query. It is found where all of `words` occur, or any of `readings`. */
export type SearchTerm = { readonly words: readonly string[]; readonly readings: readonly string[] };

/** Longer text is cut for the index: what is beyond is not searched. */
const MOST_CHARACTERS = 100_000;

/** Anything but ASCII and the dashes, quotes and dots of ordinary typing, which part words and need no folding. */
const NEEDS_FOLDING = /[\u0080-\u200f\u2028-\u202f\u205f-\uffff]/;
/** Soft hyphens, joiners, fillers, zero-width spaces, bidi controls, variation selectors, tags. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u061c\u200b-\u200f\u2028-\u202e]/gu;
/** Scripts written without spaces between words (UAX #29 needs a dictionary for them). */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
/** Whether there may be any: in UTF-16, so that a glance is cheap. */
const SOME_UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff\ud840-\ud8bf]/;
/** A letter beside a digit or symbol that could stand for one: the only way ASCII text can be disguised. */
const ASCII_SUSPECT = /[a-z](?:[0-9$]|[!@|+]+[a-z0-9])|[0-9$][a-z]/;
const TOKEN = new RegExp(String.raw`[$\p{L}\p{N}\p{M}\p{Co}€£¢¥](?:[\p{L}\p{N}\p{M}\p{Co}${LEET_SYMBOLS}]*[\p{L}\p{N}\p{M}\p{Co}$€£¢¥])?`, 'gu');
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

let segmenter: Intl.Segmenter | undefined;

/** Folds away what does not change how a text reads: width and other compatibility forms, case, invisible characters. */
export function fold(text: string): string {
  if (!NEEDS_FOLDING.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').replaceAll('ς', 'σ').replaceAll('ß', 'ss').normalize('NFC');
}

/** What of a text goes into the search index. On ingest's hot path: ordinary text costs one lower-casing and two glances. */
export function searchText(text: string): SearchText {
  const folded = fold(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
  return { words: spaced(folded), skeleton: looksSuspect(folded) ? disguised(folded) : '' };
}

function looksSuspect(folded: string): boolean {
  return ASCII_SUSPECT.test(folded) || LOOK_ALIKES.test(folded);
}

/** A query's words, each with the readings under which disguised and plain spellings meet. */
export function searchTerms(query: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const chunk of spaced(fold(query.slice(0, 1000))).split(/\s+/)) {
    for (const token of chunk.match(TOKEN) ?? []) {
      const words = token.match(WORD) ?? [];
      const readings = new Set<string>();
      if (looksDisguised(token)) for (const reading of readingsOf(token)) readings.add(reading);
      if (words.length > 0) readings.add(skeletonOf(token));
      const plain = [...readings].filter((reading) => reading.match(WORD)?.[0] === reading && !(words.length === 1 && words[0] === reading));
      if (words.length > 0 || plain.length > 0) terms.push({ words, readings: plain });
    }
  }
  return terms;
}

/** Puts spaces between the words of scripts that write none. */
function spaced(folded: string): string {
  if (!SOME_UNSPACED.test(folded)) return folded;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const cutter = segmenter;
  return folded.replace(UNSPACED, (run) => {
    let result = ' ';
    for (const { segment } of cutter.segment(run)) result += `${segment} `;
    return result;
  });
}

function disguised(folded: string): string {
  const found = new Set<string>();
  for (const chunk of folded.split(/\s+/)) {
    if (!looksSuspect(chunk)) continue;
    // Not matchAll, which compiles the pattern anew each time.
    for (const token of chunk.match(TOKEN) ?? []) {
      if (looksDisguised(token)) found.add(skeletonOf(token));
    }
  }
  return [...found].join(' ');
}

/**
 * A small table of characters that stand in for Latin letters: the everyday part of Unicode's confusables
 * (UTS #39, confusables.txt, "MA" class), with upper-case look-alikes folded in, and the usual leetspeak.
 * Cyrillic letters without a Latin double are left out on purpose, so that ordinary Russian stays as it is.
 */
const PAIRS: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a', в: 'b', ь: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', һ: 'h', н: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm',
  о: 'o', р: 'p', ԛ: 'q', ѕ: 's', т: 't', ѵ: 'v', ԝ: 'w', х: 'x', у: 'y',
  // Greek
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w', γ: 'y',
  // Armenian
  օ: 'o', ո: 'n', ս: 'u', հ: 'h', ց: 'g',
  // Latin letters that NFKC leaves alone
  ı: 'i', ɑ: 'a', ɡ: 'g', ł: 'l', ø: 'o', đ: 'd', ħ: 'h', ŧ: 't', ƅ: 'b', ɩ: 'i', ʋ: 'u', ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f',
  ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k', ʟ: 'l', ᴍ: 'm', ɴ: 'n', ᴏ: 'o', ᴘ: 'p', ʀ: 'r', ꜱ: 's', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ʏ: 'y', ᴢ: 'z',
  // Leetspeak
  0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '€': 'e', '£': 'l', '¢': 'c', '¥': 'y', '!': 'i', '|': 'i', '+': 't',
};

const TABLE: ReadonlyMap<string, string> = new Map(Object.entries(PAIRS));

/** Symbols that stand for a letter inside a word. */
export const LEET_SYMBOLS = String.raw`@$€£¢¥!|+`;

const LATIN = /[a-z]/;
const NUMBER = /^\p{N}+$/u;
const LETTERS = /^\p{L}{3,}$/u;
const DOUBLED = /[1!|]/;

/** Everything the table knows beyond ASCII, all of it in the basic plane, to tell at a glance whether a text needs a closer look. */
export const LOOK_ALIKES = new RegExp(`[${[...TABLE.keys()].filter((key) => (key.codePointAt(0) ?? 0) > 0x7f).join('')}]`);

/** The Latin reading of a folded word, `l` and `i` made one, since `1`, `|` and `!` may stand for either. */
export function skeletonOf(word: string): string {
  let result = '';
  for (const char of word) {
    const letter = TABLE.get(char) ?? char;
    result += letter === 'l' ? 'i' : letter;
  }
  return result;
}

/** Whether a folded word looks disguised: Latin mixed with stand-ins, or nothing but stand-ins of another script. */
export function looksDisguised(word: string): boolean {
  if (NUMBER.test(word)) return false;
  let standIns = 0;
  let letters = 0;
  let length = 0;
  for (const char of word) {
    length += 1;
    if (TABLE.has(char)) standIns += 1;
    else if (LATIN.test(char)) letters += 1;
  }
  return standIns > 0 && (letters > 0 || (standIns === length && LETTERS.test(word)));
}

/** Plain words that a disguised one may stand for; `1`, `|` and `!` are read both as i and as l. */
export function readingsOf(word: string): readonly string[] {
  const read = (doubled: 'i' | 'l'): string => [...word].map((char) => (DOUBLED.test(char) ? doubled : TABLE.get(char) ?? char)).join('');
  return DOUBLED.test(word) ? [read('i'), read('l')] : [read('i')];
}

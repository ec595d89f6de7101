import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchTerms, searchText } from '../../../src-main/domain/normalise.ts';

/** The index's own rule: a token of the text, or of its skeleton, equals a word of the term, or one of its readings. */
function finds(query: string, text: string): boolean {
  const { words, skeleton } = searchText(text);
  const tokens = new Set(`${words} ${skeleton}`.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? []);
  const terms = searchTerms(query);
  return terms.length > 0 && terms.every((term) => (term.words.length > 0 && term.words.every((word) => tokens.has(word))) || term.readings.some((reading) => tokens.has(reading)));
}

const LEET: Readonly<Record<string, readonly string[]>> = {
  a: ['@', '4', 'а', 'α', 'ａ', '𝐚'], b: ['8', 'ь'], c: ['с', '¢'], e: ['3', '€', 'е', 'ё'], i: ['1', '!', '|', 'і'], l: ['1', '|', 'ӏ'],
  o: ['0', 'о', 'ο'], p: ['р'], s: ['5', '$', 'ѕ'], t: ['7', '+', 'т'], x: ['х'], y: ['у'],
};

describe('search text', () => {
  test.each([
    ['free viagra', 'Get your FR€E v1agra here!'],
    ['fr€e v1agra', 'Get your free viagra here!'],
    ['free viagra', 'ＦＲＥＥ 𝐯𝐢𝐚𝐠𝐫𝐚'],
    ['viagra', 'Купи vіаgrа'],
    ['vіаgrа', 'plain viagra'],
    ['hello', 'he\u200bl\u00adlo'],
    ['he1lo', 'hello there'],
    ['hello', 'he11o there'],
    ['strasse', 'Die Straße'],
    ['σοφοσ', 'ΣΟΦΟΣ'],
    ['無料', '今すぐ無料です'],
    ['ข้อความ', 'นี่คือข้อความ'],
    ['हिन्दी', 'यह हिन्दी है'],
    ['$ale', 'A big sale'],
    ['foo', 'foo@bar.example'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  test('ordinary text in any script has no skeleton', () => {
    for (const text of ['An ordinary message, with 3 things & more!', 'Привет, это обычное сообщение', 'Καλημέρα κόσμε', 'これは普通です', 'مرحبا بالعالم']) {
      expect(searchText(text).skeleton.split(' ').filter((word) => word.length > 3)).toEqual([]);
    }
  });

  test('an emoji or a lone symbol is no word', () => {
    expect([searchTerms('🙂'), searchTerms('$'), searchTerms('  ')]).toEqual([[], [], []]);
  });

  test('a disguised word is found by the plain one, and the plain one by it', () => {
    const disguised = fc.array(fc.constantFrom(...Object.keys(LEET)), { minLength: 3, maxLength: 10 }).chain((letters) => fc.record({
      plain: fc.constant(`w${letters.join('')}w`),
      disguised: fc.tuple(...letters.map((letter) => fc.constantFrom(letter, ...LEET[letter] ?? []))).map((chosen) => `w${chosen.join('')}w`),
    }));
    fc.assert(fc.property(disguised, ({ plain, disguised: other }) => {
      expect(finds(plain, other)).toBe(true);
      // Many ambiguous signs in one word have more readings than are tried.
      if ((other.match(/[1!|]/g) ?? []).length <= 1) expect(finds(other, plain)).toBe(true);
    }));
  });

  test('any text finds itself, and nothing throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const terms = searchTerms(text);
      searchText(text);
      if (terms.length > 0 && !/[\p{Script=Thai}\p{Script=Han}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) expect(finds(text, text)).toBe(true);
    }));
  });
});

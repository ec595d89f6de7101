import type { Dice } from './dice.ts';

/** Letters that spam filters may not know: digits, look-alikes of other scripts, accents. */
const LOOKALIKES: Readonly<Record<string, readonly string[]>> = {
  a: ['@', 'а', 'á', 'ɑ'], e: ['3', 'е', '€', 'ë'], i: ['1', 'і', '¡', 'í'], o: ['0', 'о', 'ο', 'ö'], s: ['5', '$', 'ѕ'], l: ['1', 'ⅼ', '|'],
  t: ['7', 'τ'], b: ['8', 'Ь'], c: ['с', '¢'], p: ['р', 'ρ'], n: ['ո', 'ñ'], u: ['υ', 'ü'],
};

const TAILS = ['', ' 👍', ' ✅', ' 🔥🔥', ' ...', ' !!', ' 👉👉', ' 💰', ' 🙏', ' (real)'] as const;

/** One text of a wave as one of its accounts spells it: a few look-alikes, odd spacing, another tail. The link stays. */
export function disguise(text: string, dice: Dice): string {
  const share = 0.05 + dice.unit() * 0.2;
  const spaced = dice.chance(0.15);
  const words = text.split(' ').map((word) => {
    if (word.includes('.example')) return dice.chance(0.08) ? backwards(word) : word;
    const spelt = word.replaceAll(/[a-z]/g, (letter) => {
      const others = LOOKALIKES[letter];
      return others !== undefined && dice.chance(share) ? dice.pick(others) : letter;
    });
    if (spaced && word.length > 4 && dice.chance(0.3)) return [...spelt].join(' ');
    if (word.length > 6 && dice.chance(0.06)) return `${spelt.slice(0, 3)}\u200b${spelt.slice(3)}`;
    return dice.chance(0.06) ? spelt.toUpperCase() : spelt;
  });
  return words.join(' ') + dice.pick(TAILS);
}

/** Written backwards between direction overrides, so that it looks right and matches nothing. */
function backwards(word: string): string {
  return `\u202e${[...word].toReversed().join('')}\u202c`;
}

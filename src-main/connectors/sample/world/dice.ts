/** Draws that depend on nothing but what the dice were made from: the same seed and place give the same draws. */
export type Dice = {
  /** 0 inclusive to 1 exclusive. */
  readonly unit: () => number;
  /** A whole number from 0 to `limit` - 1. */
  readonly below: (limit: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <Value>(list: readonly Value[]) => Value;
};

/** Mixes whole numbers into one of 32 bits (the finaliser of MurmurHash3 over each). */
export function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ Math.floor(number / 0x1_0000_0000), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** Dice for one place in the world: `seed`, what it is for, and its index. */
export function diceFor(seed: number, salt: number, index: number): Dice {
  // Mulberry32: small, fast, and good enough to look unplanned.
  let state = mix(seed, salt, index);
  function unit(): number {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 0x1_0000_0000;
  }
  const below = (limit: number): number => Math.floor(unit() * limit);
  return {
    unit,
    below,
    chance: (share) => unit() < share,
    pick(list) {
      const value = list[below(list.length)];
      if (value === undefined) throw new Error('the dice were asked to pick from nothing');
      return value;
    },
  };
}

/** What draws are for, so that two uses of one index do not echo each other. */
export const SALT = {
  layout: 1, subject: 2, report: 3, member: 4, thread: 5, recent: 6, record: 7, live: 8, fate: 9, wave: 10, feud: 11, picture: 12, text: 13, edit: 14,
} as const;

/** A whole number for any seed a person types. */
export function seedNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let hash = 0;
  for (const character of text) hash = mix(hash, character.codePointAt(0) ?? 0);
  return hash;
}

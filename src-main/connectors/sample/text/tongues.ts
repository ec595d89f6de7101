import { english } from './english.ts';
import type { Scene, Tongue } from './prose.ts';
import { arabic } from './tongues/arabic.ts';
import { chinese } from './tongues/chinese.ts';
import { french } from './tongues/french.ts';
import { german } from './tongues/german.ts';
import { greek } from './tongues/greek.ts';
import { hindi } from './tongues/hindi.ts';
import { japanese } from './tongues/japanese.ts';
import { korean } from './tongues/korean.ts';
import { spanish } from './tongues/spanish.ts';
import { thai } from './tongues/thai.ts';
import { ukrainian } from './tongues/ukrainian.ts';

/** The community's languages with their share of members, in fiftieths. */
const SHARES: readonly (readonly [Tongue, number])[] = [
  [english, 27], [german, 4], [spanish, 3], [french, 3], [arabic, 2], [korean, 2], [japanese, 2], [chinese, 2], [ukrainian, 2], [thai, 1], [hindi, 1], [greek, 1],
];

/** Fifty places, each with its language, dealt so that neighbours differ. */
export const TONGUE_WHEEL: readonly Tongue[] = deal();

function deal(): Tongue[] {
  const inOrder = SHARES.flatMap(([tongue, share]) => Array.from({ length: share }, () => tongue));
  // 23 and 50 have no common divisor, so every place is dealt once.
  return inOrder.map((_, place) => inOrder[(place * 23) % inOrder.length] ?? english);
}

export const TONGUES: readonly Tongue[] = SHARES.map(([tongue]) => tongue);

/** The language itself where it has that scene, else English, which has every one. */
export function speaking(tongue: Tongue, scene: Scene): Tongue {
  return tongue.scenes[scene] === undefined ? english : tongue;
}

import { diceFor, SALT } from './dice.ts';
import { makeLayout } from './layout.ts';
import type { Layout } from './layout.ts';

/** What a sample community is computed from. The same three numbers give the same community. */
export type WorldFacts = {
  readonly seed: number;
  /** Reports that were there at the first pull. */
  readonly size: number;
  /** The first pull, ms since the epoch. */
  readonly start: number;
};

export type World = WorldFacts & {
  readonly layout: Layout;
  /** Members come in rounds of fifty, one for each place of the language wheel. */
  readonly rounds: number;
};

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How far back the first reports lie. */
const SPAN = 21 * DAY;

export function makeWorld(facts: WorldFacts): World {
  return { ...facts, layout: makeLayout(facts.seed), rounds: Math.min(1000, 4 + Math.ceil(facts.size / 400)) };
}

/**
 * When report `i` of the first `size` was made: in order, three weeks ago to a minute ago,
 * cubed so that half of them are of the last days, as in a real queue.
 */
export function reportTime(world: World, report: number): number {
  const jitter = (diceFor(world.seed, SALT.report, report).unit() - 0.5) * 0.8;
  const share = (world.size - report - 0.5 + jitter) / world.size;
  return Math.round(world.start - MINUTE - SPAN * share ** 3);
}

/** Milliseconds from one report to the next while the community is watched: seconds to a minute. */
export function trickleGap(world: World, report: number): number {
  return 6000 + diceFor(world.seed, SALT.live, report).below(40_000);
}

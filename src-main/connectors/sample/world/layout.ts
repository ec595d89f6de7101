import type { SubjectType } from '../../../contract/words.ts';
import type { Scene } from '../text/prose.ts';
import { diceFor, SALT } from './dice.ts';
import type { Dice } from './dice.ts';

/** One reported subject of a block: what it is, how many complain, and whether they are right to. */
export type Slot = {
  readonly scene: Scene;
  readonly type: SubjectType;
  readonly reports: number;
  readonly motive: 'fair' | 'mistaken' | 'malicious';
};

/** Subjects that stand together: a spam wave, or a single post. */
type Unit = readonly Slot[];

function unit(scene: Scene, types: readonly SubjectType[], reports: readonly number[], motive: Slot['motive'] = 'fair'): Unit {
  return reports.map((count, index) => ({ scene, type: types[index % types.length] ?? 'post', reports: count, motive }));
}

function singles(...of: Parameters<typeof unit>): Unit[] {
  return unit(...of).map((slot) => [slot]);
}

/** What happens in the harbour in one block of subjects; every block has the same, in another order. */
const UNITS: readonly Unit[] = [
  unit('wave', ['post', 'message', 'post'], [1, 1, 2, 1, 3, 1, 1, 2, 1]),
  ...singles('spam', ['message', 'post'], [1, 2, 1, 2, 1]),
  ...singles('feud', ['post', 'post', 'message'], [7, 3, 2, 4]),
  ...singles('harassment', ['message', 'post'], [2, 1, 1, 3, 1, 2]),
  ...singles('off-topic', ['message', 'post'], [1, 1, 2, 1, 1, 1, 1]),
  ...singles('misinformation', ['post', 'message'], [2, 1, 1, 3]),
  ...singles('privacy', ['post', 'message'], [3, 1, 2]),
  ...singles('impersonation', ['member', 'member', 'message'], [2, 1, 1]),
  ...singles('ban-evasion', ['post', 'member', 'message'], [1, 2, 1]),
  ...singles('hate', ['post', 'message'], [4, 2]),
  ...singles('self-harm', ['message'], [2]),
  ...singles('violence', ['message'], [2]),
  ...singles('illegal', ['post'], [1]),
  ...singles('talk', ['post', 'message'], [1, 1, 2, 1, 1], 'mistaken'),
  ...singles('talk', ['post', 'message'], [1, 2, 1], 'malicious'),
  ...singles('held', ['message'], [1, 1, 1, 1]),
  ...singles('appeal', ['post'], [1, 1]),
  ...singles('community', ['community'], [1]),
];

/** Subjects in a block. */
const SUBJECTS_A_BLOCK = UNITS.reduce((sum, slots) => sum + slots.length, 0);
/** Reports in a block. */
export const REPORTS_A_BLOCK = UNITS.flat().reduce((sum, slot) => sum + slot.reports, 0);

/** How often a scene (told apart by motive) comes in a block, for ordinals across blocks. */
const A_BLOCK = new Map<string, number>();
for (const slot of UNITS.flat()) A_BLOCK.set(kindOf(slot), (A_BLOCK.get(kindOf(slot)) ?? 0) + 1);

function kindOf(slot: Slot): string {
  return `${slot.scene}/${slot.motive}`;
}

/** A block in its own order. */
type Block = {
  readonly slots: readonly Slot[];
  /** How many of a slot's kind came before it in this block. */
  readonly ranks: readonly number[];
  /** The first report of each slot within the block. */
  readonly firsts: readonly number[];
  /** The slot of each report within the block. */
  readonly slotOf: readonly number[];
};

/** Where subject `s` stands: its slot, how many of its kind came before it anywhere, and its reports' numbers. */
export type Standing = { readonly slot: Slot; readonly block: number; readonly ordinal: number; readonly firstReport: number };

/** Answers by arithmetic from a seed; keeps the last few blocks' order only. */
export type Layout = {
  readonly standing: (subject: number) => Standing;
  /** The subject that report `i` complains of, and the how-manieth complaint it is. */
  readonly reported: (report: number) => { readonly subject: number; readonly nth: number };
};

const KEPT_BLOCKS = 16;

export function makeLayout(seed: number): Layout {
  const kept = new Map<number, Block>();

  function block(number: number): Block {
    let found = kept.get(number);
    if (found === undefined) {
      found = orderBlock(seed, number);
      kept.set(number, found);
      const oldest = kept.keys().next();
      if (kept.size > KEPT_BLOCKS && oldest.done !== true) kept.delete(oldest.value);
    }
    return found;
  }

  return {
    standing(subject) {
      const number = Math.floor(subject / SUBJECTS_A_BLOCK);
      const place = subject % SUBJECTS_A_BLOCK;
      const { slots, ranks, firsts } = block(number);
      const slot = at(slots, place);
      return {
        slot,
        block: number,
        ordinal: number * (A_BLOCK.get(kindOf(slot)) ?? 1) + at(ranks, place),
        firstReport: number * REPORTS_A_BLOCK + at(firsts, place),
      };
    },
    reported(report) {
      const number = Math.floor(report / REPORTS_A_BLOCK);
      const offset = report % REPORTS_A_BLOCK;
      const { firsts, slotOf } = block(number);
      const place = at(slotOf, offset);
      return { subject: number * SUBJECTS_A_BLOCK + place, nth: offset - at(firsts, place) };
    },
  };
}

/** Scenes that draw about as many complaints, so that the numbers may change places among them. */
const ALIKE: readonly (readonly Scene[])[] = [
  ['feud', 'harassment', 'hate', 'privacy', 'self-harm', 'violence'],
  ['spam', 'off-topic', 'misinformation', 'impersonation', 'ban-evasion', 'illegal'],
];

function shuffleReports(slots: Slot[], scenes: readonly Scene[], dice: Dice): void {
  const places = [...slots.keys()].filter((place) => scenes.includes(at(slots, place).scene));
  for (const place of places) {
    const other = dice.pick(places);
    const [one, two] = [at(slots, place), at(slots, other)];
    [slots[place], slots[other]] = [{ ...one, reports: two.reports }, { ...two, reports: one.reports }];
  }
}

function orderBlock(seed: number, number: number): Block {
  const dice = diceFor(seed, SALT.layout, number);
  const units = [...UNITS];
  for (let last = units.length - 1; last > 0; last -= 1) {
    const other = dice.below(last + 1);
    [units[last], units[other]] = [at(units, other), at(units, last)];
  }
  const slots = units.flat();
  for (const scenes of ALIKE) shuffleReports(slots, scenes, dice);
  const seen = new Map<string, number>();
  const ranks: number[] = [];
  const firsts: number[] = [];
  const slotOf: number[] = [];
  for (const [place, slot] of slots.entries()) {
    const kind = kindOf(slot);
    const rank = seen.get(kind) ?? 0;
    seen.set(kind, rank + 1);
    ranks.push(rank);
    firsts.push(slotOf.length);
    for (let report = 0; report < slot.reports; report += 1) slotOf.push(place);
  }
  return { slots, ranks, firsts, slotOf };
}

function at<Value>(list: readonly Value[], index: number): Value {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at place ${index} of ${list.length}`);
  return value;
}

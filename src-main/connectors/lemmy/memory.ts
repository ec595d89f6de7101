import type { DeliveryResult } from '../connector.ts';
import type { Report } from './model.ts';

/** What one session remembers; losing it repeats some rows. */
export type Memory = {
  /** What was last told of an open report's subject, by the report's key. */
  readonly prints: Map<string, string>;
  /** Orders of this session by the reports that they closed. */
  readonly ours: Map<string, string>;
  /** What came of orders that were carried out: the same order again is not carried out again. */
  readonly done: Map<string, DeliveryResult>;
};

const MOST = 20_000;

export function makeMemory(): Memory {
  return { prints: new Map(), ours: new Map(), done: new Map() };
}

export function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break;
    map.delete(oldest);
  }
}

/** Keeps what is known of an open report; answers whether anything of it is new. */
export function isNews({ prints }: Memory, { key, thing }: Report): boolean {
  const print = JSON.stringify([thing.editedAt, thing.removed, thing.deleted, thing.locked, thing.banned, thing.bannedHere, thing.author?.standing.length, thing.text.length]);
  const before = prints.get(key);
  keep(prints, key, print);
  return before !== print;
}

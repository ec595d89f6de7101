import type { DeliveryResult } from '../connector.ts';

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

/** Keeps a value; the oldest give way. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break;
    map.delete(oldest);
  }
}

/** Keeps what is known of an open report's subject; answers whether anything of it is new. */
export function isNewPrint({ prints }: Memory, key: string, parts: readonly unknown[]): boolean {
  const print = JSON.stringify(parts);
  const before = prints.get(key);
  keep(prints, key, print);
  return before !== print;
}

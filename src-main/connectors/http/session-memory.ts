import type { DeliveryResult } from '../connector.ts';
import { keep } from './newest.ts';

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

/** Keeps what came of an order. */
export function rememberDone({ done }: Memory, orderId: string, result: DeliveryResult): void {
  keep(done, orderId, result, MOST);
}

/** Keeps that a report was closed by an order of this session. */
export function rememberOurs({ ours }: Memory, key: string, orderId: string): void {
  keep(ours, key, orderId, MOST);
}

/** Keeps what is known of an open report's subject; answers whether anything of it is new. */
export function isNewPrint({ prints }: Memory, key: string, parts: readonly unknown[]): boolean {
  const print = JSON.stringify(parts);
  const before = prints.get(key);
  keep(prints, key, print, MOST);
  return before !== print;
}

import type { DeliveryResult } from '../connector.ts';
import { keep } from '../http/newest.ts';
import { MOST_HELD } from './held.ts';
import type { Named } from './held.ts';
import type { Report } from './model.ts';
import type { Mark } from './subjects.ts';

/** What a session knows of an open report beside the cursor: what it was, and what it named. */
export type Known = { readonly print: string; readonly subjects: readonly Named[] };

/** What one session remembers; losing it repeats some rows. */
export type Memory = {
  readonly known: Map<string, Known>;
  /** The latest mark of each subject, for when it is met again in somebody's thread. */
  readonly marks: Map<string, Mark>;
  /** Whether `known` has every open report. */
  whole: boolean;
  /** Orders of this session by the reports that they closed. */
  readonly ours: Map<string, string>;
  /** Actions on accounts that were sent without an answer; anchored: a report that they close tells whether they arrived. */
  readonly tried: Map<string, 'anchored' | 'unanchored'>;
  /** What came of orders that were carried out: the same order again is not carried out again. */
  readonly done: Map<string, DeliveryResult>;
};

const MOST_DONE = 1_000;

export function makeMemory(): Memory {
  return { known: new Map(), marks: new Map(), whole: false, ours: new Map(), tried: new Map(), done: new Map() };
}

/** What of an open report may change: who took it on, the account's standing, its posts. */
function printOf({ assigned, category, rules, target, posts }: Report): string {
  return JSON.stringify([assigned, category, rules.length, target?.limits, posts.map(({ id, editedAt, sensitive }) => [id, editedAt, sensitive])]);
}

/** Keeps what is known of a report; answers whether anything of it is new. */
export function remember(memory: Memory, report: Report, subjects: readonly Named[]): boolean {
  for (const { type, remoteId } of subjects) keep(memory.marks, `${type} ${remoteId}`, { report: report.id, seen: report.handled?.at ?? 0 }, MOST_HELD);
  if (report.handled !== null) {
    memory.known.delete(report.id);
    return true;
  }
  const print = printOf(report);
  const before = memory.known.get(report.id);
  keep(memory.known, report.id, { print, subjects }, MOST_HELD);
  return before?.print !== print;
}

/** Keeps that a report was closed by an order of this session. */
export function rememberOurs({ ours }: Memory, reportId: string, orderId: string): void {
  keep(ours, reportId, orderId, MOST_HELD);
}

export function rememberDone({ done }: Memory, orderId: string, result: DeliveryResult): void {
  keep(done, orderId, result, MOST_DONE);
}

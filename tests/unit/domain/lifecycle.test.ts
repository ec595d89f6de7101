import { describe, expect, test } from 'vitest';
import { lifecycle } from '../../../src-main/domain/lifecycle.ts';
import type { Mark, Standing } from '../../../src-main/domain/lifecycle.ts';

const NOW = 1_000;
const decided: Mark = { state: 'decided', outcome: 'upheld', markedAt: 500, snoozedUntil: null };

function stateOf(more: Partial<Standing>): ReturnType<typeof lifecycle> {
  return lifecycle({ lastOpenReportAt: 100, mark: null, closedOutsideAt: null, echoed: false, conflict: false, ...more }, NOW);
}

const plain = { outcome: null, reopened: false, snoozedUntil: null };

describe('an item', () => {
  test('is open while a report is open and nobody did anything', () => {
    expect(stateOf({})).toEqual({ ...plain, state: 'open' });
  });

  test('stays decided when the platform closes its reports afterwards', () => {
    expect(stateOf({ mark: decided, lastOpenReportAt: null, closedOutsideAt: 600 })).toEqual({ ...plain, state: 'decided', outcome: 'upheld' });
  });

  test('a second report reopens a decided item, and it is marked so', () => {
    expect(stateOf({ mark: decided, lastOpenReportAt: 501 })).toEqual({ ...plain, state: 'open', reopened: true });
  });

  test('a report from before the decision does not reopen it', () => {
    expect(stateOf({ mark: decided, lastOpenReportAt: 500 })).toEqual({ ...plain, state: 'decided', outcome: 'upheld' });
  });

  test('is handled when someone closes it on the platform', () => {
    expect(stateOf({ closedOutsideAt: 100 })).toEqual({ ...plain, state: 'handled' });
    expect(stateOf({ lastOpenReportAt: null })).toEqual({ ...plain, state: 'handled' });
  });

  test('comes back when a decision is undone that had closed its reports there', () => {
    expect(stateOf({ lastOpenReportAt: null, echoed: true })).toEqual({ ...plain, state: 'open' });
  });

  test('waits while it is snoozed, and is open again when the time is over', () => {
    const snoozed: Mark = { state: 'snoozed', outcome: null, markedAt: 500, snoozedUntil: 1_001 };
    expect(stateOf({ mark: snoozed })).toEqual({ ...plain, state: 'snoozed', snoozedUntil: 1_001 });
    expect(stateOf({ mark: { ...snoozed, snoozedUntil: NOW } })).toEqual({ ...plain, state: 'open' });
    expect(stateOf({ mark: snoozed, lastOpenReportAt: 600 })).toEqual({ ...plain, state: 'open', reopened: true });
  });

  test('stays escalated until someone closes it on the platform', () => {
    const escalated: Mark = { state: 'escalated', outcome: null, markedAt: 500, snoozedUntil: null };
    expect(stateOf({ mark: escalated })).toEqual({ ...plain, state: 'escalated' });
    expect(stateOf({ mark: escalated, closedOutsideAt: 600 })).toEqual({ ...plain, state: 'handled' });
  });

  test('is a conflict above all else until a person chose', () => {
    expect(stateOf({ mark: decided, conflict: true, closedOutsideAt: 600 })).toEqual({ ...plain, state: 'conflict' });
  });
});

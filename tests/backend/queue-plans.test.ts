import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src-main/services/context.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { itemDetails } from '../../src-main/services/item.ts';
import { passTime } from '../../src-main/services/passing-time.ts';
import { queueCounts, queueIncoming, queuePage, queueRows } from '../../src-main/services/queue.ts';
import { findEverything } from '../../src-main/services/search.ts';
import { ingestBatch } from '../../src-main/store/ingest.ts';
import { plansOf } from '../support/query-plans.ts';
import { aBatch, aMember, aPost, aReport } from '../support/store-world.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const HOUR = 3_600_000;

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

function scansDuring(work: (ctx: Context) => void): readonly string[] {
  const { scans, seen } = plansOf(world.ctx.store, (store) => work({ ...world.ctx, store }));
  expect(seen.size).toBeGreaterThan(0);
  return scans;
}

test('taking in a batch, twice, with edits and someone else\'s closing, never reads through a table', () => {
  expect(scansDuring(({ store }) => {
    for (const text of ['once', 'twice']) {
      store.write(() => ingestBatch(store, 1, aBatch({
        members: [aMember('author', { name: text })], subjects: [aPost('p', { text })], reports: [aReport('r', 'p'), aReport(`r ${text}`, 'never described')],
        resolutions: [{ subject: { type: 'post', remoteId: 'p' }, by: 'Ada', what: text, at: 1, orderId: 'an order', closes: true }],
      }), 5));
    }
  })).toEqual([]);
});

test('the queue\'s pages, rows, counts, search and whole items never read through a table', () => {
  const one = world.report('p1');
  recordDecision(world.ctx, { id: randomUUID(), items: world.seen(world.report('p2')), actions: [{ verb: 'warn' }], guidelineId: null, reason: '', message: 'A word', source: 'key' });
  expect(scansDuring((ctx) => {
    for (const order of ['priority', 'newest', 'oldest'] as const) {
      const page = queuePage(ctx, { filter: { state: 'open', minSeverity: 1, category: 'harassment', language: 'en' }, order, after: null, limit: 1 });
      queuePage(ctx, { filter: { state: 'open', connectionId: 'forum' }, order, after: page.next, limit: 1 });
      queuePage(ctx, { filter: { state: 'open', text: 'what says' }, order, after: null, limit: 1 });
    }
    queueIncoming(ctx, { filter: { state: 'open', text: 'what' }, arrival: 0 });
    queueRows(ctx, { ids: [one] });
    queueCounts(ctx);
    findEverything(ctx, { text: 'what', limit: 10 });
    expect(itemDetails(ctx, { ids: [one] })).toHaveLength(1);
  })).toEqual([]);
});

test('time passing wakes a snoozed item and raises an overdue one, without reading through a table', () => {
  const [snoozed, waiting] = [world.report('p1'), world.report('p2')];
  passTime(world.ctx);
  recordDecision(world.ctx, { id: randomUUID(), items: world.seen(snoozed), actions: [{ verb: 'snooze', durationMs: HOUR }], guidelineId: null, reason: '', message: null, source: 'key' });
  const { priority, version } = world.item(waiting);
  world.pass(HOUR - 1000);
  passTime(world.ctx);
  expect([world.item(snoozed).state, world.item(waiting).priority]).toEqual(['snoozed', priority]);
  world.pass(4 * HOUR);
  expect(scansDuring(passTime)).toEqual([]);
  expect(world.item(snoozed).state).toBe('open');
  expect(world.item(waiting).priority).toBeGreaterThan(priority);
  // What the person saw still holds: a decision taken meanwhile is not stale.
  expect(world.item(waiting).version).toBe(version);
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryFilter } from '../../src-main/contract/work.ts';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { getCase, listCases, openCase } from '../../src-main/services/cases.ts';
import type { Context } from '../../src-main/services/context.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { recentDecisions } from '../../src-main/services/decision-views.ts';
import { getEvent, pageHistory } from '../../src-main/services/history.ts';
import { findMembers, memberRecord } from '../../src-main/services/members.ts';
import { listNotes, saveNote } from '../../src-main/services/notes.ts';
import { claimItem, redoDecision, undoDecision } from '../../src-main/services/undo.ts';
import { memberByKey } from '../../src-main/store/subjects.ts';
import { plansOf } from '../support/query-plans.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

const source = 'key' as const;
const guidelineId = STARTER_GUIDELINES[1]?.id ?? '';

/** Scans of what grows with the community or the years, while these run. */
function scansDuring(work: (ctx: Context) => void): readonly string[] {
  const { scans, seen } = plansOf(world.ctx.store, (store) => work({ ...world.ctx, store }));
  expect(seen.size).toBeGreaterThan(0);
  return scans;
}

test('deciding, undoing, redoing and claiming never read through a table', () => {
  const [one, two] = [world.report('p1'), world.report('p2')];
  expect(scansDuring((ctx) => {
    claimItem(ctx, { id: one, claimed: true, source });
    recordDecision(ctx, { id: randomUUID(), items: world.seen(one, two), actions: [{ verb: 'warn' }], guidelineId, reason: '', message: 'A word', source });
    undoDecision(ctx, { id: randomUUID(), decisionId: null, source });
    redoDecision(ctx, { id: randomUUID(), source });
  })).toEqual([]);
});

test('a member\'s record, notes and recent decisions never read through a table', () => {
  const one = world.report('p1');
  const id = memberByKey(world.ctx.store, 'forum:forum.example:member:kestrel')?.id ?? 0;
  recordDecision(world.ctx, { id: randomUUID(), items: world.seen(one), actions: [{ verb: 'warn' }], guidelineId, reason: '', message: null, source });
  expect(scansDuring((ctx) => {
    const about = { kind: 'member' as const, id };
    saveNote(ctx, { id: randomUUID(), basis: 0, about, text: 'A note', audience: 'team', expiresAt: null, source });
    listNotes(ctx, { about });
    memberRecord(ctx, { id });
    findMembers(ctx, { text: 'kes', limit: 10 });
    recentDecisions(ctx, { limit: 10 });
  })).toEqual([]);
});

test('an open case never reads through a table; a list of cases goes by their numbers', () => {
  const one = world.report('p1');
  const { id } = openCase(world.ctx, { id: randomUUID(), title: 'Harbour', itemIds: [one], source });
  expect(scansDuring((ctx) => {
    openCase(ctx, { id: randomUUID(), title: 'Pier', itemIds: [one], source });
    getCase(ctx, { id });
  })).toEqual([]);
  const { plan } = plansOf(world.ctx.store, (store) => void listCases({ ...world.ctx, store }, { closed: false, text: '', after: null, limit: 10 }));
  expect(plan('cases-below')[0]).toMatch(/SEARCH c USING INDEX cases_by_number/);
});

test.each<[string, HistoryFilter, RegExp]>([
  ['nothing', {}, /SEARCH e USING INTEGER PRIMARY KEY/],
  ['a time', { from: 1, to: 2 ** 50 }, /SEARCH e USING INTEGER PRIMARY KEY/],
  ['a person', { actor: 'Ines' }, /SEARCH e USING INDEX events_by_actor/],
  ['a kind', { kinds: ['decision.recorded'] }, /SEARCH e USING INDEX events_by_kind/],
  ['a verb', { verb: 'warn' }, /SEARCH t USING PRIMARY KEY \(tag=\?/],
  ['a platform and a person', { platform: 'forum', actor: 'Ines' }, /SEARCH t USING PRIMARY KEY \(tag=\?/],
])('the history, filtered by %s, walks one index backwards and sorts nothing', (_, filter, first) => {
  recordDecision(world.ctx, { id: randomUUID(), items: world.seen(world.report('p1')), actions: [{ verb: 'warn' }], guidelineId, reason: '', message: null, source });
  const { seen, scans, plan } = plansOf(world.ctx.store, (store) => {
    const { rows } = pageHistory({ ...world.ctx, store }, { filter, after: null, limit: 10 });
    getEvent({ ...world.ctx, store }, { id: rows[0]?.id ?? '' });
  });
  const page = plan([...seen].find((name) => name.startsWith('history-page')) ?? '');
  expect(page[0]).toMatch(first);
  expect([...page.filter((detail) => detail.includes('TEMP B-TREE')), ...scans]).toEqual([]);
});

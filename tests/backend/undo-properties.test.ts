import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verb } from '../../src-main/contract/words.ts';
import { Failure } from '../../src-main/domain/failure.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { redoDecision, undoDecision } from '../../src-main/services/undo.ts';
import { makeStore } from '../../src-main/store/store.ts';
import { migrate } from '../../src-main/store/migrate.ts';
import { projectionProblem, queueProblem } from '../../src-main/store/check.ts';
import { replay } from '../../src-main/store/replay.ts';
import Database from 'better-sqlite3';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const STATE: Readonly<Partial<Record<Verb, string>>> = { dismiss: 'decided', remove: 'decided', escalate: 'escalated', snooze: 'snoozed' };
type Made = { readonly items: readonly number[]; readonly verb: Verb };

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('decide' as const), items: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }), verb: fc.constantFrom<Verb>('dismiss', 'remove', 'escalate', 'snooze') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
);

/** What two stacks would do. */
function makeModel() {
  const done: Made[] = [];
  let undone: Made[] = [];
  const stateOf = (item: number): string => STATE[done.findLast((made) => made.items.includes(item))?.verb ?? 'message'] ?? 'open';
  return {
    stateOf,
    decide(made: Made): boolean {
      if (made.verb === 'escalate' && made.items.some((item) => stateOf(item) === 'escalated')) return false;
      done.push(made);
      undone = [];
      return true;
    },
    undo: () => {
      const made = done.pop();
      if (made !== undefined) undone.push(made);
      return made !== undefined;
    },
    redo: () => {
      const made = undone.pop();
      if (made !== undefined) done.push(made);
      return made !== undefined;
    },
  };
}

function worked(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function isWhole(world: WorkWorld): void {
  const db = new Database(':memory:');
  migrate(db, 0);
  expect(replay(world.ctx.store, makeStore(db, () => undefined)).problem).toBeNull();
  expect([projectionProblem(world.ctx.store.db, db), queueProblem(world.ctx.store, world.ctx.now()).problem]).toEqual([null, null]);
  db.close();
}

test('any row of decisions, undos and redos leaves the items as two stacks would, and the log whole', () => {
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), (steps) => {
    const world = makeWorkWorld();
    try {
      const ids = ['p0', 'p1', 'p2'].map((post) => world.report(post));
      const model = makeModel();
      for (const one of steps) {
        world.pass(10);
        const id = randomUUID();
        if (one.do === 'undo') expect(worked(() => undoDecision(world.ctx, { id, decisionId: null, source: 'key' }))).toBe(model.undo());
        else if (one.do === 'redo') expect(worked(() => redoDecision(world.ctx, { id, source: 'key' }))).toBe(model.redo());
        else {
          const items = world.seen(...one.items.map((at) => ids[at] ?? 0));
          expect(worked(() => recordDecision(world.ctx, {
            id, items, actions: [{ verb: one.verb }], guidelineId: null, reason: '', message: null, source: 'key',
          }))).toBe(model.decide(one));
        }
        expect(ids.map((item) => world.item(item).state)).toEqual(ids.map((_, at) => model.stateOf(at)));
      }
      isWhole(world);
    } finally {
      world.stop();
    }
  }), { numRuns: 40 });
});

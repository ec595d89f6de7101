import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionAction } from '../../src-main/contract/queue.ts';
import { Failure } from '../../src-main/domain/failure.ts';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import type { DecideInput } from '../../src-main/services/decide.ts';
import { getEvent } from '../../src-main/services/history.ts';
import { itemDetails } from '../../src-main/services/item.ts';
import { claimItem } from '../../src-main/services/undo.ts';
import { deliveriesOfDecision, deliveryBody } from '../../src-main/store/deliveries.ts';
import { activeStrikes } from '../../src-main/store/strikes.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const DAY = 86_400_000;
const HARASSMENT = STARTER_GUIDELINES[1]?.id ?? '';

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

function decide(items: readonly number[], actions: readonly DecisionAction[], more: Partial<DecideInput> = {}) {
  return recordDecision(world.ctx, {
    id: randomUUID(), items: world.seen(...items), actions, guidelineId: null, reason: '', message: null, source: 'key', ...more,
  });
}

function refusal(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

function orders(decisionId: string) {
  return deliveriesOfDecision(world.ctx.store, decisionId).map(({ verb, state, subject, body, due_at }) => ({ verb, state, subject, dueAt: due_at, ...deliveryBody.parse(JSON.parse(body)) }));
}

const strikes = () => activeStrikes(world.ctx.store, ['forum:forum.example:member:kestrel'], world.ctx.now());

describe('a decision', () => {
  test('decides the item and waits out the undo window before it leaves', () => {
    const id = world.report('p1');
    const outcome = decide([id], [{ verb: 'remove' }, { verb: 'mute', durationMs: 3 * DAY }], { guidelineId: HARASSMENT, reason: 'third time' });
    expect(outcome.items).toMatchObject([{ id, state: 'decided' }]);
    expect(outcome.undoUntil).toBe(world.ctx.now() + 8000);
    const about = { subject: id, dueAt: outcome.undoUntil, state: 'held', reason: 'third time', guideline: '2 No harassment', expected: 'r1', decidedAt: world.ctx.now() };
    expect(orders(outcome.decisionId)).toMatchObject([
      { verb: 'remove', durationMs: null, ...about },
      { verb: 'mute', durationMs: 3 * DAY, ...about },
    ]);
    expect(world.changed.at(-1)).toEqual({ topics: ['queue', 'decisions', 'history'], items: [id] });
  });

  test('keeps what the person saw', () => {
    const id = world.report('p1', { text: 'You should go', comment: 'He follows me' });
    const { decisionId } = decide([id], [{ verb: 'warn' }], { guidelineId: HARASSMENT });
    const event = getEvent(world.ctx, { id: decisionId });
    expect(event.seen).toEqual([{
      itemId: id,
      key: 'forum:forum.example:post:p1',
      snapshot: {
        text: 'You should go', author: 'kestrel', reports: [{ category: 'harassment', comment: 'He follows me', reporter: 'jun' }],
        standing: [], activeStrikes: 0, mediaHashes: [], priority: expect.any(Number),
      },
    }]);
    expect(event.guideline).toMatchObject({ id: HARASSMENT, version: 1, number: '2' });
  });

  test('may be sent again under its id: the first outcome comes back and nothing is written', () => {
    const id = world.report('p1');
    const basis = world.seen(id);
    const decisionId = randomUUID();
    const first = decide([id], [{ verb: 'remove' }], { id: decisionId, items: basis });
    const again = decide([id], [{ verb: 'remove' }], { id: decisionId, items: basis });
    expect(again).toEqual(first);
    expect(orders(decisionId)).toHaveLength(1);
  });

  test('on several items is one event, and each item gets its orders', () => {
    const ids = [world.report('p1'), world.report('p2', { author: 'brine' }), world.report('p3')];
    const { decisionId, items } = decide(ids, [{ verb: 'remove' }], { guidelineId: HARASSMENT });
    expect(items.map((item) => [item.id, item.state])).toEqual(ids.map((id) => [id, 'decided']));
    expect(orders(decisionId).map((order) => order.subject)).toEqual(ids);
    expect(strikes()).toHaveLength(1);
  });

  test('is refused with what is there now when the item changed meanwhile', () => {
    const id = world.report('p1');
    const basis = world.seen(id);
    world.report('p1');
    const stale = (() => {
      try {
        return decide([id], [{ verb: 'remove' }], { items: basis });
      } catch (error) {
        return error;
      }
    })();
    expect(stale).toMatchObject({ code: 'STALE', current: { id, reportCount: 2 } });
    expect(world.item(id).state).toBe('open');
  });

  test('goes by what can be done with this one, where that differs from its kind, until the platform takes it back', () => {
    const id = world.report('p1', { verbs: { lock: { can: false, why: 'It waits for approval.' }, remove: { can: true, target: 'subject', reversible: false } } });
    const offered = () => itemDetails(world.ctx, { ids: [id] })[0]?.verbs.filter(({ verb }) => verb === 'lock' || verb === 'remove').map(({ verb, can, why, reversible }) => ({ verb, can, why, reversible }));
    expect(offered()).toEqual([{ verb: 'remove', can: true, why: null, reversible: false }, { verb: 'lock', can: false, why: 'It waits for approval.', reversible: false }]);
    expect(refusal(() => decide([id], [{ verb: 'lock' }]))).toEqual({ code: 'NOT_POSSIBLE', message: expect.stringContaining('It waits for approval.') });
    world.report('p1', { verbs: {} });
    expect(offered()).toEqual([{ verb: 'remove', can: true, why: null, reversible: true }, { verb: 'lock', can: true, why: null, reversible: true }]);
  });

  test('is refused whole where one of the platforms cannot do it', () => {
    const ids = [world.report('p1'), world.report('c1', { on: 'chat' })];
    expect(refusal(() => decide(ids, [{ verb: 'mute', durationMs: DAY }]))).toEqual({ code: 'NOT_POSSIBLE', message: '1 of 2 items: This chat has no mute.' });
    expect(ids.map((id) => world.item(id).state)).toEqual(['open', 'open']);
  });

  test.each<[string, readonly DecisionAction[], Partial<DecideInput>, string]>([
    ['the same verb twice', [{ verb: 'remove' }, { verb: 'remove' }], {}, 'INVALID_INPUT'],
    ['snooze beside another verb', [{ verb: 'snooze', durationMs: DAY }, { verb: 'remove' }], {}, 'INVALID_INPUT'],
    ['a length of time the platform does not have', [{ verb: 'mute', durationMs: 5 * DAY }], {}, 'NOT_POSSIBLE'],
    ['for good where only days are offered', [{ verb: 'mute', durationMs: null }], {}, 'NOT_POSSIBLE'],
    ['a label the platform does not know', [{ verb: 'label', labels: ['wonderful'] }], {}, 'NOT_POSSIBLE'],
    ['a message without words', [{ verb: 'message' }], { message: ' ' }, 'NOT_POSSIBLE'],
    ['a message that nothing can carry', [{ verb: 'dismiss' }], { message: 'A word' }, 'NOT_POSSIBLE'],
    ['a guideline that is not there', [{ verb: 'remove' }], { guidelineId: randomUUID() }, 'NOT_FOUND'],
  ])('is refused for %s', (_, actions, more, code) => {
    const id = world.report('p1');
    expect(refusal(() => decide([id], actions, more)).code).toBe(code);
    expect(world.item(id).state).toBe('open');
  });

  test('without a length of time takes the shortest offered, never for good', () => {
    const { decisionId } = decide([world.report('p1')], [{ verb: 'suspend' }]);
    expect(orders(decisionId)).toMatchObject([{ verb: 'suspend', durationMs: 14 * DAY }]);
  });

  test('that stays in Docket sends nothing', () => {
    const [snoozed, escalated] = [world.report('p1'), world.report('c1', { on: 'chat' })];
    const first = decide([snoozed], [{ verb: 'snooze', durationMs: 4 * 3_600_000 }]);
    const second = decide([escalated], [{ verb: 'escalate' }]);
    expect(first.items).toMatchObject([{ state: 'snoozed', snoozedUntil: world.ctx.now() + 4 * 3_600_000 }]);
    expect(second.items).toMatchObject([{ state: 'escalated' }]);
    expect([...orders(first.decisionId), ...orders(second.decisionId)].map((order) => order.state)).toEqual(['local', 'local']);
  });

  test('tells a member once, by the verb that carries messages best', () => {
    const ids = [world.report('p1'), world.report('p2')];
    const { decisionId } = decide(ids, [{ verb: 'remove' }, { verb: 'warn' }, { verb: 'suspend', durationMs: 14 * DAY }], { message: 'Please stop.' });
    expect(orders(decisionId).filter((order) => order.message !== null).map(({ verb, subject }) => ({ verb, subject }))).toEqual([{ verb: 'warn', subject: ids[0] }]);
  });

  test('sends a warning and a lock before what takes the thing away: platforms know only of what is still there', () => {
    const { decisionId } = decide([world.report('p1')], [{ verb: 'remove' }, { verb: 'suspend', durationMs: 14 * DAY }, { verb: 'warn' }, { verb: 'lock' }]);
    expect(orders(decisionId).map(({ verb }) => verb)).toEqual(['warn', 'lock', 'remove', 'suspend']);
  });

  test('leaves on time even after a clock that ran fast was put right', () => {
    const [early, late] = [world.report('p1'), world.report('p2')];
    world.pass(365 * DAY);
    decide([early], [{ verb: 'dismiss' }]);
    world.pass(-365 * DAY);
    const { decisionId, undoUntil } = decide([late], [{ verb: 'remove' }]);
    expect(undoUntil).toBe(world.ctx.now() + 8000);
    expect(orders(decisionId)).toMatchObject([{ dueAt: undoUntil, decidedAt: world.ctx.now() }]);
  });

  test('ends a claim', () => {
    const id = world.report('p1');
    claimItem(world.ctx, { id, claimed: true, source: 'key' });
    expect(world.item(id).claimedBy).toBe('Ines');
    expect(decide([id], [{ verb: 'dismiss' }]).items).toMatchObject([{ state: 'decided', claimedBy: null }]);
  });

  test('is reopened by a later report', () => {
    const id = world.report('p1');
    decide([id], [{ verb: 'dismiss' }]);
    world.report('p1');
    expect(world.item(id)).toMatchObject({ state: 'open', reopened: true });
  });
});

describe('a strike', () => {
  test('is added by remove, warn, mute and suspend under a guideline, and expires with it', () => {
    decide([world.report('p1')], [{ verb: 'warn' }], { guidelineId: HARASSMENT });
    expect(strikes()).toMatchObject([{ guideline_id: HARASSMENT, expires_at: world.ctx.now() + 180 * DAY }]);
    world.pass(180 * DAY);
    expect(strikes()).toEqual([]);
  });

  test.each<[string, readonly DecisionAction[], string | null]>([
    ['without a guideline', [{ verb: 'remove' }], null],
    ['by a message', [{ verb: 'message' }], HARASSMENT],
    ['by a label', [{ verb: 'label', labels: ['spoiler'] }], HARASSMENT],
    ['by a locked thread', [{ verb: 'lock' }], HARASSMENT],
    ['by a dismissal', [{ verb: 'dismiss' }], HARASSMENT],
  ])('is not added %s', (_, actions, guidelineId) => {
    decide([world.report('p1')], actions, { guidelineId, message: actions[0]?.verb === 'message' ? 'A word' : null });
    expect(strikes()).toEqual([]);
  });

  test('shows on the author\'s other open items', () => {
    const [first, second] = [world.report('p1'), world.report('p2')];
    decide([first], [{ verb: 'warn' }], { guidelineId: HARASSMENT });
    expect(world.item(second).strikes).toBe(1);
  });
});

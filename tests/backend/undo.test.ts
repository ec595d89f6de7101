import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionAction } from '../../src-main/contract/queue.ts';
import { STARTER_GUIDELINES } from '../../src-main/domain/starter/index.ts';
import { recordDecision } from '../../src-main/services/decide.ts';
import { recentDecisions } from '../../src-main/services/decision-views.ts';
import { claimItem, redoDecision, settleConflict, undoDecision } from '../../src-main/services/undo.ts';
import { deliveriesOfDecision } from '../../src-main/store/deliveries.ts';
import { settle, startAttempt } from '../../src-main/store/outbox.ts';
import { refreshItems } from '../../src-main/store/items.ts';
import { activeStrikes } from '../../src-main/store/strikes.ts';
import { makeWorkWorld } from '../support/work-world.ts';
import type { WorkWorld } from '../support/work-world.ts';

const HARASSMENT = STARTER_GUIDELINES[1]?.id ?? '';

let world: WorkWorld;
beforeEach(() => {
  world = makeWorkWorld();
});
afterEach(() => world.stop());

function decide(items: readonly number[], actions: readonly DecisionAction[], guidelineId: string | null = null): string {
  world.pass(1000);
  return recordDecision(world.ctx, {
    id: randomUUID(), items: world.seen(...items), actions, guidelineId, reason: 'because', message: null, source: 'key',
  }).decisionId;
}

function undo(decisionId: string | null = null) {
  world.pass(1000);
  return undoDecision(world.ctx, { id: randomUUID(), decisionId, source: 'key' });
}

function redo() {
  world.pass(1000);
  return redoDecision(world.ctx, { id: randomUUID(), source: 'key' });
}

/** The platform took every order of the decision. */
function arrive(decisionId: string): void {
  for (const row of deliveriesOfDecision(world.ctx.store, decisionId)) {
    startAttempt(world.ctx.store, row.id);
    settle(world.ctx.store, row.id, { state: 'sent', said: null, sentAt: world.ctx.now() });
  }
}

function conflict(decisionId: string): string {
  const [row] = deliveriesOfDecision(world.ctx.store, decisionId);
  if (row === undefined) throw new Error('nothing was sent');
  settle(world.ctx.store, row.id, { state: 'conflict', said: 'Meanwhile', theirs: { by: 'Lea', what: 'approved', at: world.ctx.now() } });
  refreshItems(world.ctx.store, [row.subject], world.ctx.now());
  return row.id;
}

const sent = (decisionId: string) => deliveriesOfDecision(world.ctx.store, decisionId).map(({ verb, state, reverse }) => `${reverse === 1 ? 'reverse ' : ''}${verb} ${state}`);
const states = (...ids: readonly number[]) => ids.map((id) => world.item(id).state);

describe('undo', () => {
  test('within the window cancels what was held: nothing is sent at all', () => {
    const id = world.report('p1');
    const decisionId = decide([id], [{ verb: 'remove' }], HARASSMENT);
    expect(undo()).toMatchObject({ decisionId, effect: 'cancelled', what: 'Remove under 2 No harassment', items: [{ id, state: 'open' }] });
    expect(sent(decisionId)).toEqual(['remove cancelled']);
  });

  test('takes the strike back', () => {
    const strikes = () => activeStrikes(world.ctx.store, ['forum:forum.example:member:kestrel'], world.ctx.now()).length;
    decide([world.report('p1')], [{ verb: 'remove' }], HARASSMENT);
    expect(strikes()).toBe(1);
    undo();
    expect(strikes()).toBe(0);
    redo();
    expect(strikes()).toBe(1);
  });

  test('after the window sends the reverse, latest order first', () => {
    const decisionId = decide([world.report('p1')], [{ verb: 'remove' }, { verb: 'lock' }]);
    arrive(decisionId);
    expect(undo().effect).toBe('reversing');
    expect(sent(decisionId)).toEqual(['lock sent', 'remove sent', 'reverse remove pending', 'reverse lock pending']);
  });

  test('says when the platform has no reverse for something that has left', () => {
    const decisionId = decide([world.report('p1')], [{ verb: 'remove' }, { verb: 'warn' }]);
    arrive(decisionId);
    expect(undo().effect).toBe('stays');
    expect(sent(decisionId)).toEqual(['warn sent', 'remove sent', 'reverse remove pending']);
  });

  test('leaves alone what another standing decision still asks for', () => {
    const id = world.report('p1');
    const first = decide([id], [{ verb: 'lock' }]);
    arrive(first);
    arrive(decide([id], [{ verb: 'lock' }, { verb: 'remove' }]));
    expect(undo(first)).toMatchObject({ effect: 'stays', items: [{ state: 'decided' }] });
    expect(sent(first)).toEqual(['lock sent']);
  });

  test('walks back through any number of one\'s own decisions and not through anyone else\'s', () => {
    const ids = [world.report('p1'), world.report('p2'), world.report('p3')];
    const made = ids.map((id) => decide([id], [{ verb: 'dismiss' }]));
    world.set({ actor: 'Tomás' });
    decide([world.report('p4')], [{ verb: 'dismiss' }]);
    world.set({ actor: 'Ines' });
    expect([undo(), undo(), undo()].map((outcome) => outcome.decisionId)).toEqual(made.toReversed());
    expect(states(...ids)).toEqual(['open', 'open', 'open']);
    expect(() => undo()).toThrow('There is nothing left to undo.');
  });

  test('falls back to the decision that stood before', () => {
    const id = world.report('p1');
    decide([id], [{ verb: 'escalate' }]);
    decide([id], [{ verb: 'dismiss' }]);
    undo();
    expect(states(id)).toEqual(['escalated']);
    undo();
    expect(states(id)).toEqual(['open']);
  });

  test('of an older decision by name leaves the later one standing', () => {
    const id = world.report('p1');
    const first = decide([id], [{ verb: 'escalate' }]);
    decide([id], [{ verb: 'dismiss' }]);
    undo(first);
    expect(states(id)).toEqual(['decided']);
    expect(() => undo(first)).toThrow('undone already');
  });

  test('may be sent again under its id', () => {
    const decisionId = decide([world.report('p1')], [{ verb: 'remove' }]);
    arrive(decisionId);
    const id = randomUUID();
    const first = undoDecision(world.ctx, { id, decisionId: null, source: 'key' });
    expect(undoDecision(world.ctx, { id, decisionId: null, source: 'key' })).toEqual(first);
    expect(sent(decisionId)).toEqual(['remove sent', 'reverse remove pending']);
  });
});

describe('redo', () => {
  test('repeats in the order of the decisions what was undone last', () => {
    const ids = [world.report('p1'), world.report('p2')];
    for (const id of ids) decide([id], [{ verb: 'remove' }], HARASSMENT);
    undo();
    undo();
    expect(redo().items.map((item) => item.id)).toEqual([ids[0]]);
    const again = redo();
    expect(again.items.map((item) => item.id)).toEqual([ids[1]]);
    expect(sent(again.decisionId)).toEqual(['remove held']);
    expect(() => redo()).toThrow('There is nothing to redo.');
    expect(states(...ids)).toEqual(['decided', 'decided']);
  });

  test('can be undone and redone again', () => {
    const id = world.report('p1');
    decide([id], [{ verb: 'dismiss' }]);
    undo();
    redo();
    undo();
    expect(states(id)).toEqual(['open']);
    redo();
    expect(states(id)).toEqual(['decided']);
    undo();
    expect(() => undo()).toThrow('There is nothing left to undo.');
  });

  test('is over once a new decision is made', () => {
    decide([world.report('p1')], [{ verb: 'dismiss' }]);
    undo();
    decide([world.report('p2')], [{ verb: 'dismiss' }]);
    expect(() => redo()).toThrow('There is nothing to redo.');
  });

  test('keeps the reason and the guideline, and is its own decision in the list', () => {
    const first = decide([world.report('p1')], [{ verb: 'remove' }], HARASSMENT);
    undo();
    const { decisionId } = redo();
    expect(recentDecisions(world.ctx, { limit: 10 }).map(({ id, undone, reason, guideline }) => ({ id, undone, reason, number: guideline?.number }))).toEqual([
      { id: decisionId, undone: false, reason: 'because', number: '2' },
      { id: first, undone: true, reason: 'because', number: '2' },
    ]);
  });
});

describe('a conflict with the platform', () => {
  test('ends with theirs kept: the item is handled, not decided, and nothing is sent', () => {
    const id = world.report('p1');
    const decisionId = decide([id], [{ verb: 'remove' }]);
    const deliveryId = conflict(decisionId);
    expect(states(id)).toEqual(['conflict']);
    expect(settleConflict(world.ctx, { id: randomUUID(), deliveryId, choice: 'keep-theirs', source: 'key' })).toMatchObject({ id, state: 'handled' });
    expect(sent(decisionId)).toEqual(['remove handled-there']);
  });

  test('theirs kept takes the strike back; where ours stands for another post of the member it stays', () => {
    const strikes = () => activeStrikes(world.ctx.store, ['forum:forum.example:member:kestrel'], world.ctx.now()).length;
    const settleFirst = (decisionId: string) => settleConflict(world.ctx, { id: randomUUID(), deliveryId: conflict(decisionId), choice: 'keep-theirs', source: 'key' });
    const alone = decide([world.report('p1')], [{ verb: 'remove' }], HARASSMENT);
    expect(strikes()).toBe(1);
    expect(settleFirst(alone)).toMatchObject({ strikes: 0 });
    const both = decide([world.report('p2'), world.report('p3')], [{ verb: 'remove' }], HARASSMENT);
    settleFirst(both);
    expect(strikes()).toBe(1);
  });

  test('ends with ours sent over theirs', () => {
    const id = world.report('p1');
    const decisionId = decide([id], [{ verb: 'remove' }]);
    const deliveryId = conflict(decisionId);
    const eventId = randomUUID();
    const resolve = () => settleConflict(world.ctx, { id: eventId, deliveryId, choice: 'send-mine', source: 'key' });
    expect(resolve()).toMatchObject({ state: 'decided' });
    expect(resolve()).toMatchObject({ state: 'decided' });
    expect(deliveriesOfDecision(world.ctx.store, decisionId)).toMatchObject([{ state: 'pending', force: 1 }]);
    expect(() => settleConflict(world.ctx, { id: randomUUID(), deliveryId, choice: 'keep-theirs', source: 'key' })).toThrow('settled already');
  });

  test('is forgotten when the decision is undone', () => {
    const id = world.report('p1');
    const decisionId = decide([id], [{ verb: 'remove' }]);
    conflict(decisionId);
    expect(undo()).toMatchObject({ decisionId, effect: 'cancelled', items: [{ state: 'open' }] });
  });
});

describe('a claim', () => {
  test('is seen by others, moves to who claims last, and is let go once', () => {
    const id = world.report('p1');
    const before = world.ctx.store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n ?? 0;
    const claim = (claimed: boolean) => claimItem(world.ctx, { id, claimed, source: 'key' }).claimedBy;
    expect([claim(true), claim(true)]).toEqual(['Ines', 'Ines']);
    world.set({ actor: 'Tomás' });
    expect([claim(true), claim(false), claim(false)]).toEqual(['Tomás', null, null]);
    expect(world.ctx.store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n).toBe(before + 3);
  });

  test('outlasts an undo', () => {
    const id = world.report('p1');
    decide([id], [{ verb: 'dismiss' }]);
    claimItem(world.ctx, { id, claimed: true, source: 'key' });
    undo();
    expect(world.item(id)).toMatchObject({ state: 'open', claimedBy: 'Ines' });
  });
});

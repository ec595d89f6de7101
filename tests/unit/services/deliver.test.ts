import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import { listOutbox, retryDelivery } from '../../../src-main/services/outbox.ts';
import { cancelHeld, deliveryView, holdDelivery } from '../../../src-main/store/deliveries.ts';
import { resolveConflict, startAttempt } from '../../../src-main/store/outbox.ts';
import { makeWorld, statesOf } from '../../support/platform-world.ts';
import type { World } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';
import type { ScriptedPlatform } from '../../support/scripted-platform.ts';

const OFFLINE = new ConnectorError('unreachable', 'tidepool.example did not answer.');
let platform: ScriptedPlatform;
let world: World;
let subjects: number[];
beforeEach(async () => {
  platform = scriptedPlatform('tidepool');
  platform.publish(6, 3);
  world = makeWorld([platform.connector]);
  const [n = 0] = world.connect(platform.connector);
  await world.clock.settle();
  subjects = world.subjects(n);
});
afterEach(() => world.stop());

const subject = (at: number): number => subjects[at] ?? 0;
const done = (): string[] => platform.done.map(({ verb, subject: { remoteId }, reverse }) => `${reverse ? 'un' : ''}${verb} ${remoteId}`);
const itemState = (id: number) => world.ctx.store.sql<[number], { state: string; version: number }>('test-item', 'SELECT state, version FROM items WHERE subject = ?').get(id);

function takeBack(id: string, decisionId: string): string {
  const row = world.order(id);
  const reverse = randomUUID();
  world.ctx.store.write(() => holdDelivery(world.ctx.store, {
    id: reverse, decisionId, subject: row.subject, connection: row.connection, verb: row.verb, reverse: true, reverses: id,
    body: { durationMs: null, labels: [], reason: '', guideline: null, message: null, expected: null, decidedAt: world.clock.now() },
    dueAt: world.clock.now(), state: 'pending',
  }));
  world.platforms.delivery.wake();
  return reverse;
}

describe('the undo window', () => {
  test('nothing leaves before it ends, and then it leaves at once', async () => {
    const id = world.decide(subject(0));
    await world.clock.advance(7999);
    expect([done(), world.order(id).state]).toEqual([[], 'held']);
    await world.clock.advance(1);
    expect([done(), world.order(id)]).toEqual([['remove p0'], expect.objectContaining({ state: 'sent', attempts: 1, said: 'Done.', remote_id: `done-${id}`, sent_at: world.clock.now() })]);
  });

  test('a clock that is set back meanwhile makes it no longer', async () => {
    const id = world.decide(subject(0));
    // As it stands in the database once the clock has gone back by an hour.
    world.ctx.store.db.prepare('UPDATE deliveries SET due_at = due_at + 3600000').run();
    world.platforms.delivery.wake();
    await world.clock.settle();
    expect([done(), world.order(id).state]).toEqual([['remove p0'], 'sent']);
  });

  test('it outlives a restart', async () => {
    const id = world.decide(subject(0));
    await world.clock.advance(5000);
    await world.restart();
    await world.clock.advance(2999);
    expect(world.order(id).state).toBe('held');
    await world.clock.advance(1);
    expect(done()).toEqual(['remove p0']);
  });

  test('undone within it, nothing is ever sent', async () => {
    const decisionId = randomUUID();
    world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(4000);
    expect(cancelHeld(world.ctx.store, decisionId)).toBe(0);
    await world.clock.advance(60_000);
    expect([done(), statesOf(world, decisionId)]).toEqual([[], ['cancelled']]);
  });

  test('undone after it, the reverse goes out', async () => {
    const decisionId = randomUUID();
    const id = world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(8000);
    expect(cancelHeld(world.ctx.store, decisionId)).toBe(1);
    takeBack(id, decisionId);
    await world.clock.settle();
    expect(done()).toEqual(['remove p0', 'unremove p0']);
    expect(platform.done[1]?.reverses).toEqual({ orderId: id, remoteId: `done-${id}` });
  });

  test('undone while it is under way, the reverse waits for its turn', async () => {
    const decisionId = randomUUID();
    platform.faults.deliver.push({ when: 'after', error: new ConnectorError('unintelligible', 'Half an answer.') });
    const id = world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(8000);
    expect(cancelHeld(world.ctx.store, decisionId)).toBe(1);
    takeBack(id, decisionId);
    await world.clock.settle();
    expect(done()).toEqual(['remove p0']);
    await world.clock.advance(60_000);
    expect([done(), statesOf(world, decisionId)]).toEqual([['remove p0', 'unremove p0'], ['sent', 'sent']]);
  });

  test('what was never carried out there is not taken back', async () => {
    const decisionId = randomUUID();
    platform.answer = () => ({ kind: 'already', by: '@ines', what: 'removed', at: 5 });
    const id = world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(8000);
    const reverse = takeBack(id, decisionId);
    await world.clock.settle();
    expect([done(), world.order(reverse)]).toEqual([[], expect.objectContaining({ state: 'cancelled', said: expect.stringContaining('nothing to take back') })]);
  });
});

describe('offline', () => {
  test('decisions wait calmly and go out once and in order when the platform is back; hours of absence are no failure', async () => {
    platform.down = OFFLINE;
    const ids = [0, 3, 1, 0, 3].map((at, index) => world.decide(subject(at), index === 3 ? 'restore' : 'remove'));
    await world.clock.advance(12 * 3_600_000);
    expect(ids.map((id) => world.order(id).state)).toEqual(['pending', 'pending', 'pending', 'pending', 'pending']);
    expect(world.order(ids[0] ?? '').said).toBe('tidepool.example did not answer.');
    platform.down = null;
    await world.clock.advance(3 * 60_000);
    expect(ids.map((id) => world.order(id).state)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    // Posts 0 and 3 are the same member's: their order holds across both.
    expect(done().filter((line) => !line.endsWith('p1'))).toEqual(['remove p0', 'remove p3', 'restore p0', 'remove p3']);
    expect(done()).toHaveLength(5);
  });

  test('undone before anything could leave, nothing leaves later', async () => {
    platform.down = OFFLINE;
    world.platforms.sync.wake(1);
    await world.clock.advance(60_000);
    const decisionId = randomUUID();
    world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(60_000);
    expect(cancelHeld(world.ctx.store, decisionId)).toBe(0);
    platform.down = null;
    await world.clock.advance(5 * 60_000);
    expect(done()).toEqual([]);
  });

  test('an expired token keeps them too, until the person signs in again', async () => {
    platform.faults.deliver.push({ when: 'before', error: new ConnectorError('sign-in', 'Sign in again.') });
    const id = world.decide(subject(0));
    await world.clock.advance(3_600_000);
    expect([world.order(id).state, world.platforms.sync.health(1).state]).toEqual(['pending', 'sign-in-needed']);
    world.platforms.sync.wake(1, { verify: true, attended: true });
    await world.clock.advance(60_000);
    expect(world.order(id).state).toBe('sent');
  });
});

describe('a crash between sending and writing it down', () => {
  test('the same order is sent again, which an idempotent platform knows', async () => {
    platform.faults.deliver.push({ when: 'after', error: new Error('the process died here') });
    const id = world.decide(subject(0));
    await world.clock.advance(8000);
    expect(world.order(id)).toMatchObject({ state: 'pending', attempts: 1 });
    await world.restart();
    await world.clock.advance(60_000);
    expect([done(), world.order(id)]).toEqual([['remove p0'], expect.objectContaining({ state: 'sent', attempts: 2 })]);
  });

  test('an order tells whether a try of its own was cut off, or another action of the decision went out before', async () => {
    const decisionId = randomUUID();
    const [first, second] = [world.decide(subject(0), 'remove', { decisionId }), world.decide(subject(0), 'dismiss', { decisionId })];
    const later = world.decide(subject(1));
    world.ctx.store.write(() => startAttempt(world.ctx.store, first));
    await world.restart();
    // Whatever else fails before it is through.
    platform.faults.deliver.push({ when: 'before', error: OFFLINE });
    await world.clock.advance(120_000);
    const begun = new Map(platform.done.map(({ id, begunBy }) => [id, begunBy]));
    expect([first, second, later].map((id) => begun.get(id))).toEqual(['itself', 'other', undefined]);
  });

  test('undone between the two, what did arrive is taken back', async () => {
    const decisionId = randomUUID();
    platform.faults.deliver.push({ when: 'after', error: new Error('the process died here') });
    const id = world.decide(subject(0), 'remove', { decisionId });
    await world.clock.advance(8000);
    await world.restart();
    expect(cancelHeld(world.ctx.store, decisionId)).toBe(1);
    takeBack(id, decisionId);
    await world.clock.advance(60_000);
    expect(done()).toEqual(['remove p0', 'unremove p0']);
  });
});

describe('what the platform answers', () => {
  test('refused: the person is told why and may try again', async () => {
    platform.answer = () => ({ kind: 'refused', why: 'Your role may not remove posts. Ask an admin for “Manage posts”.' });
    const id = world.decide(subject(0));
    await world.clock.advance(8000);
    expect(world.order(id)).toMatchObject({ state: 'refused', said: expect.stringContaining('Manage posts') });
    expect(listOutbox(world.ctx, { limit: 10 })).toMatchObject({ held: 0, pending: 0, attention: 1, deliveries: [{ id, state: 'refused', snippet: 'Post number 0' }] });
    platform.answer = null;
    retryDelivery(world.ctx, world.platforms.delivery, { deliveryId: id });
    await world.clock.settle();
    expect(world.order(id).state).toBe('sent');
    expect(() => retryDelivery(world.ctx, world.platforms.delivery, { deliveryId: id })).toThrow('nothing left to send');
  });

  test('trouble of its own: tried again with growing waits, then a person looks', async () => {
    platform.answer = () => ({ kind: 'retry', why: 'The queue there is full.', afterMs: null });
    const id = world.decide(subject(0));
    await world.clock.advance(8000);
    expect(world.order(id)).toMatchObject({ state: 'pending', said: 'The queue there is full.', due_at: world.clock.now() + 3750 });
    await world.clock.advance(3 * 3_600_000);
    expect(world.order(id)).toMatchObject({ state: 'failed', attempts: 8, said: expect.stringContaining('stopped after 8 tries') });
  });

  test('Retry-After of an order is obeyed, and other members\' orders do not wait for it', async () => {
    platform.faults.deliver.push({ when: 'before', error: new ConnectorError('rate-limited', 'Wait.', 600_000) });
    const first = world.decide(subject(0));
    const second = world.decide(subject(1));
    await world.clock.advance(8000);
    expect([world.order(first).state, world.order(second).state]).toEqual(['pending', 'sent']);
    await world.clock.advance(599_999);
    expect(world.order(first).attempts).toBe(1);
    await world.clock.advance(1);
    expect(world.order(first).state).toBe('sent');
  });
});

describe('a conflict', () => {
  const theirs = { by: '@ines', what: 'approved', at: 1_777_900_000_000 };
  let decisionId: string;
  let ids: string[];
  beforeEach(async () => {
    platform.others.set('p0', theirs);
    decisionId = randomUUID();
    ids = [world.decide(subject(0), 'remove', { decisionId }), world.decide(subject(0), 'suspend', { decisionId }), world.decide(subject(1), 'remove', { decisionId })];
    await world.clock.advance(8000);
  });

  test('nothing is sent over it; the whole decision on that item waits for the person, who sees who did what', () => {
    expect([done(), statesOf(world, decisionId), itemState(subject(0))?.state]).toEqual([['remove p1'], ['conflict', 'conflict', 'sent'], 'conflict']);
    expect(deliveryView(world.ctx.store, world.order(ids[0] ?? ''))).toMatchObject({ theirs, said: expect.stringContaining('approved by @ines'), itemId: subject(0), connectionId: 'tidepool' });
    expect(() => retryDelivery(world.ctx, world.platforms.delivery, { deliveryId: ids[0] ?? '' })).toThrow('Choose whose');
  });

  test('keep theirs: nothing is sent', async () => {
    resolveConflict(world.ctx.store, ids[1] ?? '', 'keep-theirs', world.clock.now());
    world.platforms.delivery.wake();
    await world.clock.advance(60_000);
    expect([done(), statesOf(world, decisionId)]).toEqual([['remove p1'], ['handled-there', 'handled-there', 'sent']]);
  });

  test('send mine: all of it is sent over theirs, in order', async () => {
    resolveConflict(world.ctx.store, ids[0] ?? '', 'send-mine', world.clock.now());
    world.platforms.delivery.wake();
    await world.clock.settle();
    expect([done(), statesOf(world, decisionId)]).toEqual([['remove p1', 'remove p0', 'suspend p0'], ['sent', 'sent', 'sent']]);
  });

  test('a new decision replaces the one that met it', async () => {
    world.decide(subject(0), 'dismiss');
    expect(statesOf(world, decisionId)).toEqual(['cancelled', 'cancelled', 'sent']);
  });
});

test('removing a connection ends what waits for it and says so', async () => {
  const id = world.decide(subject(0));
  await world.platforms.connections.remove({ id: 'tidepool', source: 'key' });
  await world.clock.advance(60_000);
  expect([done(), world.order(id)]).toEqual([[], expect.objectContaining({ state: 'cancelled', said: 'The connection was removed before this was sent.' })]);
});

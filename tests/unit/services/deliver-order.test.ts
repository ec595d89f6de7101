import { array, asyncProperty, assert, constantFrom, integer, oneof, record } from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import { TRIES } from '../../../src-main/services/delivery-attempt.ts';
import { makeWorld } from '../../support/platform-world.ts';
import { scriptedPlatform } from '../../support/scripted-platform.ts';
import type { Fault } from '../../support/scripted-platform.ts';

const POSTS = 6;
const AUTHORS = 3;

const error = constantFrom(
  new ConnectorError('unreachable', 'Gone.'), new ConnectorError('unintelligible', 'HTML.'), new ConnectorError('rate-limited', 'Wait.', 20_000),
  new ConnectorError('secrets-locked', 'Locked.'), new TypeError('a bug'),
);
const fault = record<Fault>({ when: constantFrom('before', 'after'), error });

/** What may happen between two decisions, in any order. */
const step = oneof(
  { weight: 6, arbitrary: record({ do: constantFrom('decide' as const), at: integer({ min: 0, max: POSTS - 1 }) }) },
  { weight: 4, arbitrary: record({ do: constantFrom('wait' as const), at: constantFrom(1, 4000, 9000, 70_000) }) },
  { weight: 4, arbitrary: record({ do: constantFrom('fault' as const), at: fault }) },
  { weight: 1, arbitrary: record({ do: constantFrom('pull-fault' as const), at: fault }) },
  { weight: 1, arbitrary: record({ do: constantFrom('restart' as const) }) },
  { weight: 1, arbitrary: record({ do: constantFrom('down' as const, 'up' as const) }) },
);

// Sixty histories take seconds of computing each: more than the usual limit on a busy machine.
test('whatever fails in between, each decision reaches an idempotent platform once, and a member\'s in order', async () => {
  await assert(asyncProperty(array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
    const platform = scriptedPlatform('tidepool');
    platform.publish(POSTS, AUTHORS);
    const world = makeWorld([platform.connector]);
    const [n = 0] = world.connect(platform.connector);
    await world.clock.settle();
    const subjects = world.subjects(n);
    let faults = 0;
    const decided: { id: string; member: number }[] = [];
    for (const one of steps) {
      if (one.do === 'decide') decided.push({ id: world.decide(subjects[one.at] ?? 0), member: one.at % AUTHORS });
      if (one.do === 'wait') await world.clock.advance(one.at);
      // Fewer than the tries after which a person is asked to look.
      if (one.do === 'fault' && faults < TRIES - 1) faults += platform.faults.deliver.push(one.at) > 0 ? 1 : 0;
      if (one.do === 'pull-fault') platform.faults.pull.push(one.at);
      if (one.do === 'down') platform.down = new ConnectorError('unreachable', 'Gone.');
      if (one.do === 'up') platform.down = null;
      if (one.do === 'restart') await world.restart();
    }
    platform.down = null;
    for (let waking = 0; waking < 12; waking += 1) {
      world.platforms.sync.wake(n, { verify: true, attended: true });
      await world.clock.advance(30 * 60_000);
    }
    expect(new Set(decided.map(({ id }) => world.order(id).state)).size).toBeLessThanOrEqual(1);
    for (let member = 0; member < AUTHORS; member += 1) {
      const wished = decided.filter((one) => one.member === member).map(({ id }) => id);
      expect(platform.done.map(({ id }) => id).filter((id) => wished.includes(id))).toEqual(wished);
    }
    expect(platform.done).toHaveLength(decided.length);
    await world.stop();
  }), { numRuns: 60 });
}, 240_000);

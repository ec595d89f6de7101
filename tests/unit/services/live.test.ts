import { expect, test } from 'vitest';
import type { Change } from '../../../src-main/contract/contract.ts';
import { makeLive } from '../../../src-main/services/live.ts';

/** A feed whose frames the test ends. */
function feed() {
  const frames: (() => void)[] = [];
  const live = makeLive((run) => void frames.push(run));
  return { live, frame: () => frames.splice(0).forEach((run) => run()), frames };
}

async function next(changes: AsyncGenerator<Change>): Promise<Change | null> {
  const { value, done } = await changes.next();
  return done === true ? null : value;
}

test('what changes within a frame is told once, with its topics and items together', async () => {
  const { live, frame, frames } = feed();
  const desk = live.changes(undefined);
  live.changed(['queue'], [1]);
  live.changed(['queue', 'decisions'], [2, 1]);
  live.changed(['history']);
  expect(frames).toHaveLength(1);
  frame();
  expect(await next(desk)).toEqual({ version: 3, topics: ['queue', 'decisions', 'history'], items: [1, 2] });
});

test('a desk hears what changed since it asked, even before it looks', async () => {
  const { live, frame } = feed();
  live.changed(['settings']);
  const desk = live.changes(undefined);
  live.changed(['queue'], [7]);
  frame();
  expect(await next(desk)).toEqual({ version: 2, topics: ['queue'], items: [7] });
});

test('a change of the queue without items is many; an empty list of items is none', async () => {
  const { live, frame } = feed();
  const desk = live.changes(undefined);
  live.changed(['queue', 'connections'], []);
  frame();
  expect(await next(desk)).toEqual({ version: 1, topics: ['connections'], items: [] });
  live.changed(['queue'], [1]);
  live.changed(['queue']);
  frame();
  expect(await next(desk)).toEqual({ version: 3, topics: ['queue'], items: [] });
});

test('each desk has its own feed, and it ends with the desk or the backend', async () => {
  const { live, frame } = feed();
  const leaving = new AbortController();
  const [one, other] = [live.changes(leaving.signal), live.changes(undefined)];
  live.changed(['notes']);
  frame();
  expect([await next(one), await next(other)]).toEqual([{ version: 1, topics: ['notes'], items: [] }, { version: 1, topics: ['notes'], items: [] }]);
  leaving.abort();
  expect(await next(one)).toBeNull();
  live.stop();
  expect(await next(other)).toBeNull();
});

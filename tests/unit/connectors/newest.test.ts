import { expect, test } from 'vitest';
import { keep, keepNewest } from '../../../src-main/connectors/http/newest.ts';

test('the oldest give way; what is kept again is the newest', () => {
  const map = new Map([['a', 1], ['b', 2]]);
  keep(map, 'a', 3, 2);
  keep(map, 'c', 4, 2);
  expect([...map]).toEqual([['a', 3], ['c', 4]]);
  const set = new Set(['x', 'y', 'z']);
  keepNewest(set, 1);
  expect([...set]).toEqual(['z']);
});

import { describe, expect, test } from 'vitest';
import { EMPTY_WINDOW, extended, moved, neighbours, ranged, toggled, withBack, withFirstPage, without, withPage } from '../../../src-renderer/state/queue-window.ts';
import type { Window } from '../../../src-renderer/state/queue-window.ts';

const list: Window = { ...EMPTY_WINDOW, ids: [10, 20, 30, 40, 50], selected: 30 };

describe('moving', () => {
  test('goes on by rows and stays inside the list', () => {
    expect([moved(list, 1).selected, moved(list, -5).selected, moved({ ...list, selected: 50 }, 1).selected]).toEqual([40, 10, 50]);
  });

  test('begins at the first row when the selected one is not in the list', () => {
    expect(moved({ ...list, selected: 99 }, 1).selected).toBe(10);
  });
});

describe('picking several', () => {
  test('Shift extends from where it began, and shrinks on the way back', () => {
    const down = extended(extended(list, 1), 1);
    expect([[...down.picked], [...extended(down, -1).picked]]).toEqual([[30, 40, 50], [30, 40]]);
  });

  test('a range to a clicked row goes either way', () => {
    expect([...ranged(list, 10).picked]).toEqual([10, 20, 30]);
  });

  test('X takes a row and gives it back', () => {
    expect([[...toggled(list, 30).picked], [...toggled(toggled(list, 30), 30).picked]]).toEqual([[30], []]);
  });
});

describe('rows that leave', () => {
  test('the selection goes to the next one that is left', () => {
    expect(without({ ...list, picked: new Set([30, 40]) }, new Set([30, 40]))).toEqual({ ids: [10, 20, 50], selected: 50, anchor: null, picked: new Set() });
  });

  test('at the end it goes to the one before', () => {
    expect(without({ ...list, selected: 50 }, new Set([50])).selected).toBe(40);
  });

  test('a row that leaves elsewhere does not move the selection', () => {
    expect(without(list, new Set([10])).selected).toBe(30);
  });

  test('they come back to where they were, selected', () => {
    const left = without(list, new Set([20, 30]));
    expect(withBack(left, [{ id: 30, index: 2 }, { id: 20, index: 1 }])).toMatchObject({ ids: [10, 20, 30, 40, 50], selected: 30 });
  });
});

describe('pages', () => {
  test('the next page comes below; an id that is here keeps its place', () => {
    expect(withPage(list, [50, 60, 70]).ids).toEqual([10, 20, 30, 40, 50, 60, 70]);
  });

  test('a fresh first page keeps the selection by id, wherever the row went', () => {
    expect([withFirstPage(list, [5, 30, 10]).selected, withFirstPage(list, [5, 6]).selected]).toEqual([30, 5]);
  });
});

test('the nearest items are wanted first: the selected, those ahead, those behind', () => {
  expect(neighbours(list, 2, 2)).toEqual([30, 40, 50, 20, 10]);
});

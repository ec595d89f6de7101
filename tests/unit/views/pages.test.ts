import { describe, expect, test } from 'vitest';
import { merged } from '../../../src-renderer/state/pages.ts';
import type { Page, PagesState } from '../../../src-renderer/state/pages.ts';

type Row = { readonly id: string; readonly said?: string };

function rows(...ids: readonly string[]): readonly Row[] {
  return ids.map((id) => ({ id }));
}

function loaded(ids: readonly string[], next: string | null): PagesState<Row> {
  return { key: 'k', rows: rows(...ids), next, failure: null, loaded: true };
}

function after(before: PagesState<Row>, page: Page<Row>, key = 'k') {
  const { rows: now, next } = merged(before, page, key);
  return { ids: now.map(({ id }) => id), next };
}

describe('a list by pages whose beginning is loaded again', () => {
  test('what is new comes in on top, and rows further down stay with their next page', () => {
    expect(after(loaded(['c', 'b', 'a'], '1'), { rows: rows('d', 'c', 'b'), next: '2' })).toEqual({ ids: ['d', 'c', 'b', 'a'], next: '1' });
  });

  test('a row that is in the fresh page is not there twice, and shows what it is now', () => {
    const fresh = merged(loaded(['b', 'a', 'c'], '1'), { rows: [{ id: 'a', said: 'new' }, { id: 'b' }], next: '2' }, 'k');
    expect(fresh.rows).toEqual([{ id: 'a', said: 'new' }, { id: 'b' }, { id: 'c' }]);
  });

  test('paging begins anew where the fresh page does not reach what was loaded, or is all there is', () => {
    expect(after(loaded(['b', 'a'], '1'), { rows: rows('y', 'x'), next: '9' })).toEqual({ ids: ['y', 'x'], next: '9' });
    expect(after(loaded(['c', 'b', 'a'], '1'), { rows: rows('c', 'b'), next: null })).toEqual({ ids: ['c', 'b'], next: null });
  });

  test('another question forgets the answers to the one before', () => {
    expect(after(loaded(['b', 'a'], '1'), { rows: rows('b'), next: '2' }, 'other')).toEqual({ ids: ['b'], next: '2' });
  });
});

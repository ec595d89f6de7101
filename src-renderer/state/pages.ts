import type { DeskFailure } from '../host/failure.ts';

/** One page as the backend answers it. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

/** All pages loaded so far. `key` names what was asked for. */
export type PagesState<Row> = {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly failure: DeskFailure | null;
  readonly loaded: boolean;
};

/** What changed since the first page was loaded comes in on top; rows further down stay as they were. */
export function merged<Row extends { readonly id: string }>(before: PagesState<Row>, fresh: Page<Row>, key: string): PagesState<Row> {
  const first = new Set(fresh.rows.map(({ id }) => id));
  const last = fresh.rows.at(-1)?.id;
  const from = last === undefined ? -1 : before.rows.findIndex(({ id }) => id === last);
  // Without a common row the tail no longer joins on, and paging begins anew.
  if (before.key !== key || from < 0 || fresh.next === null) return { key, rows: fresh.rows, next: fresh.next, failure: null, loaded: true };
  const tail = before.rows.slice(from + 1).filter(({ id }) => !first.has(id));
  return { key, rows: [...fresh.rows, ...tail], next: tail.length > 0 ? before.next : fresh.next, failure: null, loaded: true };
}

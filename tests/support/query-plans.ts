import type { Store } from '../../src-main/store/store.ts';

/** Tables that stay small however long Docket runs, values that are no table, and full-text look-ups. */
const SMALL = /SCAN (connections|c|guidelines|g|v|k|j|f|json_each|CONSTANT ROW|\(subquery|\(join|counts)|VIRTUAL TABLE INDEX/;
/** Scans that end at their first row: the end of the log, and whether a table has any row at all. */
const ENDS = new Set(['log-last', 'items-present']);

/** A store that notes how SQLite goes about each statement asked of it while `work` runs: the scans of what grows, by statement. */
export function plansOf(store: Store, work: (spied: Store) => void): { readonly seen: ReadonlySet<string>; readonly scans: readonly string[]; readonly plan: (name: string) => readonly string[] } {
  const plans = new Map<string, readonly string[]>();
  const spied: Store = {
    ...store,
    sql(name, text) {
      if (!plans.has(name)) {
        const parameters = Array.from({ length: (text.match(/\?/g) ?? []).length }, () => 1);
        const numbered = /\?\d/.test(text) ? [Object.fromEntries(parameters.map((value, at) => [at + 1, value]))] : parameters;
        plans.set(name, store.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...numbered).map((row) => row.detail));
      }
      return store.sql(name, text);
    },
  };
  work(spied);
  return {
    seen: new Set(plans.keys()),
    scans: [...plans].flatMap(([name, plan]) => plan.filter((detail) => !ENDS.has(name) && detail.startsWith('SCAN') && !SMALL.test(detail)).map((detail) => `${name}: ${detail}`)),
    plan: (name) => plans.get(name) ?? [],
  };
}

import { readThing } from '../read.ts';
import { row } from '../schemas.ts';
import type { Kind, Report, Thing } from '../model.ts';

/** Reports on a page: more is refused (`invalid_fetch_limit`), fewer is the default. */
export const PAGE = 50;

/** Each report once, as it came last. */
export function dedupe(reports: readonly Report[]): readonly Report[] {
  return [...new Map(reports.map((report) => [report.key, report])).values()];
}

/** Views as things; those that cannot be read are left out, since nothing hangs on them. */
export function thingsOf(kind: Kind, views: readonly unknown[], host: string): readonly Thing[] {
  return views.flatMap((view) => {
    const read = row.safeParse(view);
    const thing = read.success ? readThing(kind, read.data, 'creator', host) : null;
    return thing === null ? [] : [thing];
  });
}

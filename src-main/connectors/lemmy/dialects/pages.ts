import { readThing } from '../read.ts';
import { privateMessage, row } from '../schemas.ts';
import type { Sent } from '../dialect.ts';
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

/** What an account wrote, of a list of private messages. */
export function sentBy(meId: string, messages: readonly unknown[]): readonly Sent[] {
  return messages.flatMap((one) => {
    const { success, data } = privateMessage.safeParse(one);
    return success && data.creator_id === meId ? [{ at: data.published_at ?? data.published, words: data.content }] : [];
  });
}

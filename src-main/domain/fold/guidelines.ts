import { canonicalJson } from '../chain.ts';
import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** A version goes out; publishing brings a retired guideline back. Earlier versions stay. */
export function foldPublished(event: LoggedOf<'guideline.published'>): readonly Change[] {
  const said = event.public;
  return [
    { table: 'guidelines', put: { id: said.guidelineId, version: said.version, retired: 0, connection_id: said.connectionId } },
    {
      table: 'guideline_versions',
      put: {
        id: said.guidelineId,
        version: said.version,
        number: said.number,
        title: said.title,
        body: said.body,
        categories: canonicalJson(said.categories),
        ladder: canonicalJson(said.ladder),
        strike_days: said.strikeDays,
        published_at: event.at,
        published_by: event.actor,
      },
    },
  ];
}

/** A guideline is no longer offered, or is again. */
export function foldRetired(read: Read, event: LoggedOf<'guideline.retired'>): readonly Change[] {
  const before = read.guideline(event.public.guidelineId);
  return before === undefined ? [] : [{ table: 'guidelines', put: { ...before, retired: event.public.retired ? 1 : 0 } }];
}

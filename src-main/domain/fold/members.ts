import type { LoggedOf } from '../event.ts';
import type { Read } from './read.ts';
import type { Change } from './rows.ts';

/** Two accounts are one person's: everyone linked to either joins. */
export function foldLinked(read: Read, event: LoggedOf<'member.linked'>): readonly Change[] {
  const { a, b, personId } = event.public;
  const keys = new Set([a, b]);
  for (const key of [a, b]) {
    const link = read.link(key);
    if (link !== undefined) for (const other of read.person(link.person_id)) keys.add(other.member_key);
  }
  return [...keys].map((key): Change => ({ table: 'member_links', put: { member_key: key, person_id: personId } }));
}

/** An account stands for itself again; a person of one account is no link. */
export function foldUnlinked(read: Read, event: LoggedOf<'member.unlinked'>): readonly Change[] {
  const link = read.link(event.public.member);
  if (link === undefined) return [];
  const others = read.person(link.person_id).filter((row) => row.member_key !== link.member_key);
  const left = others.length === 1 ? [link, ...others] : [link];
  return left.map((row): Change => ({ table: 'member_links', drop: [row.member_key] }));
}

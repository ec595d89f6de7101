import type { Batch } from '../connector.ts';

/** What one or more reports bring. */
export type Rows = Omit<Batch, 'cursor' | 'total'>;

export const NOTHING: Rows = { members: [], subjects: [], reports: [], resolutions: [] };

/** Rows of many reports as one; a member or subject that comes twice is taken once, as it came last. */
export function merged(all: readonly Rows[]): Rows {
  return {
    members: [...new Map(all.flatMap(({ members }) => members).map((member) => [member.remoteId, member])).values()],
    subjects: [...new Map(all.flatMap(({ subjects }) => subjects).map((subject) => [`${subject.type} ${subject.remoteId}`, subject])).values()],
    reports: all.flatMap(({ reports }) => reports),
    resolutions: all.flatMap(({ resolutions }) => resolutions),
  };
}

import { z } from 'zod';
import { packedReports } from '../http/held-reports.ts';

const shape = z.object({
  /** Reports newer than this, ms by the instance's clock, were not read yet; null before the first time. */
  floor: z.number().nullable(),
  /** How many of the open reports the first reading has passed. Null when it is through. */
  at: z.number().int().nullable(),
  held: packedReports,
  /** Reports that are no longer in the list of open ones and have to be asked for. */
  missing: packedReports,
  /** When the held ones were last looked for, ms by this machine's clock. */
  sweptAt: z.number().nullable(),
  /** Ids of the videos that wait for a moderator, and when they were last looked for. */
  blocks: z.string().catch(''),
  blocksAt: z.number().nullable().catch(null),
});
/** How far the reports were read. The API has no feed of what was resolved, so what is held is looked for again. */
export type Position = z.infer<typeof shape>;

/** A position from sync's text; null and what is no position start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  try {
    return shape.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { floor: null, at: 0, held: {}, missing: {}, sweptAt: null, blocks: '', blocksAt: null };
  }
}

/** The videos that waited for a moderator when they were last looked for. */
export function waitingIn({ blocks }: Position): ReadonlySet<string> {
  return new Set(blocks.split(' ').filter((id) => id !== ''));
}

export function writePosition(position: Position): string {
  return JSON.stringify(position);
}

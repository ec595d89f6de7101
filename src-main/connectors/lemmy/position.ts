import { z } from 'zod';
import { packedReports } from '../http/held-reports.ts';

const shape = z.object({
  dialect: z.string(),
  /** Reports newer than this, ms by the instance's clock, were not read yet; null before the first time. */
  floor: z.number().nullable(),
  /** Where the first reading of open reports stands: which list, and which page of it. Null when it is through. */
  list: z.number().int().nullable(),
  at: z.string().nullable(),
  held: packedReports,
  /** Reports that are no longer in the list of open ones and have to be asked for. */
  missing: packedReports,
  /** When the held ones were last looked for, ms by this machine's clock. */
  sweptAt: z.number().nullable(),
});
/** How far the reports were read. The API has no feed of what was resolved, so what is held is looked for again. */
export type Position = z.infer<typeof shape>;

/**
 * A position from sync's text. Null and what is no position start over, which repeats and loses nothing; an instance that
 * speaks another version meanwhile keeps its reports and their ids, but pages are counted anew.
 */
export function readPosition(cursor: string | null, dialect: string): Position {
  const start: Position = { dialect, floor: null, list: 0, at: null, held: {}, missing: {}, sweptAt: null };
  try {
    const read = shape.parse(JSON.parse(cursor ?? ''));
    return read.dialect === dialect ? read : { ...read, dialect, list: 0, at: null, floor: null };
  } catch {
    return start;
  }
}

export function writePosition(position: Position): string {
  return JSON.stringify(position);
}

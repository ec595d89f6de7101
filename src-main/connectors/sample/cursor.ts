import { z } from 'zod';
import { mark } from './journal.ts';

/**
 * Where a pull stands, and all that the community has to remember beside its seed. Keeping the marks in the cursor
 * means that they are stored in the same transaction as the rows they caused; what was delivered within the seconds
 * before a crash and not yet pulled back is forgotten by the community, though not by Docket.
 */
const cursorShape = z.object({
  v: z.literal(1),
  seed: z.number().int(),
  /** Reports that were there at the first pull, whatever the settings say by now. */
  size: z.number().int(),
  /** The first pull. */
  start: z.number().int(),
  /** The next report's number, and when it comes once all of `size` are told. */
  next: z.number().int(),
  nextAt: z.number().int(),
  /** The last mark that was told. */
  told: z.number().int(),
  /** The latest subjects with the time of their first report, oldest first. */
  recent: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** Subjects that someone of the team will handle soon, with the time of their first report. */
  planned: z.array(z.tuple([z.number().int(), z.number().int()])),
  marks: z.array(mark),
});
export type Cursor = z.infer<typeof cursorShape>;

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** Reads what {@link writeCursor} wrote; null for anything else, as what another version wrote. */
export function readCursor(text: string | null): Cursor | null {
  try {
    return cursorShape.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

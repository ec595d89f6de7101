import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
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

/** Reads what {@link writeCursor} wrote; anything else is no cursor of ours. */
export function readCursor(text: string): Cursor {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = cursorShape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConnectorError('unintelligible', 'The place reached in the sample community cannot be read. Remove the connection and add it again.');
}

import { z } from 'zod';

/**
 * How far the list of open reports has been read, and which reports this desk holds for open. The list goes from the
 * newest report down; the API has no feed of what was resolved, so the ids that are held are looked for in it again.
 */
export type Position = {
  /** How the list was read; a server that moves to other software starts over. */
  readonly paging: 'ids' | 'pages';
  /** Everything up to here was read; null before the first time. */
  readonly floor: string | null;
  /** Where an unfinished reading began and how far down it has come. */
  readonly top: string | null;
  readonly at: string | null;
  /** Ids held for open, and those that are missing from the list and have to be asked for, packed as held.ts does it. */
  readonly held: string;
  readonly missing: string;
  /** When the held ones were last looked for, ms by this machine's clock. */
  readonly sweptAt: number | null;
};

const shape = z.object({
  paging: z.enum(['ids', 'pages']), floor: z.string().nullable(), top: z.string().nullable(), at: z.string().nullable(),
  held: z.string(), missing: z.string(), sweptAt: z.number().nullable(),
});

function startOf(paging: Position['paging']): Position {
  return { paging, floor: null, top: null, at: null, held: '', missing: '', sweptAt: null };
}

/** A position from sync's text; null and what is no position start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null, paging: Position['paging']): Position {
  try {
    const read = shape.parse(JSON.parse(cursor ?? ''));
    return read.paging === paging ? read : startOf(paging);
  } catch {
    return startOf(paging);
  }
}

export function writePosition(position: Position): string {
  return JSON.stringify(position);
}

/** Numbers that grow, or text of one length that does: both orders in one (Mastodon's ids, ULIDs, flakes). */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

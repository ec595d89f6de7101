import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import { later, movedBack, timeOf } from './position.ts';

/** Ozone's largest page. */
export const PAGE = 100;

/** How far behind the newest entry a late one may appear, ms: far more than a transaction takes. */
const OVERLAP_MS = 60_000;

/** Entries near the end of a feed that sync has stored already, by id with their time. */
export type Seen = Map<string, number>;

export type FeedRow = { readonly id: string; readonly createdAt: number };

const timed = z.object({ createdAt: z.string() });

export type FeedInput<Row extends FeedRow> = {
  /** How far it was read before; null reads from the beginning. */
  readonly from: string | null;
  readonly seen: Seen;
  readonly page: (cursor: string | undefined) => Promise<{ readonly rows: readonly unknown[]; readonly cursor: string | undefined }>;
  /** Null where an entry is of no use; throws where it must not be lost. */
  readonly read: (row: unknown) => Row | null;
};

/**
 * Reads a feed in ascending order to its end, page by page, a little before where it stopped. What was stored before
 * is left out; only what the reader came back for counts as stored.
 */
export async function* readFeed<Row extends FeedRow>(input: FeedInput<Row>): AsyncGenerator<{ readonly rows: readonly Row[]; readonly cursor: string | null }> {
  let reached = input.from;
  let asked = movedBack(input.from, OVERLAP_MS);
  for (;;) {
    const { rows, cursor } = await input.page(asked ?? undefined);
    const fresh = new Map(rows.map(input.read).filter((row) => row !== null).filter(({ id }) => !input.seen.has(id)).map((row) => [row.id, row]));
    // An empty page has no cursor: the old one stays good and later returns only what is newer.
    reached = cursor === undefined ? reached : later(reached, cursor);
    if (fresh.size > 0) {
      yield { rows: [...fresh.values()], cursor: reached };
      const edge = (timeOf(reached) ?? 0) - 2 * OVERLAP_MS;
      for (const [id, at] of input.seen) if (at < edge) input.seen.delete(id);
      for (const { id, createdAt } of fresh.values()) if (createdAt >= edge) input.seen.set(id, createdAt);
    }
    // A short page is the last one, unless a server gives fewer than were asked for: with something new on it, the next one is looked at.
    if (cursor === undefined || cursor === asked || rows.length === 0 || (rows.length < PAGE && fresh.size === 0)) return;
    asked = cursor;
  }
}

/** A page's cursor, checked: one that points beyond the page's own entries would pass over what lies between. */
export function believed(cursor: string | undefined, rows: readonly unknown[]): string | undefined {
  const at = timeOf(cursor ?? null);
  const times = rows.map((row) => Date.parse(timed.safeParse(row).data?.createdAt ?? ''));
  if (at !== null && times.length > 0 && times.every((time) => time < at)) {
    throw new ConnectorError('unintelligible', 'Ozone says to go on beyond what it has shown. Docket waits and asks again.');
  }
  return cursor;
}

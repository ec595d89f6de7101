import { z } from 'zod';

/** How far each feed has been read, by Ozone's keyset "<ms>::<id>"; null is before the first. */
const feed = z.string().nullable().default(null);
const shape = z.object({ events: feed, activities: feed, queued: feed, open: feed });
export type Position = z.infer<typeof shape>;

/** A position from sync's text; null and what is no position start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  try {
    return shape.parse(JSON.parse(cursor ?? ''));
  } catch {
    return { events: null, activities: null, queued: null, open: null };
  }
}

export function writePosition({ events, activities, queued, open }: Position): string {
  return JSON.stringify({ events, activities, queued, open });
}

/**
 * Ozone's keyset "<ms>::<id>" moved back by `ms`. Events get their time before they are committed, so that a slow one
 * appears behind a cursor that has already passed it (measured under concurrent reporting).
 */
export function movedBack(cursor: string | null, ms: number): string | null {
  const at = timeOf(cursor);
  return at === null ? cursor : `${Math.max(1, at - ms)}::0`;
}

/** The later of two cursors; the newer one where Ozone has changed how it writes them. */
export function later(old: string | null, now: string): string {
  const [first, second] = [parts(old), parts(now)];
  if (old === null || first === null || second === null) return now;
  return second.at > first.at || (second.at === first.at && second.id > first.id) ? now : old;
}

/** When what a cursor stands on happened. */
export function timeOf(cursor: string | null): number | null {
  return parts(cursor)?.at ?? null;
}

function parts(cursor: string | null): { readonly at: number; readonly id: number } | null {
  const match = /^(\d+)::(\d+)$/.exec(cursor ?? '');
  return match === null ? null : { at: Number(match[1]), id: Number(match[2]) };
}

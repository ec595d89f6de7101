import { z } from 'zod';
import { readKnown, writeKnown } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import { keepNewest } from '../http/newest.ts';

/** How far sync has read: what is open, what was open before, and the moderation log. */
export type Position = {
  readonly known: Known;
  /** The newest entry of the log that was read; null where none was, or the account may not. */
  log: { readonly id: string; readonly at: number } | null;
  /** Things that were brought and have left the queue: what is done to them later is told, too. */
  readonly left: Set<string>;
  /** Things that the last reading of the lists missed although nobody had touched them. */
  readonly absent: Set<string>;
  /** When something new was brought last, by this machine's clock. */
  broughtAt: number;
  /** How many pages the last whole reading of the lists took. */
  pages: number;
};

const MOST_LEFT = 2000;

const shape = z.object({
  v: z.literal(1), known: z.string(), log: z.object({ id: z.string(), at: z.number() }).nullable(), left: z.string(), absent: z.string().catch(''), brought: z.number(), pages: z.number(),
});

/** Reads sync's text; null and what is none of ours start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  try {
    const { known, log, left, absent, brought, pages } = shape.parse(JSON.parse(cursor ?? ''));
    return { known: readKnown(known), log, left: namesIn(left), absent: namesIn(absent), broughtAt: brought, pages };
  } catch {
    return { known: readKnown(null), log: null, left: new Set(), absent: new Set(), broughtAt: 0, pages: 0 };
  }
}

/** `known` as a batch wrote it, where it is not the latest. */
export function writePosition({ known, log, left, absent, broughtAt, pages }: Position, written = writeKnown(known)): string {
  keepNewest(left, MOST_LEFT);
  return JSON.stringify({ v: 1, known: written, log, left: [...left].join(' '), absent: [...absent].join(' '), brought: broughtAt, pages });
}

function namesIn(text: string): Set<string> {
  return new Set(text.split(' ').filter((name) => name !== ''));
}

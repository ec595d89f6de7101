import { z } from 'zod';
import type { SubjectType } from '../../contract/words.ts';
import { SUBJECT_TYPES } from '../../contract/words.ts';
import { keepNewest } from './newest.ts';

/** What is remembered of one open entry of a platform's list: what it is about, its look when it was last brought (and its subject's revision, for who asks), and whether this sweep met it. */
export type Entry = { readonly type: SubjectType; readonly remoteId: string; readonly look: string; readonly seen?: string; readonly met: boolean };

/**
 * What is kept between pulls of a platform that has no feed of changes and no list by time of change: the open entries,
 * so that what is missing from a later sweep of its list is known to be dealt with there.
 */
export type Known = {
  readonly entries: Map<string, Entry>;
  /** How much of the list a sweep under way has passed, in rows or pages; null between sweeps. */
  offset: number | null;
  /** When the last whole sweep ended, ms; 0 before the first. */
  sweptAt: number;
};

/** Beyond so many open entries the oldest are no longer watched for being closed elsewhere. */
const MOST = 25_000;

const shape = z.object({ v: z.literal(1), offset: z.number().int().nonnegative().nullable(), swept: z.number(), open: z.string() });

/** Reads sync's text; null and what is none of ours start over, which repeats and loses nothing. */
export function readKnown(cursor: string | null): Known {
  const fresh: Known = { entries: new Map(), offset: 0, sweptAt: 0 };
  try {
    const read = shape.parse(JSON.parse(cursor ?? ''));
    for (const line of read.open === '' ? [] : read.open.split(' ')) {
      const [id, type, remoteId, look, seen, met] = line.split('/');
      const subjectType = SUBJECT_TYPES[Number(type)];
      if (id === undefined || subjectType === undefined || remoteId === undefined || look === undefined || seen === undefined) return fresh;
      fresh.entries.set(id, { type: subjectType, remoteId: decodeURIComponent(remoteId), look, seen: decodeURIComponent(seen), met: met === '1' });
    }
    return { ...fresh, offset: read.offset, sweptAt: read.swept };
  } catch {
    return { entries: new Map(), offset: 0, sweptAt: 0 };
  }
}

/** Short, since it is stored with every batch. */
export function writeKnown({ entries, offset, sweptAt }: Known): string {
  keepNewest(entries, MOST);
  const open = [...entries].map(([id, { type, remoteId, look, seen, met }]) => (
    `${id}/${SUBJECT_TYPES.indexOf(type)}/${encodeURIComponent(remoteId)}/${look}/${encodeURIComponent(seen ?? '')}${met ? '/1' : ''}`
  )).join(' ');
  return JSON.stringify({ v: 1, offset, swept: sweptAt, open });
}

/** Which of these subjects have an open entry: a thread shows posts that may be reported themselves. */
export function openAmong({ entries }: Known, type: SubjectType, remoteIds: ReadonlySet<string>): ReadonlyMap<string, { readonly id: string; readonly seen: string }> {
  const open = new Map<string, { readonly id: string; readonly seen: string }>();
  for (const [id, entry] of entries) if (entry.type === type && remoteIds.has(entry.remoteId)) open.set(entry.remoteId, { id, seen: entry.seen ?? '' });
  return open;
}

/** A few letters that change when any part does (FNV-1a, 32 bits). */
export function lookOf(parts: readonly unknown[]): string {
  let hash = 0x81_1c_9d_c5;
  for (const letter of JSON.stringify(parts)) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  }
  return hash.toString(36);
}

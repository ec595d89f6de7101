import { z } from 'zod';
import type { SubjectType } from '../../contract/words.ts';
import { keepNewest } from '../http/newest.ts';
import { misskeyId } from './schemas.ts';

/** Below every id. Without a `sinceId` the newest come first (packages/backend/src/core/QueryService.ts, makePaginationQuery). */
export const FIRST = '00000000';

/** What a report is about. */
export type About = { readonly type: SubjectType; readonly remoteId: string };

/** How far sync has read, and which reports are open. */
export type Position = {
  /** The last ids read: the next reading begins before them, for ids that another process of the server made a moment earlier. */
  recent: string[];
  /** The last entry read of the moderation log; null where the account may not read it. */
  log: string | null;
  /** When the list of open reports was last read whole, ms. */
  sweptAt: number;
  /** The open reports, oldest first. */
  readonly open: Map<string, About>;
  /** The same by subject. */
  readonly bySubject: Map<string, Set<string>>;
};

const MOST_RECENT = 20;
/** Beyond so many the oldest are no longer watched for being resolved elsewhere. */
const MOST_OPEN = 25_000;
const shape = z.object({ recent: z.array(misskeyId), log: misskeyId.nullable(), swept: z.number(), notes: z.string(), members: z.string() });

/** Reads sync's text; null and what is none of ours start over, which repeats and loses nothing. */
export function readPosition(cursor: string | null): Position {
  const position: Position = { recent: [], log: null, sweptAt: 0, open: new Map(), bySubject: new Map() };
  try {
    const { recent, log, swept, notes, members } = shape.parse(JSON.parse(cursor ?? ''));
    const pairs = [...pairsIn(notes, 'post'), ...pairsIn(members, 'member')].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, about] of pairs) watch(position, id, about);
    return { ...position, recent, log, sweptAt: swept };
  } catch {
    return position;
  }
}

/** Short, since it is stored with every batch. */
export function writePosition({ recent, log, sweptAt, open }: Position): string {
  keepNewest(open, MOST_OPEN);
  const listed = (type: SubjectType): string => [...open].flatMap(([id, about]) => (about.type === type ? [`${id}/${about.remoteId}`] : [])).join(' ');
  return JSON.stringify({ recent, log, swept: sweptAt, notes: listed('post'), members: listed('member') });
}

function pairsIn(text: string, type: SubjectType): (readonly [string, About])[] {
  return text.split(' ').flatMap((pair) => {
    const [id, remoteId] = pair.split('/');
    return id === undefined || remoteId === undefined ? [] : [[id, { type, remoteId }] as const];
  });
}

export function keyOf({ type, remoteId }: About): string {
  return `${type} ${remoteId}`;
}

/** Remembers an open report. */
export function watch({ open, bySubject }: Position, id: string, about: About): void {
  open.set(id, { type: about.type, remoteId: about.remoteId });
  const ids = bySubject.get(keyOf(about)) ?? new Set();
  bySubject.set(keyOf(about), ids.add(id));
}

/** Forgets one that was closed. */
export function unwatch({ open, bySubject }: Position, id: string): void {
  const about = open.get(id);
  open.delete(id);
  if (about !== undefined) bySubject.get(keyOf(about))?.delete(id);
}

/** Takes up ids that were read just now. */
export function passed(position: Position, ids: readonly string[]): void {
  position.recent = [...new Set([...position.recent, ...ids])].toSorted().slice(-MOST_RECENT);
}

import { isNewPrint } from '../http/session-memory.ts';
import type { Memory } from '../http/session-memory.ts';
import type { Report } from './model.ts';

/** Keeps what is known of an open report; answers whether anything of it is new. */
export function isNews(memory: Memory, { key, thing }: Report): boolean {
  return isNewPrint(memory, key, [thing.editedAt, thing.removed, thing.deleted, thing.locked, thing.banned, thing.bannedHere, thing.author?.standing.length, thing.text.length]);
}

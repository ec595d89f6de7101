import { isNewPrint } from '../http/session-memory.ts';
import type { Memory } from '../http/session-memory.ts';
import type { Abuse } from './schemas.ts';

/** Keeps what is known of an open report; answers whether anything of it is new. */
export function isNews(memory: Memory, abuse: Abuse): boolean {
  const { id, video, comment, flaggedAccount, moderationComment, countMessages } = abuse;
  return isNewPrint(memory, id, [video?.name, video?.blacklisted, video?.deleted, comment?.deleted, comment?.text.length, flaggedAccount?.id, moderationComment.length, countMessages]);
}

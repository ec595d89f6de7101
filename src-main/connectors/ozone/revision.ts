import { PLANNED_TAG } from './schedule.ts';
import type { Status } from './schemas.ts';

/**
 * A subject's state as one text: when it was last reviewed, then what it is, then whether a takedown of its author is
 * planned. A review later than the feed has been read is not counted as seen, so that a decision made before its event
 * arrives meets it as a conflict.
 */
export function revisionOf(status: Status | undefined, seenUntil: number, author?: Status): string {
  const reviewedAt = Math.min(status?.lastReviewedAt ?? 0, seenUntil);
  const planned = [status, author].some((one) => one?.tags.includes(PLANNED_TAG) === true) ? '/planned' : '';
  return `${reviewedAt}/${status?.reviewState.replace(/^.*#/, '') ?? 'none'}/${status?.takendown === true ? 'down' : 'up'}${planned}`;
}

/** When the subject had last been reviewed when a revision was taken; null where it is none. */
export function reviewedAtOf(revision: string | null): number | null {
  const match = /^(\d+)\//.exec(revision ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Whether a planned takedown was seen when a revision was taken. */
export function hasPlanned(revision: string | null): boolean {
  return revision?.endsWith('/planned') === true;
}

import type { Status } from './schemas.ts';

/**
 * A subject's state as one text: when it was last reviewed, then what it is. A review later than the feed has been
 * read is not counted as seen, so that a decision made before its event arrives meets it as a conflict.
 */
export function revisionOf(status: Status | undefined, seenUntil: number): string {
  const reviewedAt = Math.min(status?.lastReviewedAt ?? 0, seenUntil);
  return `${reviewedAt}/${status?.reviewState.replace(/^.*#/, '') ?? 'none'}/${status?.takendown === true ? 'down' : 'up'}`;
}

/** When the subject had last been reviewed when a revision was taken; null where it is none. */
export function reviewedAtOf(revision: string | null): number | null {
  const match = /^(\d+)\//.exec(revision ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

import type { Thing } from './schemas.ts';

/** Where a thing stands by what moderators did to it. */
export type Standing = 'approved' | 'removed' | 'neither';

/**
 * A removal shows as `removed`, or as `spam` and not `removed`, or in older answers only as `banned_by`; a filter's
 * looks the same (github.com/Pyprohly/reddit-api-doc-notes, submission.rst, "removed"). Approving resets all of it.
 */
export function standingOf(thing: Thing): Standing {
  if (thing.removed === true || thing.spam === true || isSomeone(thing.banned_by) || typeof thing.banned_at_utc === 'number') return 'removed';
  if (thing.approved === true || isSomeone(thing.approved_by) || typeof thing.approved_at_utc === 'number') return 'approved';
  return isDeleted(thing) || (thing.removed_by_category ?? '') === '' ? 'neither' : 'removed';
}

/** A filter took it, not a moderator (submission.rst, "removed_by_category"). */
export function isFiltered(thing: Thing): boolean {
  const by = thing.banned_by === 'AutoModerator' || thing.banned_by === 'reddit';
  return standingOf(thing) === 'removed' && (by || thing.removed_by_category === 'automod_filtered' || thing.removed_by_category === 'reddit');
}

/** Its author took it away; what is left of it says so. An account that was deleted leaves what it wrote. */
export function isDeleted(thing: Thing): boolean {
  const words = thing.kind === 't1' ? thing.body : thing.selftext;
  return thing.removed_by_category === 'deleted' || thing.removed_by_category === 'user' || (thing.author === '[deleted]' && words === '[deleted]');
}

/** Whose it is; null where Reddit no longer says. */
export function authorOf({ author }: Thing): string | null {
  return author === null || author === undefined || author === '' || author.startsWith('[') ? null : author;
}

/** Who put it where it stands; null where Reddit only says that someone did. */
export function moderatorOf(thing: Thing): string | null {
  const by = { approved: thing.approved_by, removed: thing.banned_by, neither: null }[standingOf(thing)];
  return typeof by === 'string' && by !== '' ? by : null;
}

/** When, ms. */
export function changedAt(thing: Thing): number | null {
  const at = { approved: thing.approved_at_utc, removed: thing.banned_at_utc, neither: null }[standingOf(thing)];
  return typeof at === 'number' ? Math.round(at * 1000) : null;
}

/** What a person saw of it; new reports do not change it, what moderators do does. Answers without times go by names. */
export function revisionOf(thing: Thing): string {
  const standing = standingOf(thing);
  return standing === 'neither' ? 'neither' : `${standing} ${changedAt(thing) ?? moderatorOf(thing) ?? ''}`.trim();
}

/** "removed as spam", in words. */
export function outcomeOf(thing: Thing): string {
  const standing = standingOf(thing);
  if (standing === 'removed') {
    const reason = thing.mod_reason_title ?? '';
    return `${thing.spam === true ? 'removed as spam' : 'removed'}${reason === '' ? '' : `: ${reason}`}`;
  }
  if (standing === 'approved') return 'approved';
  if (isDeleted(thing)) return 'deleted by its author';
  return thing.ignore_reports === true ? 'reports ignored' : 'left the queue';
}

function isSomeone(by: string | boolean | null | undefined): boolean {
  return by === true || (typeof by === 'string' && by !== '');
}

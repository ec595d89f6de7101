import type { Category } from '../../contract/words.ts';
import type { RemoteReport } from '../connector.ts';
import { lookOf } from '../http/known.ts';
import type { ReadThing, Thing } from './schemas.ts';
import { revisionOf } from './state.ts';

/** What is known of one open thing's reports, and whether all of it could be read. */
export type Told = { readonly reports: readonly RemoteReport[]; readonly reporters: readonly string[]; readonly whole: boolean };

export type ReportsInput = {
  readonly createdAt: number;
  /** A filter took it, and it waits. */
  readonly held: boolean;
  /** It comes from the list of what nobody looked at. */
  readonly unmoderated: boolean;
  /** The approval that the reports came after. */
  readonly era: number;
};

/** The approval that a revision speaks of, in seconds; 0 where there was none. */
export function eraOf(revision: string): number {
  if (!revision.startsWith('approved')) return 0;
  const at = Number(revision.slice('approved '.length));
  return at > 0 ? Math.round(at / 1000) : 1;
}

/** As many reports of one reason as are counted one by one. */
const MOST_OF_A_REASON = 50;

/** Reddit's own reasons in their many wordings (reddithelp.com, "How do I report"), and filters' words; a rule's name is the subreddit's. */
const CATEGORIES: readonly (readonly [RegExp, Category])[] = [
  [/\bspam/i, 'spam'],
  [/\bminors?\b|\bchild(?:ren)?\b|abuse or sexualization/i, 'minors'],
  [/suicid|self[- ]harm/i, 'self-harm'],
  [/\bhate/i, 'hate'],
  [/threat|violen|physical harm/i, 'violence'],
  [/harass|bully|abusive or/i, 'harassment'],
  [/personal(?: and confidential)? information|confidential|doxx/i, 'privacy'],
  [/involuntary porn|intimate media|\bsexual|\bporn/i, 'sexual'],
  [/impersonat/i, 'impersonation'],
  [/misinformation/i, 'misinformation'],
  [/ban evasion/i, 'ban-evasion'],
  [/copyright|trademark|prohibited (?:goods|transaction)|illegal/i, 'illegal'],
  [/off[- ]topic/i, 'off-topic'],
];

export function categoryOf(reason: string): Category {
  return CATEGORIES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
}

/**
 * A thing's open reports. Reddit names neither reporters nor times: user reports are `[reason, count]`, later
 * `[reason, count, snoozed, can snooze]`; mod reports `[reason, name]` (comment.rst, "user_reports"). Approving discards
 * them, so that those after it are new ones: the time of the approval is in their ids. Of what a filter took, all
 * reports stand among the dismissed ones (github.com/toolbox-team/reddit-moderator-toolbox, issue 561).
 */
export function reportsOf({ thing, whole }: ReadThing, { createdAt, held, unmoderated, era }: ReportsInput): Told {
  const subject = { type: 'post' as const, remoteId: thing.name };
  const found = new Map<string, RemoteReport>();
  const reporters = new Set<string>();
  let read = whole && Array.isArray(thing.user_reports) && Array.isArray(thing.mod_reports);

  function add(id: string, reason: string, reporterId: string | null): void {
    const category = categoryOf(reason);
    const known = category !== 'other';
    if (reporterId !== null) reporters.add(reporterId);
    found.set(id, { remoteId: id, subject, reporterId, category, remoteCategory: known ? reason : null, comment: known ? '' : reason, createdAt, open: true });
  }

  const counts = new Map<string, number>();
  for (const row of [...held ? thing.user_reports_dismissed ?? [] : [], ...thing.user_reports ?? []]) {
    const [reason, count]: readonly unknown[] = Array.isArray(row) ? row : [];
    read &&= isReason(reason) && typeof count === 'number' && count >= 1;
    const words = typeof reason === 'string' ? reason : '';
    counts.set(words, (counts.get(words) ?? 0) + (typeof count === 'number' && count >= 1 ? Math.floor(count) : 1));
  }
  for (const [reason, count] of counts) {
    for (let nth = 1; nth <= Math.min(count, MOST_OF_A_REASON); nth += 1) add(`${thing.name}:${era}:u${lookOf([reason])}:${nth}`, reason, null);
  }
  for (const row of [...held ? thing.mod_reports_dismissed ?? [] : [], ...thing.mod_reports ?? []]) {
    const [reason, name]: readonly unknown[] = Array.isArray(row) ? row : [];
    read &&= isReason(reason) && typeof name === 'string' && name !== '';
    const words = typeof reason === 'string' ? reason : '';
    const by = typeof name === 'string' && name !== '' ? name : null;
    add(`${thing.name}:${era}:m${by ?? ''}:${lookOf([words])}`, words, by);
  }
  const base = { subject, reporterId: null, createdAt, open: true };
  if (!read && found.size === 0) {
    found.set('', { ...base, remoteId: standInOf(thing), category: 'other', remoteCategory: null, comment: '' });
  } else if (held) {
    const id = heldReportOf(thing, revisionOf(thing));
    found.set(id, { ...base, remoteId: id, category: heldCategory(thing), remoteCategory: heldBy(thing), comment: thing.mod_note ?? '' });
  } else if (found.size === 0) {
    const id = `${thing.name}:${era}:listed`;
    found.set(id, { ...base, remoteId: id, category: unmoderated ? 'held' : 'other', remoteCategory: unmoderated ? 'unmoderated' : null, comment: '' });
  }
  return { reports: [...found.values()], reporters: [...reporters], whole: read };
}

/** The report that stands for a filter's hold, by the revision in which it was brought: each hold is one of its own. */
export function heldReportOf({ name }: Pick<Thing, 'name'>, revision: string): string {
  return `${name}:held:${revision.replace(/^removed ?/, '')}`;
}

/** The report that stands in for those that cannot be read. */
export function standInOf({ name }: Pick<Thing, 'name'>): string {
  return `${name}:unread`;
}

function isReason(reason: unknown): boolean {
  return reason === null || typeof reason === 'string';
}

/** A filter's own words where it says some: "Ban evasion", "Harassment filter". */
function heldCategory(thing: Thing): Category {
  const category = categoryOf([thing.mod_reason_title, thing.mod_note].filter(Boolean).join(' '));
  return category === 'other' ? 'held' : category;
}

function heldBy(thing: Thing): string | null {
  const by = typeof thing.banned_by === 'string' && thing.banned_by !== '' ? thing.banned_by : null;
  return thing.mod_reason_title || thing.removed_by_category || by || thing.ban_note || null;
}

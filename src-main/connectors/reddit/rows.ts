import type { Resolution } from '../connector.ts';
import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import { eraOf, heldReportOf, reportsOf, standInOf } from './reports.ts';
import type { ReadThing } from './schemas.ts';
import { revisionOf, standingOf } from './state.ts';
import { memberOf, ms, subjectOf } from './subjects.ts';

export type OpenInput = {
  readonly site: string;
  readonly now: number;
  /** True while the whole queue is read for the first time: then its reports may be as old as what they are about. */
  readonly first: boolean;
  readonly unmoderated: boolean;
};

/** An entry of the queue. When a report was made is not told: what is new since the last look was made by now. */
export function openRows(read: ReadThing, { site, now, first, unmoderated }: OpenInput): Rows {
  const { thing } = read;
  // A filter's removal looks like a moderator's, but leaves it in the queue.
  const held = standingOf(thing) === 'removed';
  const subject = subjectOf(thing, site, held, now);
  const earliest = Math.max(...[thing.created_utc, thing.approved_at_utc, thing.banned_at_utc].map((time) => ms(time) ?? 0)) || now;
  // Never before the approval or the removal that it came after, whatever this machine's clock says.
  const createdAt = first ? earliest : Math.max(now, ...[thing.approved_at_utc, thing.banned_at_utc].map((time) => (ms(time) ?? 0) + 1000));
  const told = reportsOf(read, { createdAt, held, unmoderated, era: eraOf(revisionOf(thing)) });
  const names = new Set([...(subject.authorId === null ? [] : [subject.authorId]), ...told.reporters]);
  return {
    id: thing.name, subject, members: [...names].map((name) => memberOf(name, site)), reports: told.reports, resolutions: [], standIn: standInOf(thing),
    look: told.whole ? lookOf([subject.revision, subject.text, subject.html, subject.authorId, subject.place, subject.editedAt, told.reports.map(({ remoteId }) => remoteId)]) : '',
  };
}

export type ClosedInput = {
  readonly site: string;
  readonly now: number;
  /** The revision in which it was brought. */
  readonly seen: string;
  readonly resolutions: readonly Resolution[];
};

/** An entry that left the queue, as it is now. The reports that it still shows are closed with it, so that it opens again where a list only lagged behind. */
export function closedRows(read: ReadThing, { site, now, seen, resolutions }: ClosedInput): Rows {
  const { thing } = read;
  const subject = subjectOf(thing, site, false, now);
  const era = eraOf(seen);
  const told = reportsOf(read, { createdAt: ms(thing.created_utc) ?? 0, held: standingOf(thing) === 'removed', unmoderated: false, era });
  // What was dismissed is not told apart by when; a hold that was lifted shows no more of itself.
  const tellsReports = era === 0 || seen === revisionOf(thing);
  const closed = told.reports.filter(({ remoteId }) => (tellsReports && /:[um][^:]*:\w+$/.test(remoteId)) || remoteId === heldReportOf(thing, seen));
  const names = new Set([...(subject.authorId === null ? [] : [subject.authorId]), ...told.reporters]);
  return {
    id: thing.name, subject, members: [...names].map((name) => memberOf(name, site)), reports: closed.map((report) => ({ ...report, open: false })), resolutions, standIn: standInOf(thing),
    look: '',
  };
}

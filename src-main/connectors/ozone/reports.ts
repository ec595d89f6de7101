import { ConnectorError } from '../connector.ts';
import type { RemoteReport, SubjectRef } from '../connector.ts';
import { event } from './schemas.ts';
import type { ModEvent, ReportRow, Status } from './schemas.ts';
import { categoryOf, wordsOf } from './words.ts';

const REPORT = 'tools.ozone.moderation.defs#modEventReport';

/** An event of the feed; null where one that is no report cannot be read. A report is never passed over. */
export function readEvent(row: unknown): ModEvent | null {
  const read = event.safeParse(row);
  if (read.success && (read.data.event.$type !== REPORT || isNamed(read.data))) return read.data;
  if (read.success || !isOther(row)) {
    throw new ConnectorError('unintelligible', 'Ozone sent an event in a form that Docket does not know, and it may be a report. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.');
  }
  return null;
}

function isNamed({ subject }: ModEvent): boolean {
  return subject.uri !== undefined || subject.did !== undefined;
}

/** Whether a row that cannot be read says clearly that it is something other than a report. */
function isOther(row: unknown): boolean {
  const read = event.pick({ event: true }).safeParse(row);
  return read.success && /^tools\.ozone\.moderation\.defs#\w+$/.test(read.data.event.$type) && read.data.event.$type !== REPORT;
}

export function isReport(one: ModEvent): boolean {
  return one.event.$type === REPORT;
}

/** A report event; `status` is its subject's at present. */
export function reportOf(one: ModEvent, name: SubjectRef, status: Status | undefined): RemoteReport {
  const { reportType, comment, isReporterMuted } = one.event;
  const type = typeof reportType === 'string' ? reportType : undefined;
  return {
    remoteId: one.id,
    subject: { type: name.type, remoteId: name.remoteId },
    reporterId: one.createdBy,
    category: categoryOf(type),
    remoteCategory: type === undefined ? null : wordsOf(type),
    comment: typeof comment === 'string' ? comment : '',
    createdAt: one.createdAt,
    // Ozone leaves the state alone when the reporter is muted: nobody is asked to look.
    open: isReporterMuted !== true && isOpen(one.createdAt, status),
  };
}

/**
 * What a report row adds to its event: that it was closed alone, or opened again (`reopenedAt`) after its subject was
 * closed; and the report itself, should its event not have come. Null where the event is to have the word: of a subject
 * that is closed, since a row is dated by the router, which may make it after someone has dealt with the report; of a
 * message, whose state a row does not know; of a muted reporter.
 */
export function reportOfRow(row: ReportRow, name: SubjectRef, status: Status | undefined, reopenedAt: number): RemoteReport | null {
  const open = row.status !== 'closed';
  if (open && (row.isMuted === true || name.type === 'message' || !isOpen(reopenedAt, status))) return null;
  return {
    remoteId: row.eventId,
    subject: { type: name.type, remoteId: name.remoteId },
    reporterId: row.reportedBy,
    category: categoryOf(row.reportType),
    remoteCategory: row.reportType === undefined ? null : wordsOf(row.reportType),
    comment: row.comment ?? '',
    createdAt: row.createdAt,
    open,
  };
}

/** A report is dealt with where its subject was closed after it came. */
function isOpen(reportedAt: number, status: Status | undefined): boolean {
  if (status === undefined || !status.reviewState.endsWith('#reviewClosed')) return true;
  return (status.lastReviewedAt ?? Infinity) < reportedAt;
}

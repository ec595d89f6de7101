import { ConnectorError } from '../connector.ts';
import type { RemoteReport, SubjectRef } from '../connector.ts';
import { activity, event } from './schemas.ts';
import type { ModEvent, ReportActivity, Status } from './schemas.ts';
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

/** A report's activity; null where it cannot be read: the report itself came as an event. */
export function readActivity(row: unknown): ReportActivity | null {
  return activity.safeParse(row).data ?? null;
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

/** The report row behind an activity: open while neither it (queued and assigned are open) nor its subject is closed. */
export function reportOfActivity(one: ReportActivity, name: SubjectRef, status: Status | undefined): RemoteReport {
  const { report } = one;
  return {
    remoteId: report.eventId,
    subject: { type: name.type, remoteId: name.remoteId },
    reporterId: report.reportedBy,
    category: categoryOf(report.reportType),
    remoteCategory: report.reportType === undefined ? null : wordsOf(report.reportType),
    comment: report.comment ?? '',
    createdAt: report.createdAt,
    open: report.status !== 'closed' && isOpen(report.createdAt, status),
  };
}

/** A report is dealt with where its subject was closed after it came. */
function isOpen(reportedAt: number, status: Status | undefined): boolean {
  if (status === undefined || !status.reviewState.endsWith('#reviewClosed')) return true;
  return (status.lastReviewedAt ?? Infinity) < reportedAt;
}

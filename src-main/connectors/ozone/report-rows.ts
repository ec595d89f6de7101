import type { Batch, RemoteMember, RemoteReport, RemoteSubject, Resolution, SubjectRef } from '../connector.ts';
import { PAGE, believed, readFeed } from './feed.ts';
import type { FeedRow } from './feed.ts';
import { memberOf } from './members.ts';
import { nameOfText } from './names.ts';
import { timeOf, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { rememberQueue } from './pull-memory.ts';
import type { PullInput } from './pull-memory.ts';
import { queueOf } from './queues.ts';
import { reportOfRow } from './reports.ts';
import { activityResolution } from './resolutions.ts';
import { activity, activityPage, reportPage, reportRow, subjectView } from './schemas.ts';
import type { ReportActivity, ReportRow } from './schemas.ts';
import { subjectOf } from './subjects.ts';
import { XrpcRefused } from './xrpc.ts';

type QueuedRow = FeedRow & { readonly row: ReportRow };

/** What was done to single reports, and into which queues new ones were put. Older Ozones know neither. */
export async function* pullRows(input: PullInput, before: Position, signal: AbortSignal): AsyncGenerator<Batch> {
  const { client, labeler, memory } = input;
  let position = before;
  try {
    for await (const { rows, cursor } of readFeed<ReportActivity>({
      from: position.activities, seen: memory.activities, read: (row) => activity.safeParse(row).data ?? null,
      page: async (from) => {
        const page = await client.get(labeler, 'tools.ozone.report.queryActivities', { sortDirection: 'asc', limit: PAGE, cursor: from }, activityPage, signal);
        return { rows: page.activities, cursor: believed(page.cursor, page.activities) };
      },
    })) {
      position = { events: position.events, activities: cursor, queued: position.queued };
      yield batchOf(input, rows.map(({ report }) => report), rows, position);
    }
    for await (const { rows, cursor } of readFeed<QueuedRow>({
      from: position.queued, seen: memory.queued, read: readQueued,
      page: async (from) => {
        const page = await client.get(labeler, 'tools.ozone.report.queryReports', { status: 'queued', sortField: 'updatedAt', sortDirection: 'asc', limit: PAGE, cursor: asDate(from) }, reportPage, signal);
        // This list says how to go on only where there is more; the place of its last row is as good.
        const last = page.reports.map(readQueued).findLast((row) => row !== null);
        return { rows: page.reports, cursor: last === undefined ? undefined : `${last.createdAt}::${last.row.id}` };
      },
    })) {
      position = { events: position.events, activities: position.activities, queued: cursor };
      yield batchOf(input, rows.map(({ row }) => row), [], position);
    }
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    input.io.log('ozone-report-rows-not-read', { code: error.code });
  }
}

/** A row of the list by when it changed last: it comes again when it changes. */
function readQueued(row: unknown): QueuedRow | null {
  const read = reportRow.safeParse(row).data;
  return read?.updatedAt === undefined ? null : { id: `${read.id}@${read.updatedAt}`, createdAt: read.updatedAt, row: read };
}

/** This list's own way to write a place: "<date>::<id>". */
function asDate(cursor: string | undefined): string | undefined {
  const at = timeOf(cursor ?? null);
  return at === null ? undefined : `${new Date(at).toISOString()}::${cursor?.split('::')[1] ?? '0'}`;
}

function batchOf(input: PullInput, rows: readonly ReportRow[], activities: readonly ReportActivity[], position: Position): Batch {
  const seenUntil = timeOf(position.events) ?? 0;
  const members = new Map<string, RemoteMember>();
  const subjects = new Map<string, RemoteSubject>();
  const reports = new Map<string, RemoteReport>();
  const names = new Map<ReportRow, SubjectRef>();
  for (const row of rows) {
    const view = subjectView.safeParse(row.subject).data;
    const name = view === undefined ? null : nameOfText(view.subject);
    if (view === undefined || name === null || name.authorId === null) continue;
    names.set(row, name);
    const queue = queueOf(row);
    if (queue !== null) rememberQueue(input.memory, name.remoteId, queue);
    if (row.reporter !== undefined) members.set(row.reportedBy, memberOf(row.reportedBy, row.reporter));
    members.set(name.authorId, memberOf(name.authorId, view));
    // A row does not say in which conversation a message stands, and shows its author's state as its own; its event did better.
    if (name.type !== 'message') subjects.set(name.remoteId, subjectOf(name, view, input.images, seenUntil, input.memory.queues.get(name.remoteId) ?? null));
    if (name.type !== 'message' || row.status === 'closed') reports.set(row.eventId, reportOfRow(row, name, view.status));
  }
  const resolutions = activities.flatMap((one): Resolution[] => {
    const name = names.get(one.report);
    const told = name === undefined ? null : activityResolution(one, { type: name.type, remoteId: name.remoteId });
    return told === null ? [] : [told];
  });
  return { members: [...members.values()], subjects: [...subjects.values()], reports: [...reports.values()], resolutions, cursor: writePosition(position), total: null };
}

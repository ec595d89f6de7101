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
import type { ReportActivity, ReportRow, WireSubjectView } from './schemas.ts';
import { subjectOf } from './subjects.ts';
import { viewsOf } from './views.ts';
import { XrpcRefused } from './xrpc.ts';

type ListedRow = FeedRow & { readonly row: ReportRow };

/** What a new row is: in a queue, or in none that takes it (packages/ozone/src/queue/service.ts, resolveAssignment). */
const NEW = ['queued', 'open'] as const;

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
      position = { ...position, activities: cursor };
      yield await batchOf(input, rows.map(({ report }) => report), rows, position, signal);
    }
    for (const status of NEW) {
      for await (const { rows, cursor } of readFeed<ListedRow>({
        from: position[status], seen: memory[status], read: readListed,
        page: async (from) => {
          const page = await client.get(labeler, 'tools.ozone.report.queryReports', { status, sortField: 'updatedAt', sortDirection: 'asc', limit: PAGE, cursor: asDate(from) }, reportPage, signal);
          return { rows: page.reports, cursor: placeAfter(page.reports, from) };
        },
      })) {
        position = { ...position, [status]: cursor };
        yield await batchOf(input, rows.map(({ row }) => row), [], position, signal);
      }
    }
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    input.io.log('ozone-report-rows-not-read', { code: error.code });
  }
}

/** A row of a list by when it changed last: it comes again when it changes. */
function readListed(row: unknown): ListedRow | null {
  const read = reportRow.safeParse(row).data;
  return read?.updatedAt === undefined ? null : { id: `${read.id}@${read.updatedAt}`, createdAt: read.updatedAt, row: read };
}

/**
 * Where a list goes on. It says so only where there is more, and then goes astray: rows of the same moment stand with the
 * highest id first, while its cursor asks for higher ones (packages/ozone/src/mod-service/report.ts). The router makes a
 * hundred rows at one moment: the last row's moment is read again from its beginning, one that filled a page is left.
 */
function placeAfter(rows: readonly unknown[], from: string | undefined): string | undefined {
  const last = rows.map(readListed).findLast((row) => row !== null);
  if (last === undefined) return undefined;
  const isFull = rows.length >= PAGE && last.createdAt === timeOf(from ?? null);
  return `${isFull ? last.createdAt + 1 : last.createdAt}::0`;
}

/** This list's own way to write a place: "<date>::<id>". */
function asDate(cursor: string | undefined): string | undefined {
  const at = timeOf(cursor ?? null);
  return at === null ? undefined : `${new Date(at).toISOString()}::${cursor?.split('::')[1] ?? '0'}`;
}

async function batchOf(input: PullInput, rows: readonly ReportRow[], activities: readonly ReportActivity[], position: Position, signal: AbortSignal): Promise<Batch> {
  const seenUntil = timeOf(position.events) ?? 0;
  const members = new Map<string, RemoteMember>();
  const subjects = new Map<string, RemoteSubject>();
  const reports = new Map<string, RemoteReport>();
  const named = await namedRows(input, rows, signal);
  for (const { row, name, view } of named) {
    const queue = queueOf(row);
    if (queue !== null) rememberQueue(input.memory, name.remoteId, queue);
    if (row.reporter !== undefined) members.set(row.reportedBy, memberOf(row.reportedBy, row.reporter));
    members.set(name.authorId, memberOf(name.authorId, view));
    // A row does not say in which conversation a message stands, and shows its author's state as its own; its event did better.
    if (name.type !== 'message') subjects.set(name.remoteId, subjectOf(name, view, input.images, seenUntil, input.memory.queues.get(name.remoteId) ?? null));
    const report = reportOfRow(row, name, view.status, reopenedAt(row, activities));
    if (report !== null) reports.set(row.eventId, report);
  }
  const names = new Map(named.map(({ row, name }) => [row, name]));
  const resolutions = activities.flatMap((one): Resolution[] => {
    const name = names.get(one.report);
    const told = name === undefined ? null : activityResolution(one, { type: name.type, remoteId: name.remoteId });
    return told === null ? [] : [told];
  });
  return { members: [...members.values()], subjects: [...subjects.values()], reports: [...reports.values()], resolutions, cursor: writePosition(position), total: null };
}

type NamedRow = { readonly row: ReportRow; readonly name: SubjectRef & { readonly authorId: string }; readonly view: WireSubjectView };

/** Rows with what they are about. One about a record that is gone leaves out its state, which Ozone has all the same. */
async function namedRows({ client, labeler }: PullInput, rows: readonly ReportRow[], signal: AbortSignal): Promise<readonly NamedRow[]> {
  const named = rows.flatMap((row): NamedRow[] => {
    const view = subjectView.safeParse(row.subject).data;
    const name = view === undefined ? null : nameOfText(view.subject);
    return view === undefined || name === null || name.authorId === null ? [] : [{ row, name: { ...name, authorId: name.authorId }, view }];
  });
  const untold = named.filter(({ name, view }) => name.type !== 'message' && view.status === undefined).map(({ name }) => name);
  if (untold.length === 0) return named;
  const views = await viewsOf(client, labeler, untold, signal);
  return named.map((one) => ({ ...one, view: { ...one.view, status: one.view.status ?? views.get(one.name.remoteId)?.status } }));
}

/** When someone opened a row again, by what was done lately; 0 where nobody did. */
function reopenedAt({ id }: ReportRow, activities: readonly ReportActivity[]): number {
  return Math.max(0, ...activities.filter(({ report, activity: { $type } }) => report.id === id && $type.endsWith('#reopenActivity')).map(({ createdAt }) => createdAt));
}

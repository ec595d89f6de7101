import type { Batch, ConnectorIo, RemoteMember, RemoteReport, RemoteSubject, Resolution, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { PAGE, readFeed } from './feed.ts';
import type { Seen } from './feed.ts';
import { memberOf } from './members.ts';
import { account, nameOf, nameOfText } from './names.ts';
import { readPosition, timeOf, writePosition } from './position.ts';
import { isReport, readActivity, readEvent, reportOf, reportOfActivity } from './reports.ts';
import { activityResolution, isAction, resolutionOf } from './resolutions.ts';
import { activityPage, eventPage, subjectView } from './schemas.ts';
import type { ModEvent, ReportActivity, WireSubjectView } from './schemas.ts';
import { subjectOf } from './subjects.ts';
import { viewNameOf, viewsOf } from './views.ts';
import { XrpcRefused } from './xrpc.ts';

export type PullInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly labeler: string;
  readonly desk: string;
  readonly images: string;
  readonly memory: PullMemory;
};

/** What one session remembers between pulls; losing it repeats a few rows. */
export type PullMemory = {
  /** The cursor given out last: another one means that sync went back. */
  given: string | null;
  readonly events: Seen;
  readonly activities: Seen;
  /** Queues by subject, since only report rows name them. */
  readonly queues: Map<string, string>;
};

export function makePullMemory(): PullMemory {
  return { given: null, events: new Map(), activities: new Map(), queues: new Map() };
}

/** How many subjects' queues are kept in mind. */
const QUEUES_KEPT = 10_000;

/**
 * Everything since `cursor`: the event feed, which is the truth of reports and of what moderators did, then what was
 * done to single report rows.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { client, labeler, memory } = input;
  if (cursor !== memory.given) {
    memory.events.clear();
    memory.activities.clear();
  }
  const before = readPosition(cursor);
  let reached = before.events;

  for await (const { rows, cursor: events } of readFeed<ModEvent>({
    from: before.events, seen: memory.events, read: readEvent,
    page: async (from) => {
      const page = await client.get(labeler, 'tools.ozone.moderation.queryEvents', { sortDirection: 'asc', limit: PAGE, cursor: from }, eventPage, signal);
      return { rows: page.events, cursor: page.cursor };
    },
  })) {
    reached = events;
    yield give(memory, await batchOfEvents(input, rows, writePosition({ ...before, events }), timeOf(events) ?? 0, signal));
  }

  try {
    for await (const { rows, cursor: activities } of readFeed<ReportActivity>({
      from: before.activities, seen: memory.activities, read: readActivity,
      page: async (from) => {
        const page = await client.get(labeler, 'tools.ozone.report.queryActivities', { sortDirection: 'asc', limit: PAGE, cursor: from }, activityPage, signal);
        return { rows: page.activities, cursor: page.cursor };
      },
    })) {
      yield give(memory, batchOfActivities(input, rows, writePosition({ events: reached, activities }), timeOf(reached) ?? 0));
    }
  } catch (error) {
    // Report rows are an addition: an Ozone of before 2026 has none.
    if (!(error instanceof XrpcRefused)) throw error;
    input.io.log('ozone-report-rows-not-read', { code: error.code });
  }
}

function give(memory: PullMemory, batch: Batch): Batch {
  memory.given = batch.cursor;
  return batch;
}

async function batchOfEvents(input: PullInput, events: readonly ModEvent[], cursor: string, seenUntil: number, signal: AbortSignal): Promise<Batch> {
  const named = events.flatMap((event) => {
    const name = nameOf(event.subject);
    return name === null ? [] : [{ event, name }];
  });
  const names = [...new Map(named.map(({ name }) => [name.remoteId, name])).values()];
  const reporters = new Map(named.filter(({ event }) => isReport(event)).map(({ event }) => [event.createdBy, event.creatorHandle]));
  const views = await viewsOf(input.client, input.labeler, [...names, ...[...reporters.keys()].map(account)], signal);
  const viewOf = (name: SubjectRef): Partial<WireSubjectView> => views.get(viewNameOf(name)) ?? {};

  const members = new Map<string, RemoteMember>();
  for (const [did, handle] of reporters) members.set(did, memberOf(did, views.get(did) ?? {}, handle));
  for (const { event, name } of named) {
    if (name.authorId !== null) members.set(name.authorId, memberOf(name.authorId, viewOf(name), event.subjectHandle));
  }
  const resolutions = named.filter(({ event }) => isAction(event, input.labeler))
    .map(({ event, name }): Resolution => resolutionOf(event, { type: name.type, remoteId: name.remoteId }, input.desk));
  const reports = named.filter(({ event }) => isReport(event)).map(({ event, name }): RemoteReport => reportOf(event, name, viewOf(name).status));
  const subjects = names.map((name): RemoteSubject => subjectOf(name, viewOf(name), input.images, seenUntil, input.memory.queues.get(name.remoteId) ?? null));
  return { members: [...members.values()], subjects, reports, resolutions, cursor, total: null };
}

function batchOfActivities(input: PullInput, activities: readonly ReportActivity[], cursor: string, seenUntil: number): Batch {
  const { queues } = input.memory;
  const members = new Map<string, RemoteMember>();
  const subjects = new Map<string, RemoteSubject>();
  const reports = new Map<string, RemoteReport>();
  const resolutions: Resolution[] = [];
  for (const one of activities) {
    const view = subjectView.safeParse(one.report.subject).data;
    const name = view === undefined ? null : nameOfText(view.subject);
    if (view === undefined || name === null || name.authorId === null) continue;
    const queue = one.report.queue?.name;
    if (queue !== undefined) {
      queues.delete(name.remoteId);
      queues.set(name.remoteId, queue);
      for (const oldest of queues.keys()) if (queues.size > QUEUES_KEPT) queues.delete(oldest);
    }
    const { reportedBy, reporter } = one.report;
    if (reporter !== undefined) members.set(reportedBy, memberOf(reportedBy, reporter));
    members.set(name.authorId, memberOf(name.authorId, { repo: view.repo, profile: view.profile }));
    subjects.set(name.remoteId, subjectOf(name, view, input.images, seenUntil, queue ?? queues.get(name.remoteId) ?? null));
    reports.set(one.report.eventId, reportOfActivity(one, name, view.status));
    const resolution = activityResolution(one, { type: name.type, remoteId: name.remoteId });
    if (resolution !== null) resolutions.push(resolution);
  }
  return { members: [...members.values()], subjects: [...subjects.values()], reports: [...reports.values()], resolutions, cursor, total: null };
}

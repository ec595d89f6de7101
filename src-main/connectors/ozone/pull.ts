import type { Batch, RemoteMember, RemoteReport, RemoteSubject, Resolution, SubjectRef } from '../connector.ts';
import { PAGE, believed, readFeed } from './feed.ts';
import { memberOf } from './members.ts';
import { account, nameOf } from './names.ts';
import { readPosition, timeOf, writePosition } from './position.ts';
import { closedAlone } from './queues.ts';
import type { PullInput } from './pull-memory.ts';
import { pullRows } from './report-rows.ts';
import { isReport, readEvent, reportOf } from './reports.ts';
import { isAction, resolutionOf } from './resolutions.ts';
import { eventPage } from './schemas.ts';
import type { ModEvent, WireSubjectView } from './schemas.ts';
import { subjectOf } from './subjects.ts';
import { viewIn, viewsOf } from './views.ts';

/**
 * Everything since `cursor`: the event feed, which is the truth of reports and of what moderators did, then the rows of
 * single reports, which are an addition.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { client, labeler, memory } = input;
  if (cursor !== memory.given) for (const seen of [memory.events, memory.activities, memory.queued, memory.open]) seen.clear();
  let position = readPosition(cursor);
  const readBefore = timeOf(position.events) ?? -Infinity;
  const give = (batch: Batch): Batch => {
    memory.given = batch.cursor;
    return batch;
  };

  for await (const { rows, cursor: events } of readFeed<ModEvent>({
    from: position.events, seen: memory.events, read: readEvent,
    page: async (from) => {
      const page = await client.get(labeler, 'tools.ozone.moderation.queryEvents', { sortDirection: 'asc', limit: PAGE, cursor: from }, eventPage, signal);
      return { rows: page.events, cursor: believed(page.cursor, page.events) };
    },
  })) {
    position = { ...position, events };
    yield give(await batchOfEvents(input, rows, writePosition(position), { readBefore, seenUntil: timeOf(events) ?? 0 }, signal));
  }
  for await (const batch of pullRows(input, position, signal)) yield give(batch);
}

/** Subjects of one batch whose queue is asked for by itself. */
const ASKED_FOR_QUEUES = 20;

/** `readBefore`: until when events were read by an earlier pull; those come again after a restart. */
async function batchOfEvents(
  input: PullInput, events: readonly ModEvent[], cursor: string, { readBefore, seenUntil }: { readonly readBefore: number; readonly seenUntil: number }, signal: AbortSignal,
): Promise<Batch> {
  const named = events.flatMap((event) => {
    const name = nameOf(event.subject);
    return name === null ? [] : [{ event, name }];
  });
  const names = [...new Map(named.map(({ name }) => [name.remoteId, name])).values()];
  const reporters = new Map(named.filter(({ event }) => isReport(event)).map(({ event }) => [event.createdBy, event.creatorHandle]));
  const views = await viewsOf(input.client, input.labeler, [...names, ...[...reporters.keys()].map(account)], signal);
  const viewOf = (name: SubjectRef): Partial<WireSubjectView> => viewIn(views, name);

  const members = new Map<string, RemoteMember>();
  for (const [did, handle] of reporters) members.set(did, memberOf(did, views.get(did) ?? {}, handle));
  for (const { event, name } of named) {
    if (name.authorId !== null) members.set(name.authorId, memberOf(name.authorId, viewOf(name), event.subjectHandle));
  }
  const resolutions = named.filter(({ event }) => isAction(event, input.labeler))
    .map(({ event, name }): Resolution => resolutionOf(event, { type: name.type, remoteId: name.remoteId }, input.desk));
  const told = named.filter(({ event }) => isReport(event)).map(({ event, name }): RemoteReport => reportOf(event, name, viewOf(name).status));
  // A report that comes again may have been closed by itself since, which neither its event nor its subject's state says.
  const again = new Set(told.filter(({ open, createdAt }) => open && createdAt <= readBefore).map(({ subject }) => subject.remoteId));
  const closed = new Set((await Promise.all([...again].map((subject) => closedAlone(input.client, input.labeler, subject, signal)))).flatMap((ids) => [...ids]));
  const reports = told.map((report): RemoteReport => (closed.has(report.remoteId) ? { ...report, open: false } : report));
  // A new report's queue comes with its row. What a colleague did to an older one must not take its queue away.
  const reported = new Set(reports.map(({ subject }) => subject.remoteId));
  const untold = names.filter((name) => !reported.has(name.remoteId) && viewOf(name).status?.reviewState.endsWith('#reviewClosed') === false).slice(0, ASKED_FOR_QUEUES);
  await Promise.all(untold.map(({ remoteId }) => input.queueOf(remoteId, signal)));
  const subjects = names.map((name): RemoteSubject => subjectOf(name, viewOf(name), input.images, seenUntil, input.memory.queues.get(name.remoteId) ?? null));
  return { members: [...members.values()], subjects, reports, resolutions, cursor, total: null };
}

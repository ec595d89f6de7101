import type { ConnectorIo, RemoteMember, RemoteReport, RemoteSubject } from '../connector.ts';
import type { Client } from './client.ts';
import { FIRST, keyOf } from './position.ts';
import type { About } from './position.ts';
import { note, reports } from './schemas.ts';
import type { WireNote, WireReport } from './schemas.ts';
import { memberOf, noteIdsIn, reportOf, subjectOfMember, subjectOfNote, unnamed } from './subjects.ts';

export type Told = { readonly members: readonly RemoteMember[]; readonly subjects: readonly RemoteSubject[]; readonly reports: readonly RemoteReport[] };

/** A note as it is now; `gone` where the server knows no such note, or shows it to nobody but its readers. */
export async function readNote(client: Client, noteId: string, signal: AbortSignal): Promise<{ readonly note: WireNote | null; readonly gone: boolean }> {
  const found = await client.glance('notes/show', { noteId }, note, 'a note', signal);
  return { note: found, gone: found === null };
}

type ReadNote = Awaited<ReturnType<typeof readNote>>;

/**
 * The note that a report is about: the first that its comment names and that the reported member wrote. Others may stand there
 * as well, such as a note of the one whom they harass. `before`: what it was about when it was told last, as far as known.
 */
function reportedNote({ comment, targetUserId, targetUser }: WireReport, origins: readonly string[], read: ReadonlyMap<string, ReadNote>, before: About | undefined): string | null {
  const ids = noteIdsIn(comment, origins);
  if (before !== undefined && (before.type !== 'post' || ids.includes(before.remoteId))) return before.type === 'post' ? before.remoteId : null;
  const target = targetUserId ?? targetUser?.id ?? null;
  return ids.find((one) => {
    const author = read.get(one)?.note?.userId ?? null;
    return author === null || target === null || author === target;
  }) ?? null;
}

/** Reports with what they are about: a note that the comment names, else the member. Each note is asked for once. */
export async function tellReports(client: Client, io: ConnectorIo, some: readonly WireReport[], before: ReadonlyMap<string, About>, signal: AbortSignal): Promise<Told> {
  const { settings } = client;
  const origins = await client.origins(signal);
  const noteIds = [...new Set(some.flatMap(({ comment }) => noteIdsIn(comment, origins)))];
  const read = new Map(await Promise.all(noteIds.map(async (id) => [id, await readNote(client, id, signal)] as const)));
  const members = new Map<string, RemoteMember>();
  const subjects = new Map<string, RemoteSubject>();
  const told: RemoteReport[] = [];
  for (const one of some) {
    const noteId = reportedNote(one, origins, read, before.get(one.id));
    const found = noteId === null ? undefined : read.get(noteId);
    const targetId = one.targetUserId ?? one.targetUser?.id ?? null;
    const subject = noteId !== null && found !== undefined
      ? subjectOfNote(found.note, noteId, targetId, settings, found.gone ? io.now() : null)
      : subjectOfMember(one.targetUser, targetId ?? `of-report-${one.id}`, settings, targetId !== null);
    const report = reportOf(one, subject, io.now());
    for (const id of [subject.authorId, targetId, report.reporterId]) if (id !== null && !members.has(id)) members.set(id, unnamed(id));
    for (const user of [found?.note?.user, one.targetUser, one.reporter]) if (user) members.set(user.id, memberOf(user, settings));
    subjects.set(keyOf(subject), subject);
    told.push(report);
  }
  return { members: [...members.values()], subjects: [...subjects.values()], reports: told };
}

/** One report by its id. There is no such endpoint: the list from just below it has it among the first. */
export async function reportById(client: Client, reportId: string, signal: AbortSignal): Promise<WireReport | null> {
  return (await reportsFrom(client, reportId, signal)).find(({ id }) => id === reportId) ?? null;
}

/** The same of several: those that lie near each other come with one request. */
export async function reportsById(client: Client, ids: readonly string[], signal: AbortSignal): Promise<readonly WireReport[]> {
  const met = new Map<string, WireReport>();
  for (const reportId of ids) {
    if (met.has(reportId)) continue;
    for (const one of await reportsFrom(client, reportId, signal)) met.set(one.id, one);
  }
  return ids.flatMap((id) => met.get(id) ?? []);
}

function reportsFrom(client: Client, reportId: string, signal: AbortSignal): Promise<readonly WireReport[]> {
  return client.ask('admin/abuse-user-reports', { sinceId: reportId.slice(0, -1) || FIRST, limit: 100 }, reports, 'a report', signal);
}

import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { readNote } from './reports.ts';
import { logs, notes, user } from './schemas.ts';
import type { WireLog, WireNote, WireUser } from './schemas.ts';
import { memberOf, subjectOfMember, subjectOfNote, unnamed } from './subjects.ts';

const AROUND = 10;

/** The conversation around a note, its author's notes, and what moderators did to either of late. */
export async function contextOf(client: Client, now: number, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { settings } = client;
  const isNote = subject.type === 'post';
  const list = async (endpoint: string, params: Readonly<Record<string, string | number>>): Promise<readonly WireNote[]> => (
    await client.glance(endpoint, { ...params, limit: AROUND }, notes, 'the conversation', signal) ?? []
  );
  const userId = isNote ? subject.authorId : subject.remoteId;
  const known = userId !== null && /^[0-9a-z]+$/i.test(userId);
  const [found, above, below, author, recent, log] = await Promise.all([
    isNote ? readNote(client, subject.remoteId, signal) : null,
    isNote ? list('notes/conversation', { noteId: subject.remoteId }) : [],
    isNote ? list('notes/children', { noteId: subject.remoteId }) : [],
    known ? client.glance('users/show', { userId }, user, 'the member', signal) : null,
    known ? list('users/notes', { userId }) : [],
    client.glance('admin/show-moderation-logs', { limit: 100 }, logs, 'the moderation log', signal),
  ]);
  const members = new Map<string, RemoteMember>();
  const told = (some: readonly WireNote[]): RemoteSubject[] => some.flatMap((one) => {
    if (one.id === null || one.id === subject.remoteId) return [];
    if (one.user !== null) members.set(one.user.id, memberOf(one.user, settings));
    else if (one.userId !== null && !members.has(one.userId)) members.set(one.userId, unnamed(one.userId));
    const here = subjectOfNote(one, one.id, null, settings, null);
    return here.authorId === null || members.has(here.authorId) ? [here] : [{ ...here, authorId: null }];
  });
  // Ancestors come nearest first.
  const before = told(above).toReversed();
  const [after, written] = [told(below), told(recent)];
  if (userId !== null) members.set(userId, author === null ? unnamed(userId) : memberOf(author, settings));
  const noteAuthor = found?.note?.user ?? null;
  if (noteAuthor !== null) members.set(noteAuthor.id, memberOf(noteAuthor, settings));
  const itself = isNote
    ? found !== null && !found.gone ? subjectOfNote(found.note, subject.remoteId, userId, settings, null) : null
    : subjectOfMember(author, subject.remoteId, settings, known);
  return {
    before, after, recent: written, members: [...members.values()],
    subject: itself === null ? null : { ...itself, extra: subject.extra },
    record: [...noteAbout(author, now), ...(log ?? []).flatMap((entry) => recordOf(entry, subject.remoteId, userId, now))],
  };
}

/** The one note that moderators keep about an account; the server does not say when it was written. */
function noteAbout(author: WireUser | null, now: number): SubjectContext['record'] {
  const words = author?.moderationNote?.trim() ?? '';
  return words === '' ? [] : [{ at: now, text: `Moderation note there: ${words}`, by: null }];
}

const WORDS: Readonly<Record<string, string>> = { suspend: 'suspended', unsuspend: 'no longer suspended', deleteNote: 'a note was deleted', assignRole: 'given a role', unassignRole: 'a role was taken away', updateUserNote: 'moderation note changed', deleteDriveFile: 'a file was deleted' };

function recordOf(entry: WireLog, remoteId: string, userId: string | null, now: number): SubjectContext['record'] {
  const { info } = entry;
  const about = (userId !== null && (info.userId === userId || info.noteUserId === userId)) || info.noteId === remoteId;
  if (!about) return [];
  return [{ at: entry.createdAt ?? now, text: WORDS[entry.type ?? ''] ?? entry.type ?? 'changed', by: entry.user?.username ? `@${entry.user.username}` : null }];
}

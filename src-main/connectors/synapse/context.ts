import type { RemoteMember, SubjectContext, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { roomContext, user } from './schemas.ts';
import type { WireEvent } from './schemas.ts';
import { memberOf, redactionOf, subjectOfEvent, subjectOfMember } from './subjects.ts';

/** The room around a message, as a server admin may read it, and the member's account where this server has it. */
export async function contextOf(client: Client, now: number, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const room = subject.extra['room'];
  const authorId = subject.type === 'member' ? subject.remoteId : subject.authorId;
  const [around, account] = await Promise.all([
    room === undefined ? null : client.glance(`/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/context/${encodeURIComponent(subject.remoteId)}?limit=20`, roomContext, 'the room', signal),
    authorId === null || !authorId.startsWith('@') ? null : client.glance(`/_synapse/admin/v2/users/${encodeURIComponent(authorId)}`, user, 'the account', signal),
  ]);
  const members = new Map<string, RemoteMember>();
  const told = (some: readonly WireEvent[]) => some.flatMap((event) => {
    if (event.event_id === null || event.event_id === subject.remoteId) return [];
    if (event.sender !== null) members.set(event.sender, memberOf(event.sender));
    return [subjectOfEvent(event, { eventId: event.event_id, roomId: room ?? null, place: null, sender: null })];
  });
  // Nearest first on the wire.
  const before = told(around?.events_before ?? []).toReversed();
  const after = told(around?.events_after ?? []);
  const event = around?.event ?? null;
  if (event?.sender) members.set(event.sender, memberOf(event.sender));
  if (authorId !== null) members.set(authorId, memberOf(authorId, account));
  const redaction = redactionOf(event);
  const itself = subject.type === 'member'
    ? subjectOfMember(subject.remoteId, account)
    : event === null ? null : subjectOfEvent(event, { eventId: subject.remoteId, roomId: room ?? null, place: null, sender: authorId });
  return {
    before, after, members: [...members.values()], recent: [], subject: itself,
    record: redaction === null ? [] : [{ at: redaction.origin_server_ts ?? now, text: 'message redacted', by: redaction.sender }],
  };
}

import type { z } from 'zod';
import type { RemoteMember, SubjectContext, SubjectRef } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { eventReports, joinedRooms, roomContext, roomMessages, user, userReports } from './schemas.ts';
import type { WireEvent, WireUser } from './schemas.ts';
import { memberOf, redactionOf, subjectOfEvent, subjectOfMember } from './subjects.ts';

const AROUND = 20;
const RECENT = 10;
/** Without it the state names every member of the room, which may be tens of thousands. */
const LAZY = encodeURIComponent(JSON.stringify({ lazy_load_members: true }));

/** The room around a message, as a server admin may read it, and the member's account where this server has it. */
export async function contextOf(client: Client, now: number, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const room = subject.extra['room'];
  const authorId = subject.type === 'member' ? subject.remoteId : subject.authorId;
  const [{ around, isGone }, { account, facts }] = await Promise.all([
    room === undefined ? { around: null, isGone: false } : thread(client, room, subject.remoteId, signal),
    authorId === null || !authorId.startsWith('@') ? { account: null, facts: [] } : standing(client, authorId, signal),
  ]);
  const nicks = new Map((around?.state ?? []).flatMap(({ type, state_key: key, content }) => (type === 'm.room.member' && key !== null && content.displayname !== null ? [[key, content.displayname]] : [])));
  const members = new Map<string, RemoteMember>();
  const told = (some: readonly WireEvent[]) => some.flatMap((event) => {
    if (event.event_id === null || event.event_id === subject.remoteId) return [];
    if (event.sender !== null) members.set(event.sender, memberOf(event.sender, { nick: nicks.get(event.sender) }));
    return [subjectOfEvent(event, { eventId: event.event_id, roomId: room ?? null, place: null, sender: null })];
  });
  // Nearest first on the wire.
  const before = told(around?.events_before ?? []).toReversed();
  const after = told(around?.events_after ?? []);
  const recent = room === undefined || authorId === null ? [] : told(await earlier(client, room, authorId, around?.end ?? null, signal));
  const event = around?.event ?? null;
  if (event?.sender) members.set(event.sender, memberOf(event.sender, { nick: nicks.get(event.sender) }));
  if (authorId !== null) members.set(authorId, memberOf(authorId, { account, nick: nicks.get(authorId), facts }));
  const redaction = redactionOf(event);
  const itself = subject.type === 'member'
    ? subjectOfMember(subject.remoteId, account)
    : event === null ? null : subjectOfEvent(event, { eventId: subject.remoteId, roomId: room ?? null, place: null, sender: authorId });
  return {
    before, after, members: [...members.values()], recent, subject: itself, ...(isGone ? {} : { asStored: true }),
    record: redaction === null ? [] : [{ at: redaction.origin_server_ts ?? now, text: 'message redacted', by: redaction.sender }],
  };
}

/** The room around an event; only M_NOT_FOUND says that the event is gone: a server may not have the call, or not for this account. */
async function thread(client: Client, room: string, eventId: string, signal: AbortSignal): Promise<{ readonly around: z.infer<typeof roomContext> | null; readonly isGone: boolean }> {
  const path = `/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/context/${encodeURIComponent(eventId)}?limit=${AROUND}&filter=${LAZY}`;
  try {
    return { around: await client.get(path, roomContext, 'the room', signal), isGone: false };
  } catch (error) {
    if (isRefused(error, 400, 403, 404, 405)) return { around: null, isGone: error.code === 'M_NOT_FOUND' };
    throw error;
  }
}

/** The member's account, and what the server knows of their conduct (docs/admin_api/user_admin_api.md, event_reports.md). */
async function standing(client: Client, id: string, signal: AbortSignal): Promise<{ readonly account: WireUser | null; readonly facts: readonly string[] }> {
  const name = encodeURIComponent(id);
  const [account, rooms, messages, reports] = await Promise.all([
    client.glance(`/_synapse/admin/v2/users/${name}`, user, 'the account', signal),
    client.glance(`/_synapse/admin/v1/users/${name}/joined_rooms`, joinedRooms, 'the member\'s rooms', signal),
    client.glance(`/_synapse/admin/v1/event_reports?limit=1&event_sender_user_id=${name}`, eventReports, 'the reports of the member\'s messages', signal),
    client.glance(`/_synapse/admin/v1/user_reports?limit=1&target_user_id=${name}`, userReports, 'the reports of the member', signal),
  ]);
  return {
    account,
    facts: [
      ...(account === null ? ['account of another server'] : []),
      ...counted(rooms?.total, 'room joined', 'rooms joined'),
      ...counted(messages?.total, 'report of a message', 'reports of messages'),
      ...counted(reports?.total, 'report of the account', 'reports of the account'),
    ],
  };
}

function counted(count: number | null | undefined, one: string, more: string): readonly string[] {
  return !count ? [] : [count === 1 ? `1 ${one}` : `${count} ${more}`];
}

/** What the member wrote in the room before, latest first (docs/admin_api/rooms.md, "Room Messages API"). */
async function earlier(client: Client, room: string, sender: string, from: string | null, signal: AbortSignal): Promise<readonly WireEvent[]> {
  if (from === null) return [];
  const filter = JSON.stringify({ senders: [sender], types: ['m.room.message'], lazy_load_members: true });
  const query = new URLSearchParams({ from, dir: 'b', limit: String(RECENT), filter });
  return (await client.glance(`/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/messages?${query}`, roomMessages, 'the member\'s messages', signal))?.chunk ?? [];
}

import type { RemoteMedia, RemoteMember, RemoteSubject } from '../connector.ts';
import type { WireEvent, WireUser } from './schemas.ts';

export function memberOf(id: string, user: WireUser | null = null): RemoteMember {
  const made = user?.creation_ts ?? null;
  return {
    remoteId: id, name: user?.displayname || /^@([^:]+):/.exec(id)?.[1] || id, handle: id,
    // Seconds in old releases, milliseconds in others (docs/admin_api/user_admin_api.md has seconds).
    joinedAt: made === null || made >= 100_000_000_000 ? made : made * 1000,
    postCount: null,
    standing: [...(user?.suspended === true ? ['suspended'] : []), ...(user?.locked === true ? ['locked'] : []), ...(user?.shadow_banned === true ? ['shadow-banned'] : []), ...(user?.deactivated === true ? ['deactivated'] : [])],
    url: `https://matrix.to/#/${id}`,
  };
}

export function subjectOfMember(id: string, user: WireUser | null): RemoteSubject {
  return {
    type: 'member', remoteId: id, authorId: id.startsWith('@') ? id : null, extra: {}, text: user?.displayname ?? id, html: null, createdAt: null, editedAt: null,
    deletedAt: null, removed: false, url: id.startsWith('@') ? `https://matrix.to/#/${id}` : null, language: null, place: null, media: [], revision: null,
  };
}

export type Where = { readonly eventId: string; readonly roomId: string | null; readonly place: string | null; readonly sender: string | null };

/** A message as the server holds it. What is encrypted stays so: only the room's members have the keys. */
export function subjectOfEvent(event: WireEvent | null, { eventId, roomId, place, sender }: Where): RemoteSubject {
  const { content, type } = event ?? { content: null, type: null };
  const encrypted = type === 'm.room.encrypted';
  const plain = content?.body ?? (type === null || type === 'm.room.message' ? '' : `(${type})`);
  return {
    type: 'message', remoteId: eventId, authorId: event?.sender ?? sender, extra: roomId === null ? {} : { room: roomId },
    text: encrypted ? 'This message is encrypted: the server cannot read it.' : plain, html: encrypted ? null : content?.formatted_body ?? null,
    createdAt: event?.origin_server_ts ?? null, editedAt: null, deletedAt: null, removed: redactionOf(event) !== null,
    url: roomId === null ? null : `https://matrix.to/#/${encodeURIComponent(roomId)}/${encodeURIComponent(eventId)}`, language: null,
    place: encrypted ? [place, 'encrypted'].filter(Boolean).join(' · ') : place,
    media: content?.url?.startsWith('mxc://') === true ? [mediaOf(content.url, content)] : [],
    revision: null,
  };
}

function mediaOf(url: string, { body, info }: WireEvent['content']): RemoteMedia {
  return { url, mime: info?.mimetype ?? 'application/octet-stream', alt: body ?? '', width: info?.w ?? null, height: info?.h ?? null };
}

/** Who removed the message's content, and when (Matrix client-server API, "Redactions"). */
export function redactionOf(event: WireEvent | null): { readonly sender: string | null; readonly origin_server_ts: number | null } | null {
  return event?.unsigned?.redacted_because ?? null;
}

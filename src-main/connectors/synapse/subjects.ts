import type { RemoteMedia, RemoteMember, RemoteSubject } from '../connector.ts';
import type { WireEvent, WireUser } from './schemas.ts';

/** What is known of a member beside the account: how the room calls them, and what the reports say. */
export type MemberFacts = { readonly account?: WireUser | null; readonly nick?: string | undefined; readonly facts?: readonly string[] };

export function memberOf(id: string, { account = null, nick, facts = [] }: MemberFacts = {}): RemoteMember {
  const made = account?.creation_ts ?? null;
  return {
    remoteId: id, name: account?.displayname || nick || /^@([^:]+):/.exec(id)?.[1] || id, handle: id,
    // Seconds in old releases, milliseconds in others (docs/admin_api/user_admin_api.md has seconds).
    joinedAt: made === null || made >= 100_000_000_000 ? made : made * 1000,
    postCount: null,
    standing: [...standingOf(account), ...facts],
    url: `https://matrix.to/#/${id}`,
  };
}

function standingOf(account: WireUser | null): readonly string[] {
  if (account === null) return [];
  const { suspended, locked, shadow_banned: shadowBanned, deactivated, erased } = account;
  return [...(suspended ? ['suspended'] : []), ...(locked ? ['locked'] : []), ...(shadowBanned ? ['shadow-banned'] : []), ...(deactivated ? [erased ? 'deactivated and erased' : 'deactivated'] : [])];
}

export function subjectOfMember(id: string, account: WireUser | null): RemoteSubject {
  return {
    type: 'member', remoteId: id, authorId: id.startsWith('@') ? id : null, extra: {}, text: account?.displayname ?? id, html: null, createdAt: null, editedAt: null,
    deletedAt: null, removed: account?.deactivated === true, url: id.startsWith('@') ? `https://matrix.to/#/${id}` : null, language: null, place: null, media: [],
    revision: account === null ? null : accountRevision(account),
  };
}

/** An account's standing as one text. */
export function accountRevision(account: WireUser): string {
  return standingOf(account).join(', ') || 'in good standing';
}

export type Where = { readonly eventId: string; readonly roomId: string | null; readonly place: string | null; readonly sender: string | null };

/** A message as the server holds it. What is encrypted stays so: only the room's members have the keys. */
export function subjectOfEvent(event: WireEvent | null, { eventId, roomId, place, sender }: Where): RemoteSubject {
  const { content, type } = event ?? { content: null, type: null };
  const encrypted = type === 'm.room.encrypted';
  const edit = event?.unsigned?.['m.relations']?.['m.replace'] ?? null;
  const words = edit?.content['m.new_content'] ?? content?.['m.new_content'] ?? content;
  const plain = words?.body ?? (type === null || type === 'm.room.message' ? '' : `(${type})`);
  const redaction = redactionOf(event);
  const authorId = event?.sender ?? sender;
  const byAuthor = redaction !== null && redaction.sender === authorId;
  const mxc = content?.url?.startsWith('mxc://') === true ? content.url : null;
  return {
    type: 'message', remoteId: eventId, authorId,
    extra: { ...(roomId === null ? {} : { room: roomId }), ...(mxc === null ? {} : { media: mxc }) },
    text: encrypted ? 'This message is encrypted: the server cannot read it.' : plain, html: encrypted ? null : words?.formatted_body ?? null,
    createdAt: event?.origin_server_ts ?? null, editedAt: edit?.origin_server_ts ?? null,
    deletedAt: byAuthor ? redaction.origin_server_ts ?? event?.origin_server_ts ?? 0 : null, removed: redaction !== null && !byAuthor,
    url: roomId === null ? null : `https://matrix.to/#/${encodeURIComponent(roomId)}/${encodeURIComponent(eventId)}`, language: null,
    place: encrypted ? [place, 'encrypted'].filter(Boolean).join(' · ') : place,
    media: mxc === null || content === null ? [] : [mediaOf(mxc, content)],
    revision: event === null ? null : redaction === null ? 'shown' : REDACTED,
  };
}

/** A message's revision once it was redacted. */
export const REDACTED = 'redacted';

function mediaOf(url: string, { body, info }: WireEvent['content']): RemoteMedia {
  return { url, mime: info?.mimetype ?? 'application/octet-stream', alt: body ?? '', width: info?.w ?? null, height: info?.h ?? null };
}

/** Server and id of an uploaded file (Matrix client-server API, "Matrix Content (mxc://) URIs"). */
export function partsOfMxc(url: string): { readonly server: string; readonly id: string } | null {
  const [, server, id] = /^mxc:\/\/([^/?#]+)\/([\w-]+)$/.exec(url) ?? [];
  return server === undefined || id === undefined ? null : { server, id };
}

/** Who removed the message's content, and when (Matrix client-server API, "Redactions"). */
export function redactionOf(event: WireEvent | null): { readonly sender: string | null; readonly origin_server_ts: number | null } | null {
  return event?.unsigned?.redacted_because ?? null;
}

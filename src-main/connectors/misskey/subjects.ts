import type { RemoteMedia, RemoteMember, RemoteReport, RemoteSubject } from '../connector.ts';
import type { WireNote, WireReport, WireUser } from './schemas.ts';
import type { MisskeySettings } from './settings.ts';

export function memberOf(user: WireUser, { url }: MisskeySettings): RemoteMember {
  const handle = `@${user.username ?? user.id}${user.host === null ? '' : `@${user.host}`}`;
  return {
    remoteId: user.id, name: user.name || handle, handle, joinedAt: user.createdAt, postCount: user.notesCount,
    standing: [...(user.isSuspended ? ['suspended'] : []), ...(user.isSilenced ? ['silenced'] : [])],
    url: user.username === null ? null : `${url}/${handle}`,
  };
}

/** An account of which nothing but its id is told. */
export function unnamed(id: string): RemoteMember {
  return { remoteId: id, name: `Member ${id}`, handle: `#${id}`, joinedAt: null, postCount: null, standing: [], url: null };
}

/** A note as it is now; one that is gone, or of which nothing can be read, keeps what its report said of it. */
export function subjectOfNote(note: WireNote | null, id: string, authorId: string | null, { url }: MisskeySettings, goneAt: number | null): RemoteSubject {
  return {
    type: 'post', remoteId: id, authorId: note?.userId ?? authorId, extra: {},
    text: textOf(note), html: null,
    createdAt: note?.createdAt ?? null, editedAt: note?.updatedAt ?? null, deletedAt: note?.deletedAt ?? goneAt, removed: false,
    url: `${url}/notes/${id}`, language: null,
    place: note?.isHidden === true ? 'Hidden from moderators by its visibility' : note?.visibility ?? null,
    media: [...note?.files ?? [], ...note?.renote?.files ?? []].flatMap((file): RemoteMedia[] => (file === null || !URL.canParse(file.url) ? [] : [{
      url: file.url, mime: file.type ?? 'application/octet-stream', alt: file.comment ?? '', width: file.properties?.width ?? null, height: file.properties?.height ?? null,
    }])),
    revision: null,
  };
}

/** Warning, words and choices of a note; then the same of the note that it passes on or quotes. */
function textOf(note: WireNote | null): string {
  const quoted = note?.renote ?? null;
  const by = quoted?.user?.username ?? null;
  const parts = [...wordsOf(note), ...(quoted === null ? [] : [`Renote${by === null ? '' : ` of @${by}`}:`, ...wordsOf(quoted)])];
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n');
}

function wordsOf(note: Omit<WireNote, 'renote'> | null): readonly (string | null | undefined)[] {
  return [note?.cw, note?.text, note?.poll?.choices.map((choice) => choice?.text ?? '').filter((words) => words !== '').map((words) => `· ${words}`).join('\n')];
}

export function subjectOfMember(user: WireUser | null, id: string, { url }: MisskeySettings, known = true): RemoteSubject {
  return {
    type: 'member', remoteId: id, authorId: known ? id : null, extra: {}, text: [user?.name ?? user?.username, user?.description].filter(Boolean).join('\n\n'), html: null,
    createdAt: user?.createdAt ?? null, editedAt: null, deletedAt: null, removed: false, url: known ? `${url}/admin/user/${id}` : `${url}/admin/abuses`,
    language: null, place: null, media: [], revision: null,
  };
}

/** Notes of one comment that are asked for at most. */
const MOST_NAMED = 5;

/**
 * The notes that a report's comment names, in order: the web client writes the reported one's address above a line of dashes,
 * since reports are about members (packages/frontend/src/utility/get-note-menu.ts, getAbuseNoteMenu), other servers list them
 * below their words (core/activitypub/ApInboxService.ts, flag), and people write on right behind an address, at times without a space.
 */
export function noteIdsIn(comment: string | null, origins: readonly string[]): readonly string[] {
  const ids = new Set<string>();
  for (const [address] of (comment ?? '').matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    if (!URL.canParse(address)) continue;
    const at = new URL(address);
    const id = origins.includes(at.origin) ? /^\/notes\/([0-9a-z]{1,64})(?![\w-])/i.exec(at.pathname)?.[1] : undefined;
    if (id !== undefined) ids.add(id);
  }
  return [...ids].slice(0, MOST_NAMED);
}

export function reportOf(report: WireReport, subject: Pick<RemoteSubject, 'type' | 'remoteId'>, now: number): RemoteReport {
  return {
    remoteId: report.id, subject: { type: subject.type, remoteId: subject.remoteId }, reporterId: report.reporterId ?? report.reporter?.id ?? null,
    category: 'other', remoteCategory: null,
    // What stands above the line are the note's addresses, there and here: where the note was found, it has them.
    comment: subject.type === 'post' ? (report.comment ?? '').replace(/^(?:(?:Local )?(?:Note: )?https?:\/\/\S+\s+){1,2}-{5}\s*/i, '') : report.comment ?? '',
    createdAt: report.createdAt ?? now, open: !report.resolved,
  };
}

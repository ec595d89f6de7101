import type { Category } from '../../contract/words.ts';
import type { RemoteMedia, RemoteMember, RemoteSubject, Resolution } from '../connector.ts';
import type { Rows } from '../http/rows.ts';
import { plainText } from '../http/html.ts';
import { aboutOf, ACCEPTED, isOpen, REJECTED, TYPES } from './model.ts';
import type { About } from './model.ts';
import type { Abuse, Comment, Video } from './schemas.ts';

type AccountRow = NonNullable<Abuse['flaggedAccount']>;

/** `name@host`, as the block lists take it. */
export function accountName({ name, host }: AccountRow): string {
  return `${name}@${host}`;
}

export function memberOf(account: AccountRow): RemoteMember {
  const { id, name, displayName, url, createdAt } = account;
  return { remoteId: id, name: displayName || name, handle: `@${accountName(account)}`, joinedAt: createdAt, postCount: null, standing: [], url: URL.canParse(url) ? url : null };
}

const BLANK = { html: null, createdAt: null, editedAt: null, deletedAt: null, removed: false, language: null, place: null, media: [] } as const;

/** A comment's words: Markdown where it was written here, HTML as it was sent where it came from elsewhere (server/core/lib/activitypub/video-comments.ts, `content`). */
function wordsOf(text: string): Pick<RemoteSubject, 'text' | 'html'> {
  return /^\s*<(?:p|div|span|a|br|h\d|ul|ol|blockquote|pre)\b[^>]*>/i.test(text) ? { text: plainText(text), html: text } : { text, html: null };
}

/** What a report is about, as Docket keeps it. A video that waits for a moderator can still be removed. */
function reportedSubject(server: string, abuse: Abuse, waiting: ReadonlySet<string>, before: About | null): RemoteSubject {
  const { id: report, video, comment, flaggedAccount, updatedAt } = abuse;
  const about = aboutOf(abuse, before);
  const closedAt = isOpen(abuse) ? null : updatedAt;
  const extra = { report, ...(flaggedAccount === null ? {} : { account: accountName(flaggedAccount) }) };
  const named = { type: TYPES[about.kind], remoteId: about.id, authorId: flaggedAccount?.id ?? null };
  if (video) {
    return {
      ...BLANK, ...named, extra: { ...extra, uuid: video.uuid }, text: video.name, removed: video.blacklisted && !waiting.has(video.id), deletedAt: video.deleted ? updatedAt ?? 0 : null,
      url: `${server}/w/${video.uuid || video.id}`, place: placeOf(video.channel), media: media(server, video),
      revision: revisionOf([video.blacklisted, video.deleted], closedAt),
    };
  }
  if (comment) {
    const under = comment.video ?? null;
    const watch = `${server}/w/${under?.uuid ?? under?.id ?? ''}`;
    return {
      ...BLANK, ...named, extra: { ...extra, video: under?.id ?? '', thread: comment.threadId ?? comment.id }, ...wordsOf(comment.text), deletedAt: comment.deleted ? updatedAt ?? 0 : null,
      url: `${watch};threadId=${comment.threadId ?? comment.id}`, place: under === null || under.name === '' ? null : under.name, revision: revisionOf([comment.deleted], closedAt),
    };
  }
  if (about.kind !== 'account') {
    return { ...BLANK, ...named, extra, text: '', deletedAt: updatedAt ?? abuse.createdAt ?? 0, url: `${server}/admin/moderation/abuses`, revision: revisionOf([true], closedAt) };
  }
  return {
    ...BLANK, ...named, extra, text: flaggedAccount === null ? 'The account, or what was reported, is gone.' : [flaggedAccount.displayName, flaggedAccount.description].filter((part) => part !== '').join('\n\n'),
    deletedAt: flaggedAccount === null ? updatedAt ?? 0 : null, url: flaggedAccount === null ? `${server}/admin/moderation/abuses` : `${server}/a/${accountName(flaggedAccount)}`,
    revision: revisionOf([], closedAt),
  };
}

function placeOf(channel: Video['channel']): string | null {
  return channel?.displayName || channel?.name || null;
}

function revisionOf(flags: readonly boolean[], closedAt: number | null): string {
  return `${flags.map(Number).join('')},${closedAt ?? ''}`;
}

/** When the reports that a person saw were last closed, from the revision that they saw; 0 where they were open. */
export function closedIn(expected: string | null): number {
  return Number(expected?.split(',').at(-1) ?? 0) || 0;
}

type Pictured = { readonly thumbnailPath: string; readonly thumbnails: readonly { readonly fileUrl: string; readonly path: string }[]; readonly name: string };

function media(server: string, { thumbnailPath, thumbnails, name }: Pictured): readonly RemoteMedia[] {
  const [first] = thumbnails;
  const path = first?.fileUrl || first?.path || thumbnailPath;
  if (path === '' || !URL.canParse(path, server)) return [];
  return [{ url: new URL(path, server).href, mime: path.endsWith('.webp') ? 'image/webp' : 'image/jpeg', alt: name, width: null, height: null }];
}

/** The report by which a subject came; none where it came by itself. */
function cameBy(report: string): { readonly report?: string } {
  return report === '' ? {} : { report };
}

/** A video as it is now; `waits`: for a moderator, so that it can still be removed. */
export function videoSubject(server: string, video: Video, closedAt: number | null, report: string, waits = false): RemoteSubject {
  const { id, uuid, name, description, account, channel, blacklisted, publishedAt } = video;
  return {
    ...BLANK, type: 'post', remoteId: id, authorId: account?.id ?? null, extra: { ...cameBy(report), uuid, ...(account === null ? {} : { account: accountName(account) }) },
    text: [name, description].filter((part) => part !== '').join('\n\n'), createdAt: publishedAt, removed: blacklisted && !waits, url: `${server}/w/${uuid || id}`,
    place: placeOf(channel), media: media(server, video), revision: revisionOf([blacklisted, false], closedAt),
  };
}

/** A comment as it is now. */
export function commentSubject(server: string, comment: Comment, videoId: string, closedAt: number | null, report: string): RemoteSubject {
  const { id, text, account, createdAt, deletedAt, isDeleted, threadId } = comment;
  return {
    ...BLANK, type: 'message', remoteId: id, authorId: account?.id ?? null, extra: { ...cameBy(report), video: videoId, thread: threadId ?? id, ...(account === null ? {} : { account: accountName(account) }) },
    ...wordsOf(text), createdAt, deletedAt: isDeleted ? deletedAt ?? createdAt ?? 0 : null, url: `${server}/w/${videoId};threadId=${threadId ?? id}`, revision: revisionOf([isDeleted], closedAt),
  };
}

/** An account as it is now. */
export function accountSubject(server: string, account: AccountRow, closedAt: number | null, report: string): RemoteSubject {
  return {
    ...BLANK, type: 'member', remoteId: account.id, authorId: account.id, extra: { ...cameBy(report), account: accountName(account) },
    text: [account.displayName, account.description].filter((part) => part !== '').join('\n\n'), createdAt: account.createdAt, url: `${server}/a/${accountName(account)}`, revision: revisionOf([], closedAt),
  };
}

/** Reasons that a reporter picks; the code and the documentation differ in the first's name (abuse-reason.model.ts). */
const CATEGORIES: Readonly<Record<string, Category>> = {
  violentOrRepulsive: 'violence', violentOrAbusive: 'violence', hatefulOrAbusive: 'hate', spamOrMisleading: 'spam', privacy: 'privacy', rights: 'illegal',
  serverRules: 'other', thumbnails: 'other', captions: 'other',
};

/** A report with all that it names; `waiting`: videos that wait for a moderator; `before`: what it was about when it was last read. */
export function rowsOf(server: string, abuse: Abuse, waiting: ReadonlySet<string>, before: About | null, now: number, orderId: string | null): Rows {
  const { id, reason, predefinedReasons, reporterAccount, flaggedAccount, createdAt, updatedAt, video } = abuse;
  const subject = reportedSubject(server, abuse, waiting, before);
  const [first = ''] = predefinedReasons;
  const resolutions: Resolution[] = isOpen(abuse) ? [] : [{ subject: { type: subject.type, remoteId: subject.remoteId }, by: null, what: whatOf(abuse), at: updatedAt, orderId, closes: true, reportId: id }];
  const part = video ? spanOf(video.startAt, video.endAt) : '';
  return {
    members: [flaggedAccount, reporterAccount].flatMap((account) => (account === null ? [] : [memberOf(account)])),
    subjects: [subject],
    reports: [{
      remoteId: id, subject: { type: subject.type, remoteId: subject.remoteId }, reporterId: reporterAccount?.id ?? null, category: Object.hasOwn(CATEGORIES, first) ? CATEGORIES[first] ?? 'other' : 'other',
      remoteCategory: predefinedReasons.length === 0 ? null : predefinedReasons.join(', '), comment: [reason, part].filter((one) => one !== '').join('\n'), createdAt: createdAt ?? updatedAt ?? now, open: isOpen(abuse),
    }],
    resolutions,
  };
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** "From 1:20 to 2:05", where the reporter marked a part of the video. */
function spanOf(startAt: number | null, endAt: number | null): string {
  if (startAt === null) return endAt === null ? '' : `Up to ${clock(endAt)}`;
  return `From ${clock(startAt)}${endAt === null ? '' : ` to ${clock(endAt)}`}`;
}

/** What closing a report meant, as far as it can be seen. PeerTube does not tell who did it. */
export function whatOf({ state, video, comment, moderationComment }: Abuse): string {
  const word = state.id === ACCEPTED ? 'accepted' : state.id === REJECTED ? 'rejected' : state.label || 'pending';
  const now = video?.deleted === true ? ', video deleted' : video?.blacklisted === true ? ', video blocked' : comment?.deleted === true ? ', comment deleted' : '';
  return `${word}${now}${moderationComment === '' ? '' : `: ${moderationComment}`}`;
}

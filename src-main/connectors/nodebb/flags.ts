import type { RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import type { SubjectType, Category } from '../../contract/words.ts';
import { imagesIn, plainText } from '../http/html.ts';
import { lookOf } from '../http/known.ts';
import type { Rows } from '../http/pending.ts';
import { handleOf, memberOf, numberOf } from './members.ts';
import { post as postSchema, report as reportSchema, user as userSchema } from './schemas.ts';
import type { FlagDetail, FlagRow, HistoryRow, WirePost, WireUser } from './schemas.ts';

/** The states after which nobody is asked to look (src/flags.js, Flags._states); plugins may add others. */
export const CLOSED: ReadonlySet<string> = new Set(['resolved', 'rejected']);

/** What a flag is about. */
export function subjectNameOf(flag: FlagDetail): { readonly type: SubjectType; readonly remoteId: string } {
  const { flagId, targetId } = flag;
  // What came from another server has an address for an id, which a flag in full tells as null (src/flags.js, get: parseInt).
  if (flag.type === 'user') return { type: 'member', remoteId: targetId ?? userSchema.safeParse(flag.target).data?.uid ?? `flag-${flagId}` };
  return { type: 'post', remoteId: targetId ?? postIn(flag)?.pid ?? `flag-${flagId}` };
}

/** What a list row shows of change: a new report raises the heat, and moves nothing in the list. */
export function lookOfRow(flag: FlagRow): string {
  return lookOf([flag.heat, flag.state, flag.assignee]);
}

/** What a person saw; new reports do not change it. */
export function revisionOf(flag: Pick<FlagRow, 'state' | 'assignee'>): string {
  return `${flag.state ?? 'open'}/${flag.assignee ?? ''}`;
}

/** Everything about a flag; `ours` is the order of ours that closed it. `row` is how the list showed it. */
export function rowsOf(detail: FlagDetail, row: FlagRow, url: string, now: number, ours: string | null): Rows {
  const flag = { ...detail, flagId: row.flagId, targetId: detail.targetId ?? row.targetId };
  const name = subjectNameOf(flag);
  const subject = subjectOf(flag, url);
  const members = new Map<string, RemoteMember>();
  const meet = (uid: string | null | undefined, user: WireUser | null | undefined): string | null => {
    if (uid === null || uid === undefined) return null;
    members.set(uid, memberOf(uid, user, url, now));
    return uid;
  };
  meet(subject.authorId, authorIn(flag));
  const closed = CLOSED.has(flag.state ?? 'open');
  const createdAt = flag.datetime ?? now;
  const handledAt = handledBefore(flag);
  const standIn = `flag-${flag.flagId}`;
  let whole = flag.reports !== undefined && name.remoteId !== standIn && flag.state !== null && flag.state !== undefined;
  const reports = (flag.reports ?? []).map((one, place): RemoteReport => {
    const { success, data } = reportSchema.safeParse(one);
    const reporter = data?.reporter ?? null;
    whole &&= success && reporter !== null;
    const uid = reporter === null ? null : numberOf(reporter);
    const value = plainText(data?.value);
    const { category, known } = categoryOf(value);
    return {
      // Each member reports a thing once (error already-flagged); guests share the number 0.
      remoteId: `${flag.flagId}:${uid === null || uid === '0' ? `${uid ?? 'n'}${data?.timestamp ?? place}` : uid}`,
      subject: name, reporterId: meet(uid, reporter), category, remoteCategory: known ? value : null,
      comment: known ? '' : value, createdAt: data?.timestamp ?? createdAt, open: !closed && (data?.timestamp ?? Infinity) > handledAt,
    };
  });
  if (reports.length === 0) reports.push({ remoteId: standIn, subject: name, reporterId: null, category: 'other', remoteCategory: null, comment: '', createdAt, open: !closed });
  return { id: `f${flag.flagId}`, subject, members: [...members.values()], reports, resolutions: closed ? [resolutionOf(flag, name, ours)] : [], look: whole ? lookOfRow(row) : '', standIn };
}

/** Reasons of the form (public/language/en-GB/flags.json, modal-reason-*); anything else is the reporter's own words. */
function categoryOf(value: string): { readonly category: Category; readonly known: boolean } {
  if (/^(?:spam|\[\[flags:modal-reason-spam\]\])$/i.test(value)) return { category: 'spam', known: true };
  if (/^(?:offensive|\[\[flags:modal-reason-offensive\]\])$/i.test(value)) return { category: 'harassment', known: true };
  return { category: 'other', known: false };
}

/** What was flagged, as the flag shows it. */
export function subjectOf(flag: FlagDetail, url: string): RemoteSubject {
  const name = subjectNameOf(flag);
  const base = {
    ...name, language: null, revision: revisionOf(flag),
    place: placeOf(flag),
  };
  // A purged post and a deleted account are still flagged, with an empty target: what they said is known from before.
  const deletedAt = isEmpty(flag.target) ? flag.datetime ?? null : null;
  if (name.type === 'member') {
    const { data } = userSchema.safeParse(flag.target);
    return {
      ...base, authorId: name.remoteId, extra: { flag: flag.flagId, seen: base.revision }, text: [data?.fullname || data?.username, data?.aboutme, data?.signature].filter(Boolean).map((part) => plainText(part)).join('\n\n'),
      html: null, createdAt: data?.joindate ?? null, editedAt: null, deletedAt, removed: false, media: [],
      url: data?.userslug ? `${url}/user/${encodeURIComponent(data.userslug)}` : `${url}/uid/${encodeURIComponent(name.remoteId)}`,
    };
  }
  const post = postIn(flag);
  return {
    ...base, ...contentOf(post, url), authorId: flag.targetUid ?? post?.uid ?? null,
    extra: { flag: flag.flagId, seen: base.revision, ...(post?.tid ? { topic: post.tid } : {}) },
    deletedAt,
    url: `${url}/post/${encodeURIComponent(name.remoteId)}`,
  };
}

/** What a post says, for subjects of the queue and of threads alike. */
export function contentOf(post: WirePost | null, url: string): Pick<RemoteSubject, 'text' | 'html' | 'createdAt' | 'editedAt' | 'removed' | 'media'> {
  const html = post?.content ?? null;
  return {
    text: plainText(html), html, createdAt: post?.timestamp ?? null, editedAt: post?.edited ? post.edited : null,
    removed: post?.deleted === true, media: imagesIn(html, url),
  };
}

function placeOf(flag: FlagDetail): string | null {
  const post = postIn(flag);
  const state = flag.state ?? 'open';
  const parts = [
    flag.type === 'user' ? null : plainText(post?.topic?.titleRaw ?? post?.topic?.title),
    state === 'wip' ? 'work in progress' : state === 'open' || CLOSED.has(state) ? null : `state ${state}`,
    flag.assignee ? `assigned to ${nameIn(flag, flag.assignee)}` : null,
  ].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
}

function postIn(flag: FlagDetail): WirePost | null {
  return flag.type === 'user' ? null : postSchema.safeParse(flag.target).data ?? null;
}

/** The topic that a flagged post stands in now: posts are moved, and nothing in the list of flags tells of it. */
export function topicNow(flag: FlagDetail): string | undefined {
  return postIn(flag)?.tid ?? undefined;
}

/** Whose it is, as far as the flag tells. */
export function authorIn(flag: FlagDetail): WireUser | null {
  return flag.type === 'user' ? userSchema.safeParse(flag.target).data ?? null : postIn(flag)?.user ?? null;
}

/** What people there call a moderator that the flag names by number. */
export function nameIn({ assignees, history }: FlagDetail, uid: string): string {
  return handleOf([...assignees, ...history.map(({ user }) => user)].find((one) => one?.uid === uid)) ?? `member ${uid}`;
}

function isEmpty(target: unknown): boolean {
  return typeof target === 'object' && target !== null && Object.keys(target).length === 0;
}

/** Who last set the state, by the flag's history, which only its page carries. */
export function lastChangeOf(flag: FlagDetail): { readonly by: string | null; readonly byId: string | null; readonly at: number | null; readonly withdrawn: boolean } {
  const last = flag.history.filter(tellsState).toSorted((a, b) => (b.datetime ?? 0) - (a.datetime ?? 0))[0];
  return { by: handleOf(last?.user), byId: last?.uid ?? last?.user?.uid ?? null, at: last?.datetime ?? null, withdrawn: last?.fields?.report?.includes('rescinded') === true };
}

function tellsState({ fields }: HistoryRow): boolean {
  return (fields?.state ?? '') !== '';
}

const CLOSING = /\b(?:resolved|rejected)\b/;

/**
 * Until when the reports of an open flag were dealt with: another report opens a closed flag again (src/flags.js, create),
 * and does not make the earlier ones new. Who opens it by hand does.
 */
function handledBefore({ state, history }: FlagDetail): number {
  if (CLOSED.has(state ?? 'open')) return -Infinity;
  const changes = history.filter(tellsState).toSorted((a, b) => (b.datetime ?? 0) - (a.datetime ?? 0));
  const closing = changes.findIndex(({ fields }) => CLOSING.test(fields?.state ?? ''));
  const byReports = changes.slice(0, closing).every(({ fields }) => (fields?.report ?? '') !== '');
  return closing > 0 && byReports ? changes[closing]?.datetime ?? -Infinity : -Infinity;
}

function resolutionOf(flag: FlagDetail, subject: Resolution['subject'], ours: string | null): Resolution {
  const { by, at, withdrawn } = lastChangeOf(flag);
  return { subject, by, what: withdrawn ? 'withdrawn by who reported it' : flag.state ?? 'closed', at, orderId: ours, closes: true };
}

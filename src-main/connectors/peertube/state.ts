import type { SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { aboutOf, kindOf, readAbuse } from './model.ts';
import { account, blocked, comment, page, thread, user, video } from './schemas.ts';
import type { Abuse, Comment, Thread, Video } from './schemas.ts';

const PAGE = 100;
/** Pages of reports about one author. */
const PAGES = 5;

/**
 * One report; null where it is gone or hidden. Reports whose reporter has no account any more are in every list, whatever
 * it is narrowed to (server/core/models/abuse/sql/abuse-query-builder.ts: "IS NULL OR" stands without brackets).
 */
export async function reportById(client: Client, id: string, signal: AbortSignal): Promise<Abuse | null> {
  const { host } = new URL(client.server);
  for (let start = 0, total = 1; start < total; start += PAGE) {
    const answer = await client.get('/abuses', page, 'a report', signal, { id, start, count: PAGE });
    const found = answer.data.map((row) => readAbuse(row, host)).find((report) => report.id === id);
    if (found !== undefined) return found;
    if (answer.data.length === 0) break;
    ({ total } = answer);
  }
  return null;
}

/** Reports about an author, newest first; the list cannot be narrowed to one video or comment. */
export async function reportsOfAuthor(client: Client, name: string, signal: AbortSignal): Promise<readonly Abuse[]> {
  const { host } = new URL(client.server);
  const found: Abuse[] = [];
  for (let start = 0, total = 1; start < total && start < PAGES * PAGE; start += PAGE) {
    const answer = await client.get('/abuses', page, 'the reports of a member', signal, { searchReportee: name, start, count: PAGE, sort: '-createdAt' });
    total = answer.total;
    found.push(...answer.data.map((row) => readAbuse(row, host)));
  }
  return found;
}

/** All reports about a subject, closed ones too. */
export async function reportsAbout(client: Client, subject: SubjectRef, signal: AbortSignal): Promise<readonly Abuse[]> {
  const { extra: { account: name, report }, remoteId, type } = subject;
  const kind = kindOf(type);
  const found = name === undefined ? [] : await reportsOfAuthor(client, name.split('@')[0] ?? name, signal);
  const about = found.filter((one) => aboutOf(one).kind === kind && aboutOf(one).id === remoteId);
  const own = report === undefined || about.some(({ id }) => id === report) ? null : await reportById(client, report, signal);
  return own === null || aboutOf(own, kind === null ? null : { kind, id: remoteId }).id !== remoteId ? about : [...about, own];
}

export function videoNow(client: Client, id: string, signal: AbortSignal): Promise<Video | null> {
  return client.find(`/videos/${encodeURIComponent(id)}`, video, 'a video', signal);
}

/** The thread that a comment stands in; null where it, or its video, is gone. */
export function threadNow(client: Client, videoId: string, threadId: string, signal: AbortSignal): Promise<Thread | null> {
  return client.find(`/videos/${encodeURIComponent(videoId)}/comment-threads/${encodeURIComponent(threadId)}`, thread, 'a thread', signal);
}

/** A thread's comments, each with its ancestors, in order. */
export function flat(tree: Thread, above: readonly Comment[] = []): readonly { readonly comment: Comment; readonly above: readonly Comment[] }[] {
  const here = tree.comment === null ? [] : [{ comment: tree.comment, above }];
  const next = tree.comment === null ? above : [...above, tree.comment];
  return [...here, ...tree.children.flatMap((child) => flat(child, next))];
}

/** A comment as it is now; null where it is gone altogether. */
export async function commentNow(client: Client, { remoteId, extra }: SubjectRef, signal: AbortSignal): Promise<Comment | null> {
  const tree = extra['video'] ? await threadNow(client, extra['video'], extra['thread'] ?? remoteId, signal) : null;
  return tree === null ? null : flat(tree).find(({ comment: { id } }) => id === remoteId)?.comment ?? null;
}

export function accountNow(client: Client, name: string, signal: AbortSignal) {
  return client.find(`/accounts/${encodeURIComponent(name)}`, account, 'an account', signal);
}

/** Whether the instance mutes an account. */
export async function isMuted(client: Client, name: string, signal: AbortSignal): Promise<boolean> {
  const { data } = await client.get('/server/blocklist/accounts', page, 'the muted accounts', signal, { search: name.split('@')[0], start: 0, count: PAGE });
  return data.some((row) => {
    const { blockedAccount: one } = blocked.catch({ blockedAccount: null }).parse(row);
    return one !== null && `${one.name}@${one.host}` === name;
  });
}

/** The user behind an account of this instance; null where there is none. */
export async function userOf(client: Client, name: string, signal: AbortSignal) {
  const [username = ''] = name.split('@');
  const { data } = await client.get('/users', page, 'a user', signal, { search: username, start: 0, count: PAGE });
  return data.flatMap((row) => {
    const read = user.safeParse(row);
    return read.success && read.data.username === username ? [read.data] : [];
  })[0] ?? null;
}

/** Comments under a video, one page of threads. */
export async function commentsUnder(client: Client, videoId: string, signal: AbortSignal): Promise<readonly Comment[]> {
  const COUNT = 20;
  const found = await client.find(`/videos/${encodeURIComponent(videoId)}/comment-threads`, page, 'the comments', signal, { start: 0, count: COUNT, sort: '-createdAt' });
  return (found?.data ?? []).flatMap((row) => {
    const read = comment.safeParse(row);
    return read.success ? [read.data] : [];
  });
}

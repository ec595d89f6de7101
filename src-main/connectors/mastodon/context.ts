import { z } from 'zod';
import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import type { Client } from './client.ts';
import { pagesOf } from './list.ts';
import type { Memory } from './memory.ts';
import type { Person, Post, Report } from './model.ts';
import { postOf } from './read.ts';
import { thread } from './schemas.ts';
import { personById, postById, reportById } from './state.ts';
import { UNMARKED, markOf, memberOf, memberSubject, postSubject } from './subjects.ts';
import type { Mark, Place } from './subjects.ts';
import { remoteCategoryOf, whatOf } from './words.ts';

/** How far back a member's posts and closed reports are looked at. */
const RECENT = 20;

/** The thread around a subject, its author's latest posts, and what came of earlier reports about them. */
export async function contextOf(client: Client, place: Place, memory: Memory, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const mark = markOf(subject);
  const { dialect } = place;
  const report = mark.report === null ? null : await reportById(client, dialect, mark.report, signal);
  const [{ now, ...around }, recent, closed] = await Promise.all([
    postInThread(client, place, subject, report, signal),
    recentPosts(client, subject, signal),
    closedReports(client, place, subject, signal),
  ]);
  const target = report?.target ?? null;
  const author = target !== null && target.id === subject.authorId ? target : await authorOf(client, place, subject, signal);
  const people = new Map<string, Person>();
  for (const post of [...around.before, ...around.after, ...recent]) if (post.author !== null) people.set(post.author.id, post.author);
  for (const person of [now?.author ?? null, report?.reporter ?? null, author]) if (person !== null) people.set(person.id, person);
  // What is reported itself keeps its mark, wherever it is met.
  const asSubject = (post: Post, own: Mark): RemoteSubject => postSubject(place, post, own, post.author === null || post.author.id === author?.id ? author ?? post.author : post.author);
  const shown = (posts: readonly Post[]): RemoteSubject[] => posts.filter(({ id }) => id !== subject.remoteId).map((post) => asSubject(post, memory.marks.get(`post ${post.id}`) ?? UNMARKED));
  return {
    before: shown(around.before), after: shown(around.after), recent: shown(recent),
    members: [...people.values()].map((person): RemoteMember => memberOf(place, person)),
    subject: subject.type === 'post'
      ? now === null ? null : asSubject(now, mark)
      : author === null ? null : memberSubject(place, author, mark),
    record: [...report?.notes ?? [], ...closed.map((one) => ({ at: one.handled?.at ?? 0, text: recordOf(one), by: one.handled?.by ?? null }))],
  };
}

type Thread = { readonly before: readonly Post[]; readonly after: readonly Post[] };

/** The post as it is, in its thread; what this account may not see is taken from the report, as long as it is there. */
async function postInThread(client: Client, { dialect }: Place, { type, remoteId }: SubjectRef, report: Report | null, signal: AbortSignal): Promise<Thread & { readonly now: Post | null }> {
  if (type !== 'post') return { now: null, before: [], after: [] };
  const now = await shown(postById(client, dialect, remoteId, signal));
  if (now !== null) return { now, ...await threadAround(client, remoteId, signal) };
  // Akkoma answers 500 for the thread of a post that it does not find (lib/pleroma/web/mastodon_api/controllers/status_controller.ex, context).
  return { now: report?.posts.find(({ id, deleted }) => id === remoteId && !deleted) ?? null, before: [], after: [] };
}

async function authorOf(client: Client, { dialect }: Place, { authorId }: SubjectRef, signal: AbortSignal): Promise<Person | null> {
  if (authorId === null) return null;
  // A role that may manage reports need not see accounts.
  return shown(personById(client, dialect, authorId, signal));
}

/** What is not shown to this account, for want of a role or a scope, is left out of the context. */
async function shown<Value>(asked: Promise<Value | null>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RefusedThere) return null;
    throw error;
  }
}

function postsOf(rows: readonly unknown[]): Post[] {
  return rows.flatMap((row) => postOf(row) ?? []);
}

async function threadAround(client: Client, id: string, signal: AbortSignal): Promise<Thread> {
  const answer = await shown(client.find(`/api/v1/statuses/${encodeURIComponent(id)}/context`, thread, 'the thread', signal));
  return { before: postsOf(answer?.ancestors ?? []), after: postsOf(answer?.descendants ?? []) };
}

async function recentPosts(client: Client, { authorId }: SubjectRef, signal: AbortSignal): Promise<readonly Post[]> {
  if (authorId === null) return [];
  // Servers answer for some accounts, such as suspended ones, that their posts are not to be had.
  const rows = await shown(client.find(`/api/v1/accounts/${encodeURIComponent(authorId)}/statuses`, z.array(z.unknown()), 'the member\'s posts', signal, { limit: RECENT, exclude_reblogs: 'true' }));
  return postsOf(rows ?? []);
}

async function closedReports(client: Client, { dialect }: Place, { authorId }: SubjectRef, signal: AbortSignal): Promise<readonly Report[]> {
  if (authorId === null || !dialect.list.byTarget) return [];
  const found: Report[] = [];
  for await (const { reports } of pagesOf(client, dialect, { at: null, floor: null, closed: true, target: authorId }, signal)) {
    found.push(...reports);
    break;
  }
  return found.toSorted((a, b) => (b.handled?.at ?? 0) - (a.handled?.at ?? 0)).slice(0, RECENT);
}

function recordOf(report: Report): string {
  const about = [remoteCategoryOf(report), report.comment === '' ? null : `“${report.comment.slice(0, 200)}”`].filter((part) => part !== null).join(', ');
  return `Report ${whatOf(report)}${about === '' ? '' : ` (${about})`}`;
}

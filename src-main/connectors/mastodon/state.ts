import { z } from 'zod';
import type { SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { withCloser } from './closer.ts';
import type { Dialect } from './dialect.ts';
import { pagesOf } from './list.ts';
import type { Memory } from './memory.ts';
import type { Person, Post, Report } from './model.ts';
import { postFrom } from './read.ts';
import { status } from './schemas.ts';
import { markOf } from './subjects.ts';

/** How a subject stands on the server at this moment. */
export type State = {
  /** Open reports that name it and that the decision covers. */
  readonly open: readonly Report[];
  /** All open reports about its author, as far as the list can be asked for them; else `open`. */
  readonly about: readonly Report[];
  /** The report of it that was closed last; looked for only where none is open. */
  readonly closed: Report | null;
  /** Its author; null where the account is gone, was never named, or was not asked for. */
  readonly person: Person | null;
};

export type StateInput = { readonly client: Client; readonly dialect: Dialect; readonly memory: Memory };

/** Whether a report is about a post, or about an account as such. */
export function names(report: Report, { type, remoteId, extra }: SubjectRef): boolean {
  if (report.id === extra['report']) return true;
  return type === 'post' ? report.posts.some(({ id }) => id === remoteId) : report.posts.length === 0 && report.target?.id === remoteId;
}

/**
 * `account`: whether something is to be done to the account, so that it is asked for where no report shows it. `until`:
 * when the decision was taken, for one that covers no report that came after it; null where it covers them all.
 */
export async function readState(input: StateInput, subject: SubjectRef, account: boolean, signal: AbortSignal, until: number | null = null): Promise<State> {
  const { client, dialect } = input;
  const about = await openAbout(input, subject, signal);
  const open = about.filter((report) => names(report, subject) && (until === null || isCovered(report, until, client)));
  const closed = open.length > 0 ? null : await lastClosed(input, subject, signal);
  // The account in a report is as it is now, and may be read without the permission to manage accounts.
  const target = [...open, ...about, ...(closed === null ? [] : [closed])].find(({ target: one }) => one !== null && one.id === subject.authorId)?.target ?? null;
  const person = target ?? (!account || subject.authorId === null ? null : await personById(client, dialect, subject.authorId, signal));
  return { open, about, closed, person };
}

/** Whether a report came before a decision. Clocks that are ahead date what was seen into the time after it, or into that to come. */
function isCovered({ createdAt }: Report, until: number, { clock }: Client): boolean {
  return createdAt === null || createdAt <= until + Math.max(0, clock.aheadMs()) || createdAt > clock.now();
}

/** An account as moderators see it; null where there is none of that id. */
export async function personById(client: Client, dialect: Dialect, id: string, signal: AbortSignal): Promise<Person | null> {
  const answer = await client.find(dialect.account.path(id), z.unknown(), 'the account', signal);
  return answer === null ? null : dialect.account.read(answer);
}

/** A post as it is now; null where it is gone or hidden from this account. */
export async function postById(client: Client, dialect: Dialect, id: string, signal: AbortSignal): Promise<Post | null> {
  const answer = await client.find(dialect.post(id), status, 'the post', signal);
  return answer === null ? null : postFrom(answer);
}

/** A report by its id; null where it is gone. */
export async function reportById(client: Client, dialect: Dialect, id: string, signal: AbortSignal): Promise<Report | null> {
  const answer = await client.find(dialect.report(id), z.unknown(), 'the report', signal);
  return answer === null ? null : dialect.list.read(answer);
}

async function openAbout({ client, dialect, memory }: StateInput, subject: SubjectRef, signal: AbortSignal): Promise<readonly Report[]> {
  const { authorId, type, remoteId } = subject;
  const { report: marked } = markOf(subject);
  const found: Report[] = [];
  if (dialect.list.byTarget && authorId !== null) {
    for await (const { reports } of pagesOf(client, dialect, { at: null, floor: null, target: authorId }, signal)) found.push(...reports);
  } else if (memory.whole) {
    const ids = [...memory.known].filter(([, { subjects }]) => subjects.some((one) => one.type === type && one.remoteId === remoteId)).map(([id]) => id);
    for (const id of ids) {
      const report = await reportById(client, dialect, id, signal);
      if (report !== null) found.push(report);
    }
  } else if (!dialect.list.byTarget) {
    for await (const { reports } of pagesOf(client, dialect, { at: null, floor: null }, signal)) found.push(...reports.filter((report) => names(report, subject)));
  }
  if (marked !== null && !found.some(({ id }) => id === marked)) {
    const report = await reportById(client, dialect, marked, signal);
    if (report !== null) found.push(report);
  }
  return found.filter((report) => report.handled === null && (report.target?.id === authorId || names(report, subject)));
}

async function lastClosed({ client, dialect }: StateInput, subject: SubjectRef, signal: AbortSignal): Promise<Report | null> {
  const found: Report[] = [];
  const { report: marked } = markOf(subject);
  const known = marked === null ? null : await reportById(client, dialect, marked, signal);
  if (known !== null) found.push(await withCloser(client, dialect, known, signal));
  if (dialect.list.byTarget && subject.authorId !== null) {
    // The newest page is enough: what was closed while a person looked was open a moment ago.
    for await (const { reports } of pagesOf(client, dialect, { at: null, floor: null, closed: true, target: subject.authorId }, signal)) {
      found.push(...reports.filter((report) => names(report, subject)));
      break;
    }
  }
  return found.filter(({ handled }) => handled !== null).toSorted((a, b) => (b.handled?.at ?? 0) - (a.handled?.at ?? 0))[0] ?? null;
}

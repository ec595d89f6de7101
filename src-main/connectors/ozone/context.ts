import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import { chatAround } from './chat.ts';
import type { Client } from './client.ts';
import { memberOf } from './members.ts';
import { account, nameOf } from './names.ts';
import { isReport, readEvent } from './reports.ts';
import { byOf, isAction, whatOf } from './resolutions.ts';
import { eventPage, reporterStats } from './schemas.ts';
import type { ModEvent, Post } from './schemas.ts';
import { subjectOf, subjectOfPost } from './subjects.ts';
import { recentOf, threadAround } from './thread.ts';
import { viewIn, viewsOf } from './views.ts';
import { XrpcRefused } from './xrpc.ts';

export type ContextInput = {
  readonly client: Client;
  readonly labeler: string;
  readonly images: string;
  /** How far the event feed has been read, ms; Infinity before the first pull. */
  readonly seenUntil: number;
  /** The queue that a subject's reports stand in. */
  readonly queueOf: (subject: string, signal: AbortSignal) => Promise<string | null>;
};

/** Events of a member's record that are looked at. */
const RECORD = 100;
/** Reporters whose earlier reports are counted. */
const REPORTERS = 20;

/** The thread around a subject, its author, what was done to them, and how well its reporters judge. */
export async function contextOf(input: ContextInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { client, labeler, images } = input;
  const author = subject.authorId;
  const [around, recent, events, chat, queue] = await Promise.all([
    threadAround(client, labeler, subject.remoteId, signal),
    recentOf(client, labeler, author, signal),
    eventsOf(input, author ?? subject.remoteId, signal),
    chatAround(client, labeler, subject, signal),
    input.queueOf(subject.remoteId, signal),
  ]);
  const posts = [...around.before, ...around.after, ...recent];
  const reporters = new Map(events.filter((event) => isReport(event) && nameOf(event.subject)?.remoteId === subject.remoteId)
    .map((event) => [event.createdBy, event.creatorHandle] as const).slice(0, REPORTERS));
  const dids = [...new Set([...(author === null ? [] : [author]), ...reporters.keys()])];
  const [views, stats] = await Promise.all([
    viewsOf(client, labeler, [subject, ...dids.map(account), ...posts.map((post) => subjectOfPost(post, images))], signal),
    judgement(input, [...reporters.keys()], signal),
  ]);

  const asSubject = (name: SubjectRef): RemoteSubject => subjectOf(name, viewIn(views, name), images, input.seenUntil, name.remoteId === subject.remoteId ? queue : null);
  // What only the AppView knows of keeps its words from there.
  const asPost = (post: Post): RemoteSubject => {
    const known = subjectOfPost(post, images);
    return views.get(post.uri)?.record === undefined ? known : asSubject(known);
  };
  const members = new Map<string, RemoteMember>(posts.map(({ uri, author: one }) => [one.did, memberOf(one.did, views.get(uri) ?? { profile: one }, one.handle)]));
  for (const [did, handle] of reporters) {
    const known = memberOf(did, views.get(did) ?? {}, handle);
    const judged = stats.get(did);
    members.set(did, judged === undefined ? known : { ...known, reports: judged });
  }
  if (author !== null) members.set(author, memberOf(author, views.get(author) ?? {}));
  const said = chat.find(({ remoteId }) => remoteId === subject.remoteId);
  const at = said === undefined ? -1 : chat.indexOf(said);
  const now = asSubject(subject);
  const gone = subject.type !== 'message' && now.deletedAt === null && viewIn(views, subject)[subject.type === 'member' ? 'repo' : 'record'] === undefined;
  return {
    before: [...around.before.map(asPost), ...chat.slice(0, Math.max(0, at))],
    after: [...around.after.map(asPost), ...(at === -1 ? [] : chat.slice(at + 1))],
    members: [...members.values()],
    recent: recent.map(asPost).filter(({ remoteId }) => remoteId !== subject.remoteId),
    subject: gone ? null : said === undefined ? now : { ...now, text: said.text, createdAt: said.createdAt },
    record: events.filter((event) => isAction(event, labeler)).map((event) => ({ at: event.createdAt, text: `${whatOf(event)}${onWhat(event, subject)}`, by: byOf(event) })),
  };
}

/** Tells what was done to something else of the same member from what was done to this. */
function onWhat(event: ModEvent, subject: SubjectRef): string {
  const name = nameOf(event.subject);
  return name === null || name.type === 'member' || name.remoteId === subject.remoteId ? '' : ' (another post)';
}

/** Everything Ozone recorded about a member and what they wrote, newest first. */
async function eventsOf({ client, labeler }: ContextInput, did: string, signal: AbortSignal): Promise<readonly ModEvent[]> {
  const page = await client.get(labeler, 'tools.ozone.moderation.queryEvents', { subject: did, includeAllUserRecords: true, sortDirection: 'desc', limit: RECORD }, eventPage, signal);
  return page.events.map(readEvent).filter((event) => event !== null);
}

/** How members' reports ended so far (tools.ozone.moderation.getReporterStats): of what they reported, how much was taken down or labelled. */
async function judgement({ client, labeler }: ContextInput, dids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, RemoteMember['reports']>> {
  if (dids.length === 0) return new Map();
  try {
    const { stats } = await client.get(labeler, 'tools.ozone.moderation.getReporterStats', { dids }, reporterStats, signal);
    return new Map(stats.map((one) => {
      const made = sum(one.reportedAccountCount ?? one.accountReportCount, one.reportedRecordCount ?? one.recordReportCount);
      // What was labelled and then taken down counts in both.
      const upheld = sum(one.takendownAccountCount, one.takendownRecordCount, one.labeledAccountCount, one.labeledRecordCount);
      return [one.did, { made, upheld: Math.min(made, upheld) }];
    }));
  } catch (error) {
    // Older Ozones do not count.
    if (error instanceof XrpcRefused) return new Map();
    throw error;
  }
}

function sum(...counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}

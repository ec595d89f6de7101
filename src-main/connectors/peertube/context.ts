import { ConnectorError } from '../connector.ts';
import type { RemoteMember, RemoteSubject, SubjectContext, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { isHeld } from './blocks.ts';
import { isOpen } from './model.ts';
import { message, page, userStats, video as videoShape } from './schemas.ts';
import type { Abuse, Comment, Video } from './schemas.ts';
import { accountNow, commentsUnder, flat, isMuted, reportsOfAuthor, reportsAbout, threadNow, userOf, videoNow } from './state.ts';
import { accountName, accountSubject, commentSubject, memberOf, videoSubject, whatOf } from './subjects.ts';

const RECENT = 10;
/** Reports about a member that are shown beside the subject's own, and reports whose messages are read. */
const RECORD = 15;
const TALKS = 5;

type Around = Pick<SubjectContext, 'before' | 'after' | 'subject'> & { readonly people: readonly (Abuse['flaggedAccount'])[] };
type Note = SubjectContext['record'][number];

/** What stands around a subject, what its author published lately, what was said under its reports, and how earlier reports ended. */
export async function contextOf(client: Client, now: number, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const reports = await reportsAbout(client, subject, signal);
  const closedAt = reports.length > 0 && !reports.some(isOpen) ? Math.max(...reports.map(({ updatedAt }) => updatedAt ?? 0)) : null;
  const around = await aroundOf(client, subject, closedAt, signal);
  const name = subject.extra['account'];
  const recent = name === undefined ? [] : await recentOf(client, name, signal);
  const others = name === undefined ? [] : (await reportsOfAuthor(client, name.split('@')[0] ?? name, signal)).filter(({ flaggedAccount }) => flaggedAccount !== null && accountName(flaggedAccount) === name);
  const record = [...await talks(client, reports, signal), ...others.slice(0, RECORD).flatMap(noteOf)].toSorted((a, b) => b.at - a.at);
  const standing = name === undefined ? NO_STANDING : await standingOf(client, name, now, signal).catch(without);
  const members = new Map<string, RemoteMember>();
  for (const account of [...around.people, ...recent.map((video) => video.account)]) if (account !== null) members.set(account.id, { ...memberOf(account), ...(accountName(account) === name ? standing.member : {}) });
  return {
    before: around.before, after: around.after, subject: around.subject, record: [...standing.record, ...record], members: [...members.values()],
    recent: recent.filter(({ id }) => !(subject.type === 'post' && id === subject.remoteId)).map((one) => videoSubject(client.server, one, null, '')),
  };
}

type Standing = { readonly member: Partial<RemoteMember>; readonly record: readonly Note[] };
const NO_STANDING: Standing = { member: {}, record: [] };

/** A context is worth having without the author's standing. */
function without(error: unknown): Standing {
  if (error instanceof ConnectorError && (error.kind === 'refused' || error.kind === 'unintelligible')) return NO_STANDING;
  throw error;
}

/** How an account stands here, and what the instance counts about its user. */
async function standingOf(client: Client, name: string, now: number, signal: AbortSignal): Promise<Standing> {
  const here = await client.isHome(name.split('@')[1] ?? '', signal);
  const [muted, user] = await Promise.all([isMuted(client, name, signal), here ? userOf(client, name, signal) : null]);
  const stats = user === null ? null : await client.find(`/users/${user.id}`, userStats, 'a user', signal, { withStats: 'true' });
  const counts = stats === null || stats.abusesCount === null ? [] : [`${stats.abusesCount} reports about the account, ${stats.abusesAcceptedCount ?? 0} of them accepted; it wrote ${stats.abusesCreatedCount ?? 0}`];
  const blocked = user?.blocked === true ? [`suspended${user.blockedReason === '' ? '' : `: ${user.blockedReason}`}`] : [];
  return {
    member: { standing: [...(user?.blocked === true ? ['suspended'] : []), ...(muted ? ['muted on the instance'] : [])], postCount: stats?.videosCount ?? null },
    record: [...blocked, ...counts].map((text) => ({ at: now, text, by: null })),
  };
}

function people(comments: readonly Comment[], video: Video | null): Around['people'] {
  return [...comments.map(({ account }) => account), video?.account ?? null];
}

async function aroundOf(client: Client, subject: SubjectRef, closedAt: number | null, signal: AbortSignal): Promise<Around> {
  const { type, remoteId, extra } = subject;
  const report = extra['report'] ?? '';
  const shown = (comments: readonly Comment[], videoId: string): readonly RemoteSubject[] => comments.map((one) => commentSubject(client.server, one, videoId, null, ''));
  if (type === 'post') {
    const video = await videoNow(client, remoteId, signal);
    const comments = video === null ? [] : await commentsUnder(client, remoteId, signal);
    const waits = await isHeld(client, subject, video, signal);
    return { before: [], after: shown(comments, remoteId), subject: video && videoSubject(client.server, video, closedAt, report, waits), people: people(comments, video) };
  }
  if (type === 'message') {
    const videoId = extra['video'] ?? '';
    const video = videoId === '' ? null : await videoNow(client, videoId, signal);
    const tree = videoId === '' ? null : await threadNow(client, videoId, extra['thread'] ?? remoteId, signal);
    const all = tree === null ? [] : flat(tree);
    const here = all.find(({ comment }) => comment.id === remoteId);
    const below = all.filter(({ above }) => above.some(({ id }) => id === remoteId)).map(({ comment }) => comment);
    const above = here?.above ?? [];
    return {
      before: [...(video === null ? [] : [videoSubject(client.server, video, null, '')]), ...shown(above, videoId)], after: shown(below, videoId),
      subject: here === undefined ? null : commentSubject(client.server, here.comment, videoId, closedAt, report), people: people(all.map(({ comment }) => comment), video),
    };
  }
  const account = extra['account'] === undefined ? null : await accountNow(client, extra['account'], signal);
  return { before: [], after: [], subject: account && accountSubject(client.server, account, closedAt, report), people: [account] };
}

async function recentOf(client: Client, name: string, signal: AbortSignal): Promise<readonly Video[]> {
  const found = await client.find(`/accounts/${encodeURIComponent(name)}/videos`, page, 'a member\'s videos', signal, { start: 0, count: RECENT, sort: '-publishedAt' });
  return (found?.data ?? []).flatMap((row) => {
    const read = videoShape.safeParse(row);
    return read.success ? [read.data] : [];
  });
}

/** What reporter and moderators wrote to each other under the reports. */
async function talks(client: Client, reports: readonly Abuse[], signal: AbortSignal): Promise<readonly Note[]> {
  const notes: Note[] = [];
  for (const { id, countMessages, reporterAccount } of reports.slice(0, TALKS)) {
    // Without who reported, the list of messages fails (server/core/middlewares/validators/abuse.ts, checkAbuseValidForMessagesValidator).
    if (countMessages === 0 || reporterAccount === null) continue;
    const found = await client.find(`/abuses/${id}/messages`, page, 'the messages under a report', signal);
    notes.push(...(found?.data ?? []).flatMap((row): Note[] => {
      const read = message.safeParse(row);
      if (!read.success || read.data.createdAt === null) return [];
      const { account, byModerator, createdAt: at } = read.data;
      return [{ at, text: `${byModerator ? 'To the reporter' : 'From the reporter'}: ${read.data.message}`, by: account === null ? null : `@${accountName(account)}` }];
    }));
  }
  return notes;
}

function noteOf(abuse: Abuse): readonly Note[] {
  if (isOpen(abuse) || abuse.updatedAt === null) return [];
  return [{ at: abuse.updatedAt, text: `Report ${abuse.id} ${whatOf(abuse)}`, by: null }];
}

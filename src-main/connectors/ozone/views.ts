import type { SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { statusNameOf } from './names.ts';
import { recordViews, repoViews, subjectView, subjectViews } from './schemas.ts';
import type { WireSubjectView } from './schemas.ts';
import { XrpcRefused } from './xrpc.ts';

/** Ozone takes 100; half as many keep the address under what proxies allow. */
const AT_ONCE = 50;

/**
 * What Ozone can show of subjects, by its name for them: state, record, profile and account in one call
 * (tools.ozone.moderation.getSubjects). A record that is gone still has its state.
 */
export async function viewsOf(client: Client, labeler: string, names: readonly SubjectRef[], signal: AbortSignal): Promise<ReadonlyMap<string, WireSubjectView>> {
  const asked = [...new Set(names.flatMap((name) => (name.type === 'message' && name.authorId !== null ? [statusNameOf(name), name.authorId] : [name.remoteId])))];
  const views = new Map<string, WireSubjectView>();
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    for (const view of await ask(client, labeler, asked.slice(start, start + AT_ONCE), signal)) views.set(view.subject, view);
  }
  return views;
}

/** One name that Ozone cannot read makes it refuse all that come with it: halves are asked until it is alone. */
async function ask(client: Client, labeler: string, subjects: readonly string[], signal: AbortSignal): Promise<readonly WireSubjectView[]> {
  try {
    const answer = await client.get(labeler, 'tools.ozone.moderation.getSubjects', { subjects }, subjectViews, signal);
    return answer.subjects.map((one) => subjectView.safeParse(one).data).filter((view) => view !== undefined);
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    if (error.status === 404 || error.status === 501) return askOlder(client, labeler, subjects, signal);
    if (error.code !== 'InvalidRequest') throw error;
    if (subjects.length === 1) return [];
    const half = Math.ceil(subjects.length / 2);
    return [...await ask(client, labeler, subjects.slice(0, half), signal), ...await ask(client, labeler, subjects.slice(half), signal)];
  }
}

/** The same from Ozones that do not know getSubjects: records and accounts have lists of their own (tools.ozone.moderation.getRecords, getRepos). */
async function askOlder(client: Client, labeler: string, subjects: readonly string[], signal: AbortSignal): Promise<readonly WireSubjectView[]> {
  const uris = subjects.filter((subject) => subject.startsWith('at://'));
  const dids = subjects.filter((subject) => subject.startsWith('did:'));
  const [records, repos] = await Promise.all([
    uris.length === 0 ? [] : client.get(labeler, 'tools.ozone.moderation.getRecords', { uris }, recordViews, signal).then((answer) => answer.records).catch(none),
    dids.length === 0 ? [] : client.get(labeler, 'tools.ozone.moderation.getRepos', { dids }, repoViews, signal).then((answer) => answer.repos).catch(none),
  ]);
  return [
    ...records.flatMap((record): WireSubjectView[] => (record === null ? [] : [{ subject: record.uri, record, repo: record.repo, status: record.moderation?.subjectStatus }])),
    ...repos.flatMap((repo): WireSubjectView[] => (repo === null ? [] : [{ subject: repo.did, repo, status: repo.moderation?.subjectStatus }])),
  ];
}

function none(error: unknown): [] {
  if (error instanceof XrpcRefused) return [];
  throw error;
}

/** A subject's view among those that were asked for: a chat has its author's account, and a state of its own. */
export function viewIn(views: ReadonlyMap<string, WireSubjectView>, name: SubjectRef): Partial<WireSubjectView> {
  if (name.type !== 'message' || name.authorId === null) return views.get(name.remoteId) ?? {};
  const status = views.get(statusNameOf(name))?.status;
  return { ...views.get(name.authorId), status };
}

import type { SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { statusNameOf } from './names.ts';
import { subjectView, subjectViews } from './schemas.ts';
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
    if (!(error instanceof XrpcRefused) || error.code !== 'InvalidRequest') throw error;
    if (subjects.length === 1) return [];
    const half = Math.ceil(subjects.length / 2);
    return [...await ask(client, labeler, subjects.slice(0, half), signal), ...await ask(client, labeler, subjects.slice(half), signal)];
  }
}

/** A subject's view among those that were asked for: a chat has its author's account, and a state of its own. */
export function viewIn(views: ReadonlyMap<string, WireSubjectView>, name: SubjectRef): Partial<WireSubjectView> {
  if (name.type !== 'message' || name.authorId === null) return views.get(name.remoteId) ?? {};
  const status = views.get(statusNameOf(name))?.status;
  return { ...views.get(name.authorId), status };
}

import type { Batch, Resolution } from '../connector.ts';
import { batchOf } from './batches.ts';
import type { PullInput } from './batches.ts';
import { keyOf, unwatch, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { reportById, tellReports } from './reports.ts';
import { logs } from './schemas.ts';
import type { WireLog } from './schemas.ts';

const PAGE = 100;

/** What moderators did since, in order: resolved reports, and what happened to subjects that are open here. */
export async function* readLog(input: PullInput, position: Position, signal: AbortSignal): AsyncGenerator<Batch> {
  for (;;) {
    signal.throwIfAborted();
    const since = position.log;
    if (since === null) return;
    const page = await input.client.glance('admin/show-moderation-logs', { sinceId: since, limit: PAGE }, logs, 'the moderation log', signal);
    // The right to read it was taken away: the list of open reports is compared from now on.
    if (page === null) position.log = null;
    if (page === null || page.every(({ id }) => id <= since)) return;
    for (const entry of page.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (entry.id <= (position.log ?? '')) continue;
      const { reportId } = entry.info;
      if (entry.type === 'resolveAbuseReport' && reportId !== null && position.open.has(reportId)) {
        // The cursor passes this entry with its last batch.
        yield* closed(input, position, reportId, entry, signal);
      } else {
        const resolution = actionIn(entry, position);
        position.log = entry.id;
        if (resolution !== null) yield { members: [], subjects: [], reports: [], resolutions: [resolution], cursor: writePosition(position), total: null };
      }
    }
    yield { members: [], subjects: [], reports: [], resolutions: [], cursor: writePosition(position), total: null };
  }
}

/** A report that is no longer open. */
export async function* closed(input: PullInput, position: Position, reportId: string, entry: WireLog | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const subject = position.open.get(reportId);
  if (subject === undefined) return;
  const now = await reportById(input.client, reportId, signal);
  // Opened again by hand in the database, or resolved and filed anew: it is in the list, so it stays.
  if (now?.resolved === false) {
    if (entry !== null) position.log = entry.id;
    return;
  }
  unwatch(position, reportId);
  if (entry !== null) position.log = entry.id;
  const told = now === null ? { members: [], subjects: [], reports: [] } : await tellReports(input.client, input.io, [now], new Map([[reportId, subject]]), signal);
  const by = entry?.user ?? now?.assignee ?? null;
  const resolution: Resolution = {
    subject: { type: subject.type, remoteId: subject.remoteId },
    by: by?.username ? `@${by.username}` : null,
    what: now === null ? 'the report was deleted' : resolvedWords(now.resolvedAs),
    at: entry?.createdAt ?? null, orderId: input.ours.orderOf(reportId), closes: true, reportId,
  };
  yield { ...batchOf(told, position), resolutions: [resolution] };
}

/** accept and reject are the server's words for upheld and not; others are carried as they are. */
export function resolvedWords(resolvedAs: string | null): string {
  if (resolvedAs === null) return 'resolved';
  if (resolvedAs === 'accept') return 'resolved: report upheld';
  return resolvedAs === 'reject' ? 'resolved: report not upheld' : `resolved: ${resolvedAs}`;
}

const DONE: Readonly<Record<string, string>> = { suspend: 'member suspended', unsuspend: 'member no longer suspended', deleteNote: 'note deleted' };

/** What was done to something that is open here; it closes nothing by itself. */
function actionIn(entry: WireLog, { bySubject }: Position): Resolution | null {
  const what = DONE[entry.type ?? ''];
  const { noteId, userId } = entry.info;
  const [type, remoteId] = entry.type === 'deleteNote' ? ['post', noteId] as const : ['member', userId] as const;
  if (what === undefined || remoteId === null || (bySubject.get(keyOf({ type, remoteId }))?.size ?? 0) === 0) return null;
  return { subject: { type, remoteId }, by: entry.user?.username ? `@${entry.user.username}` : null, what, at: entry.createdAt, orderId: null, closes: false };
}

import type { Batch } from '../connector.ts';
import { batchOf } from './batches.ts';
import type { PullInput } from './batches.ts';
import { closed, readLog } from './feed.ts';
import { FIRST, passed, readPosition, watch, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { tellReports } from './reports.ts';
import { logs, reports } from './schemas.ts';

/** Three members may come with each report; a batch has room for 200. */
const PAGE = 60;
/** The list of open ones is read whole again now and then: what happens to it without a word in the log is met there. */
const SWEEP_EVERY_MS = 5 * 60_000;
const SWEEP_PAGE_MS = 3_000;

/** New reports, then what the moderation log says of the open ones; without it, what is missing from the list of open ones. */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const position = readPosition(cursor);
  const first = position.recent.length === 0 && position.log === null;
  // The log's end is noted before the reports are read: what is resolved between is met in it.
  const log = position.log ?? await endOfLog(input, signal);
  if (first) position.log = log;

  let since = position.recent[0] ?? FIRST;
  const known = new Set(position.recent);
  for (;;) {
    signal.throwIfAborted();
    const page = await input.client.ask('admin/abuse-user-reports', { state: 'unresolved', sinceId: since, limit: PAGE }, reports, 'the list of reports', signal);
    if (page.length === 0) break;
    // By the ids themselves: an answer that names one twice, or in another order, must not skip another.
    since = page.map(({ id }) => id).reduce((highest, id) => (id > highest ? id : highest), since);
    const fresh = [...new Map(page.map((one) => [one.id, one])).values()].filter(({ id }) => !known.has(id));
    if (fresh.length > 0) {
      const told = await tellReports(input.client, input.io, fresh, signal);
      for (const { remoteId, subject } of told.reports) watch(position, remoteId, subject);
      passed(position, fresh.map(({ id }) => id));
      yield batchOf(told, position);
    }
  }

  if (position.log !== null) yield* readLog(input, position, signal);
  const everyMs = Math.max(SWEEP_EVERY_MS, Math.ceil(position.open.size / 100) * SWEEP_PAGE_MS);
  if (position.log === null || (!first && input.io.now() - position.sweptAt >= everyMs)) yield* sweep(input, position, signal);
  else if (!first) return;
  position.log ??= log;
  position.sweptAt = input.io.now();
  yield { members: [], subjects: [], reports: [], resolutions: [], cursor: writePosition(position), total: null };
}

/** The newest entry of the moderation log; null where the account may not read it. */
async function endOfLog({ client }: PullInput, signal: AbortSignal): Promise<string | null> {
  const newest = await client.glance('admin/show-moderation-logs', { limit: 1 }, logs, 'the moderation log', signal);
  return newest === null ? null : newest[0]?.id ?? FIRST;
}

/** Reads which reports are open, and closes those that no longer are. */
async function* sweep(input: PullInput, position: Position, signal: AbortSignal): AsyncGenerator<Batch> {
  const open = new Set<string>();
  for (let since = FIRST; ;) {
    const page = await input.client.ask('admin/abuse-user-reports', { state: 'unresolved', sinceId: since, limit: 100 }, reports, 'the list of reports', signal);
    if (page.length === 0) break;
    for (const { id } of page) {
      open.add(id);
      if (id > since) since = id;
    }
    signal.throwIfAborted();
  }
  for (const id of position.open.keys()) {
    if (open.has(id)) continue;
    yield* closed(input, position, id, null, signal);
    signal.throwIfAborted();
  }
}

import type { Batch, RemoteSubject } from '../connector.ts';
import { lookOf } from '../http/known.ts';
import { batchOf } from './batches.ts';
import type { PullInput } from './batches.ts';
import { closed, readLog } from './feed.ts';
import { FIRST, keyOf, passed, readPosition, watch, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { tellReports } from './reports.ts';
import { logs, reports } from './schemas.ts';
import type { WireReport } from './schemas.ts';

/** Three members may come with each report; a batch has room for 200. */
const PAGE = 60;
/** The list of open ones is read whole again now and then: what happens to it without a word in the log is met there. */
const SWEEP_EVERY_MS = 5 * 60_000;
const SWEEP_PAGE_MS = 3_000;
/** Open reports whose notes and members are looked at again in one such reading: nothing tells of edits and deletions. */
const LOOKS = 20;
const MOST_TOLD = 25_000;

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
    const before = since;
    since = page.map(({ id }) => id).reduce((highest, id) => (id > highest ? id : highest), since);
    const fresh = [...new Map(page.map((one) => [one.id, one])).values()].filter(({ id }) => !known.has(id));
    if (fresh.length > 0) {
      const told = await tellReports(input.client, input.io, fresh, position.open, signal);
      for (const { remoteId, subject } of told.reports) watch(position, remoteId, subject);
      passed(position, fresh.map(({ id }) => id));
      for (const subject of told.subjects) isNews(input, subject);
      yield batchOf(told, position);
    }
    // The same page again: what may be missing is read the next time.
    if (since === before) break;
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
  const again: WireReport[] = [];
  const from = input.looks.next;
  for (let since = FIRST; ;) {
    const page = await input.client.ask('admin/abuse-user-reports', { state: 'unresolved', sinceId: since, limit: 100 }, reports, 'the list of reports', signal);
    if (page.length === 0) break;
    const before = since;
    for (const one of page) {
      if (open.size >= from && again.length < LOOKS && position.open.has(one.id)) again.push(one);
      open.add(one.id);
      if (one.id > since) since = one.id;
    }
    signal.throwIfAborted();
    if (since === before) break;
  }
  if (input.io.now() - input.looks.at >= SWEEP_EVERY_MS) yield* lookAgain(input, again, position, signal);
  for (const id of position.open.keys()) {
    if (open.has(id)) continue;
    yield* closed(input, position, id, null, signal);
    signal.throwIfAborted();
  }
}

/** Tells those reports again of which a subject looks otherwise than it did. */
async function* lookAgain(input: PullInput, some: readonly WireReport[], position: Position, signal: AbortSignal): AsyncGenerator<Batch> {
  const { looks } = input;
  const told = await tellReports(input.client, input.io, some, position.open, signal);
  Object.assign(looks, { next: some.length < LOOKS ? 0 : looks.next + LOOKS, at: input.io.now() });
  const news = new Set(told.subjects.filter((subject) => isNews(input, subject)).map(keyOf));
  const named = told.reports.filter(({ subject }) => news.has(keyOf(subject)));
  if (named.length > 0) yield batchOf({ members: told.members, subjects: told.subjects.filter((subject) => news.has(keyOf(subject))), reports: named }, position);
}

/** Keeps how a subject looks; answers whether that is new to this session. */
function isNews({ looks: { told } }: PullInput, subject: RemoteSubject): boolean {
  const look = lookOf([subject.text, subject.editedAt, subject.deletedAt === null, subject.media.length, subject.place]);
  const before = told.get(keyOf(subject));
  if (told.size >= MOST_TOLD) told.clear();
  told.set(keyOf(subject), look);
  return before !== look;
}

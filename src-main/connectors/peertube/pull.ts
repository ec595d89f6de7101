import type { Batch, ConnectorIo } from '../connector.ts';
import type { Memory } from '../http/session-memory.ts';
import { makeHeld, pack, unpack } from '../http/held-reports.ts';
import type { Held } from '../http/held-reports.ts';
import { merged, NOTHING } from '../http/rows.ts';
import type { Rows } from '../http/rows.ts';
import type { Client } from './client.ts';
import { isNews } from './news.ts';
import { pullBlocks } from './blocks.ts';
import { aboutOf, isOpen, KINDS, PENDING, readAbuse } from './model.ts';
import type { About } from './model.ts';
import { readPosition, waitingIn, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { page } from './schemas.ts';
import type { Abuse } from './schemas.ts';
import { settle } from './settle.ts';
import { rowsOf } from './subjects.ts';

export type PullInput = { readonly io: ConnectorIo; readonly client: Client; readonly memory: Memory };
/** What one pull works with; `waiting`: the videos that waited for a moderator before it. */
export type Round = PullInput & { readonly waiting: ReadonlySet<string> };

/** More than this is refused with 400, not cut (server/core/middlewares/validators/shared: paginationValidator). */
export const PAGE = 100;
/** Pages overlap: the list moves up when a report before them is closed meanwhile, and what slips past the overlap the sweep finds. */
const OVERLAP = 5;
const SWEEP_EVERY_MS = 120_000;
const SWEEP_PAGE_MS = 3_000;
const OVERLAP_MS = 60_000;

export type Give = (rows: Rows, change?: Partial<Position>, total?: number | null) => Batch;

/** First all open reports, oldest first; then what is new among all, newest first; now and then, what of the held ones has changed or is closed. */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { io } = input;
  let position = readPosition(cursor);
  const round: Round = { ...input, waiting: waitingIn(position) };
  const held = makeHeld(position.held, ({ id }) => id);
  const give: Give = (rows, change = {}, total = null) => {
    position = { ...position, ...change, held: pack(held.values()) };
    return { ...rows, cursor: writePosition(position), total };
  };

  if (position.floor === null) {
    const { reports } = await list(input, { start: 0, open: false }, signal);
    position = { ...position, floor: newestOf(reports, 0), sweptAt: io.now() };
  }
  for (let at = position.at; at !== null; at = position.at) {
    const { reports, next, total } = await list(input, { start: at, open: true }, signal);
    const fresh = reports.filter((report) => isOpen(report) && !held.has(report.id));
    yield give(tell(round, held, fresh), { at: next }, total);
  }

  const floor = position.floor ?? 0;
  let top = floor;
  for (let at: number | null = 0; at !== null;) {
    const { reports, next } = await list(input, { start: at, open: false }, signal);
    top = newestOf(reports, top);
    const fresh = reports.filter((report) => (isOpen(report) ? !held.has(report.id) : held.has(report.id)));
    if (fresh.length > 0) yield give(tell(round, held, fresh));
    at = reports.some(({ createdAt }) => (createdAt ?? Infinity) >= floor - OVERLAP_MS) ? next : null;
  }
  if (top !== floor) yield give(NOTHING, { floor: top });

  yield* sweep(round, held, position, give, signal);

  for await (const { rows, left, open } of settle(round, unpack(position.missing), signal)) {
    for (const report of open) held.keep(report);
    yield give(rows, { missing: pack(left) });
  }

  yield* pullBlocks(input, position, give, signal);
}

/** Looks for the held reports in the list of open ones. */
async function* sweep(round: Round, held: Held, position: Position, give: Give, signal: AbortSignal): AsyncGenerator<Batch> {
  const { io, memory } = round;
  const everyMs = Math.max(SWEEP_EVERY_MS, Math.ceil(held.size / PAGE) * SWEEP_PAGE_MS);
  const sinceMs = io.now() - (position.sweptAt ?? -Infinity);
  if (Object.keys(position.missing).length > 0 || (sinceMs >= 0 && sinceMs < everyMs)) return;
  const gone = new Map(held);
  for (let at: number | null = 0; at !== null;) {
    const { reports, next } = await list(round, { start: at, open: true }, signal);
    // Closed ones stand among them where nobody is left who reported (state.ts, reportById).
    for (const report of reports) if (isOpen(report)) gone.delete(report.id);
    const news = reports.filter((report) => isOpen(report) && (!held.has(report.id) || isNews(memory, report)));
    if (news.length > 0) yield give(tell(round, held, news));
    at = next;
  }
  for (const id of gone.keys()) held.drop(id);
  yield give(NOTHING, { missing: pack(gone.values()), sweptAt: io.now() });
}

async function list(
  { client }: PullInput, { start, open }: { readonly start: number; readonly open: boolean }, signal: AbortSignal,
): Promise<{ readonly reports: readonly Abuse[]; readonly next: number | null; readonly total: number }> {
  const { data, total } = await client.get('/abuses', page, 'the list of reports', signal, { start, count: PAGE, sort: open ? 'createdAt' : '-createdAt', ...(open ? { state: PENDING } : {}) });
  const { host } = new URL(client.server);
  const reports = [...new Map(data.map((row) => readAbuse(row, host)).map((report) => [report.id, report])).values()];
  const more = data.length > 0 && (start + PAGE < total || (data.length >= PAGE && start < total));
  return { reports, next: more ? start + PAGE - OVERLAP : null, total };
}

function newestOf(reports: readonly Abuse[], otherwise: number): number {
  return reports.reduce((high, { createdAt }) => Math.max(high, createdAt ?? 0), otherwise);
}

/** What an open report was about when it was last read. */
function before(held: Held, { id }: Abuse): About | null {
  const known = held.get(id);
  const kind = KINDS.find((one) => one === known?.kind);
  return known === undefined || kind === undefined ? null : { kind, id: known.about };
}

/** Reports as rows; the open ones are held from now on, the others no more. */
function tell({ client, io, memory, waiting }: Round, held: Held, reports: readonly Abuse[]): Rows {
  return merged(reports.map((report) => {
    const was = before(held, report);
    const { kind, id: about } = aboutOf(report, was);
    if (isOpen(report)) held.keep({ kind, id: report.id, about });
    else held.drop(report.id);
    isNews(memory, report);
    return rowsOf(client.server, report, waiting, was, io.now(), memory.ours.get(report.id) ?? null);
  }));
}

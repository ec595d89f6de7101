import type { Batch, ConnectorIo } from '../connector.ts';
import type { Memory } from '../http/session-memory.ts';
import { makeHeld, pack, unpack } from '../http/held-reports.ts';
import type { Held, HeldReport } from '../http/held-reports.ts';
import { unlessRefused } from '../http/refused.ts';
import { merged, NOTHING } from '../http/rows.ts';
import type { Rows } from '../http/rows.ts';
import type { Client } from './client.ts';
import type { Dialect, Listing, Page } from './dialect.ts';
import { isNews } from './news.ts';
import type { Report } from './model.ts';
import { readPosition, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { settle } from './settle.ts';
import { rowsOf } from './subjects.ts';

export type PullInput = { readonly io: ConnectorIo; readonly client: Client; readonly dialect: Dialect; readonly memory: Memory; readonly admin: boolean };

/** The held reports are looked for again after this at the earliest, and so that it takes a small part of an instance's 180 requests a minute. */
const SWEEP_EVERY_MS = 120_000;
const SWEEP_PAGE_MS = 3_000;
const PAGE = 50;
/** Reports may become visible a little later than their own time says. */
const OVERLAP_MS = 60_000;

/** First all open reports; then what is new in all of them, newest first; now and then, what of the held ones has changed or is closed. */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { io, dialect, memory, admin } = input;
  let position = readPosition(cursor, dialect.id);
  const held = makeHeld(position.held, ({ kind, id }) => `${kind}/${id}`);
  const lists = dialect.lists(admin);
  const give = (rows: Rows, change: Partial<Position> = {}): Batch => {
    position = { ...position, ...change, held: pack(held.values()) };
    return { ...rows, cursor: writePosition(position), total: null };
  };
  const tell = (reports: readonly Report[]): Rows => rowsOfAll(input, reports);

  if (position.floor === null) {
    position = { ...position, floor: await newest(input, signal), sweptAt: io.now() };
  }
  let goesOn = position.at !== null;
  for (let list = position.list; list !== null; list = position.list) {
    const of = lists[list];
    const page = of === undefined ? NO_PAGE : await pageFrom(input, { of, open: true }, position.at, goesOn, signal);
    goesOn = false;
    if (page === null) {
      position = { ...position, at: null };
      continue;
    }
    const { reports, next } = page;
    const open = reports.filter((report) => !report.resolved);
    hold(held, memory, open);
    const following = next === null ? (list + 1 < lists.length ? list + 1 : null) : list;
    yield give(tell(open), { list: following, at: next });
  }

  let top = position.floor ?? 0;
  for (const of of lists) {
    for (let at: string | null = null, first = true; first || at !== null; first = false) {
      const { reports, next } = await pageOf(input, { of, open: false }, at, signal);
      top = reports.reduce((high, { publishedAt }) => Math.max(high, publishedAt ?? 0), top);
      const fresh = reports.filter(({ key, resolved }) => (resolved ? held.has(key) : !held.has(key)));
      for (const { key, resolved } of fresh) if (resolved) held.drop(key);
      hold(held, memory, fresh.filter(({ resolved }) => !resolved));
      if (fresh.length > 0) yield give(tell(fresh));
      at = next !== null && reports.some(({ publishedAt }) => (publishedAt ?? Infinity) >= (position.floor ?? 0) - OVERLAP_MS) ? next : null;
    }
  }
  if (top !== position.floor) yield give(NOTHING, { floor: top });

  yield* sweep(input, held, position, give, signal);

  const missing = unpack(position.missing);
  for await (const { rows, left, open } of settle(input, missing, signal)) {
    for (const report of open) held.keep(report);
    yield give(rows, { missing: pack(left) });
  }
}

/** Looks for the held reports in the lists of open ones. */
async function* sweep(input: PullInput, held: Held, position: Position, give: (rows: Rows, change?: Partial<Position>) => Batch, signal: AbortSignal): AsyncGenerator<Batch> {
  const { io, memory, dialect, admin } = input;
  const everyMs = Math.max(SWEEP_EVERY_MS, Math.ceil(held.size / PAGE) * SWEEP_PAGE_MS);
  const sinceMs = io.now() - (position.sweptAt ?? -Infinity);
  if (Object.keys(position.missing).length > 0 || (sinceMs >= 0 && sinceMs < everyMs)) return;
  const gone = new Map(held);
  for (const of of dialect.lists(admin)) {
    for (let at: string | null = null, first = true; first || at !== null; first = false) {
      const { reports, next } = await pageOf(input, { of, open: true }, at, signal);
      for (const { key } of reports) gone.delete(key);
      const news = reports.filter((report) => !report.resolved && (!held.has(report.key) || isNews(memory, report)));
      hold(held, memory, news);
      if (news.length > 0) yield give(rowsOfAll(input, news));
      at = next;
    }
  }
  for (const key of gone.keys()) held.drop(key);
  yield give(NOTHING, { missing: pack(gone.values()), sweptAt: io.now() });
}

function pageOf({ client, dialect, admin }: PullInput, listing: Listing, at: string | null, signal: AbortSignal): Promise<Page> {
  return dialect.page(client, listing, at, admin, signal);
}

const NO_PAGE: Page = { reports: [], next: null };

/**
 * A page of a list; null where it was to begin at a place that an earlier pull kept, and the instance knows that no more:
 * 1.0 names it by a report, which goes with what an admin purges (crates/diesel_utils/src/pagination.rs).
 */
async function pageFrom(input: PullInput, listing: Listing, at: string | null, goesOn: boolean, signal: AbortSignal): Promise<Page | null> {
  const page = pageOf(input, listing, at, signal);
  return goesOn ? unlessRefused([400, 404], page) : page;
}

/** When the newest report was made: what is older is read as history, what is newer as news. */
async function newest(input: PullInput, signal: AbortSignal): Promise<number> {
  const { dialect, admin } = input;
  let top = 0;
  for (const of of dialect.lists(admin)) {
    const { reports } = await pageOf(input, { of, open: false }, null, signal);
    top = reports.reduce((high, { publishedAt }) => Math.max(high, publishedAt ?? 0), top);
  }
  return top;
}

function hold(held: Held, memory: Memory, reports: readonly Report[]): void {
  for (const report of reports) {
    const { key, kind, id, thing } = report;
    if (kind === 'unknown') continue;
    held.keep(heldOf(kind, id, thing.id));
    isNews(memory, { ...report, key });
  }
}

function heldOf(kind: string, id: string, about: string): HeldReport {
  return { kind, id, about };
}

function rowsOfAll({ client, io, memory }: PullInput, reports: readonly Report[]): Rows {
  return merged(reports.map((report) => rowsOf(client.server, report, io.now(), memory.ours.get(report.key) ?? null)));
}

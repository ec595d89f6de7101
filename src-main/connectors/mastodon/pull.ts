import type { Batch, ConnectorIo } from '../connector.ts';
import { packRows } from './batches.ts';
import type { Client } from './client.ts';
import { MOST_HELD, makeHeld, packed, unpacked } from './held.ts';
import type { Held } from './held.ts';
import { pagesOf } from './list.ts';
import { remember } from './memory.ts';
import type { Memory } from './memory.ts';
import type { Report } from './model.ts';
import { readPosition, writePosition } from './position.ts';
import type { Position } from './position.ts';
import { settle } from './settle.ts';
import { namesOf, rowsOf } from './subjects.ts';
import type { Place } from './subjects.ts';

export type PullInput = { readonly io: ConnectorIo; readonly client: Client; readonly place: Place; readonly memory: Memory };

/** The held reports are looked for again after this at the earliest, and so that it takes at most a fifth of 300 requests in five minutes. */
const SWEEP_EVERY_MS = 60_000;
const SWEEP_PAGE_MS = 5_000;

/** What is new in the list of open reports; now and then, what of the held ones has changed or is no longer in it. */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { io, place } = input;
  const { paging, size } = place.dialect.list;
  let position = readPosition(cursor, paging);
  const held = makeHeld(position.held);
  const give = (rows: Omit<Batch, 'cursor' | 'total'>, change: Partial<Position>, total: number | null = null): Batch => {
    position = { ...position, ...change, held: held.packed() };
    return { ...rows, cursor: writePosition(position), total };
  };

  // A reading that was cut short goes on first; what came after it began is read then.
  do {
    const began = position.at;
    const startedAt = io.now();
    let shrank = false;
    let total: number | null = null;
    for await (const page of pagesOf(input.client, place.dialect, { at: position.at, floor: paging === 'ids' ? position.floor : null }, signal)) {
      const top = position.top ?? (paging === 'ids' ? page.reports[0]?.id ?? null : 'all');
      if (paging === 'pages' && position.floor !== null && page.reports.every(({ id }) => held.has(id))) break;
      if (total !== null && page.total !== null && page.total < total) shrank = true;
      total = page.total;
      // What is held may have changed, which is the sweep's to say.
      yield* batchesOfPage(input, page.reports.filter(({ id }) => !held.has(id)), held, (rows, done) => give(rows, { top, at: done === null || paging === 'pages' ? position.at : done }, total));
      position = { ...position, top, at: page.next };
    }
    if (position.at === null && began === null) break;
    // Page numbers move when a report is closed meanwhile: then the list is gone through once more.
    yield give(NOTHING, { floor: position.top ?? position.floor, top: null, at: null, sweptAt: shrank ? null : position.sweptAt ?? startedAt });
    if (began === null) break;
  } while (!signal.aborted);

  const everyMs = Math.max(SWEEP_EVERY_MS, Math.ceil(held.size() / size) * SWEEP_PAGE_MS);
  const sinceMs = io.now() - (position.sweptAt ?? -Infinity);
  if (position.missing === '' && (sinceMs < 0 || sinceMs >= everyMs)) {
    const gone = new Map(held.ids().map((id) => [id, held.named(id)]));
    for await (const page of pagesOf(input.client, place.dialect, { at: null, floor: null }, signal)) {
      for (const { id } of page.reports) gone.delete(id);
      yield* batchesOfPage(input, page.reports, held, (rows) => give(rows, {}));
    }
    input.memory.whole = held.size() < MOST_HELD;
    for (const id of gone.keys()) held.delete(id);
    yield give(NOTHING, { missing: packed(gone), sweptAt: io.now() });
  }

  for await (const { rows, left, open } of settle(input, unpacked(position.missing), signal)) {
    for (const [id, named] of open) held.keep(id, named);
    yield give(rows, { missing: packed(left) });
  }
}

const NOTHING: Omit<Batch, 'cursor' | 'total'> = { members: [], subjects: [], reports: [], resolutions: [] };

/** Batches of those reports of a page that are new or changed; `done` is the last report that is in whole, null before the first. */
function* batchesOfPage(
  { io, place, memory }: PullInput, reports: readonly Report[], held: Held,
  give: (rows: Omit<Batch, 'cursor' | 'total'>, done: string | null) => Batch,
): Generator<Batch> {
  const fresh = reports.flatMap((report) => {
    const named = namesOf(report, held.named(report.id));
    const isNew = remember(memory, report, named);
    return isNew || !held.has(report.id) ? [{ report, named, rows: rowsOf(place, report, held.named(report.id), null, io.now()) }] : [];
  });
  let before = 0;
  for (const { rows: some, upTo } of packRows(fresh.map(({ rows }) => rows))) {
    for (const { report: { id, handled }, named } of fresh.slice(before, upTo)) if (handled === null) held.keep(id, named);
    before = upTo;
    yield give(some, fresh[upTo - 1]?.report.id ?? null);
  }
}

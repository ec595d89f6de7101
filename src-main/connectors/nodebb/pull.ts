import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { Batch, ConnectorIo } from '../connector.ts';
import { readKnown } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import { makePending } from '../http/pending.ts';
import type { Pending, Rows } from '../http/pending.ts';
import { isRefused } from '../http/refused.ts';
import { sweepWhole } from '../http/whole-sweep.ts';
import type { Client } from './client.ts';
import { CLOSED, lastChangeOf, lookOfRow, rowsOf } from './flags.ts';
import type { Ours } from '../http/ours.ts';
import { rowsOfQueued } from './queue.ts';
import { enveloped, flagDetail, flagList, flagRow, queueList, queued } from './schemas.ts';
import type { FlagDetail, FlagRow } from './schemas.ts';
import type { Uid } from './theirs.ts';

export type PullInput = { readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours; readonly uid: Uid; readonly memory: PullMemory };

/** What a session keeps of its latest pull: what is open there. */
export type PullMemory = { known: Known | null };

const PER_PAGE = 20;
/** Flags that are asked for in detail at once. */
const AT_ONCE = 4;
/** The list is read again where it shrank meanwhile; after so many times the next pull brings what was missed. */
const MOST_ROUNDS = 3;

/**
 * Open flags, oldest first, then the post queue, then what became of those that are in neither any more. NodeBB tells of
 * no changes, and a new report does not move its flag in any order: each pull reads the lists, and in detail only what
 * looks different there.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const known = readKnown(cursor);
  input.memory.known = known;
  const pending = makePending(known, signal);
  yield* sweepWhole(known, input.io.now, (always) => pending.flush(null, always), async function* parts() {
    let again = true;
    for (let round = 1; again && round <= MOST_ROUNDS; round += 1) {
      again = yield* sweepFlags(input, known, pending, signal);
      if (again) known.offset = 0;
    }
    const queueRead = yield* sweepQueue(input, pending, signal);
    yield* closedElsewhere(input, known, pending, queueRead, signal);
  });
}

/** Answers whether the list shrank while it was read, so that its pages may have hidden something. */
async function* sweepFlags(input: PullInput, known: Known, pending: Pending, signal: AbortSignal): AsyncGenerator<Batch, boolean> {
  const { client } = input;
  let shrank = (known.offset ?? 0) > 0;
  let before: number | null = null;
  for (let page = (known.offset ?? 0) + 1; ; page += 1) {
    const { flags, count, pagination } = await flagsPage(client, page, signal);
    const read = flags.map(readRow);
    if (typeof count === 'number') {
      shrank ||= before !== null && count < before;
      before = count;
    }
    const news = read.filter((row) => known.entries.get(`f${row.flagId}`)?.look !== lookOfRow(row));
    for (const row of read) {
      const entry = known.entries.get(`f${row.flagId}`);
      if (entry !== undefined) known.entries.set(`f${row.flagId}`, { ...entry, met: true });
    }
    for (let at = 0; at < news.length; at += AT_ONCE) {
      const found = await Promise.all(news.slice(at, at + AT_ONCE).map((row) => inDetail(input, row, signal)));
      for (const rows of found) if (rows !== null) pending.take(rows, true);
    }
    known.offset = page;
    if (pending.isFull()) yield* pending.flush(count ?? null);
    signal.throwIfAborted();
    if (read.length === 0 || !(page < (pagination?.pageCount ?? 0) || (typeof count === 'number' && page * PER_PAGE < count && read.length >= PER_PAGE))) break;
  }
  yield* pending.flush(null);
  return shrank;
}

/** Answers whether the queue could be read: not every forum has one, nor every moderator a look into it. */
async function* sweepQueue({ io, client }: PullInput, pending: Pending, signal: AbortSignal): AsyncGenerator<Batch, boolean> {
  for (let page = 1; ; page += 1) {
    const answer = await client.glance('/api/post-queue', [['page', page]], queueList, 'the post queue', signal);
    if (answer === null) return false;
    for (const row of answer.posts) {
      const { data } = queued.safeParse(row);
      if (data === undefined) throw unreadable(client, 'a queued post');
      pending.take(rowsOfQueued(data, client.settings.url, io.now()), true);
    }
    if (pending.isFull()) yield* pending.flush(null);
    signal.throwIfAborted();
    if (answer.posts.length === 0 || page >= (answer.pagination?.pageCount ?? 1)) break;
  }
  yield* pending.flush(null);
  return true;
}

/** What was open before and is not in the lists now. */
async function* closedElsewhere({ io, client, ours, uid }: PullInput, known: Known, pending: Pending, queueRead: boolean, signal: AbortSignal): AsyncGenerator<Batch> {
  for (const [id, entry] of known.entries) {
    if (entry.met) continue;
    const about = { type: entry.type, remoteId: entry.remoteId };
    if (id.startsWith('q')) {
      // A queued post leaves the queue by being accepted or rejected; which of them, and by whom, is not told.
      if (queueRead) pending.gone(id, { subject: about, by: null, what: 'left the post queue', at: null, orderId: ours.orderOf(id), closes: true });
      continue;
    }
    const flag = await readFlag(client, id.slice(1), signal);
    if (flag === null) {
      pending.gone(id, { subject: about, by: null, what: 'the flag was deleted', at: null, orderId: ours.orderOf(id), closes: true });
    } else {
      if (flag.state === null || flag.state === undefined) throw unreadable(client, 'a flag');
      const { byId } = lastChangeOf(flag);
      // An order of ours may have come before, to take it on or before it was reported anew: it goes by who closed it last.
      const isOurs = byId === null || byId === await uid(signal);
      const rows = rowsOf(flag, flag, client.settings.url, io.now(), isOurs ? ours.orderOf(id) : null);
      if (CLOSED.has(flag.state)) pending.closed(rows);
      else pending.take(rows, true);
    }
    if (pending.isFull()) yield* pending.flush(null);
    signal.throwIfAborted();
  }
}

/** A flag by its page, which has its history, or else by the write API; null where it is gone. */
export async function readFlag(client: Client, flagId: string, signal: AbortSignal): Promise<FlagDetail | null> {
  try {
    return await client.get(`/api/flags/${encodeURIComponent(flagId)}`, [], flagDetail, 'a flag', signal);
  } catch (error) {
    if (isRefused(error, 404)) return detailOf(client, flagId, signal);
    if (isRefused(error, 403)) throw notPrivileged(client);
    throw error;
  }
}

/** One flag in full, with its history; null where it was purged between list and look. What cannot be read of its page may be in the write API's answer. */
async function inDetail({ io, client }: PullInput, row: FlagRow, signal: AbortSignal): Promise<Rows | null> {
  const rowsFrom = (detail: FlagDetail | null): Rows | null => (detail === null ? null : rowsOf(detail, row, client.settings.url, io.now(), null));
  const rows = rowsFrom(await readFlag(client, row.flagId, signal));
  if (rows === null || rows.look !== '') return rows;
  const again = rowsFrom(await detailOf(client, row.flagId, signal));
  return again === null || again.look === '' ? rows : again;
}

async function detailOf(client: Client, flagId: string, signal: AbortSignal): Promise<FlagDetail | null> {
  try {
    const { response } = await client.get(`/api/v3/flags/${encodeURIComponent(flagId)}`, [], enveloped(flagDetail), 'a flag', signal);
    return response;
  } catch (error) {
    if (isRefused(error, 400, 404)) return null;
    throw error;
  }
}

async function flagsPage(client: Client, page: number, signal: AbortSignal): Promise<z.infer<typeof flagList>> {
  try {
    return await client.get('/api/flags', [['state', 'open'], ['state', 'wip'], ['sort', 'oldest'], ['page', page], ['perPage', PER_PAGE]], flagList, 'the list of flags', signal);
  } catch (error) {
    if (isRefused(error, 403)) throw notPrivileged(client);
    if (isRefused(error, 404)) throw notNodebb(client);
    throw error;
  }
}

function readRow(row: unknown): FlagRow {
  const { success, data } = flagRow.safeParse(row);
  if (!success) throw new ConnectorError('unintelligible', 'The forum sent a flag without a number. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.');
  return data;
}

function unreadable(client: Client, what: string): ConnectorError {
  return new ConnectorError('unintelligible', `${client.settings.host} sent ${what} in a form that Docket does not know. Nothing is lost: Docket tries again. If it stays so, update Docket.`);
}

/** Nothing is found there that every forum has. */
export function notNodebb(client: Client): ConnectorError {
  return new ConnectorError('unintelligible', `${client.settings.host} does not answer like a NodeBB forum. Check the address, with the subfolder if the forum lives in one.`);
}

function notPrivileged(client: Client): ConnectorError {
  return new ConnectorError('refused', `${client.settings.host} does not show this account its flags. An admin can make it a global moderator (admin panel, Manage, Groups) or a moderator of some categories (Manage, Privileges).`);
}

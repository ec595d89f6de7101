import { ConnectorError } from '../connector.ts';
import type { Batch, ConnectorIo } from '../connector.ts';
import { readKnown } from '../http/known.ts';
import type { Known } from '../http/known.ts';
import { makePending } from '../http/pending.ts';
import type { Pending, Rows } from '../http/pending.ts';
import { sweepWhole } from '../http/whole-sweep.ts';
import type { Client } from './client.ts';
import { readItem } from './item.ts';
import type { Ours } from './ours.ts';
import { joinPage } from './review.ts';
import type { Review } from './review.ts';
import { rowsOf } from './rows.ts';
import { reviewList } from './schemas.ts';

export type PullInput = { readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours; readonly memory: PullMemory };

/** What a session keeps of its latest pull: what is open there. */
export type PullMemory = { known: Known | null };

/** ReviewablesController::PER_PAGE; only the pace is reckoned with it, pages may have any length. */
const PER_PAGE = 10;
/**
 * How fast the list is read: so many pages at every pull, half of what an admin's key may ask in a minute (60). A longer
 * list is swept so seldom that it takes a third of that budget; where its length tells of change, sooner. A member's own
 * key may ask 2880 times a day (config/discourse_defaults.conf).
 */
const PACE = {
  admin: { everyTimePages: 30, msAPage: 3000, msAChangedPage: 1000 },
  user: { everyTimePages: 2, msAPage: 60_000, msAChangedPage: 30_000 },
} as const;
/** A list that shifts all the time is not followed forever: what it hid is asked for one by one. */
const MOST_STEPS_BACK = 20;

/**
 * Open reviewables, oldest first, then what became of those that are no longer among them. Pages are by offset, and the
 * list shrinks while colleagues work: each page overlaps the one before, and what does not fit is read again further back.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const known = readKnown(cursor);
  input.memory.known = known;
  const pending = makePending(known, signal);
  if (known.offset === null) {
    const pages = Math.ceil(known.entries.size / PER_PAGE);
    const pace = PACE[(await input.client.auth(signal)).kind];
    if (pages > pace.everyTimePages) {
      const total = await latest(input, known, pending, signal);
      const rest = pages * (total === known.entries.size ? pace.msAPage : pace.msAChangedPage);
      const since = input.io.now() - known.sweptAt;
      yield* pending.flush(total);
      if (since >= 0 && since < rest) return;
    }
  }
  yield* sweepWhole(known, input.io.now, (always) => pending.flush(null, always), async function* parts() {
    yield* sweep(input, known, pending, signal);
    yield* closedElsewhere(input, known, pending, signal);
  });
}

/** The newest ones, until a page holds only known ones. Answers how many are open. */
async function latest(input: PullInput, known: Known, pending: Pending, signal: AbortSignal): Promise<number | null> {
  for (let offset = 0; ;) {
    const { reviews, total, read } = await page(input, 'created_at', offset, signal);
    const news = reviews.filter((rows) => known.entries.get(rows.id)?.look !== rows.look);
    for (const rows of news) pending.take(rows, false);
    offset += read;
    if (news.length === 0 || read === 0) return total;
  }
}

async function* sweep(input: PullInput, known: Known, pending: Pending, signal: AbortSignal): AsyncGenerator<Batch> {
  const met = (rows: Rows): boolean => known.entries.get(rows.id)?.met === true;
  let stepsBack = 0;
  for (let offset = Math.max(0, (known.offset ?? 0) - 1); ;) {
    const { reviews, total, more, read } = await page(input, 'created_at_asc', offset, signal);
    if (offset > 0 && !reviews.some(met) && stepsBack < MOST_STEPS_BACK) {
      stepsBack += 1;
      offset = Math.max(0, Math.min(offset, total ?? offset) - PER_PAGE);
      continue;
    }
    const news = reviews.filter((rows) => !met(rows));
    for (const rows of news) pending.take(rows, true);
    known.offset = offset + read;
    if (pending.isFull()) yield* pending.flush(total);
    signal.throwIfAborted();
    if (news.length === 0 || !(more || (total !== null && known.offset < total))) break;
    offset = known.offset - 1;
  }
  yield* pending.flush(null);
}

/** What was open before and is not in the list now. */
async function* closedElsewhere({ io, client, ours }: PullInput, known: Known, pending: Pending, signal: AbortSignal): AsyncGenerator<Batch> {
  for (const [id, entry] of known.entries) {
    if (entry.met) continue;
    const review = await readItem(client, id, signal);
    if (review === null) {
      pending.gone(id, { subject: { type: entry.type, remoteId: entry.remoteId }, by: null, what: 'gone from the review queue', at: null, orderId: ours.orderOf(id, null), closes: true });
    } else {
      if (typeof review.reviewable.status !== 'number') {
        throw new ConnectorError('unintelligible', `${client.settings.host} did not say whether an item of the review queue is still open. Docket tries again.`);
      }
      const rows = rowsOf(review, client.settings.url, io.now(), ours.orderOf);
      if (rows.resolutions.length === 0 || rows.reports.some(({ open }) => open)) pending.take(rows, true);
      else pending.closed(rows);
    }
    if (pending.isFull()) yield* pending.flush(null);
    signal.throwIfAborted();
  }
}

/** What the list says of an item; where a part of it cannot be read, what the item itself says, if that is more. */
async function wholeRows({ io, client, ours }: PullInput, listed: Review, signal: AbortSignal): Promise<Rows> {
  const rowsFrom = (review: Review): Rows => rowsOf(review, client.settings.url, io.now(), ours.orderOf);
  const rows = rowsFrom(listed);
  if (rows.look !== '') return rows;
  const again = await readItem(client, rows.id, signal);
  const better = again === null ? rows : rowsFrom(again);
  return better.look === '' ? rows : better;
}

type Page = { readonly reviews: readonly Rows[]; readonly read: number; readonly total: number | null; readonly more: boolean };

async function page(input: PullInput, order: string, offset: number, signal: AbortSignal): Promise<Page> {
  const { client } = input;
  try {
    const answer = await client.get('/review', { status: 'pending', priority: 'low', sort_order: order, offset }, reviewList, 'the review queue', signal);
    const { reviews, unreadable } = joinPage(answer);
    if (unreadable > 0) {
      throw new ConnectorError('unintelligible', `${client.settings.host} sent an item of the review queue without a number. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.`);
    }
    const read: Rows[] = [];
    for (const review of reviews) read.push(await wholeRows(input, review, signal));
    return {
      reviews: read,
      read: answer.reviewables.length,
      total: answer.meta.total_rows_reviewables ?? null,
      more: (answer.meta.load_more_reviewables ?? '') !== '',
    };
  } catch (error) {
    throw await client.shutOut(error, signal);
  }
}

import type { Batch, ConnectorIo } from '../connector.ts';
import { readKnown } from '../http/known.ts';
import type { Entry, Known } from '../http/known.ts';
import { makePending } from '../http/pending.ts';
import type { Pending } from '../http/pending.ts';
import type { Ours } from '../http/ours.ts';
import { sweepWhole } from '../http/whole-sweep.ts';
import type { Client } from './client.ts';
import { rowsOfHeld } from './held.ts';
import type { Glimpse } from './held.ts';
import { heldByList, heldSweep } from './held-sweep.ts';
import type { KnownHeld } from './held-sweep.ts';
import { watchedLists } from './lists.ts';
import type { List } from './names.ts';
import { waitingIn } from './names.ts';
import { rowsOfRequest } from './requests.ts';
import { counted } from './schemas.ts';
import { settledWords } from './settled.ts';
import type { Asked } from './settled.ts';
import { readHeld, readRequest, readRequests } from './waiting.ts';

export type PullInput = {
  readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours; readonly asked: Asked;
  /** Whether this session has read all that is held once; each session does, whatever the one before believed. */
  readonly session: { readAll: boolean };
};

/** A sweep's place is the list's number and the page in it, counted down to 1; 0 stands for a list that is still to be looked at. */
const PAGES = 1_000_000;
/** What left the queue is looked for in so many requests at once. */
const AT_ONCE = 4;

/**
 * All lists' membership changes and held messages, then what became of those that are no longer among them. Mailman
 * tells of no changes, and who handled a message, or how, is not kept: it is only gone.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const known = readKnown(cursor);
  const pending = makePending(known, signal);
  const lists = await watchedLists(input.client, signal);
  let total: number | null = null;
  yield* sweepWhole(known, input.io.now, (always) => pending.flush(total, always), async function* parts() {
    const before = input.session.readAll ? heldByList(known.entries) : new Map<string, KnownHeld>();
    if (known.sweptAt === 0) total = await heldInAll(input.client, lists, signal);
    for (let number = Math.floor((known.offset ?? 0) / PAGES); number < lists.length; number += 1) {
      const list = lists[number];
      if (list === undefined) break;
      yield* sweepList(input, known, pending, list, number, before.get(list.id), total, signal);
      known.offset = (number + 1) * PAGES;
    }
    yield* closedElsewhere(input, known, pending, lists, signal);
    input.session.readAll = true;
  });
}

async function* sweepList(input: PullInput, known: Known, pending: Pending, list: List, number: number, before: KnownHeld | undefined, total: number | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const { client, io, asked } = input;
  const page = (known.offset ?? 0) % PAGES;
  if (page === 0) {
    for (const one of await readRequests(client, list.id, signal)) {
      const rows = rowsOfRequest(one, list, client.settings, io.now());
      asked.note(rows.subject.remoteId, one);
      pending.take(rows, true);
      if (pending.isFull()) yield* pending.flush(total);
    }
  }
  for await (const { entries, rest } of heldSweep(client, list.id, known.entries, before, page, signal)) {
    for (const glimpse of entries) await takeHeld(input, known, pending, list, glimpse);
    known.offset = rest === 0 ? (number + 1) * PAGES : number * PAGES + rest;
    if (pending.isFull()) yield* pending.flush(total);
    signal.throwIfAborted();
  }
}

/** Only what looks new is read: a message's text can be long, and never changes. */
async function takeHeld({ client, io }: PullInput, known: Known, pending: Pending, list: List, glimpse: Glimpse): Promise<void> {
  const id = encodeURIComponent(glimpse.remoteId);
  const before = known.entries.get(id);
  if (before !== undefined && before.look === glimpse.look && glimpse.look !== '') known.entries.set(id, { ...before, met: true });
  else pending.take(await rowsOfHeld(glimpse, list, client.settings, io.now()), true);
}

/** What was open before and was not met now: asked for one by one, since pages shift and requests have no order. */
async function* closedElsewhere(input: PullInput, known: Known, pending: Pending, lists: readonly List[], signal: AbortSignal): AsyncGenerator<Batch> {
  const unmet = [...known.entries].filter(([, { met }]) => !met);
  for (let at = 0; at < unmet.length; at += AT_ONCE) {
    const some = unmet.slice(at, at + AT_ONCE);
    const settled = await Promise.all(some.map(([, entry]) => isSettled(input, known, pending, entry, lists, signal)));
    for (const [place, [id, { type, remoteId }]] of some.entries()) {
      const what = settled[place] ?? null;
      if (what !== null) pending.gone(id, { subject: { type, remoteId }, by: null, what, at: null, orderId: input.ours.orderOf(remoteId), closes: true });
    }
    if (pending.isFull()) yield* pending.flush(null);
    signal.throwIfAborted();
  }
}

/** How it was settled, in words; null where it is still there. */
async function isSettled(input: PullInput, known: Known, pending: Pending, { type, remoteId }: Entry, lists: readonly List[], signal: AbortSignal): Promise<string | null> {
  const name = waitingIn(remoteId);
  if (name === null) return 'gone from the moderation queue';
  const list = lists.find(({ id }) => id === name.list) ?? { id: name.list, address: name.list, title: name.list, description: '' };
  if (type === 'member') {
    const one = await readRequest(input.client, name.list, name.id, signal);
    if (one === null) return settledWords(input.client, input.asked, remoteId, name.list, signal);
    pending.take(rowsOfRequest(one, list, input.client.settings, input.io.now()), true);
    return null;
  }
  const glimpse = await readHeld(input.client, name.list, name.id, signal);
  // Another message may have the number by now: that one is met in the list.
  if (glimpse === null || glimpse.remoteId !== remoteId) return 'left the moderation queue';
  await takeHeld(input, known, pending, list, glimpse);
  return null;
}

/** How many messages are held altogether; null where a version before 3.3.1 cannot count them. */
async function heldInAll(client: Client, lists: readonly List[], signal: AbortSignal): Promise<number | null> {
  let total = 0;
  for (const { id } of lists) {
    const answer = await client.glance(`/lists/${encodeURIComponent(id)}/held/count`, {}, counted, 'the number of held messages', signal);
    if (answer === null) return null;
    total += answer.count;
  }
  return total;
}

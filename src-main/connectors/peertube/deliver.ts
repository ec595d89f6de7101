import type { DeliveryResult, Order } from '../connector.ts';
import { rememberDone, rememberOurs } from '../http/session-memory.ts';
import type { Memory } from '../http/session-memory.ts';
import { RefusedThere } from '../http/refused.ts';
import { saidOf } from '../http/said.ts';
import { asStood, stoodBefore } from '../http/stood.ts';
import type { Client } from './client.ts';
import { blockId } from './blocks.ts';
import { blocklistPath, deedOf, publication, reasonOf } from './deeds.ts';
import type { Deed } from './deeds.ts';
import { ACCEPTED, isOpen, PENDING, REJECTED } from './model.ts';
import type { Abuse } from './schemas.ts';
import { GONE as REPORT_GONE } from './settle.ts';
import { reportsAbout } from './state.ts';
import { closedIn, whatOf } from './subjects.ts';
import { writeToReporters } from './write.ts';

export type DeliverInput = { readonly client: Client; readonly memory: Memory };

/** Longest comment of a moderator that a report keeps (CONSTRAINTS_FIELDS.ABUSES.MODERATION_COMMENT). */
const COMMENT = 3000;

/** A deletion's answers for what is not there, or deleted already. */
const GONE = new Set([404, 409]);

/** Sends one order. No call of this API has an idempotency key and the last writer wins, so every order reads the state first. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const before = input.memory.done.get(order.id);
  if (before !== undefined) return before;
  try {
    const found = await reportsAbout(input.client, order.subject, signal);
    const result = order.reverse ? await takeBack(input, order, found, signal) : await carryOut(input, order, found, signal);
    if (result.kind === 'done') rememberDone(input.memory, order.id, result);
    return result;
  } catch (error) {
    if (error instanceof RefusedThere) return { kind: 'refused', why: error.message };
    throw error;
  }
}

async function carryOut(input: DeliverInput, order: Order, found: readonly Abuse[], signal: AbortSignal): Promise<DeliveryResult> {
  if (order.verb === 'message') return writeToReporters(input, order, found, signal);
  const open = found.filter(isOpen);
  const closed = found.filter((report) => !isOpen(report)).toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0))[0] ?? null;
  const before = closedBefore(order, found);
  const theirs = { by: null, what: closed === null ? REPORT_GONE : whatOf(closed), at: closed?.updatedAt ?? null };
  if (order.verb === 'dismiss') {
    if (!order.force && metSomeone(input, order, found, closed)) return { kind: closed === null || closed.state.id === REJECTED ? 'already' : 'conflict', ...theirs };
    const publish = await publication(input.client, order, signal);
    if (open.length === 0 && publish === null && before.length === 0) return { kind: 'already', ...theirs, ...(closed === null && order.subject.extra['report'] === undefined ? { what: 'no longer held' } : {}) };
    if (publish !== null) await input.client.act(publish, signal);
    keepBlock(input, order, publish !== null);
    await settle(input, order, open, closingStateOf(order), signal);
    return { kind: 'done', remoteId: idsOf([...before, ...open], publish === null ? null : order), said: saidOf(publish === null ? 'rejected' : 'video published', [...before, ...open]) };
  }
  const deed = await deedOf(input.client, order, signal);
  if (deed.by === 'nothing') return { kind: 'refused', why: deed.why };
  if (!order.force && metSomeone(input, order, found, closed)) return { kind: deed.isSo ? 'already' : 'conflict', ...theirs };
  if (deed.isSo && open.length === 0 && before.length === 0) return { kind: 'already', by: null, what: deed.said, at: closed?.updatedAt ?? null };
  // What an earlier try of this order did, whose answer was lost, is its own.
  const own = `deed of ${order.id}`;
  const stood = deed.isSo && !input.memory.ours.has(own) && order.begunBy !== 'itself';
  if (!deed.isSo) rememberOurs(input.memory, own, order.id);
  const did = !deed.isSo && await perform(input.client, deed, signal);
  keepBlock(input, order, order.verb === 'remove' || order.verb === 'restore');
  if (!deed.isSo && !did && open.length === 0 && before.length === 0) return { kind: 'already', by: null, what: deed.said, at: closed?.updatedAt ?? null };
  await settle(input, order, open, closingStateOf(order), signal);
  return { kind: 'done', remoteId: asStood(idsOf([...before, ...open], deed.before === undefined ? null : order, did ? deed.was : undefined), stood), said: saidOf(deed.said, [...before, ...open]) };
}

/** What a try of the order closed that was cut off. PeerTube does not tell who closed a report: whatever was closed since the person looked. */
function closedBefore({ begunBy, expected }: Order, found: readonly Abuse[]): readonly Abuse[] {
  return begunBy === 'itself' ? found.filter((report) => !isOpen(report) && (report.updatedAt ?? 0) > closedIn(expected)) : [];
}

/** A video that waited and waits no more does so by this order. */
function keepBlock({ memory }: DeliverInput, { id, subject }: Order, decided: boolean): void {
  if (decided && subject.type === 'post') rememberOurs(memory, blockId(subject.remoteId), id);
}

/** Does it; false where there was nothing left to do it to. */
async function perform(client: Client, deed: Deed & { by: 'call' }, signal: AbortSignal): Promise<boolean> {
  try {
    if (deed.before !== undefined) await client.act(deed.before, signal);
    await client.act(deed.call, signal);
    return true;
  } catch (error) {
    if (deed.goneIsDone === true && error instanceof RefusedThere && GONE.has(error.status)) return false;
    throw error;
  }
}

/** Whether someone else closed the reports since the person looked. */
function metSomeone({ memory }: DeliverInput, order: Order, found: readonly Abuse[], closed: Abuse | null): boolean {
  const { report } = order.subject.extra;
  // Who closed them is not told: what the decision has begun there may have.
  if (found.some(isOpen) || order.begunBy !== undefined) return false;
  // Deleted, or its reporter muted: by this session, or by someone.
  if (closed === null) return report !== undefined && !memory.ours.has(report);
  return !memory.ours.has(closed.id) && (closed.updatedAt ?? Infinity) > closedIn(order.expected);
}

/** Undoes the deed, and opens the reports again that were closed with it. */
async function takeBack(input: DeliverInput, order: Order, found: readonly Abuse[], signal: AbortSignal): Promise<DeliveryResult> {
  const { client, memory } = input;
  const named = order.reverses?.remoteId?.split(' ') ?? found.filter(({ id }) => memory.ours.has(id)).map(({ id }) => id);
  const waited = named.includes(blockId(order.subject.remoteId));
  if (waited && order.verb === 'remove') return { kind: 'refused', why: 'PeerTube does not let the video wait for a moderator again, and taking the block off would publish it. Use Restore for that.' };
  const deed: Deed | null = order.verb === 'dismiss' ? null : await deedOf(client, order, signal);
  if (deed?.by === 'nothing') return { kind: 'refused', why: deed.why };
  if (deed !== null && deed.undo === null) return { kind: 'refused', why: 'PeerTube does not keep a comment that was removed, so it cannot be brought back.' };
  const closed = found.filter((report) => !isOpen(report) && named.includes(report.id));
  // Closed otherwise than the order closed it, it is somebody else's decision by now.
  const changed = order.force ? undefined : closed.find(({ state }) => state.id !== closingStateOf(order));
  if (changed !== undefined) return { kind: 'conflict', by: null, what: whatOf(changed), at: changed.updatedAt };
  const stands = deed?.isSo === true;
  // PeerTube does not tell who blocked, muted, suspended or marked something.
  const before = stands ? stoodBefore(order, deed.said) : null;
  if (before !== null) return before;
  if (stands && deed.undo !== null) await client.act(deed.undo, signal);
  if (waited && order.verb === 'dismiss') await client.act({ method: 'POST', path: blocklistPath(order.subject.remoteId), json: { reason: reasonOf(order) } }, signal);
  else if (!stands && closed.length === 0) return { kind: 'already', by: null, what: deed === null ? 'pending' : `no longer: ${deed.said}`, at: null };
  for (const { id } of closed) {
    await client.act({ method: 'PUT', path: `/abuses/${id}`, json: { state: PENDING } }, signal);
    memory.ours.delete(id);
  }
  return { kind: 'done', remoteId: idsOf(closed, null), said: saidOf(deed === null ? waited ? 'video blocked again' : 'reopened' : `taken back: ${deed.said}`, closed) };
}

/** What an order says of the reports: they were wrong, or right. */
function closingStateOf({ verb }: Order): number {
  return verb === 'dismiss' || verb === 'restore' ? REJECTED : ACCEPTED;
}

/** Sets reports' state, which tells their reporters, and leaves the reason for the other moderators. */
async function settle({ client, memory }: DeliverInput, order: Order, reports: readonly Abuse[], state: number, signal: AbortSignal): Promise<void> {
  for (const { id, moderationComment } of reports) {
    const words = [moderationComment, order.reason].filter((part) => part.trim() !== '').join('\n');
    // What another moderator wrote is never cut for what Docket adds.
    const comment = words.length >= 2 && words.length <= COMMENT ? { moderationComment: words } : {};
    await client.act({ method: 'PUT', path: `/abuses/${id}`, json: { state, ...comment } }, signal);
    rememberOurs(memory, id, order.id);
  }
}

/** What an order closed, as it is taken back by it; `held`: the order, where it decided on a video that waited; `was`: what it changed. */
function idsOf(reports: readonly Abuse[], held: Order | null, was?: string): string | null {
  const ids = [...(held === null ? [] : [blockId(held.subject.remoteId)]), ...(was === undefined ? [] : [was]), ...reports.map(({ id }) => id)];
  return ids.length === 0 ? null : ids.join(' ');
}

import type { DeliveryResult, Order } from '../connector.ts';
import { rememberDone, rememberOurs } from '../http/session-memory.ts';
import type { Memory } from '../http/session-memory.ts';
import { RefusedThere } from '../http/refused.ts';
import { saidOf } from '../http/said.ts';
import { asStood, stoodBefore } from '../http/stood.ts';
import type { Access } from './capabilities.ts';
import { isUnknownPath } from './client.ts';
import { deedOf } from './deeds.ts';
import type { Deed } from './deeds.ts';
import { readKey } from './model.ts';
import type { Kind, Report, Thing } from './model.ts';
import { reportsAbout, thingNow } from './state.ts';
import type { StateInput } from './state.ts';
import { closedIn, whatOf } from './subjects.ts';

export type DeliverInput = StateInput & { readonly memory: Memory; readonly access: Access; readonly me: { readonly id: string } };

/** What stands there when an order arrives. */
type State = { readonly about: { readonly kind: Kind; readonly id: string; readonly postId: string | null }; readonly thing: Thing | null; readonly open: readonly Report[]; readonly closed: Report | null; /** What a try of the order closed that was cut off. */ readonly before: readonly Report[] };

/** Sends one order. No call of this API has an idempotency key, so every order reads the state first. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const before = input.memory.done.get(order.id);
  if (before !== undefined) return before;
  const name = readKey(order.subject.remoteId);
  if (name === null) return { kind: 'refused', why: 'Docket does not know this kind of report. Handle it on the instance.' };
  try {
    const about = { ...name, postId: order.subject.extra['post'] ?? null };
    const { found } = await reportsAbout(input, about, signal);
    const thing = await thingNow(input, name.kind, name.id, signal) ?? (name.kind === 'private_message' ? found[0]?.thing ?? null : null);
    const state: State = { about, thing, open: found.filter(({ resolved }) => !resolved), closed: lastClosed(found), before: closedBefore(input, order, found) };
    const result = order.reverse ? await takeBack(input, order, state, found, signal) : await carryOut(input, order, state, signal);
    if (result.kind === 'done') rememberDone(input.memory, order.id, result);
    return result;
  } catch (error) {
    if (error instanceof RefusedThere && !isUnknownPath(error)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

function lastClosed(reports: readonly Report[]): Report | null {
  return reports.filter(({ resolved }) => resolved).toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0))[0] ?? null;
}

function closedBefore({ me }: DeliverInput, { begunBy, expected }: Order, found: readonly Report[]): readonly Report[] {
  return begunBy === 'itself' ? found.filter(({ resolved, resolver, updatedAt }) => resolved && resolver?.id === me.id && (updatedAt ?? 0) > closedIn(expected)) : [];
}

async function carryOut(input: DeliverInput, order: Order, state: State, signal: AbortSignal): Promise<DeliveryResult> {
  const { about, thing, open, closed, before } = state;
  if (order.verb === 'dismiss') {
    const met = order.force ? null : metSomeone(input, order, state, () => closed !== null && !closed.thing.removed);
    if (met !== null) return met;
    if (open.length === 0) return { kind: 'already', by: closed?.resolver?.handle ?? null, what: closed === null ? 'report gone' : whatOf(closed), at: closed?.updatedAt ?? null };
    await close(input, order, open, signal);
    return { kind: 'done', remoteId: keysOf([...before, ...open]), said: saidOf('dismissed', open) };
  }
  const deed = deedOf(input, order, thing);
  if (deed.by === 'nothing') return { kind: 'refused', why: deed.why };
  if (thing === null) return { kind: 'refused', why: 'It is gone from the instance, so nothing can be done to it. Dismiss the item.' };
  const isSo = await deed.isSo(thing, signal);
  const met = order.force ? null : metSomeone(input, order, state, () => isSo);
  if (met !== null) return met;
  if (isSo && open.length === 0) return { kind: 'already', what: deed.said, ...await whoDid(input, order, deed, closed, signal) };
  if (!isSo && deed.barred !== undefined) return { kind: 'refused', why: deed.barred };
  if (!isSo) await input.client.act(deed.call, deed.said, signal);
  // Removing closes the reports by itself since 0.19.4 (api_crud/src/post/remove.rs, resolve_all_for_object); what is left open is closed after it.
  const left = isSo || !deed.closes ? open : (await reportsAbout(input, about, signal)).found.filter(({ resolved }) => !resolved);
  for (const { key } of open) rememberOurs(input.memory, key, order.id);
  await close(input, order, left, signal);
  return { kind: 'done', remoteId: asStood(keysOf([...before, ...open]), isSo), said: saidOf(deed.said, open) };
}

/** Who did what stands there: the log tells, and else who closed the reports, unless this account did. */
async function whoDid({ client, dialect, me }: DeliverInput, { verb }: Order, { logged }: Extract<Deed, { readonly by: 'call' }>, closed: Report | null, signal: AbortSignal): Promise<{ readonly by: string | null; readonly at: number | null }> {
  const last = logged === null ? null : await dialect.latest(client, logged, signal);
  if (last?.undone === (verb === 'restore') && last.by !== null) return { by: last.by.handle, at: last.at };
  return { by: closed === null || closed.resolver?.id === me.id ? null : closed.resolver?.handle ?? null, at: closed?.updatedAt ?? null };
}

/** Someone else closed the reports since the person looked: what they did is what was wished for, or a conflict. */
function metSomeone({ me, memory }: DeliverInput, order: Order, { open, closed }: State, isSo: () => boolean): DeliveryResult | null {
  if (open.length > 0 || closed === null || memory.ours.has(closed.key) || closed.resolver?.id === me.id) return null;
  if (closed.updatedAt !== null && closed.updatedAt <= closedIn(order.expected)) return null;
  return { kind: isSo() ? 'already' : 'conflict', by: closed.resolver?.handle ?? null, what: whatOf(closed), at: closed.updatedAt };
}

/** Undoes the deed, and opens the reports again that were closed with it. */
async function takeBack(input: DeliverInput, order: Order, { about, thing }: State, found: readonly Report[], signal: AbortSignal): Promise<DeliveryResult> {
  const { client, me } = input;
  // Where the answer to the order was lost, those that this account closed last.
  const named = order.reverses?.remoteId?.split(' ') ?? found.filter(({ resolver }) => resolver?.id === me.id).map(({ key }) => key);
  const toOpen = new Set(named);
  const closed = found.filter(({ key, resolved }) => resolved && toOpen.has(key));
  const deed: Deed | null = order.verb === 'dismiss' ? null : deedOf(input, order, thing);
  if (deed?.by === 'nothing') return { kind: 'refused', why: deed.why };
  if (deed !== null && deed.undo === null) return { kind: 'refused', why: 'The member may have read it already; Lemmy has no way to take it back.' };
  if (deed !== null && thing === null) return { kind: 'refused', why: 'It is gone from the instance, so nothing can be taken back.' };
  const isThere = deed !== null && thing !== null && await (deed.stands ?? deed.isSo)(thing, signal);
  const last = isThere && deed.logged !== null ? await input.dialect.latest(client, deed.logged, signal) : null;
  const standing = last?.undone === (order.verb === 'restore') ? last : null;
  // What was never removed was not restored either, which the log would have: only its reports were closed.
  const stands = isThere && (order.verb !== 'restore' || standing !== null || order.force);
  if (!stands && closed.length === 0) return { kind: 'already', by: null, what: deed === null ? 'open' : `no longer ${deed.said}`, at: null };
  // A colleague who did last what stands there, before ours was to be or since: theirs to take back.
  if (stands && standing !== null && standing.by !== null && standing.by.id !== me.id && !order.force) return { kind: 'conflict', by: standing.by.handle, what: deed.said, at: standing.at };
  // An earlier try of the order, whose answer was lost, stands in the log as this account's.
  const before = stands && standing?.by?.id !== me.id ? stoodBefore(order, deed.said) : null;
  if (before !== null) return before;
  if (stands && deed?.barred !== undefined) return { kind: 'refused', why: deed.barred };
  // Restoring closes reports just as removing does, those too that are open again or still, so all are opened after it.
  if (stands && deed.undo) await client.act(deed.undo, 'the taking back', signal);
  for (const { key, resolved } of found) if (!resolved) toOpen.add(key);
  const shut = stands && deed.closes ? (await reportsAbout(input, about, signal)).found.filter(({ key, resolved }) => resolved && toOpen.has(key)) : closed;
  for (const report of shut) {
    if (report.kind === 'unknown') continue;
    await client.act(input.dialect.calls.resolve(report.kind, report.id, false, ''), 'the reopening of a report', signal);
    input.memory.ours.delete(report.key);
  }
  return { kind: 'done', remoteId: keysOf(shut), said: saidOf(deed === null ? 'reopened' : `taken back: ${deed.said}`, shut) };
}

async function close({ client, dialect, memory }: DeliverInput, order: Order, reports: readonly Report[], signal: AbortSignal): Promise<void> {
  for (const { kind, id, key } of reports) {
    if (kind === 'unknown') continue;
    await client.act(dialect.calls.resolve(kind, id, true, order.reason), 'the closing of a report', signal);
    rememberOurs(memory, key, order.id);
  }
}

function keysOf(reports: readonly Report[]): string | null {
  return reports.length === 0 ? null : reports.map(({ key }) => key).join(' ');
}

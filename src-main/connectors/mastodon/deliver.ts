import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { saidOf } from '../http/said.ts';
import { asStood } from '../http/stood.ts';
import { actOnAccount } from './account-deeds.ts';
import type { Call, PostDeed, Way } from './dialect.ts';
import { rememberDone } from './memory.ts';
import { already, alreadyClosed, goneAccount, idsOf, isOurs, resolveAll } from './outcome.ts';
import type { DeliverInput } from './outcome.ts';
import { postById, readState } from './state.ts';
import type { State } from './state.ts';
import { lettersOf, seenIn } from './subjects.ts';
import { takeBack } from './take-back.ts';
import { whatOf } from './words.ts';

/** Sends one order. No call of this API can be repeated by a key of its own, so every order reads the state first. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const way = wayOf(input, order);
  if (way.by === 'nothing') return { kind: 'refused', why: way.why };
  const before = input.memory.done.get(order.id);
  if (before !== undefined) return before;
  try {
    const result = await attempt(input, order, way, signal);
    if (result.kind === 'done') rememberDone(input.memory, order.id, result);
    return result;
  } catch (error) {
    // GoToSocial runs one action on an account at a time, and says that it is temporary.
    if (isRefused(error, 409)) return { kind: 'retry', why: error.message, afterMs: null };
    throw error;
  }
}

async function attempt(input: DeliverInput, order: Order, way: Exclude<Way, { by: 'nothing' }>, signal: AbortSignal): Promise<DeliveryResult> {
  if (order.reverse) return takeBack(input, order, way, signal);
  const state = await readState(input, order.subject, way.by === 'account' || way.by === 'lifting', signal, isAboutSeen(way) ? order.decidedAt : null);
  const met = order.force ? null : await metSomeone(input, order, way, state, signal);
  return met ?? carryOut(input, order, way, state, signal);
}

/** Whether a decision speaks of the reports alone that were there: nobody has looked at what came after a dismissal or a warning. */
function isAboutSeen(way: Way): boolean {
  return way.by === 'reports' || (way.by === 'account' && way.deed.closes === 'named');
}

function wayOf({ dialect }: DeliverInput, order: Order): Way {
  const { type } = order.subject;
  const way = type === 'post' || type === 'member' ? dialect.ways[type][order.verb] : undefined;
  return way ?? { by: 'nothing', why: `${dialect.title} has nothing like it.` };
}

/** Someone else closed the reports since the person looked: what they did is what was wished for, or a conflict. */
async function metSomeone(input: DeliverInput, order: Order, way: Way, state: State, signal: AbortSignal): Promise<DeliveryResult | null> {
  const { closed } = state;
  const handled = closed?.handled ?? null;
  if (closed === null || handled === null || isOurs(input, closed)) return null;
  const before = seenIn(order.expected);
  if ((handled.at ?? Infinity) <= (before?.seen ?? order.decidedAt)) return null;
  const theirs = { by: handled.by, what: whatOf(closed), at: handled.at };
  return { kind: await isSo(input, order, way, state, before?.limits ?? null, signal) ? 'already' : 'conflict', ...theirs };
}

async function isSo(input: DeliverInput, order: Order, way: Way, { person }: State, limitsBefore: string | null, signal: AbortSignal): Promise<boolean> {
  switch (way.by) {
    case 'account': return way.deed.limit !== null && person?.limits.includes(way.deed.limit) === true;
    case 'post': {
      const post = await postById(input.client, input.dialect, order.subject.remoteId, signal);
      return (post !== null || person?.limits.includes('suspended') !== true) && way.deed.isSo(post);
    }
    // Closed without a change to the account is what a dismissal is; a limit is something else.
    case 'reports': return limitsBefore === null || limitsBefore === lettersOf(person);
    case 'lifting': return person?.limits.length === 0;
    case 'nothing': return false;
  }
}

async function carryOut(input: DeliverInput, order: Order, way: Exclude<Way, { by: 'nothing' }>, state: State, signal: AbortSignal): Promise<DeliveryResult> {
  switch (way.by) {
    case 'account': return actOnAccount(input, order, way.deed, state, signal);
    case 'post': return actOnPost(input, order, way.deed, state, signal);
    case 'lifting': return lift(input, order, state, signal);
    case 'reports': {
      if (state.open.length === 0) return alreadyClosed(state);
      await resolveAll(input, order, state.open, signal);
      return { kind: 'done', remoteId: idsOf(input, order), said: saidOf('dismissed', state.open) };
    }
  }
}

async function actOnPost(input: DeliverInput, order: Order, deed: PostDeed, state: State, signal: AbortSignal): Promise<DeliveryResult> {
  const { remoteId } = order.subject;
  const post = await postById(input.client, input.dialect, remoteId, signal);
  // One that is not found may be there all the same: Akkoma hides those of deactivated members, and deletes them (lib/pleroma/activity.ex, get_by_id).
  const isSo = post !== null && deed.isSo(post);
  const { tried } = input.memory;
  // What an earlier try of this order did, whose answer was lost, is its own.
  const stood = isSo && !tried.has(order.id) && order.begunBy !== 'itself';
  if (!isSo) tried.set(order.id, 'anchored');
  const acted = isSo ? false : await actOnce(input, remoteId, deed, signal);
  if (!acted && state.open.length === 0) return already(state, deed.said);
  await resolveAll(input, order, state.open, signal);
  tried.delete(order.id);
  return { kind: 'done', remoteId: asStood(idsOf(input, order), stood), said: saidOf(deed.said, state.open) };
}

/** Answers whether there was anything to do: a post that is gone is removed. */
async function actOnce({ client }: DeliverInput, id: string, deed: PostDeed, signal: AbortSignal): Promise<boolean> {
  try {
    await client.act(deed.call(id), deed.said, signal);
    return true;
  } catch (error) {
    if (isRefused(error, 404) && deed.isSo(null)) return false;
    throw error;
  }
}

async function lift({ client, dialect }: DeliverInput, order: Order, { person }: State, signal: AbortSignal): Promise<DeliveryResult> {
  if (person === null) return goneAccount();
  const calls = person.limits.flatMap((limit): readonly Call[] => {
    for (const way of Object.values(dialect.ways.member)) {
      if (way.by === 'account' && way.deed.limit === limit && way.deed.undo !== null) return [way.deed.undo(person)];
    }
    return [];
  });
  if (calls.length === 0) return { kind: 'already', by: null, what: 'nothing limits the account', at: null };
  for (const call of calls) await client.act(call, 'the lifting of a limit', signal);
  return { kind: 'done', remoteId: order.subject.remoteId, said: `lifted: ${person.limits.join(', ')}` };
}

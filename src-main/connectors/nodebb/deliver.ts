import type { Verb } from '../../contract/words.ts';
import type { ConnectorIo, DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { carryOut, reasonOf } from './deeds.ts';
import { deliverQueued } from './deliver-queued.ts';
import { CLOSED, lastChangeOf, nameIn, revisionOf, subjectOf, topicNow } from './flags.ts';
import { planOf } from './orders.ts';
import type { Plan } from './orders.ts';
import type { Ours } from '../http/ours.ts';
import { readFlag } from './pull.ts';
import { anything } from './schemas.ts';
import type { FlagDetail } from './schemas.ts';
import type { Uid } from './theirs.ts';

export type DeliverInput = { readonly io: ConnectorIo; readonly client: Client; readonly ours: Ours; readonly uid: Uid };

/** Sends one order: the deed first, then the flag's state. Setting the same state again changes nothing there. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const queued = order.subject.extra['queued'];
  if (queued !== undefined) return deliverQueued(input, queued, order, signal);
  const plan = planOf(order);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  const flagId = order.subject.extra['flag'];
  const flag = flagId === undefined ? null : await readFlag(input.client, flagId, signal);
  if (flag === null && flagId !== undefined && !order.force && !order.reverse) return { kind: 'conflict', by: null, what: 'the flag was deleted', at: null };
  if (flag !== null && !order.reverse && !order.force) {
    const met = await metSomeone(input, order, plan, flag, signal);
    if (met !== null) return met;
  }
  try {
    const deed = plan.deed === null ? null : await carryOut(input.client, plan.deed, flag === null ? order : whereItIsNow(order, flag), input.uid, signal);
    if (deed?.refused === true) return deed.met ?? { kind: 'refused', why: deed.said };
    const state = flag === null ? null : await setState(input, plan, order, flag, signal);
    return { kind: 'done', remoteId: flagId ?? null, said: [deed?.said ?? null, state].filter((part) => part !== null).join('; ') || null };
  } catch (error) {
    if (isRefused(error, 403)) return { kind: 'refused', why: `NodeBB does not allow this to the account: ${error.said}. An admin can grant it in the admin panel, Manage, Privileges.` };
    if (isRefused(error, 400, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** The order about the post in the topic where it stands now. */
function whereItIsNow(order: Order, flag: FlagDetail): Order {
  const topic = topicNow(flag);
  return topic === undefined ? order : { ...order, subject: { ...order.subject, extra: { ...order.subject.extra, topic } } };
}

async function setState({ client, ours }: DeliverInput, plan: Plan, order: Order, flag: FlagDetail, signal: AbortSignal): Promise<string> {
  const { flagId } = flag;
  if (flag.state !== plan.state) await client.change('PUT', `/api/v3/flags/${encodeURIComponent(flagId)}`, { state: plan.state }, 'the flag\'s state', signal);
  ours.note(`f${flagId}`, order.id);
  const noted = TELLS_REASON.has(order.verb) && !order.reverse && await noteReason(client, order, flag, signal);
  return `flag ${flagId} ${plan.state}${noted ? ', reason noted there' : ''}`;
}

/** What has no place for a reason of its own there; bans and mutes have one. */
const TELLS_REASON: ReadonlySet<Verb> = new Set(['dismiss', 'escalate', 'remove', 'restore', 'lock']);

/** Leaves the reason in the flag's notes, once; a forum that takes no note takes the decision all the same (openapi/write/flags/flagId/notes.yaml). */
async function noteReason(client: Client, order: Order, flag: FlagDetail, signal: AbortSignal): Promise<boolean> {
  const note = reasonOf(order);
  if (note === '' || flag.notes.some(({ content }) => content === note)) return false;
  try {
    await client.send('POST', `/api/v3/flags/${encodeURIComponent(flag.flagId)}/notes`, { note }, anything, 'the note', signal);
    return true;
  } catch (error) {
    if (isRefused(error, 400, 403, 404)) return false;
    throw error;
  }
}

/** What someone else did to the flag since the person looked: as the order wishes, or otherwise. */
async function metSomeone(input: DeliverInput, order: Order, plan: Plan, flag: FlagDetail, signal: AbortSignal): Promise<DeliveryResult | null> {
  const { state, assignee } = flag;
  if (order.expected === null ? !CLOSED.has(state ?? 'open') : order.expected === revisionOf(flag)) return null;
  const me = await input.uid(signal);
  const { by, byId, at } = lastChangeOf(flag);
  const [seenState, seenAssignee] = (order.expected ?? 'open/').split('/');
  if (state === seenState) {
    return (assignee ?? '') === seenAssignee || !assignee || assignee === me ? null : { kind: 'conflict', by: nameIn(flag, assignee), what: `assigned to ${nameIn(flag, assignee)}`, at: null };
  }
  if (byId === me || input.ours.orderOf(`f${flag.flagId}`) !== null) return null;
  const theirs = { by, what: state ?? 'changed', at };
  const isSo = state === plan.state && (plan.deed === null || (plan.deed === 'delete-post' && subjectOf(flag, input.client.settings.url).removed));
  return { kind: isSo ? 'already' : 'conflict', ...theirs };
}

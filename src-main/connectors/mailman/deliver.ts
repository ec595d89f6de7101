import { assertNever } from '../../contract/words.ts';
import type { DeliveryResult, Order } from '../connector.ts';
import type { Ours } from '../http/ours.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { heldPath, requestPath, tagOf } from './names.ts';
import { DONE, planOf } from './orders.ts';
import type { Disposal } from './orders.ts';
import { ban, mute, unban, unmute } from './senders.ts';
import { settledWords } from './settled.ts';
import type { Asked } from './settled.ts';
import { readmit, unsubscribe } from './subscribers.ts';
import { readHeld, readRequest } from './waiting.ts';

export type DeliverInput = { readonly client: Client; readonly ours: Ours; readonly asked: Asked };

/** Sends one order. What waits is looked at first: a number may have gone to another message meanwhile. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { extra, authorId } = order.subject;
  const list = extra['list'];
  const plan = planOf(order);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  if (list === undefined) return { kind: 'refused', why: 'It is not known any more which list this belongs to. Decide it in Mailman.' };
  const email = extra['email'] ?? authorId;
  try {
    if (order.reverse) return await takeBack(input, order, list, email, signal);
    const tag = await tagNow(input.client, order, list, signal);
    if (tag === null) {
      const met = await gone(input, order, plan.kind === 'dispose' ? plan.action : null, list, signal);
      if (met !== null) return met;
    } else if (!order.force && order.expected !== null && tag !== '' && tag !== order.expected) {
      return { kind: 'conflict', by: null, what: 'changed in the moderation queue', at: null };
    }
    switch (plan.kind) {
      case 'dispose': return await dispose(input, order, plan.action, list, signal);
      case 'ban': return stays(await ban(input.client, list, email, signal), tag !== null);
      case 'moderate': return stays(await mute(input.client, list, email, signal), tag !== null);
      default: return assertNever(plan, 'a plan without a deed');
    }
  } catch (error) {
    if (isRefused(error, 400, 403, 404, 405, 409)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** The entity tag of what waits, '' where it has none; null where it waits no more. Mailman has tags but no conditional requests (mailman/rest/helpers.py): they are compared here. */
async function tagNow(client: Client, { subject }: Order, list: string, signal: AbortSignal): Promise<string | null> {
  const { held, token } = subject.extra;
  if (held !== undefined) {
    const now = await readHeld(client, list, held, signal);
    return now === null || now.remoteId !== subject.remoteId ? null : tagOf(now.one.http_etag) ?? '';
  }
  const now = token === undefined ? null : await readRequest(client, list, token, signal);
  return now === null ? null : tagOf(now.http_etag) ?? '';
}

/** Out of the queue: by this order's first try or another of ours, or by someone whom Mailman does not name. Null: the deed is still to be done. */
async function gone({ client, ours, asked }: DeliverInput, order: Order, action: Disposal | null, list: string, signal: AbortSignal): Promise<DeliveryResult | null> {
  const { remoteId } = order.subject;
  const by = ours.orderOf(remoteId);
  if (action !== null && by === order.id) return { kind: 'done', remoteId, said: `was carried out before: ${DONE[action]}` };
  // Whom it came from can be muted or banned all the same.
  if (action === null && (order.force || by !== null || order.begunBy !== undefined)) return null;
  const what = order.subject.type === 'member' ? await settledWords(client, asked, remoteId, list, signal) : 'left the moderation queue';
  const met = { by: null, what, at: null };
  const isSo = (action === 'accept' && what === 'accepted') || ((action === 'reject' || action === 'discard') && what.startsWith('turned down'));
  return order.force || isSo ? { kind: 'already', ...met } : { kind: 'conflict', ...met };
}

async function dispose({ client, ours, asked }: DeliverInput, order: Order, action: Disposal, list: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { remoteId, extra } = order.subject;
  // What is deferred stays in the queue: how it leaves that is somebody else's doing.
  const deed = action === 'defer' ? `${remoteId} deferred` : remoteId;
  if (action === 'defer' && ours.orderOf(deed) === order.id) return { kind: 'done', remoteId, said: DONE.defer };
  // Noted before it is sent: the answer may be lost where the deed is not.
  ours.note(deed, order.id);
  const message = (order.message ?? '').trim();
  const isMessage = extra['held'] !== undefined;
  const path = isMessage ? heldPath(list, extra['held'] ?? '') : requestPath(list, extra['token'] ?? '');
  try {
    await client.change('POST', path, { action, ...(action === 'reject' ? { [isMessage ? 'comment' : 'reason']: message } : {}) }, 'the decision', signal);
  } catch (error) {
    if (isRefused(error, 404)) {
      // Someone was first between the look and the word.
      ours.forget(deed);
      return await gone({ client, ours, asked }, order, action, list, signal) ?? { kind: 'conflict', by: null, what: 'left the moderation queue', at: null };
    }
    // "Already subscribed": the request came to its end another way.
    if (isRefused(error, 409)) return { kind: 'already', by: null, what: error.said === '' ? 'subscribed already' : error.said.toLowerCase(), at: null };
    throw error;
  }
  return { kind: 'done', remoteId, said: DONE[action] };
}

async function takeBack({ client }: DeliverInput, order: Order, list: string, email: string | null, signal: AbortSignal): Promise<DeliveryResult> {
  switch (order.verb) {
    case 'suspend': return unban(client, list, email, order, signal);
    case 'mute': return unmute(client, list, email, order, signal);
    case 'escalate': return { kind: 'done', remoteId: null, said: 'it never left the queue' };
    case 'dismiss':
      if (order.subject.type === 'member' && email !== null) return order.subject.extra['type'] === 'unsubscription' ? readmit(client, list, email, signal) : unsubscribe(client, list, email, signal);
      break;
    default: break;
  }
  return { kind: 'refused', why: 'Mailman keeps nothing of what was accepted, rejected or discarded, so this cannot be taken back.' };
}

/** What is done to a sender leaves their message where it is: that is told. */
function stays(result: DeliveryResult, waits: boolean): DeliveryResult {
  return result.kind === 'done' && waits ? { ...result, said: `${result.said ?? ''}; what waits stays in the queue` } : result;
}

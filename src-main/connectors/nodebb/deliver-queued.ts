import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { carryOut, setPost } from './deeds.ts';
import type { DeliverInput } from './deliver.ts';
import { planOf } from './orders.ts';
import { readQueued } from './queue.ts';
import { accepted } from './schemas.ts';

/** Decides about a post that waits for approval: accepted, rejected, or left there with a word to its author. What has left the queue is refused there, so nothing is read first. */
export async function deliverQueued(input: DeliverInput, id: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  try {
    return await (order.reverse ? takeBack(input, id, order, signal) : decide(input, id, order, signal));
  } catch (error) {
    // "Post does not exist", in the account's language: someone was first between the look and the word.
    if (isRefused(error, 400, 404) && await readQueued(input.client, id, signal) === null) return gone(input, id, order);
    if (isRefused(error, 400, 403, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

async function decide(input: DeliverInput, id: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, ours } = input;
  const path = `/api/v3/posts/queue/${encodeURIComponent(id)}`;
  switch (order.verb) {
    case 'dismiss': {
      const { response } = await client.send('POST', path, {}, accepted, 'the acceptance', signal);
      ours.note(`q${id}`, order.id);
      const pid = response.post?.pid ?? response.pid ?? null;
      return { kind: 'done', remoteId: pid === null ? id : `${POST}${pid}`, said: `accepted from the post queue${pid === null ? '' : ` · post ${pid}`}` };
    }
    case 'remove': {
      await client.change('DELETE', path, order.message === null || order.message === '' ? {} : { message: order.message }, 'the rejection', signal);
      ours.note(`q${id}`, order.id);
      return { kind: 'done', remoteId: id, said: 'rejected from the post queue' };
    }
    // The forum has a word to who waits for approval; it cannot say whether one was sent, so that only this session knows.
    case 'message': {
      if (order.message === null || order.message.trim() === '') return { kind: 'refused', why: 'Write the message first.' };
      if (ours.orderOf(`n${id}`) === order.id) return { kind: 'done', remoteId: id, said: 'was carried out before' };
      await client.change('POST', `${path}/notify`, { message: order.message }, 'the notification', signal);
      ours.note(`n${id}`, order.id);
      return { kind: 'done', remoteId: id, said: 'author notified; the post stays in the queue' };
    }
    case 'warn':
    case 'mute':
    case 'suspend': return onAuthor(input, id, order, signal);
    default: return { kind: 'refused', why: 'A post in the queue can be accepted (Dismiss) or rejected (Remove), and its author muted, banned or written to.' };
  }
}

/** How a queued post that was accepted is called in the history: by the post that came of it. */
const POST = 'post/';

async function takeBack(input: DeliverInput, id: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const made = order.verb === 'dismiss' && order.reverses?.remoteId?.startsWith(POST) === true ? order.reverses.remoteId.slice(POST.length) : null;
  if (made !== null) return { kind: 'done', remoteId: made, said: `${(await setPost(input.client, made, true, signal)).said}, which was accepted from the queue` };
  if (order.verb === 'mute' || order.verb === 'suspend') return onAuthor(input, id, order, signal);
  return { kind: 'refused', why: 'NodeBB keeps nothing of a queued post once it is accepted or rejected.' };
}

async function onAuthor(input: DeliverInput, id: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const plan = planOf(order);
  if (typeof plan === 'string' || plan.deed === null) return { kind: 'refused', why: typeof plan === 'string' ? plan : 'There is nothing to do for this.' };
  const deed = await carryOut(input.client, plan.deed, order, input.uid, signal);
  return deed.refused ? deed.met ?? { kind: 'refused', why: deed.said } : { kind: 'done', remoteId: id, said: order.reverse ? deed.said : `${deed.said}; the post stays in the queue` };
}

/** Out of the queue: by this order's first try where this session remembers it, else by someone whose decision is not told. */
function gone({ ours }: DeliverInput, id: string, order: Order): DeliveryResult {
  if (ours.orderOf(`q${id}`) === order.id) return { kind: 'done', remoteId: id, said: 'was carried out before' };
  const met = { by: null, what: 'left the post queue', at: null };
  return order.force ? { kind: 'already', ...met } : { kind: 'conflict', ...met };
}

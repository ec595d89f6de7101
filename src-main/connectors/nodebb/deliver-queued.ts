import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from './client.ts';
import { carryOut } from './deeds.ts';
import type { DeliverInput } from './deliver.ts';
import { planOf } from './orders.ts';
import { queueList, queued as queuedSchema } from './schemas.ts';

/** Pages of the queue that are looked through for one post. */
const MOST_PAGES = 50;

/** Decides about a post that waits for approval: accepted, rejected, or left there with a word to its author. */
export async function deliverQueued(input: DeliverInput, id: string, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, ours } = input;
  if (order.reverse && (order.verb === 'remove' || order.verb === 'dismiss')) return { kind: 'refused', why: 'NodeBB keeps nothing of a queued post once it is accepted or rejected.' };
  const path = `/api/v3/posts/queue/${encodeURIComponent(id)}`;
  try {
    switch (order.verb) {
      case 'dismiss':
      case 'remove': {
        if (!await isQueued(input, id, signal)) return gone(input, id, order);
        const accepted = order.verb === 'dismiss';
        await client.change(accepted ? 'POST' : 'DELETE', path, {}, accepted ? 'the acceptance' : 'the rejection', signal);
        ours.note(`q${id}`, order.id);
        return { kind: 'done', remoteId: id, said: `${accepted ? 'accepted' : 'rejected'} from the post queue` };
      }
      case 'warn':
      case 'message':
        if (order.message === null || order.message.trim() === '') return { kind: 'refused', why: 'Write the message first.' };
        break;
      case 'mute':
      case 'suspend': break;
      default: return { kind: 'refused', why: 'A post in the queue can be accepted (Dismiss) or rejected (Remove), and its author muted, banned or written to.' };
    }
    const plan = planOf(order);
    if (typeof plan === 'string' || plan.deed === null) return { kind: 'refused', why: typeof plan === 'string' ? plan : 'There is nothing to do for this.' };
    const deed = await carryOut(client, plan.deed, order, input.io.now(), signal);
    return deed.refused ? { kind: 'refused', why: deed.said } : { kind: 'done', remoteId: id, said: `${deed.said}; the post stays in the queue` };
  } catch (error) {
    // "Post does not exist": someone was first between the look and the word.
    if (isRefused(error, 400, 404) && /does not exist|no-post|invalid/i.test(error.said)) return gone(input, id, order);
    if (isRefused(error, 400, 403, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** Out of the queue: by this order's first try where this session remembers it, else by someone whose decision is not told. */
function gone({ ours }: DeliverInput, id: string, order: Order): DeliveryResult {
  if (ours.orderOf(`q${id}`) === order.id) return { kind: 'done', remoteId: id, said: 'was carried out before' };
  const met = { by: null, what: 'left the post queue', at: null };
  return order.force ? { kind: 'already', ...met } : { kind: 'conflict', ...met };
}

async function isQueued({ client }: DeliverInput, id: string, signal: AbortSignal): Promise<boolean> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.get('/api/post-queue', [['page', page]], queueList, 'the post queue', signal);
    if (answer.posts.some((row) => queuedSchema.safeParse(row).data?.id === id)) return true;
    if (answer.posts.length === 0 || page >= (answer.pagination?.pageCount ?? 1)) return false;
  }
  return true;
}

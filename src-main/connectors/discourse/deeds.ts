import { ConnectorError } from '../connector.ts';
import type { DeliveryResult, Order } from '../connector.ts';
import type { Deed } from './actions.ts';
import { isRefused } from '../http/refused.ts';
import { asStood } from '../http/stood.ts';
import type { Client } from './client.ts';
import type { DeliverInput } from './deliver.ts';
import { leaveNote } from './notes.ts';
import { penalise } from './penalties.ts';
import type { Review } from './review.ts';
import { anything, carriedOut, topicShow } from './schemas.ts';

/** Whom and what a deed is about. */
export type Target = { readonly userId: string | null; readonly username: string | null; readonly topicId: string | null; readonly review: Review | null };

/** What was done, for the item's history; `refused` where it was not, `met` where what someone else did stands in its way. */
export type DeedResult = { readonly said: string; readonly refused: boolean; readonly remoteId?: string; readonly met?: Extract<DeliveryResult, { readonly kind: 'conflict' }> };

/** Carries out what an order does beside the review. Repeating one changes nothing. */
export async function carryOut({ client, ours }: Pick<DeliverInput, 'client' | 'ours'>, deed: Deed, order: Order, target: Target, signal: AbortSignal): Promise<DeedResult> {
  const { userId, username, topicId } = target;
  switch (deed) {
    case 'silence':
    case 'suspend': return userId === null ? no('Discourse does not say whose this is, so nobody can be penalised.') : penalise(client, deed, order, { userId, username }, signal);
    case 'warning':
    case 'message': {
      if (username === null) return no('Discourse does not say whose this is, so nobody can be written to.');
      if (order.message === null || order.message.trim() === '') return no('Write the message first.');
      // Topics may carry an id of the sender's own, by which they are found again (Discourse API docs, "external_id").
      if (await wasSent(client, order.id, signal)) return { said: `message to @${username} was sent`, refused: false };
      try {
        await client.send('POST', '/posts', {
          title: titleOf(order, deed), raw: order.message, archetype: 'private_message', target_recipients: username, external_id: order.id,
          ...(deed === 'warning' ? { is_warning: 'true' } : {}),
        }, carriedOut, 'the message', signal);
      } catch (error) {
        if (!isRefused(error, 422) || !/external.id/i.test(error.said)) throw error;
      }
      return { said: deed === 'warning' ? `official warning to @${username}` : `message to @${username}`, refused: false };
    }
    case 'note': return leaveNote(client, target.review, order, signal);
    case 'close-topic': {
      if (topicId === null) return no('There is no topic to close.');
      // Noted before it is sent: what an earlier try of this order did, whose answer was lost, is its own.
      const own = `topic ${topicId}`;
      if (await isClosed(client, topicId, signal) === !order.reverse) {
        const stood = !order.reverse && order.begunBy !== 'itself' && ours.orderOf(own, null) !== order.id;
        return { said: order.reverse ? 'topic was open already' : 'topic was closed already', refused: false, ...(stood ? { remoteId: asStood(topicId, true) ?? topicId } : {}) };
      }
      if (!order.reverse) ours.note(own, 0, order.id);
      await client.send('PUT', `/t/${encodeURIComponent(topicId)}/status`, { status: 'closed', enabled: String(!order.reverse) }, carriedOut, 'the topic\'s status', signal);
      return { said: order.reverse ? 'topic opened' : 'topic closed', refused: false };
    }
  }
}

/** Whether there is a topic of the sender's own number: the forum sends on to it, at the address that it has for itself. */
async function wasSent(client: Client, externalId: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await client.glance(`/t/external_id/${externalId}`, {}, anything, 'an earlier message', signal) !== null;
  } catch (error) {
    if (isRefused(error, 301, 302) || (error instanceof ConnectorError && error.kind === 'settings')) return true;
    throw error;
  }
}

/** Whether a topic is closed; null where that cannot be seen. */
async function isClosed(client: Client, topicId: string, signal: AbortSignal): Promise<boolean | null> {
  const topic = await client.glance(`/t/${encodeURIComponent(topicId)}`, {}, topicShow, 'the topic', signal);
  return topic?.closed ?? null;
}

function titleOf(order: Order, deed: 'warning' | 'message'): string {
  const about = order.guideline === null ? 'your post' : `our rule ${order.guideline}`;
  return deed === 'warning' ? `A warning about ${about}` : `From the moderators, about ${about}`;
}

function no(said: string): DeedResult {
  return { said, refused: true };
}

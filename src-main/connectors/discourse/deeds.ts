import { ConnectorError } from '../connector.ts';
import type { DeliveryResult, Order } from '../connector.ts';
import type { Deed } from './actions.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { leaveNote } from './notes.ts';
import { reasonOf } from './reason.ts';
import type { Review } from './review.ts';
import { adminUser, anything, carriedOut, topicShow } from './schemas.ts';

/** Whom and what a deed is about. */
export type Target = { readonly userId: string | null; readonly username: string | null; readonly topicId: string | null; readonly review: Review | null };

/** What was done, for the item's history; `refused` where it was not, `met` where what someone else did stands in its way. */
export type DeedResult = { readonly said: string; readonly refused: boolean; readonly remoteId?: string; readonly met?: Extract<DeliveryResult, { readonly kind: 'conflict' }> };

/** Discourse has no "for good": its own form sends a date in a thousand years (admin/user/suspend). */
const FOR_GOOD_YEARS = 1000;
/** What ends that far off counts as for good. */
const FOR_GOOD_MS = (FOR_GOOD_YEARS - 100) * 365 * 86_400_000;
const CONFLICT = 409;

/** Carries out what an order does beside the review. Repeating one changes nothing. */
export async function carryOut(client: Client, deed: Deed, order: Order, target: Target, signal: AbortSignal): Promise<DeedResult> {
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
      if (await isClosed(client, topicId, signal) === !order.reverse) return { said: order.reverse ? 'topic was open already' : 'topic was closed already', refused: false };
      await client.send('PUT', `/t/${encodeURIComponent(topicId)}/status`, { status: 'closed', enabled: String(!order.reverse) }, carriedOut, 'the topic\'s status', signal);
      return { said: order.reverse ? 'topic opened' : 'topic closed', refused: false };
    }
  }
}

/** The forum's clock is told to the second, and what was asked for may have taken its time. */
const SAME_END_MS = 2 * 60_000;

/** Silences or suspends (Discourse API docs, "Suspend a user" and "Silence a user"). */
async function penalise(client: Client, deed: 'silence' | 'suspend', order: Order, { userId, username }: { readonly userId: string; readonly username: string | null }, signal: AbortSignal): Promise<DeedResult> {
  const until = untilOf(order.durationMs, client.clock.now());
  const words = deed === 'silence' ? 'silenced' : 'suspended';
  const whom = username === null ? 'member' : `@${username}`;
  const put = async (): Promise<DeedResult> => {
    await client.send('PUT', `/admin/users/${encodeURIComponent(userId)}/${deed}`, {
      ...(deed === 'silence' ? { silenced_till: until } : { suspend_until: until }),
      reason: reasonOf(order), ...(order.message === null ? {} : { message: order.message }),
    }, carriedOut, deed === 'silence' ? 'the silencing' : 'the suspension', signal);
    return { said: `${whom} ${words}${order.durationMs === null ? ' for good' : ` until ${until.slice(0, 10)}`}`, refused: false };
  };
  try {
    return await put();
  } catch (error) {
    if (isRefused(error, 403)) return no(`Discourse does not let this account ${deed} ${whom}: staff cannot be penalised, and only moderators and admins may.`);
    // Admin::UsersController refuses a second penalty of the kind, and says who gave the first; it may be this order's first try.
    if (!isRefused(error, CONFLICT)) throw error;
    const user = await client.glance(`/admin/users/${encodeURIComponent(userId)}`, {}, adminUser, 'the member', signal);
    const stands = (deed === 'silence' ? user?.silenced_till : user?.suspended_till) ?? null;
    const wished = order.durationMs === null ? Date.parse(until) : order.decidedAt + client.clock.aheadMs() + order.durationMs;
    const told = error.said === '' ? '' : ` (${error.said})`;
    if (stands === null || stands >= wished - (order.durationMs === null ? FOR_GOOD_MS : SAME_END_MS)) return { said: `${whom} was ${words} already${told}`, refused: false };
    // A shorter one would have to be ended first: whose it is decides about that, or who insists.
    const what = `${words} until ${new Date(stands).toISOString().slice(0, 10)}${told}`;
    if (!order.force) return { ...no(`${whom} is ${what}`), met: { kind: 'conflict', by: null, what, at: null } };
    await lift(client, deed, userId, signal);
    return put();
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

/** Ends a penalty. */
export async function lift(client: Client, deed: 'silence' | 'suspend', userId: string, signal: AbortSignal): Promise<string> {
  await client.send('PUT', `/admin/users/${encodeURIComponent(userId)}/un${deed}`, {}, carriedOut, 'the lifting', signal);
  return deed === 'silence' ? 'no longer silenced' : 'no longer suspended';
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

function untilOf(durationMs: number | null, now: number): string {
  if (durationMs !== null) return new Date(now + durationMs).toISOString();
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + FOR_GOOD_YEARS);
  return end.toISOString();
}

function no(said: string): DeedResult {
  return { said, refused: true };
}

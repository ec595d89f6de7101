import type { Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import type { DeedResult } from './deeds.ts';
import { reasonOf } from './reason.ts';
import { nameOf } from './review.ts';
import { adminUser, carriedOut } from './schemas.ts';

/** Discourse has no "for good": its own form sends a date in a thousand years (admin/user/suspend). */
const FOR_GOOD_YEARS = 1000;
/** What ends that far off counts as for good. */
const FOR_GOOD_MS = (FOR_GOOD_YEARS - 100) * 365 * 86_400_000;
const CONFLICT = 409;

/** The forum's clock is told to the second, and what was asked for may have taken its time. */
const SAME_END_MS = 2 * 60_000;

/** Silences or suspends (Discourse API docs, "Suspend a user" and "Silence a user"). */
export async function penalise(client: Client, deed: 'silence' | 'suspend', order: Order, { userId, username }: { readonly userId: string; readonly username: string | null }, signal: AbortSignal): Promise<DeedResult> {
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
    if (isRefused(error, 403)) return { said: `Discourse does not let this account ${deed} ${whom}: staff cannot be penalised, and only moderators and admins may.`, refused: true };
    // Admin::UsersController refuses a second penalty of the kind, and says who gave the first; it may be this order's first try.
    if (!isRefused(error, CONFLICT)) throw error;
    const { until: stands, by } = await penaltyNow(client, deed, userId, signal);
    const wished = order.durationMs === null ? Date.parse(until) : order.decidedAt + client.clock.aheadMs() + order.durationMs;
    const told = error.said === '' ? '' : ` (${error.said})`;
    if (stands === null || stands >= wished - (order.durationMs === null ? FOR_GOOD_MS : SAME_END_MS)) return { said: `${whom} was ${words} already${told}`, refused: false };
    // A shorter one would have to be ended first: whose it is decides about that, or who insists.
    const what = `${words} until ${new Date(stands).toISOString().slice(0, 10)}${by === null ? told : ''}`;
    if (!order.force) return { said: `${whom} is ${what}`, refused: true, met: { kind: 'conflict', by, what, at: null } };
    await lift(client, deed, userId, signal);
    return put();
  }
}

/** Which penalty of the kind a member has: until when, and who gave it; null where there is none, or the forum does not say. */
export async function penaltyNow(client: Client, deed: 'silence' | 'suspend', userId: string, signal: AbortSignal): Promise<{ readonly until: number | null; readonly by: string | null }> {
  const user = await client.glance(`/admin/users/${encodeURIComponent(userId)}`, {}, adminUser, 'the member', signal);
  const until = (deed === 'silence' ? user?.silenced_till : user?.suspended_till) ?? null;
  if (until === null || until < client.clock.now()) return { until: null, by: null };
  return { until, by: nameOf((deed === 'silence' ? user?.silenced_by : user?.suspended_by) ?? undefined) };
}

/** Ends a penalty. */
export async function lift(client: Client, deed: 'silence' | 'suspend', userId: string, signal: AbortSignal): Promise<string> {
  await client.send('PUT', `/admin/users/${encodeURIComponent(userId)}/un${deed}`, {}, carriedOut, 'the lifting', signal);
  return deed === 'silence' ? 'no longer silenced' : 'no longer suspended';
}

function untilOf(durationMs: number | null, now: number): string {
  if (durationMs !== null) return new Date(now + durationMs).toISOString();
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + FOR_GOOD_YEARS);
  return end.toISOString();
}

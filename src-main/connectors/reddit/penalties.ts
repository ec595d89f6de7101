import type { DeliveryResult, Order } from '../connector.ts';
import type { Client } from './client.ts';
import { colleagueWho, latestIn } from './log.ts';
import { noteFor, refuse } from './orders.ts';
import type { DeliverInput, Target } from './orders.ts';
import type { ModAction } from './schemas.ts';
import { banOf, isMuted } from './standing.ts';

const DAY = 86_400_000;
/** POST /r/{subreddit}/api/friend (moderation.rst, "Ban user"). */
const MOST_REASON = 100;
const MOST_NOTE = 300;
const MOST_DAYS = 999;
const NOBODY = 'Reddit no longer says who wrote this: its author\'s account is gone.';

/** Bans from the subreddit, for days or for good, or lifts the ban. A ban that is at least as long stays as it is. */
export async function ban(input: DeliverInput, order: Order, { author, subreddit, name }: Target, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, io, ours } = input;
  if (author === null) return refuse(NOBODY);
  const now = await banOf(client, subreddit, author, signal);
  const where = `/r/${encodeURIComponent(subreddit)}/api`;
  if (order.reverse) {
    if (now === null) return already(client, subreddit, author, 'unbanuser', `not banned from r/${subreddit}`, signal);
    const theirs = order.force ? null : await colleagueWho(input, subreddit, 'banuser', isAbout(author), signal);
    if (theirs !== null) return { kind: 'conflict', ...theirs, what: `banned from r/${subreddit}` };
    await client.change(`${where}/unfriend`, { name: author, type: 'banned' }, 'the end of the ban', signal);
    return { kind: 'done', remoteId: author, said: `u/${author} no longer banned from r/${subreddit}` };
  }
  const days = order.durationMs === null ? null : Math.min(MOST_DAYS, Math.max(1, Math.round(order.durationMs / DAY)));
  const words = `u/${author} banned from r/${subreddit} ${days === null ? 'for good' : `for ${days} ${days === 1 ? 'day' : 'days'}`}`;
  // Days left are counted from now, an order's from its decision.
  const owed = days === null ? null : days - Math.floor(Math.max(0, io.now() - order.decidedAt) / DAY) - 1;
  if (now !== null && (now.daysLeft === null || (owed !== null && now.daysLeft >= owed))) {
    if (ours.orderOf(`${author} ban`) === order.id) return { kind: 'done', remoteId: author, said: words };
    return already(client, subreddit, author, 'banuser', now.daysLeft === null ? 'banned for good' : `banned for ${now.daysLeft} more days`, signal);
  }
  await client.change(`${where}/friend`, {
    name: author, type: 'banned', duration: days, ban_reason: (order.guideline ?? '').slice(0, MOST_REASON), note: order.reason.slice(0, MOST_NOTE),
    ban_message: order.message ?? '', ban_context: name,
  }, 'the ban', signal);
  ours.note(`${author} ban`, order.id);
  return { kind: 'done', remoteId: author, said: words };
}

/** Reddit's mute keeps a member from writing to the subreddit's moderators; posting is ended by a ban. */
export async function mute(input: DeliverInput, order: Order, { author, subreddit }: Target, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, ours } = input;
  if (author === null) return refuse(NOBODY);
  const muted = await isMuted(client, subreddit, author, signal);
  const where = `/r/${encodeURIComponent(subreddit)}/api`;
  const key = `${author} mute`;
  const words = `u/${author} ${order.reverse ? 'no longer muted' : 'muted'} in r/${subreddit}'s modmail`;
  if (muted !== order.reverse) {
    return ours.orderOf(key) === order.id ? { kind: 'done', remoteId: author, said: words } : already(client, subreddit, author, order.reverse ? 'unmuteuser' : 'muteuser', words, signal);
  }
  const theirs = order.reverse && !order.force ? await colleagueWho(input, subreddit, 'muteuser', isAbout(author), signal) : null;
  if (theirs !== null) return { kind: 'conflict', ...theirs, what: `muted in r/${subreddit}'s modmail` };
  if (order.reverse) await client.change(`${where}/unfriend`, { name: author, type: 'muted' }, 'the end of the mute', signal);
  else await client.change(`${where}/friend`, { name: author, type: 'muted', note: noteFor(order).slice(0, MOST_NOTE) }, 'the mute', signal);
  ours.note(key, order.id);
  return { kind: 'done', remoteId: author, said: words };
}

/** Names are compared without regard to case, as Reddit does. */
function isAbout(author: string): (action: ModAction) => boolean {
  return ({ target_author: name }) => name?.toLowerCase() === author.toLowerCase();
}

/** It is so already; the log tells by whom. */
async function already(client: Client, subreddit: string, author: string, action: string, what: string, signal: AbortSignal): Promise<DeliveryResult> {
  const theirs = await latestIn(client, subreddit, (one) => one.action === action && isAbout(author)(one), signal);
  return { kind: 'already', by: theirs?.by ?? null, what, at: theirs?.at ?? null };
}

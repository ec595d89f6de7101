import type { Client } from './client.ts';
import { relations } from './schemas.ts';

/** A ban as its subreddit lists it; null days for one for good. */
export type Ban = { readonly daysLeft: number | null; readonly note: string };

/** A member's ban from a subreddit; null where there is none, or the account may not see it. */
export async function banOf(client: Client, subreddit: string, name: string, signal: AbortSignal): Promise<Ban | null> {
  const row = await relationOf(client, subreddit, 'banned', name, signal);
  return row === null ? null : { daysLeft: row.days_left ?? null, note: row.note ?? '' };
}

/** Whether a member cannot write to a subreddit's moderators. */
export async function isMuted(client: Client, subreddit: string, name: string, signal: AbortSignal): Promise<boolean> {
  return await relationOf(client, subreddit, 'muted', name, signal) !== null;
}

async function relationOf(client: Client, subreddit: string, where: 'banned' | 'muted', name: string, signal: AbortSignal) {
  const answer = await client.glance(`/r/${encodeURIComponent(subreddit)}/about/${where}`, { user: name, limit: 100 }, relations, `who is ${where}`, signal);
  return answer?.data.children.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
}

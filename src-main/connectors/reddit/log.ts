import type { Resolution } from '../connector.ts';
import type { Client } from './client.ts';
import { listing, modAction } from './schemas.ts';
import type { DeliverInput } from './orders.ts';
import type { ModAction } from './schemas.ts';
import { multiOf } from './settings.ts';

/** What is new since a minute ago fits the first page; more is read by as much as the log gives (moderation.rst, "Pull moderation action log entries"). */
const FIRST_PAGE = 100;
const PER_PAGE = 500;
/** More than was done in so many pages since the last look is not caught up with: what is open is looked up one by one anyway. */
const MOST_PAGES = 10;

/** What moderators did, newest first. */
export type Log = { readonly actions: readonly ModAction[]; readonly newest: LogPlace };
/** An entry of the log by which later ones are told. */
type LogPlace = { readonly id: string; readonly at: number };

/**
 * What was done since an entry, of one type where it is named; only the newest page where there is none. Null where the
 * account may not read the log (404).
 */
export async function readLog(client: Client, since: LogPlace | null, signal: AbortSignal, subreddits = client.settings.subreddits, type?: string): Promise<Log | null> {
  const actions: ModAction[] = [];
  let after: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.glance(`/r/${multiOf(subreddits)}/about/log`, { limit: page === 1 ? FIRST_PAGE : PER_PAGE, after, type }, listing, 'the moderation log', signal);
    if (answer === null) return null;
    const read = answer.data.children.flatMap((entry) => modAction.safeParse(entry).data?.data ?? []);
    const known = read.findIndex(({ id, created_utc: at }) => since !== null && (id === since.id || at * 1000 < since.at));
    actions.push(...known === -1 ? read : read.slice(0, known));
    after = answer.data.after ?? undefined;
    if (since === null || known !== -1 || after === undefined) break;
  }
  const [first] = actions;
  return { actions, newest: first === undefined ? since ?? { id: '', at: 0 } : { id: first.id, at: first.created_utc * 1000 } };
}

/** The latest action of a kind in a subreddit, for who and when; null where the log does not have it or may not be read. */
export async function latestIn(client: Client, subreddit: string, fits: (action: ModAction) => boolean, signal: AbortSignal): Promise<{ readonly by: string | null; readonly at: number } | null> {
  const found = (await readLog(client, null, signal, [subreddit]))?.actions.find(fits);
  return found === undefined ? null : { by: named(found.mod), at: Math.round(found.created_utc * 1000) };
}

/**
 * What a colleague did last by an action that stands now, before ours was to be or since: theirs to take back. Null where
 * it was this account, or the log does not tell.
 */
export async function colleagueWho({ client, me }: Pick<DeliverInput, 'client' | 'me'>, subreddit: string, type: string, about: (action: ModAction) => boolean, signal: AbortSignal): Promise<{ readonly by: string; readonly at: number } | null> {
  const found = (await readLog(client, null, signal, [subreddit], type))?.actions.find((action) => action.action === type && about(action));
  const by = named(found?.mod);
  if (found === undefined || by === null || by.toLowerCase() === `u/${await me(signal)}`.toLowerCase()) return null;
  return { by, at: Math.round(found.created_utc * 1000) };
}

/** The actions that settle a thing, and what they come to (r2/r2/models/modaction.py). */
const SETTLING: Readonly<Record<string, string>> = {
  approvelink: 'approved', approvecomment: 'approved', removelink: 'removed', removecomment: 'removed', spamlink: 'removed as spam', spamcomment: 'removed as spam',
};
const WORDS: Readonly<Record<string, string>> = {
  ...SETTLING, lock: 'locked', unlock: 'unlocked', ignorereports: 'reports ignored', unignorereports: 'reports no longer ignored', marknsfw: 'marked NSFW', unmarknsfw: 'NSFW taken off',
  spoiler: 'marked as spoiler', unspoiler: 'spoiler taken off', sticky: 'pinned', unsticky: 'unpinned', distinguish: 'distinguished', addremovalreason: 'removal reason', editflair: 'flair changed',
};
/** Details that only repeat what settled a thing. */
const PLAIN = new Set(['remove', 'spam', 'confirm_spam', 'confirm_ham', 'unspam']);

export function settles({ action }: ModAction): boolean {
  return Object.hasOwn(SETTLING, action);
}

/** An action on a thing, in words; one that is not known is carried as it is. */
export function wordsFor(entry: ModAction): string {
  const { action, details, description } = entry;
  const words = (Object.hasOwn(WORDS, action) ? WORDS[action] : undefined) ?? action;
  const more = [details, description].filter((part) => part && !(settles(entry) && PLAIN.has(part))).join(', ');
  return more === '' ? words : `${words}: ${more}`;
}

/** An action as an outside resolution of the thing that it was done to. */
export function resolutionFrom(action: ModAction, orderId: string | null, closes: boolean, notBefore: number): Resolution {
  const remoteId = action.target_fullname ?? '';
  const at = Math.round(action.created_utc * 1000);
  return { subject: { type: 'post', remoteId }, by: named(action.mod), what: wordsFor(action), at: closes ? Math.max(at, notBefore) : at, orderId, closes };
}

/** How moderators are named in what Docket tells. */
export function named(name: string | null | undefined): string | null {
  return name ? `u/${name}` : null;
}

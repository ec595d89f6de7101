import { ConnectorError } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { lacksPermission } from './client.ts';
import type { Client, Query } from './client.ts';
import { listing, readThing } from './schemas.ts';
import type { ReadThing } from './schemas.ts';

/** Larger numbers are clamped to it (listings.rst, "limit"). */
const PER_PAGE = 100;
/** GET /api/info ignores every id where there are more (submission.rst, "Get"). */
const AT_ONCE = 100;

export type Page = { readonly things: readonly ReadThing[]; readonly after: string | null };

/** A page of posts and comments; what has no name to go by is not passed over. */
export async function pageOf(client: Client, path: string, query: Query, what: string, signal: AbortSignal): Promise<Page> {
  const { data } = await client.get(path, { limit: PER_PAGE, ...query }, listing, what, signal).catch((error: unknown) => {
    if (lacksPermission(error) || isRefused(error, 404)) throw notShown(path, error);
    throw error;
  });
  const things = data.children.map((entry) => {
    const read = readThing(entry);
    if (read === null) throw nameless();
    // A subreddit that does not exist is answered with a search for subreddits.
    if (read.thing.kind === 't5') throw new ConnectorError('settings', 'Reddit knows none of these subreddits. Check their names in the connection\'s settings.');
    return read;
  });
  return { things, after: data.after || null };
}

/** What cannot be told from others must not be passed over, nor taken for gone. */
function nameless(): ConnectorError {
  return new ConnectorError('unintelligible', 'Reddit sent an entry without a name. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.');
}

function notShown(path: string, error: unknown): ConnectorError {
  const where = /^\/r\/([^/]+)/.exec(path)?.[1] ?? 'mod';
  const whose = where === 'mod' ? 'of the moderated subreddits' : `of r/${where.replaceAll('+', ', r/')}`;
  return new ConnectorError('refused', `Reddit does not show the queue ${whose} to this account: it has to moderate each of them with the "posts" permission. Take out of the settings those that it does not, or have someone with all permissions give it under Mod tools, Moderators.`, null, error);
}

/** Things as they are now, by full name; what is gone from Reddit is left out. */
export async function lookUp(client: Client, names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, ReadThing>> {
  const found = new Map<string, ReadThing>();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const { data } = await client.get('/api/info', { id: names.slice(at, at + AT_ONCE).join(',') }, listing, 'what became of things', signal);
    for (const entry of data.children) {
      const read = readThing(entry);
      if (read === null) throw nameless();
      found.set(read.thing.name, read);
    }
  }
  return found;
}

import { partsOf } from './names.ts';
import type { Client } from './client.ts';
import { feed, thread } from './schemas.ts';
import type { Post, Thread } from './schemas.ts';
import { XrpcRefused } from './xrpc.ts';

const BEFORE = 10;
const AFTER = 10;
const RECENT = 10;

export type Around = { readonly before: readonly Post[]; readonly after: readonly Post[] };

/** The posts a post answers and those that answer it, as Ozone's own eyes see them (it forwards app.bsky.feed.*). */
export async function threadAround(client: Client, labeler: string, uri: string, signal: AbortSignal): Promise<Around> {
  if (partsOf(uri)?.collection !== 'app.bsky.feed.post') return { before: [], after: [] };
  try {
    const answer = await client.get(labeler, 'app.bsky.feed.getPostThread', { uri, depth: 2, parentHeight: BEFORE }, thread, signal);
    const before: Post[] = [];
    for (let up = answer.thread.parent; up !== undefined; up = up.parent) if (up.post !== undefined) before.unshift(up.post);
    return { before: before.slice(-BEFORE), after: flat(answer.thread.replies ?? []).slice(0, AFTER) };
  } catch (error) {
    // Gone, or its author is suspended: the AppView says not found.
    if (error instanceof XrpcRefused) return { before: [], after: [] };
    throw error;
  }
}

function flat(replies: readonly Thread[]): Post[] {
  return replies.flatMap(({ post, replies: inner }) => [...(post === undefined ? [] : [post]), ...flat(inner ?? [])]);
}

/** The author's latest posts, newest first; none of others that they reposted. */
export async function recentOf(client: Client, labeler: string, did: string | null, signal: AbortSignal): Promise<readonly Post[]> {
  if (did === null) return [];
  try {
    const answer = await client.get(labeler, 'app.bsky.feed.getAuthorFeed', { actor: did, limit: 2 * RECENT, filter: 'posts_with_replies' }, feed, signal);
    return answer.feed.filter((item) => item !== null).map(({ post }) => post).filter(({ author }) => author.did === did).slice(0, RECENT);
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}

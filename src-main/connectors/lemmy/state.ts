import { z } from 'zod';
import type { Client } from './client.ts';
import type { Dialect, Listing } from './dialect.ts';
import type { Kind, Report, Thing } from './model.ts';
import { readThing } from './read.ts';
import { commentAnswer, communityAnswer, postAnswer } from './schemas.ts';
import type { Row } from './schemas.ts';

export type StateInput = { readonly client: Client; readonly dialect: Dialect; readonly admin: boolean };

/** Pages of reports about one thing, and pages of a list that cannot be narrowed to one thing. */
const ABOUT_PAGES = 10;
const LIST_PAGES = 20;

/** A post, comment or community as it is now; null where it is gone. Private messages cannot be asked for by id. */
export async function thingNow({ client }: StateInput, kind: Kind, id: string, signal: AbortSignal): Promise<Thing | null> {
  const { host } = new URL(client.server);
  const view = async (schema: z.ZodType<Row>, path: string): Promise<Thing | null> => {
    const found = await client.find(path, schema, `a ${kind}`, signal, { id });
    return found === null ? null : readThing(kind, found, 'creator', host);
  };
  switch (kind) {
    case 'post': return view(postAnswer.transform((answer) => answer.post_view), '/post');
    case 'comment': return view(commentAnswer.transform((answer) => answer.comment_view), '/comment');
    case 'community': return view(communityAnswer.transform((answer) => answer.community_view), '/community');
    case 'private_message': return null;
  }
}

/** All reports about one thing, closed ones too; `whole`: there are no more of them. */
export async function reportsAbout(
  input: StateInput, { kind, id, postId = null }: { readonly kind: Kind; readonly id: string; readonly postId?: string | null }, signal: AbortSignal,
): Promise<{ readonly found: readonly Report[]; readonly whole: boolean }> {
  const { client, dialect, admin } = input;
  const narrowed = kind === 'post' || kind === 'comment';
  const under = kind === 'post' ? id : postId ?? (kind === 'comment' && dialect.id === 'v4' ? (await thingNow(input, kind, id, signal))?.postId ?? null : null);
  const found: Report[] = [];
  let whole = true;
  const walk = async (listing: Listing, pages: number): Promise<void> => {
    for (let at: string | null = null, page = 0; page === 0 || at !== null; page += 1) {
      if (page === pages) {
        whole = false;
        return;
      }
      const { reports, next } = await dialect.page(client, listing, at, admin, signal);
      found.push(...reports.filter((report) => report.kind === kind && report.thing.id === id));
      at = next;
    }
  };
  await walk({ of: kind, open: false, ...(narrowed && (under !== null || dialect.id === 'v3') ? { about: { kind, id, postId: under } } : {}) }, narrowed ? ABOUT_PAGES : LIST_PAGES);
  if (found.length === 0 && !whole) await walk({ of: kind, open: true }, LIST_PAGES);
  const once = [...new Map(found.map((report) => [report.key, report])).values()];
  return { found: once.toSorted((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0)), whole };
}

import type { SubjectRef } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { merged, NOTHING } from '../http/rows.ts';
import type { Rows } from '../http/rows.ts';
import type { Client } from './client.ts';
import type { Give, PullInput } from './pull.ts';
import { waitingIn } from './position.ts';
import type { Position } from './position.ts';
import { page, videoBlock } from './schemas.ts';
import type { Video } from './schemas.ts';
import { videoNow } from './state.ts';
import { memberOf, videoSubject } from './subjects.ts';

/** Blocked by the instance's policy, since 8.0 or by its tags: until a moderator looks (packages/models/src/videos/blacklist/video-blacklist.model.ts). */
const AUTOMATIC = [2, 3] as const;
const MANUAL = 1;
const PAGE = 100;
const EVERY_MS = 120_000;

type Block = { readonly video: Video; readonly reason: string; readonly createdAt: number | null };

/** The id under which a held video's entry goes. */
export function blockId(videoId: string): string {
  return `block-${videoId}`;
}

/** Videos that wait for a moderator, and whether all of them could be read; null where this instance, or the account, has no such list. */
async function heldVideos(client: Client, search: string | null, signal: AbortSignal): Promise<{ readonly blocks: readonly Block[]; readonly whole: boolean } | null> {
  const found = new Map<string, Block>();
  let whole = true;
  for (const type of AUTOMATIC) {
    try {
      for (let start = 0, total = 1; start < total; start += PAGE) {
        const answer = await client.get('/videos/blacklist', page, 'the held videos', signal, { type, search, start, count: PAGE, sort: '-createdAt' });
        ({ total } = answer);
        if (answer.data.length === 0) break;
        for (const row of answer.data) {
          const read = videoBlock.safeParse(row);
          if (!read.success) whole = false;
          else if (read.data.type !== MANUAL) found.set(read.data.video.id, read.data);
        }
      }
    } catch (error) {
      if (!(error instanceof RefusedThere)) throw error;
      if (type === AUTOMATIC[0]) return null;
    }
  }
  return { blocks: [...found.values()], whole };
}

/** Whether a video waits for a moderator. */
export async function isHeld(client: Client, { type, remoteId }: SubjectRef, video: Video | null, signal: AbortSignal): Promise<boolean> {
  if (type !== 'post' || video?.blacklisted !== true) return false;
  return (await heldVideos(client, video.name, signal))?.blocks.some((block) => block.video.id === remoteId) === true;
}

/** Brings the videos that wait, and what became of those that no longer do. */
export async function* pullBlocks(input: PullInput, position: Position, give: Give, signal: AbortSignal): AsyncGenerator<ReturnType<Give>> {
  const { io, client, memory } = input;
  const sinceMs = io.now() - (position.blocksAt ?? -Infinity);
  if (sinceMs >= 0 && sinceMs < EVERY_MS) return;
  const found = await heldVideos(client, null, signal);
  if (found === null) return;
  const { blocks, whole } = found;
  const known = waitingIn(position);
  const fresh = blocks.filter(({ video }) => !known.has(video.id));
  // While some cannot be read, none is taken for gone.
  const now = new Set([...blocks.map(({ video }) => video.id), ...(whole ? [] : known)]);
  const closed = await Promise.all([...known].filter((id) => !now.has(id)).map((id) => closedRows(client, id, memory.ours.get(blockId(id)) ?? null, signal)));
  const all = [...fresh.map((block) => openRows(client.server, block, io.now())), ...closed];
  // The cursor passes them with the last batch; a kill between repeats some.
  for (let from = 0; from < all.length; from += PAGE) yield give(merged(all.slice(from, from + PAGE)), from + PAGE < all.length ? {} : { blocks: [...now].join(' '), blocksAt: io.now() });
  if (all.length === 0) yield give(NOTHING, { blocks: [...now].join(' '), blocksAt: io.now() });
}

function openRows(server: string, { video, reason, createdAt }: Block, now: number): Rows {
  const { account } = video;
  return {
    members: account === null ? [] : [memberOf(account)],
    subjects: [videoSubject(server, { ...video, blacklisted: true }, null, '', true)],
    reports: [{
      remoteId: blockId(video.id), subject: { type: 'post', remoteId: video.id }, reporterId: null, category: 'held', remoteCategory: null,
      comment: reason, createdAt: createdAt ?? video.publishedAt ?? now, open: true,
    }],
    resolutions: [],
  };
}

async function closedRows(client: Client, id: string, orderId: string | null, signal: AbortSignal): Promise<Rows> {
  const video = await videoNow(client, id, signal);
  const what = video === null ? 'video deleted' : video.blacklisted ? 'kept blocked' : 'published';
  return { ...NOTHING, subjects: video === null ? [] : [videoSubject(client.server, video, null, '')], resolutions: [{ subject: { type: 'post', remoteId: id }, by: null, what, at: null, orderId, closes: true, reportId: blockId(id) }] };
}

import { createHash } from 'node:crypto';
import path from 'node:path';
import { ConnectorError } from '../connectors/connector.ts';
import { makeGuardedFetch } from '../connectors/http/guarded-fetch.ts';
import { pixelsOf } from '../domain/image-size.ts';
import { mediaTypeOf } from '../domain/media-type.ts';
import { keepMedia, mediaByUrl } from '../store/media.ts';
import type { Context } from './context.ts';
import { fetchMedium } from './media-fetch.ts';
import { makeMediaFolder } from './media-folder.ts';
import type { Sync } from './sync.ts';

export type MediaOptions = {
  readonly sync: Pick<Sync, 'usable'>;
  readonly guardedFetch?: typeof globalThis.fetch;
  /** What all media together may take on the disk. */
  readonly mostBytes?: number;
};

export type MediaCache = {
  /** Fetches these addresses, once each, in the background; the item they stand with is told when they are here. */
  readonly want: (n: number, urls: readonly string[], item: number) => void;
  /** Resolves when nothing is left to fetch. */
  readonly idle: () => Promise<void>;
};

type Wanted = { readonly n: number; readonly item: number };

const MAX_BYTES = 15_000_000;
const MOST_BYTES = 2_000_000_000;
/** What an image may unfold to: 100 megapixels take 400 MB to draw. */
const MAX_PIXELS = 100_000_000;
/** At once from one connection, so that one whose files come slowly does not hold up the others', and from all. */
const OF_ONE = 2;
const OF_ALL = 6;
/** Addresses that wait or rest at most; the oldest are forgotten, and asked for when they are wanted again. */
const REMEMBERED = 5000;
/** What failed for want of a network is tried again after this. */
const AGAIN_MS = 10 * 60_000;

/** Keeps media under the SHA-256 of their bytes in the data directory; the host serves them from there. */
export function startMedia(ctx: Context, options: MediaOptions): MediaCache {
  const guardedFetch = options.guardedFetch ?? makeGuardedFetch();
  const folder = makeMediaFolder(ctx, path.join(ctx.dataDir, 'media'), options.mostBytes ?? MOST_BYTES);
  const waiting = new Map<string, Wanted>();
  /** When an address that failed may be asked for again. */
  const restingUntil = new Map<string, number>();
  const running = new Map<number, number>();
  let underWay = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  async function keep({ n, item }: Wanted, url: string): Promise<void> {
    const row = { url, connection: n, item, fetchedAt: ctx.now() };
    const session = options.sync.usable(n);
    try {
      const bytes = (await session?.media?.(url, ctx.signal))?.bytes ?? await fetchMedium(guardedFetch, url, MAX_BYTES, ctx.signal);
      const mime = checked(bytes);
      const hash = createHash('sha256').update(bytes).digest('hex');
      await folder.keep(hash, bytes, () => ctx.store.writeRepeatable(() => keepMedia(ctx.store, { ...row, hash, mime, bytes: bytes.byteLength, problem: null })));
      ctx.changed(['queue'], [item]);
    } catch (error) {
      if (ctx.signal.aborted) return;
      if (!(error instanceof ConnectorError)) ctx.log.error('media-failed', error, { connection: n });
      // What is no medium, too large or forbidden does not mend by waiting; a restart asks once more. Without a session
      // what only the account may have is forbidden for the moment.
      const lasting = session !== null && error instanceof ConnectorError && (error.kind === 'unintelligible' || error.kind === 'refused');
      remember(restingUntil, url, lasting ? Infinity : ctx.now() + AGAIN_MS);
      const problem = error instanceof ConnectorError ? error.message : 'It could not be kept.';
      ctx.store.writeRepeatable(() => keepMedia(ctx.store, { ...row, hash: null, mime: null, bytes: null, problem }));
    }
  }

  function pump(): void {
    for (const [url, wanted] of waiting) {
      if (underWay >= OF_ALL || ctx.signal.aborted) return;
      const own = running.get(wanted.n) ?? 0;
      if (own >= OF_ONE) continue;
      waiting.delete(url);
      underWay += 1;
      running.set(wanted.n, own + 1);
      void keep(wanted, url).catch((error: unknown) => ctx.log.error('media-not-recorded', error, { connection: wanted.n })).finally(() => {
        underWay -= 1;
        running.set(wanted.n, (running.get(wanted.n) ?? 1) - 1);
        pump();
        if (underWay === 0) idle.resolve();
      });
    }
  }

  function isWanted(url: string): boolean {
    return (mediaByUrl(ctx.store, url)?.hash ?? null) === null && (restingUntil.get(url) ?? 0) <= ctx.now();
  }

  return {
    want(n, urls, item) {
      for (const url of urls) if (!waiting.has(url) && isWanted(url)) remember(waiting, url, { n, item });
      if (waiting.size > 0 && underWay === 0) idle = Promise.withResolvers<void>();
      pump();
    },
    idle: () => idle.promise,
  };
}

/** The type of what may be kept; throws what is wrong with anything else. */
function checked(bytes: Uint8Array): string {
  const mime = mediaTypeOf(bytes);
  if (mime === null) throw new ConnectorError('unintelligible', 'This is no kind of image, video or sound that Docket shows.');
  if (bytes.byteLength > MAX_BYTES) throw new ConnectorError('unintelligible', 'It is larger than 15 MB.');
  if ((pixelsOf(bytes) ?? 0) > MAX_PIXELS) throw new ConnectorError('unintelligible', 'It is an image of more than 100 megapixels, which would take the memory of this machine to draw.');
  return mime;
}

function remember<Value>(map: Map<string, Value>, url: string, value: Value): void {
  map.delete(url);
  map.set(url, value);
  const oldest = map.keys().next();
  if (map.size > REMEMBERED && oldest.done !== true) map.delete(oldest.value);
}

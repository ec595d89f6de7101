import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConnectorError } from '../connectors/connector.ts';
import { makeGuardedFetch } from '../connectors/http/guarded-fetch.ts';
import { mediaTypeOf } from '../domain/media-type.ts';
import { keepMedia, mediaByUrl } from '../store/media.ts';
import type { Context } from './context.ts';
import { fetchMedium } from './media-fetch.ts';
import type { Sync } from './sync.ts';

export type MediaOptions = {
  readonly sync: Pick<Sync, 'usable'>;
  readonly guardedFetch?: typeof globalThis.fetch;
};

export type MediaCache = {
  /** Fetches these addresses, once each, in the background; the item they stand with is told when they are here. */
  readonly want: (n: number, urls: readonly string[], item: number) => void;
  /** Resolves when nothing is left to fetch. */
  readonly idle: () => Promise<void>;
};

const MAX_BYTES = 15_000_000;
const CONCURRENCY = 2;
/** What failed for want of a network is tried again after this. */
const AGAIN_MS = 10 * 60_000;

/** Keeps media under the SHA-256 of their bytes in the data directory; the host serves them from there. */
export function startMedia(ctx: Context, options: MediaOptions): MediaCache {
  const guardedFetch = options.guardedFetch ?? makeGuardedFetch();
  const folder = path.join(ctx.dataDir, 'media');
  const waiting = new Map<string, { readonly n: number; readonly item: number }>();
  /** When an address that failed may be asked for again. */
  const restingUntil = new Map<string, number>();
  let running = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  async function bytesOf(n: number, url: string): Promise<Uint8Array> {
    const own = await options.sync.usable(n)?.media?.(url, ctx.signal);
    return own?.bytes ?? fetchMedium(guardedFetch, url, MAX_BYTES, ctx.signal);
  }

  async function keep(n: number, item: number, url: string): Promise<void> {
    const row = { url, connection: n, fetchedAt: ctx.now() };
    try {
      const bytes = await bytesOf(n, url);
      const mime = mediaTypeOf(bytes);
      if (mime === null) throw new ConnectorError('unintelligible', 'This is no kind of image, video or sound that Docket shows.');
      if (bytes.byteLength > MAX_BYTES) throw new ConnectorError('unintelligible', 'It is larger than 15 MB.');
      const hash = createHash('sha256').update(bytes).digest('hex');
      await writeWhole(folder, hash, bytes);
      ctx.store.writeRepeatable(() => keepMedia(ctx.store, { ...row, hash, mime, bytes: bytes.byteLength, problem: null }));
      ctx.changed(['queue'], [item]);
    } catch (error) {
      if (ctx.signal.aborted) return;
      if (!(error instanceof ConnectorError)) ctx.log.error('media-failed', error, { connection: n });
      // What is no medium, too large or forbidden does not mend by waiting; a restart asks once more.
      const lasting = error instanceof ConnectorError && (error.kind === 'unintelligible' || error.kind === 'refused');
      restingUntil.set(url, lasting ? Infinity : ctx.now() + AGAIN_MS);
      const problem = error instanceof ConnectorError ? error.message : 'It could not be kept.';
      ctx.store.writeRepeatable(() => keepMedia(ctx.store, { ...row, hash: null, mime: null, bytes: null, problem }));
    }
  }

  function pump(): void {
    for (const [url, { n, item }] of waiting) {
      if (running >= CONCURRENCY || ctx.signal.aborted) return;
      waiting.delete(url);
      running += 1;
      void keep(n, item, url).catch((error: unknown) => ctx.log.error('media-not-recorded', error, { connection: n })).finally(() => {
        running -= 1;
        pump();
        if (running === 0) idle.resolve();
      });
    }
  }

  function wanted(url: string): boolean {
    return (mediaByUrl(ctx.store, url)?.hash ?? null) === null && (restingUntil.get(url) ?? 0) <= ctx.now();
  }

  return {
    want(n, urls, item) {
      for (const url of urls) if (!waiting.has(url) && wanted(url)) waiting.set(url, { n, item });
      if (waiting.size > 0 && running === 0) idle = Promise.withResolvers<void>();
      pump();
    },
    idle: () => idle.promise,
  };
}

/** Writes a file that is there whole or not at all. Its name is its content, so that one that is there is right. */
async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, `.${randomUUID()}`);
  try {
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, path.join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

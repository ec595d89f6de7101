import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dispensableMedia, isMediaHash, letMediaGo, mediaBytes } from '../store/media.ts';
import type { Context } from './context.ts';

/** The files of the media cache, named by the SHA-256 of their bytes, and how much they may take together. */
export type MediaFolder = {
  /**
   * Writes a file that is there whole or not at all, and has it recorded; its name is its content, so that one that is
   * there is right. Then lets go of what no open item needs, and of the oldest, while there is too much.
   */
  readonly keep: (hash: string, bytes: Uint8Array, record: () => void) => Promise<void>;
};

/** Files that are let go before the next look at what is there. */
const AT_ONCE = 100;
/** How far below the bound it goes, so that not every new file costs an old one. */
const ROOM = 0.9;

export function makeMediaFolder(ctx: Context, folder: string, mostBytes: number): MediaFolder {
  const { store } = ctx;
  /** Null until it was counted; from then on kept, not recounted. */
  let held: number | null = null;
  /** One thing at a time: a file that is let go must not be the one that is just written. */
  let line: Promise<void> = sweep().catch((error: unknown) => void ctx.log.error('media-not-swept', error));
  function next(work: () => Promise<void>): Promise<void> {
    const done = line.then(work);
    line = done.catch(() => undefined);
    return done;
  }

  async function letGo(): Promise<void> {
    held = mediaBytes(store);
    while (held > mostBytes * ROOM && !ctx.signal.aborted) {
      const some = dispensableMedia(store, AT_ONCE);
      if (some.length === 0) return;
      for (const { hash, bytes } of some) {
        if (held <= mostBytes * ROOM) return;
        // First the word, then the deed: a file that is said to be there is there.
        store.writeRepeatable(() => letMediaGo(store, hash, ctx.now()));
        await rm(path.join(folder, hash), { force: true });
        held -= bytes;
      }
    }
  }

  /** What a crash left between file and database, and half-written files. */
  async function sweep(): Promise<void> {
    for (const name of await readdir(folder).catch(() => [])) {
      if (ctx.signal.aborted) return;
      if (/^\.[0-9a-f-]{36}$/.test(name) || (/^[0-9a-f]{64}$/.test(name) && !isMediaHash(store, name))) await rm(path.join(folder, name), { force: true });
    }
  }

  async function write(hash: string, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = path.join(folder, `.${randomUUID()}`);
    try {
      await writeFile(draft, bytes, { mode: 0o600 });
      await rename(draft, path.join(folder, hash));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  return {
    async keep(hash, bytes, record) {
      await next(async () => {
        await write(hash, bytes);
        record();
        held = held === null ? mediaBytes(store) : held + bytes.byteLength;
        if (held > mostBytes) await letGo();
      });
    },
  };
}

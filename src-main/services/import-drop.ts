import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from './connection-book.ts';
import type { Context } from './context.ts';

export type DroppedFile = { readonly path: string; readonly name: string; readonly bytes: number };

export type DropOptions = {
  readonly takesFiles: (connection: Connection) => boolean;
  /** Imports a file that was dropped for a connection, and takes it out of the folder. */
  readonly take: (connectionId: string, file: DroppedFile) => Promise<void>;
};

const LOOK_EVERY_MS = 2000;
/** A file that is still being written is left alone. */
const STILL_MS = 2000;

/**
 * Imports what is put into `drop/<connection's id>` of the data directory, for machines without a person at the desk. Only
 * who may write there anyway can have a file read: no path of a file ever comes from a desk.
 */
export function startDrop(ctx: Context, { takesFiles, take }: DropOptions): { readonly stop: () => Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  /** Files that could not be taken, so that each is logged once. */
  const refused = new Set<string>();

  async function look({ id }: Connection): Promise<void> {
    const folder = path.join(ctx.dataDir, 'drop', id);
    for (const name of (await readdir(folder).catch(() => [])).toSorted()) {
      const file = path.join(folder, name);
      const found = await lstat(file).catch(() => null);
      if (found === null || !found.isFile() || name.startsWith('.') || refused.has(file) || ctx.now() - found.mtimeMs < STILL_MS || ctx.signal.aborted) continue;
      try {
        await take(id, { path: file, name, bytes: found.size });
      } catch (error) {
        refused.add(file);
        ctx.log.error('dropped-file-not-taken', error, { connection: id });
      }
    }
  }

  async function lookAtAll(): Promise<void> {
    // An id of a connection is a folder's name only where it is nothing else: not `..`, not a path.
    const live = ctx.connections.all().filter((connection) => !connection.removed && takesFiles(connection) && /^[\w-][\w.-]*$/.test(connection.id));
    for (const connection of live) await look(connection);
  }

  const timer = setInterval(() => {
    if (busy || ctx.signal.aborted) return;
    busy = true;
    looking = lookAtAll().catch((error: unknown) => void ctx.log.error('drop-not-looked-at', error)).finally(() => {
      busy = false;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../domain/failure.ts';

/** Files on their way into the inbox, in a folder of the data directory. */
export type ImportFiles = {
  /** Bytes that are here; 0 where there is no file. */
  readonly size: (id: string) => Promise<number>;
  /** Adds bytes where they follow what is here, durably; answers the size then. */
  readonly append: (id: string, offset: number, bytes: Uint8Array) => Promise<number>;
  readonly read: (id: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Takes a file of this machine over, whole; it must be on the data directory's disk. */
  readonly takeOver: (id: string, from: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly ids: () => Promise<readonly string[]>;
};

const READ_BYTES = 256 * 1024;

/** Opens the folder; it is made when the first file comes. */
export function importFiles(dataDir: string): ImportFiles {
  const folder = path.join(dataDir, 'imports');
  const fileOf = (id: string): string => path.join(folder, id);
  const size = async (id: string): Promise<number> => (await stat(fileOf(id)).catch(() => null))?.size ?? 0;

  return {
    size,
    async append(id, offset, bytes) {
      const here = await size(id);
      if (here !== offset) return here;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const file = await open(fileOf(id), 'a', 0o600);
        try {
          await file.writeFile(bytes);
          await file.datasync();
        } finally {
          await file.close();
        }
      } catch (error) {
        throw diskFailure(error);
      }
      return here + bytes.length;
    },
    async *read(id, signal) {
      try {
        for await (const chunk of createReadStream(fileOf(id), { highWaterMark: READ_BYTES, signal })) {
          if (chunk instanceof Uint8Array) yield chunk;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw new Failure('NOT_FOUND', 'The uploaded file is not here any more. Import it again: rows that are in the queue already do not count twice.', { cause: error });
      }
    },
    async takeOver(id, from) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(from, fileOf(id));
    },
    remove: (id) => rm(fileOf(id), { force: true }),
    ids: () => readdir(folder).catch(() => []),
  };
}

function diskFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC') return new Failure('STORAGE_FULL', 'The disk is full. What was uploaded so far is kept: free some space and go on.', { cause: error });
  if (code === 'EACCES' || code === 'EROFS') return new Failure('STORAGE_READ_ONLY', 'Docket may not write into its data directory. Check its permissions.', { cause: error });
  return error;
}

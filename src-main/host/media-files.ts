import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { MEDIA_HEAD_BYTES, mediaTypeOf } from '../domain/media-type.ts';

export type MediaFile = { readonly type: string; readonly bytes: number; readonly stream: (first: number, last: number) => Readable };

/** A medium of the cache by its hash, or null where there is none or it is of no kind that is safe to show. */
export async function mediaFile(dataDir: string, hash: string): Promise<MediaFile | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  const file = path.join(dataDir, 'media', hash);
  try {
    const head = Buffer.alloc(MEDIA_HEAD_BYTES);
    const handle = await open(file);
    try {
      await handle.read(head, 0, head.length, 0);
    } finally {
      await handle.close();
    }
    const type = mediaTypeOf(head);
    if (type === null) return null;
    return { type, bytes: (await stat(file)).size, stream: (start, end) => createReadStream(file, { start, end }) };
  } catch {
    return null;
  }
}

/** The one range of a Range header as first and last byte; null for the whole; 'unsatisfiable' where it is outside. */
export function byteRange(header: string | undefined, bytes: number): { readonly first: number; readonly last: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}

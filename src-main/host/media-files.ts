import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** Magic bytes of the only kinds of media that are ever served. Nothing that can carry script (SVG, HTML, PDF) is among them. */
function typeOf(head: Buffer): string | null {
  const text = head.toString('latin1');
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (text.startsWith('RIFF')) return { WEBP: 'image/webp', WAVE: 'audio/wav' }[text.slice(8, 12)] ?? null;
  if (text.slice(4, 8) === 'ftyp') return /^avi[fs]/.test(text.slice(8, 12)) ? 'image/avif' : text.slice(8, 11) === 'M4A' ? 'audio/mp4' : 'video/mp4';
  if (text.startsWith('\u001aE\u00df\u00a3')) return 'video/webm';
  if (text.startsWith('OggS')) return 'audio/ogg';
  if (text.startsWith('ID3') || /^\u00ff[\u00fb\u00f3\u00f2]/.test(text)) return 'audio/mpeg';
  return null;
}

export type MediaFile = { readonly type: string; readonly bytes: number; readonly stream: (first: number, last: number) => Readable };

/** A medium of the cache by its hash, or null where there is none or it is of no kind that is safe to show. */
export async function mediaFile(dataDir: string, hash: string): Promise<MediaFile | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  const file = path.join(dataDir, 'media', hash);
  try {
    const head = Buffer.alloc(16);
    const handle = await open(file);
    try {
      await handle.read(head, 0, head.length, 0);
    } finally {
      await handle.close();
    }
    const type = typeOf(head);
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

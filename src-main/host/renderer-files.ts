import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export type ServedFile = { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly immutable: boolean };

/**
 * A file of the built desk by its path in the address, or null. Names are made of plain characters only, so that
 * no spelling of `..`, a drive or an alternate stream can lead out of `root`.
 */
export async function rendererFile(root: string, urlPath: string): Promise<ServedFile | null> {
  const name = urlPath === '/' ? 'index.html' : urlPath.slice(1);
  const type = TYPES[path.extname(name)];
  if (type === undefined || !/^(?:assets\/)?[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) || name.includes('..')) return null;
  try {
    const bytes = await readFile(path.join(root, name));
    return { type, bytes: Uint8Array.from(bytes), immutable: name.startsWith('assets/') };
  } catch {
    return null;
  }
}

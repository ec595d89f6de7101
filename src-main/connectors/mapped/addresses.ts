import type { RemoteMedia } from '../connector.ts';
import { isObject, textOf } from './rows.ts';

const MIMES: Readonly<Record<string, string>> = {
  png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', svg: 'image/svg+xml', mp4: 'video/mp4', webm: 'video/webm', mov: 'video/quicktime', mp3: 'audio/mpeg', ogg: 'audio/ogg',
};
const MOST_MEDIA = 20;

/** A web address as it is written; null for anything else. */
export function addressOf(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

/** Pictures and videos: one address, several in a text, a list of them, or a list of objects that have one. */
export function mediaFrom(value: unknown): readonly RemoteMedia[] {
  const found = new Map<string, RemoteMedia>();
  for (const entry of Array.isArray(value) ? value : [value]) {
    for (const url of addressesIn(entry)) found.set(url, { url, mime: mimeOf(entry, url), alt: isObject(entry) ? textOf(entry['alt'] ?? entry['description']).slice(0, 1500) : '', width: null, height: null });
  }
  return [...found.values()].slice(0, MOST_MEDIA);
}

function addressesIn(entry: unknown): readonly string[] {
  if (isObject(entry)) {
    const url = ['url', 'remote_url', 'proxy_url', 'src', 'href', 'file'].map((name) => addressOf(textOf(entry[name]))).find((one) => one !== null);
    return url === undefined ? [] : [url];
  }
  return textOf(entry).split(/[\s,;|]+(?=https?:)|\s+/i).flatMap((part) => addressOf(part.replace(/[,;|]+$/, '')) ?? []);
}

function mimeOf(entry: unknown, url: string): string {
  const given = isObject(entry) ? textOf(entry['mime'] ?? entry['content_type'] ?? entry['mime_type']) : '';
  if (/^[a-z]+\/[\w.+-]+$/i.test(given)) return given.toLowerCase();
  return MIMES[/\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? ''] ?? 'image/jpeg';
}

import type { RemoteMedia } from '../connector.ts';

/** Types of what a post links to, by the name's end; anything else is a page, not a medium. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', mp4: 'video/mp4', webm: 'video/webm',
};
/** `![words](address)` in Markdown, as Lemmy's own editor writes it. */
const PICTURE = /!\[([^\]\n]*)\]\((https?:\/\/[^\s)]+)[^)\n]*\)/g;
const MOST = 20;

type Linked = { readonly url: string; readonly thumbnail_url: string; readonly url_content_type: string; readonly alt_text: string };

/** Pictures and films that a post links to or shows in its text. */
export function media(markdown: string, linked: Linked | null = null): readonly RemoteMedia[] {
  const found = new Map<string, RemoteMedia>();
  const add = (url: string, alt: string, told = ''): void => {
    const mime = /^(?:image|video)\//.test(told) ? told : typeOf(url);
    if (mime !== null && URL.canParse(url) && found.size < MOST) found.set(url, { url, mime, alt, width: null, height: null });
  };
  if (linked !== null) {
    add(linked.url, linked.alt_text, linked.url_content_type);
    if (found.size === 0 && linked.thumbnail_url !== '') add(linked.thumbnail_url, linked.alt_text, typeOf(linked.thumbnail_url) ?? 'image/jpeg');
  }
  for (const [, alt = '', url = ''] of markdown.matchAll(PICTURE)) add(url, alt);
  return [...found.values()];
}

function typeOf(url: string): string | null {
  const end = /\.([a-z0-9]{2,5})$/i.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, end) ? TYPES[end] ?? null : null;
}

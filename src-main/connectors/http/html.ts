import type { PublishedGuideline, RemoteMedia } from '../connector.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ', hellip: '…' };

/** Emoji are pictures in forums, and words to readers. */
const EMOJI = /<img\b[^>]*\bclass=["'][^"']*\bemoji\b[^>]*>/gi;

/** The words of a piece of HTML, for places that show plain text only. */
export function plainText(html: string | null | undefined): string {
  return (html ?? '')
    .replaceAll(EMOJI, (tag) => attribute(tag, 'alt') ?? '')
    .replaceAll(/<(?:br|\/p|\/li|\/div|\/h[1-6]|\/blockquote)[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,8});/gi, (whole, entity: string) => {
      if (!entity.startsWith('#')) return ENTITIES[entity.toLowerCase()] ?? whole;
      const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
    })
    .replaceAll(/[ \t]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n').trim();
}

/** A page of rules, one a heading; the anchor of a heading, or else its words, stays its id through edits of what follows. */
export function rulesIn(html: string): readonly PublishedGuideline[] {
  const rules: PublishedGuideline[] = [];
  const seen = new Set<string>();
  const headings = [...html.matchAll(/<h([1-4])\b[^>]*>(.*?)<\/h\1>/gis)];
  for (const [place, heading] of headings.entries()) {
    const title = plainText(heading[2]);
    if (title === '') continue;
    const anchor = /\bname=["']([^"']+)["']/i.exec(heading[2] ?? '')?.[1] ?? title.toLowerCase();
    const base = anchor.replace(/^p-\d+-/, '').replace(/-\d+$/, '');
    let remoteId = base;
    for (let again = 2; seen.has(remoteId); again += 1) remoteId = `${base} ${again}`;
    seen.add(remoteId);
    const from = heading.index + heading[0].length;
    rules.push({ remoteId, number: String(rules.length + 1), title, body: plainText(html.slice(from, headings[place + 1]?.index ?? html.length)) });
  }
  return rules;
}

const MIMES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', svg: 'image/svg+xml',
  mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', ogg: 'audio/ogg', flac: 'audio/flac', wav: 'audio/wav',
};

/** What the end of an address says of its kind; null where it says nothing. */
export function mimeOf(url: string): string | null {
  return MIMES[/\.(\w+)$/.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[1]?.toLowerCase() ?? ''] ?? null;
}
const MOST_IMAGES = 20;

/** Pictures in a post, without emoji, faces and icons; relative addresses are resolved against the instance's. */
export function imagesIn(html: string | null, url: string): readonly RemoteMedia[] {
  const tags = [...(html ?? '').matchAll(/<img\b[^>]*>/gi)].map(([tag]) => tag).filter((tag) => !/class=["'][^"']*\b(?:emoji|avatar|site-icon)\b/i.test(tag));
  return tags.slice(0, MOST_IMAGES).flatMap((tag): RemoteMedia[] => {
    const source = attribute(tag, 'src');
    if (source === null || !URL.canParse(source, `${url}/`)) return [];
    const at = new URL(source, `${url}/`);
    if (at.protocol !== 'https:' && at.protocol !== 'http:') return [];
    return [{ url: at.href, mime: mimeOf(at.href) ?? 'image/jpeg', alt: attribute(tag, 'alt') ?? '', width: size(attribute(tag, 'width')), height: size(attribute(tag, 'height')) }];
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : plainText(value);
}

function size(text: string | null): number | null {
  return text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null;
}

import { z } from 'zod';
import type { RemoteMedia } from '../connector.ts';
import type { Thing } from './schemas.ts';

const MIMES: Readonly<Record<string, string>> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', mp4: 'video/mp4' };
/** What a preview's `format` makes of the picture (i.redd.it's parameters, as in submission.rst, "preview"). */
const FORMATS: Readonly<Record<string, string>> = { pjpg: 'image/jpeg', jpg: 'image/jpeg', png8: 'image/png', png: 'image/png', mp4: 'video/mp4', webp: 'image/webp' };
const MOST = 20;

const size = z.number().nullish().catch(undefined);
const picture = z.object({ url: z.string(), width: size, height: size });
const preview = z.object({ images: z.array(z.unknown()) });
const previewImage = z.object({ source: picture });
const metadata = z.record(z.string(), z.unknown());
const medium = z.object({
  status: z.string(), m: z.string().nullish().catch(undefined),
  s: z.object({ u: z.string().nullish().catch(undefined), gif: z.string().nullish().catch(undefined), x: size, y: size }),
});
const gallery = z.object({ items: z.array(z.unknown()) });
const galleryItem = z.object({ media_id: z.string(), caption: z.string().nullish().catch(undefined) });

/** Pictures of a post or comment: its gallery, those in its text, the linked picture, or else Reddit's preview of what it links to. */
export function mediaOf(thing: Thing): readonly RemoteMedia[] {
  const known = metadata.safeParse(thing.media_metadata).data ?? {};
  const named = (gallery.safeParse(thing.gallery_data).data?.items ?? []).flatMap((one) => galleryItem.safeParse(one).data ?? []);
  const order = named.length > 0 ? named : Object.keys(known).map((id) => ({ media_id: id, caption: undefined }));
  const inside = order.flatMap(({ media_id: id, caption }) => {
    const { data } = medium.safeParse(known[id]);
    const url = data?.s.u ?? data?.s.gif;
    return data?.status !== 'valid' || !url ? [] : one(url, caption ?? '', data.s.x, data.s.y, data.m === 'image/jpg' ? 'image/jpeg' : data.m);
  });
  if (inside.length > 0) return inside.slice(0, MOST);
  const linked = thing.is_self === true ? null : thing.url ?? null;
  const file = linked !== null && /\.(?:jpe?g|png|gif|webp|avif)$/i.test(pathOf(linked)) ? one(linked, thing.title ?? '', null, null) : [];
  // Reddit's own copy says less to others about who looks.
  if (file.some(({ url }) => /(?:^|\.)redd(?:\.it|itmedia\.com)$/.test(new URL(url).hostname))) return file;
  const source = previewImage.safeParse(preview.safeParse(thing.preview).data?.images[0]).data?.source;
  if (source !== undefined) return one(source.url, thing.title ?? '', source.width, source.height);
  if (file.length > 0) return file;
  // Otherwise "self", "default", "nsfw", "spoiler", "image" or nothing.
  return typeof thing.thumbnail === 'string' && thing.thumbnail.startsWith('https://') ? one(thing.thumbnail, thing.title ?? '', null, null) : [];
}

function one(written: string, alt: string, width: number | null | undefined, height: number | null | undefined, said?: string | null): readonly RemoteMedia[] {
  // Older answers have entities in addresses, too.
  const url = written.replaceAll('&amp;', '&');
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return [];
  const format = new URL(url).searchParams.get('format');
  const mime = FORMATS[format ?? ''] ?? said ?? MIMES[/\.(\w+)$/.exec(pathOf(url))?.[1]?.toLowerCase() ?? ''] ?? 'image/jpeg';
  return [{ url, mime, alt, width: whole(width), height: whole(height) }];
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '';
}

function whole(value: number | null | undefined): number | null {
  return typeof value === 'number' && value > 0 ? Math.round(value) : null;
}

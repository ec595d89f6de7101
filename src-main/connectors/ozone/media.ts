import { z } from 'zod';
import type { RemoteMedia } from '../connector.ts';
import type { Open } from './schemas.ts';
import { embedsOf } from './rich-text.ts';

/** A blob in a record (https://atproto.com/specs/data-model "blob Type"). */
const blob = z.looseObject({ ref: z.looseObject({ $link: z.string() }), mimeType: z.string().catch('image/jpeg') });
const ratio = z.object({ width: z.number().int().positive(), height: z.number().int().positive() }).optional().catch(undefined);
const image = z.looseObject({ image: blob, alt: z.string().catch(''), aspectRatio: ratio });
const video = z.looseObject({ video: blob, alt: z.string().catch(''), aspectRatio: ratio });

/** Where Bluesky's own network keeps the first picture of a video. */
const VIDEO_PICTURES = 'https://video.bsky.app/watch';

/** The pictures of a record by the address of the image server; a video is shown by its first picture. */
export function mediaOf(value: Open, did: string, images: string): RemoteMedia[] {
  const picture = (cid: string, alt: string, size: z.infer<typeof ratio>): RemoteMedia => ({
    url: `${images}/img/feed_fullsize/plain/${did}/${cid}@jpeg`, mime: 'image/jpeg', alt, width: size?.width ?? null, height: size?.height ?? null,
  });
  const embeds = embedsOf(value);
  const pictures = embeds.flatMap((embed): readonly unknown[] => (Array.isArray(embed['images']) ? embed['images'] : [])).flatMap((one) => {
    const read = image.safeParse(one);
    return read.success ? [picture(read.data.image.ref.$link, read.data.alt, read.data.aspectRatio)] : [];
  });
  const films = embeds.flatMap((embed): RemoteMedia[] => {
    const read = video.safeParse(embed);
    return read.success ? [{
      url: `${VIDEO_PICTURES}/${encodeURIComponent(did)}/${read.data.video.ref.$link}/thumbnail.jpg`, mime: 'image/jpeg',
      alt: read.data.alt === '' ? 'Video' : `Video: ${read.data.alt}`, width: read.data.aspectRatio?.width ?? null, height: read.data.aspectRatio?.height ?? null,
    }] : [];
  });
  const faces = ['avatar', 'banner'].flatMap((field) => {
    const read = blob.safeParse(value[field]);
    return read.success ? [picture(read.data.ref.$link, field === 'avatar' ? 'Profile picture' : 'Profile banner', undefined)] : [];
  });
  return [...pictures, ...films, ...faces];
}

/** The cids of every blob in a record, wherever in it they stand. */
export function blobsOf(value: unknown): readonly string[] {
  const read = blob.safeParse(value);
  if (read.success) return [read.data.ref.$link];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(blobsOf))];
}

import { z } from 'zod';
import type { Open } from './schemas.ts';

/** app.bsky.richtext.facet: byte ranges of the UTF-8 text with what they are. */
const facet = z.object({
  index: z.object({ byteStart: z.number().int().min(0), byteEnd: z.number().int() }),
  features: z.array(z.looseObject({ $type: z.string(), uri: z.string().optional().catch(undefined) })),
});
const external = z.looseObject({ uri: z.string(), title: z.string().catch('') });

/** Fields of a record that people read, in the order in which apps show them. */
const READ_FIELDS = ['displayName', 'name', 'title', 'text', 'description', 'content'] as const;

/** What a record says; a link card's title and address stand at its end. */
export function textOf(value: Open): string {
  const said = READ_FIELDS.map((field) => value[field]).filter((part): part is string => typeof part === 'string' && part !== '');
  const card = cardOf(value);
  return [...said, ...(card === null ? [] : [card.title === '' ? card.uri : `${card.title}\n${card.uri}`])].join('\n\n');
}

/** HTML with the links where they really lead; null where plain text says it all. */
export function htmlOf(value: Open): string | null {
  const { text } = value;
  if (typeof text !== 'string') return null;
  const links = linksOf(value);
  const card = cardOf(value);
  if (links.length === 0 && card === null) return null;
  const bytes = new TextEncoder().encode(text);
  const decode = (from: number, to: number): string => escaped(new TextDecoder().decode(bytes.slice(from, to)));
  let html = '';
  let at = 0;
  for (const { start, end, uri } of links) {
    if (start < at || end > bytes.length || end <= start) continue;
    html += `${decode(at, start)}<a href="${escaped(uri)}">${decode(start, end)}</a>`;
    at = end;
  }
  html += decode(at, bytes.length);
  const below = card === null ? '' : `<p><a href="${escaped(card.uri)}">${escaped(card.title === '' ? card.uri : card.title)}</a></p>`;
  return `<p>${html}</p>${below}`;
}

function linksOf(value: Open): { readonly start: number; readonly end: number; readonly uri: string }[] {
  const { facets } = value;
  if (!Array.isArray(facets)) return [];
  return facets.flatMap((one: unknown) => {
    const read = facet.safeParse(one);
    if (!read.success) return [];
    const uri = read.data.features.find((feature) => feature.uri !== undefined)?.uri;
    return uri === undefined ? [] : [{ start: read.data.index.byteStart, end: read.data.index.byteEnd, uri }];
  }).sort((a, b) => a.start - b.start);
}

function cardOf(value: Open): { readonly uri: string; readonly title: string } | null {
  for (const embed of embedsOf(value)) {
    const read = external.safeParse(embed['external']);
    if (read.success) return { uri: read.data.uri, title: read.data.title };
  }
  return null;
}

/** A record's embed, and the media half of app.bsky.embed.recordWithMedia. */
export function embedsOf(value: Open): Open[] {
  const shape = z.record(z.string(), z.unknown());
  const outer = shape.safeParse(value['embed']);
  if (!outer.success) return [];
  const inner = shape.safeParse(outer.data['media']);
  return inner.success ? [outer.data, inner.data] : [outer.data];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '<br>');
}

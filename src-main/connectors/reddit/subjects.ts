import { z } from 'zod';
import type { RemoteMember, RemoteSubject } from '../connector.ts';
import { mediaOf } from './media.ts';
import { readThing } from './schemas.ts';
import type { Thing } from './schemas.ts';
import { authorOf, changedAt, isDeleted, revisionOf, standingOf } from './state.ts';

/** Members go by name, which never changes on Reddit: mod reports, logs, bans and mail know people by nothing else. */
export function memberOf(name: string, site: string, more: Partial<RemoteMember> = {}): RemoteMember {
  return { remoteId: name, name, handle: `u/${name}`, joinedAt: null, postCount: null, standing: [], url: `${site}/user/${encodeURIComponent(name)}`, ...more };
}

/** What is said where a label is asked for of what has none. */
export const NO_COMMENT_LABELS = 'Reddit marks posts as NSFW or spoiler, not comments.';

/**
 * A post or comment. `held`: a filter took it, and it waits in the queue for a moderator, so that it can still be removed.
 * When its author deleted it is not told: `now` is when that was seen.
 */
export function subjectOf(thing: Thing, site: string, held: boolean, now: number): RemoteSubject {
  const revision = revisionOf(thing);
  const gone = isDeleted(thing);
  const place = placeOf(thing);
  const path = pathOf(thing);
  return {
    type: 'post', remoteId: thing.name, authorId: authorOf(thing), revision,
    extra: {
      seen: revision, ...(thing.subreddit ? { sub: thing.subreddit } : {}), ...(thing.link_id ? { link: thing.link_id } : {}),
      ...(path === null ? {} : { path }),
    },
    text: gone ? '' : textOf(thing), html: gone ? null : htmlOf(thing),
    createdAt: ms(thing.created_utc), editedAt: typeof thing.edited === 'number' ? ms(thing.edited) : null,
    deletedAt: gone ? changedAt(thing) ?? now : null,
    removed: !held && standingOf(thing) === 'removed', url: path === null ? null : `${site}${path}`, language: null,
    place: held && place !== null ? `Held · ${place}` : place, media: gone ? [] : picturesOf(thing),
    ...(thing.name.startsWith('t1_') ? { verbs: { label: { can: false, why: NO_COMMENT_LABELS } } } : {}),
  };
}

/** "r/pics". */
export function placeOf({ subreddit }: Thing): string | null {
  return subreddit ? `r/${subreddit}` : null;
}

/** Older answers have no permalink for comments. */
function pathOf({ kind, name, link_id: link, permalink }: Thing): string | null {
  if (permalink && /^\/(?!\/)/.test(permalink)) return permalink;
  if (kind === 't3') return `/comments/${name.slice(3)}/`;
  return kind === 't1' && link ? `/comments/${link.slice(3)}/_/${name.slice(3)}/` : null;
}

function textOf(thing: Thing): string {
  if (thing.kind === 't1') return thing.body ?? '';
  return [thing.title, thing.selftext || thing.body, ...choicesOf(thing), linkOf(thing), ...crosspostOf(thing).map(({ words }) => words)].filter((part) => part).join('\n\n');
}

function htmlOf(thing: Thing): string | null {
  if (thing.kind === 't1') return plainly(thing.body_html);
  const link = linkOf(thing);
  const choices = choicesOf(thing);
  return [
    thing.title ? `<p><strong>${escaped(thing.title)}</strong></p>` : '', plainly(thing.selftext_html ?? thing.body_html) ?? '',
    choices.length === 0 ? '' : `<ul>${choices.map((choice) => `<li>${escaped(choice)}</li>`).join('')}</ul>`,
    link === null ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`,
    ...crosspostOf(thing).map(({ words, html }) => `<blockquote>${html ?? `<p>${escaped(words)}</p>`}</blockquote>`),
  ].join('') || null;
}

/** HTML that came with its brackets as entities, as without raw_json=1. */
function plainly(html: string | null | undefined): string | null {
  if (!html || !/^\s*&lt;/.test(html)) return html ?? null;
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Where a link post leads; text posts, galleries and crossposts name their own page. */
function linkOf(thing: Thing): string | null {
  const { url } = thing;
  if (!url || thing.is_self === true || (thing.permalink && url.endsWith(thing.permalink)) || thing.is_gallery === true || crosspostOf(thing).length > 0) return null;
  return /^https?:\/\//i.test(url) ? url : null;
}

const poll = z.object({ options: z.array(z.object({ text: z.string() })) });

function choicesOf(thing: Thing): readonly string[] {
  return poll.safeParse(thing.poll_data).data?.options.map(({ text }) => text) ?? [];
}

/** What a crosspost shows; Reddit sends the original along, unless its subreddit is gone. */
function crosspostOf(thing: Thing): readonly { readonly words: string; readonly html: string | null; readonly media: RemoteSubject['media'] }[] {
  const first = Array.isArray(thing.crosspost_parent_list) ? z.record(z.string(), z.unknown()).safeParse(thing.crosspost_parent_list[0]).data : undefined;
  const read = first === undefined ? null : readThing({ kind: 't3', data: { ...first, crosspost_parent_list: [] } });
  if (read === null) return [];
  return [{ words: [placeOf(read.thing), textOf(read.thing)].filter((part) => part !== null && part !== '').join('\n\n'), html: htmlOf(read.thing), media: mediaOf(read.thing) }];
}

/** A crosspost that shows nothing of its own shows the original's. */
function picturesOf(thing: Thing): RemoteSubject['media'] {
  const own = mediaOf(thing);
  return own.length > 0 ? own : crosspostOf(thing).flatMap(({ media }) => media);
}

export function ms(time: number | null | undefined): number | null {
  return typeof time === 'number' ? Math.round(time * 1000) : null;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

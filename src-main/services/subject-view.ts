import { z } from 'zod';
import type { MediaView, MemberRef, RichNode, SubjectView } from '../contract/content.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import { subjectKey } from '../domain/key.ts';
import { mediaByUrl } from '../store/media.ts';
import type { Store } from '../store/store.ts';
import { memberById, subjectById } from '../store/subjects.ts';
import type { SubjectRow } from '../store/subjects.ts';
import type { Context } from './context.ts';

/** What the store keeps of a medium; `url` stays here, the desk gets the hash of what was cached. */
const keptMedia = z.array(z.object({ url: z.string(), mime: z.string(), alt: z.string(), width: z.number().nullable(), height: z.number().nullable() }));

/** More than this is cut on its way to the desk; the database keeps all of it. */
const MOST_TEXT = 50_000;

/** A post, message, member or community as the desk shows it. */
export function subjectView(ctx: Context, row: SubjectRow): SubjectView {
  const { store } = ctx;
  const connection = ctx.connections.byN(row.connection);
  return {
    key: subjectKey({ platform: connection?.platform ?? '', instance: connection?.instance ?? '', type: row.type, remoteId: row.remote_id }),
    type: row.type,
    text: harmlessBidi(row.text.length > MOST_TEXT ? `${row.text.slice(0, MOST_TEXT)}…` : row.text),
    rich: row.rich === null ? null : richOf(row.rich),
    author: row.author === null ? null : memberRef(store, row.author),
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    removed: row.removed === 1,
    url: row.url,
    language: row.language,
    place: row.place,
    media: row.media_count === 0 ? [] : mediaOf(store, row.media),
  };
}

/** Views of these subjects in the order given; those that are not there are left out. */
export function subjectViews(ctx: Context, ids: readonly number[]): SubjectView[] {
  return ids.flatMap((id) => {
    const row = subjectById(ctx.store, id);
    return row === undefined ? [] : [subjectView(ctx, row)];
  });
}

/** A member by name and address; null where they are not there. */
export function memberRef(store: Store, id: number): MemberRef | null {
  const member = memberById(store, id);
  return member === undefined ? null : { id, name: harmlessBidi(member.name), handle: harmlessBidi(member.handle) };
}

/** Written by domain/rich-text alone, so that it is not checked a second time. */
function richOf(json: string): RichNode[] {
  const nodes: unknown = JSON.parse(json);
  return Array.isArray(nodes) ? nodes : [];
}

function mediaOf(store: Store, json: string): MediaView[] {
  return keptMedia.parse(JSON.parse(json)).map(({ url, mime, alt, width, height }) => {
    const cached = mediaByUrl(store, url);
    return { hash: cached?.hash ?? null, mime: cached?.mime ?? mime, alt, width, height };
  });
}

import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import { mimeOf } from '../http/html.ts';
import type { Limit, Person, Picture, Post, Report } from './model.ts';
import { adminReport, akkomaReport, attachment, status } from './schemas.ts';
import type { WireAccount, WireAdminAccount, WireSingleStatus, WireStatus } from './schemas.ts';
import { plainText } from './plain.ts';

/** Tags of Akkoma's and Pleroma's tag policy (lib/pleroma/web/activity_pub/mrf/tag_policy.ex). */
export const SANDBOX = 'mrf_tag:sandbox';
export const FORCE_NSFW = 'mrf_tag:media-force-nsfw';

/** An account of the public API; null where not even its id can be read. */
export function personOf(wire: WireAccount | null): Person | null {
  if (wire === null || wire.id === null) return null;
  const acct = wire.acct || wire.nickname || wire.username || wire.id;
  const limits: Limit[] = [];
  if (wire.suspended || wire.deactivated || !wire.is_active) limits.push('suspended');
  if (wire.limited || wire.tags.includes(SANDBOX)) limits.push('limited');
  if (wire.tags.includes(FORCE_NSFW)) limits.push('media marked as sensitive');
  return {
    id: wire.id, name: wire.display_name || wire.username || acct, acct, local: !acct.includes('@'), note: wire.note,
    joinedAt: wire.created_at, postCount: wire.statuses_count, limits,
  };
}

/** An account with what moderators see of it. */
export function adminPersonOf(wire: WireAdminAccount | null): Person | null {
  if (wire === null) return null;
  const known = personOf(wire.account);
  const id = wire.id ?? known?.id ?? null;
  if (id === null) return null;
  const limits: Limit[] = [];
  if (wire.suspended) limits.push('suspended');
  if (wire.silenced) limits.push('limited');
  if (wire.sensitized) limits.push('media marked as sensitive');
  if (wire.disabled) limits.push('frozen');
  // Remote accounts are never approved anywhere: null in Mastodon, false in GoToSocial.
  if (wire.domain === null && wire.approved === false) limits.push('waiting for approval');
  const acct = known?.acct ?? (wire.domain === null ? wire.username || id : `${wire.username || id}@${wire.domain}`);
  return {
    id, name: known?.name ?? (wire.username || acct), acct, local: wire.domain === null && !acct.includes('@'), note: known?.note ?? '',
    joinedAt: known?.joinedAt ?? wire.created_at, postCount: known?.postCount ?? null, limits,
  };
}

/** A status; null where not even its id can be read. */
export function postOf(row: unknown): Post | null {
  const read = status.safeParse(row);
  return read.success ? postFrom(read.data) : null;
}

/** A status that was read already. */
export function postFrom(wire: WireStatus): Post {
  const { reblog, quote } = wire;
  const quoted = quote?.quoted_status ?? null;
  const itself = singleFrom(wire);
  if (reblog !== null) return { ...itself, html: '', inner: { how: 'boosts', post: singleFrom(reblog) } };
  return quoted === null ? itself : { ...itself, inner: { how: 'quotes', post: singleFrom(quoted) } };
}

function singleFrom(wire: WireSingleStatus): Post {
  return {
    id: wire.id, author: personOf(wire.account), warning: wire.spoiler_text, html: wire.content,
    choices: wire.poll?.options.map(({ title }) => title) ?? [], createdAt: wire.created_at, editedAt: wire.edited_at, url: wire.url ?? wire.uri,
    language: wire.language, visibility: wire.visibility, sensitive: wire.sensitive, deleted: false, pictures: wire.media_attachments.flatMap(pictureOf), inner: null,
  };
}

/** What an attachment's kind is taken for where its address does not tell; the media cache looks at the bytes themselves. */
const MIMES: Readonly<Record<string, string>> = { image: 'image/jpeg', gifv: 'video/mp4', video: 'video/mp4', audio: 'audio/mpeg' };

function pictureOf(row: unknown): readonly Picture[] {
  const wire = attachment.safeParse(row).data;
  // What a server does not keep of another's media has the address there alone.
  const url = wire?.url ?? wire?.preview_url ?? wire?.remote_url ?? null;
  if (wire === undefined || url === null) return [];
  const size = wire.meta?.original ?? null;
  return [{ url, mime: mimeOf(url) ?? MIMES[wire.type] ?? 'application/octet-stream', alt: wire.description, width: size?.width ?? null, height: size?.height ?? null }];
}

/** The posts that can be read, each once. Null stands for one that is gone (Pleroma). */
function postsOf(rows: readonly unknown[] | null): Pick<Report, 'posts' | 'postsAreAll'> {
  const found = (rows ?? []).filter((row) => row !== null);
  const posts = found.flatMap((row) => postOf(row) ?? deletedPostOf(row) ?? []);
  return { posts: [...new Map(posts.map((post) => [post.id, post])).values()], postsAreAll: rows !== null && posts.length === found.length };
}

/**
 * What Pleroma puts in the place of a post that was deleted: its words, under the name of whoever reported it
 * (lib/pleroma/web/admin_api/report.ex, make_fake_activity). Its id is the post's address.
 */
const standIn = status.extend({
  id: z.string().regex(/^pleroma:fake:\S+$/).transform((id) => `deleted-${id.slice('pleroma:fake:'.length).replaceAll(/[^\w-]+/g, '-').slice(-100)}`),
  account: z.unknown().transform(() => null),
});

/** Reads a row, or says that a report would be lost: nothing is passed over. */
function reportRow<Shape>(row: unknown, schema: z.ZodType<Shape>): Shape {
  const read = schema.safeParse(row);
  if (read.success) return read.data;
  throw new ConnectorError('unintelligible', 'The server sent a report whose id Docket cannot read. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.');
}

function rulesOf(rules: readonly { readonly id: string | null; readonly text: string }[]): Pick<Report, 'rules' | 'ruleIds'> {
  return { rules: rules.map((rule) => rule.text).filter((rule) => rule !== ''), ruleIds: rules.flatMap(({ id }) => id ?? []) };
}

function deletedPostOf(row: unknown): Post | null {
  const read = standIn.safeParse(row);
  return read.success ? { ...postFrom(read.data), deleted: true } : null;
}

/** Admin::Report of Mastodon and GoToSocial. */
export function readAdminReport(row: unknown): Report {
  const wire = reportRow(row, adminReport);
  const by = adminPersonOf(wire.action_taken_by_account);
  return {
    id: wire.id,
    handled: wire.action_taken ? { by: by === null ? null : `@${by.acct}`, byAcct: by?.acct ?? null, at: wire.action_taken_at, said: wire.action_taken_comment } : null,
    category: wire.category, ...rulesOf(wire.rules), notes: [], comment: wire.comment, createdAt: wire.created_at,
    reporter: adminPersonOf(wire.account), target: adminPersonOf(wire.target_account), assigned: adminPersonOf(wire.assigned_account)?.acct ?? null,
    ...postsOf(wire.statuses),
  };
}

/** Akkoma's and Pleroma's report; who changed its state is not in it. */
export function readAkkomaReport(row: unknown): Report {
  const wire = reportRow(row, akkomaReport);
  const closed = wire.state === 'closed' || wire.state === 'resolved';
  return {
    id: wire.id,
    handled: closed ? { by: null, byAcct: null, at: null, said: null } : null,
    category: '', ...rulesOf(wire.rules), comment: plainText(wire.content), createdAt: wire.created_at,
    notes: wire.notes.flatMap((note) => {
      const by = personOf(note?.user ?? null);
      return note === null || note.created_at === null ? [] : [{ at: note.created_at, text: plainText(note.content), by: by === null ? null : `@${by.acct}` }];
    }),
    reporter: personOf(wire.actor), target: personOf(wire.account), assigned: personOf(wire.assigned_account)?.acct ?? null,
    ...postsOf(wire.statuses),
  };
}

import { z } from 'zod';
import type { LogEntry, Logged, Note, Sent } from './dialect.ts';
import { readPerson } from './read.ts';
import { idOrNone, row, time } from './schemas.ts';
import type { Row } from './schemas.ts';

const MOST = 30;
const words = z.string().nullish().catch(null).transform((value) => value ?? '');
const flag = z.boolean().nullish().catch(null);
const entry3 = z.object({ reason: words, removed: flag, banned: flag, locked: flag, expires: time, when_: time, post_id: idOrNone, comment_id: idOrNone });
const entry4 = z.object({ kind: words, is_revert: flag, reason: words, expires_at: time, published_at: time });
const home = z.object({ local: flag }).catch({ local: null });

/** Kinds of entries in plain words; a kind that is not here is shown as it comes. */
const SAID: Readonly<Record<string, readonly [string, string]>> = {
  mod_remove_post: ['post removed', 'post restored'], mod_remove_comment: ['comment removed', 'comment restored'], mod_lock_post: ['post locked', 'post unlocked'],
  mod_lock_comment: ['comment locked', 'comment unlocked'], mod_ban_from_community: ['banned from a community', 'unbanned from a community'],
  mod_ban: ['banned from the instance', 'unbanned from the instance'], admin_ban: ['banned from the instance', 'unbanned from the instance'],
  mod_warn_post: ['warned about a post', 'warning taken back'], mod_warn_comment: ['warned about a comment', 'warning taken back'],
  mod_add_to_community: ['made a moderator', 'no longer a moderator'], admin_add: ['made an admin', 'no longer an admin'],
};

function said(kind: string, reverted: boolean, reason: string, until: number | null): string {
  const [done, undone] = (Object.hasOwn(SAID, kind) ? SAID[kind] : undefined) ?? [kind.replaceAll('_', ' '), `${kind.replaceAll('_', ' ')}, taken back`];
  const end = until === null || reverted ? '' : ` until ${new Date(until).toISOString().slice(0, 10)}`;
  return `${reverted ? undone : done}${end}${reason === '' ? '' : `: ${reason}`}`;
}

/** API v3's log: one list for each kind, each entry under a name of its own (lemmy-docs, api/GetModlogResponse). */
export function notesOfLists(answer: Row, host: string): readonly Note[] {
  const notes = Object.values(answer).flatMap((list) => (Array.isArray(list) ? list : [])).flatMap((value: unknown): Note[] => {
    const entry = row.safeParse(value);
    const kind = entry.success ? Object.keys(entry.data).find((name) => /^(?:mod|admin)_/.test(name)) : undefined;
    if (!entry.success || kind === undefined) return [];
    const read = entry3.safeParse(entry.data[kind]);
    if (!read.success) return [];
    const { reason, removed, banned, locked, expires, when_: at } = read.data;
    if (at === null) return [];
    const by = readPerson(entry.data['moderator'] ?? entry.data['admin'], host)?.handle ?? null;
    return [{ at, text: said(kind, [removed, banned, locked].includes(false), reason, expires), by }];
  });
  return newestFirst(notes);
}

/** API v4's log: one list whose entries say their kind (crates/db_views/modlog). */
export function notesOfItems(items: readonly Row[], host: string): readonly Note[] {
  return newestFirst(items.flatMap((item): Note[] => {
    const read = entry4.safeParse(item['modlog']);
    if (!read.success || read.data.published_at === null) return [];
    const { kind, is_revert: reverted, reason, expires_at: until, published_at: at } = read.data;
    return [{ at, text: said(kind, reverted === true, reason, until), by: readPerson(item['moderator'], host)?.handle ?? null }];
  }));
}

/** Where API v3's log has one kind of deed. */
export type ListName = { readonly list: string; readonly entry: string };

/** The latest entry of one list of API v3's log. Servers before 0.19.4 do not know all parameters: then the list has others' entries too. */
export function latestOfLists(answer: Row, { list, entry: name }: ListName, only: Logged['only'], host: string): LogEntry | null {
  const rows = z.array(row.catch({})).catch([]).parse(answer[list]);
  return latest(rows.flatMap((one): LogEntry[] => {
    const read = entry3.safeParse(one[name]);
    if (!read.success) return [];
    const { removed, banned, locked, when_: at, expires: until, post_id: postId, comment_id: commentId } = read.data;
    return isAnother(only.post_id, postId) || isAnother(only.comment_id, commentId) ? []
      : [{ at, undone: [removed, banned, locked].includes(false), until, by: readPerson(one['moderator'] ?? one['admin'], host) }];
  }));
}

function isAnother(wanted: string | undefined, found: string | null): boolean {
  return wanted !== undefined && found !== null && found !== wanted;
}

/** The latest entry of API v4's log, of what admins of other instances did there only where `others`. */
export function latestOfItems(items: readonly Row[], others: boolean, host: string): LogEntry | null {
  return latest(items.flatMap((item): LogEntry[] => {
    const read = entry4.safeParse(item['modlog']);
    if (!read.success || (!others && home.parse(item['moderator']).local === false)) return [];
    const { published_at: at, is_revert: undone, expires_at: until } = read.data;
    return [{ at, undone: undone === true, until, by: readPerson(item['moderator'], host) }];
  }));
}

function latest(entries: readonly LogEntry[]): LogEntry | null {
  return entries.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0] ?? null;
}

/** The time and reason of each entry. */
export function reasonsOf(items: readonly Row[]): readonly Sent[] {
  return items.flatMap((item) => {
    const read = entry4.safeParse(item['modlog']);
    return read.success ? [{ at: read.data.published_at, words: read.data.reason }] : [];
  });
}

function newestFirst(notes: readonly Note[]): readonly Note[] {
  return notes.toSorted((a, b) => b.at - a.at).slice(0, MOST);
}

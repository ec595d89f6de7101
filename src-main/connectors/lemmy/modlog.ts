import { z } from 'zod';
import type { Note, Sent } from './dialect.ts';
import type { Person } from './model.ts';
import { readPerson } from './read.ts';
import { row, time } from './schemas.ts';
import type { Row } from './schemas.ts';

const MOST = 30;
const words = z.string().nullish().catch(null).transform((value) => value ?? '');
const flag = z.boolean().nullish().catch(null);
const entry3 = z.object({ reason: words, removed: flag, banned: flag, locked: flag, expires: time, when_: time });
const entry4 = z.object({ kind: words, is_revert: flag, reason: words, expires_at: time, published_at: time });

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

type Ban = { readonly at: number | null; readonly lifted: boolean; readonly by: Person | null };

/** Who gave the latest ban of API v3's log, of one of its lists. */
export function bannerOfLists(answer: Row, list: 'banned' | 'banned_from_community', host: string): Person | null {
  const name = list === 'banned' ? 'mod_ban' : 'mod_ban_from_community';
  const rows = z.array(row.catch({})).catch([]).parse(answer[list]);
  return bannerOf(rows.map((entry): Ban => {
    const { banned, when_: at } = entry3.catch({ reason: '', removed: null, banned: null, locked: null, expires: null, when_: null }).parse(entry[name]);
    return { at, lifted: banned === false, by: readPerson(entry['moderator'], host) };
  }));
}

/** The same of API v4's log. */
export function bannerOfItems(items: readonly Row[], host: string): Person | null {
  return bannerOf(items.flatMap((item): Ban[] => {
    const read = entry4.safeParse(item['modlog']);
    return read.success ? [{ at: read.data.published_at, lifted: read.data.is_revert === true, by: readPerson(item['moderator'], host) }] : [];
  }));
}

function bannerOf(bans: readonly Ban[]): Person | null {
  const last = bans.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
  return last === undefined || last.lifted ? null : last.by;
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

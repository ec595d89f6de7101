import { ConnectorError } from '../connector.ts';
import { media } from './media.ts';
import { KINDS, keyOf } from './model.ts';
import type { Kind, Person, Report, Thing } from './model.ts';
import { beside, comment, community, person, post, privateMessage, report, row as rowShape } from './schemas.ts';
import type { PersonRow, ReportRow, Row } from './schemas.ts';

/** A row of a list of reports. Throws where not even its id and what it is about can be read: then the page is asked for again. */
export function readReport(value: unknown, host: string): Report {
  const parsed = rowShape.safeParse(value);
  const row = parsed.success ? parsed.data : {};
  // By what it has, not by what it says it is: `type_` is v4's only, and new kinds may come.
  const name = KINDS.map((kind) => `${kind}_report`).find((key) => key in row) ?? Object.keys(row).find((key) => key.endsWith('_report'));
  const said = report.safeParse(name === undefined ? null : row[name]);
  if (name === undefined || !said.success) throw new ConnectorError('unintelligible', `${host} sent a report that Docket cannot read: its id is not where it should be. Docket tries again.`);
  const told = name.slice(0, -'_report'.length);
  const kind = KINDS.find((one) => one === told) ?? 'unknown';
  const thing = (kind === 'unknown' ? null : readThing(kind, row, `${kind}_creator`, host, said.data)) ?? unknownThing(told, said.data, row, host);
  return {
    key: keyOf(told, said.data.id), kind: thing.kind, id: said.data.id, thing, reason: said.data.reason, breaksInstanceRules: said.data.violates_instance_rules, resolved: said.data.resolved,
    resolver: readPerson(row['resolver'], host), conclusion: said.data.conclusion || said.data.resolve_reason,
    publishedAt: said.data.published_at ?? said.data.published, updatedAt: said.data.updated_at ?? said.data.updated, reporter: readPerson(row['creator'], host),
  };
}

/** A post, comment, message or community of a report or a view; null where it cannot even be named. */
export function readThing(kind: Kind, row: Row, authorName: string, host: string, said: ReportRow | null = null): Thing | null {
  const around = beside.catch(beside.parse({})).parse(row);
  const author = readPerson(row[authorName], host, around);
  const place = community.safeParse(row['community']);
  const about = {
    author, community: place.success ? { id: place.data.id, name: `!${place.data.name}@${hostOf(place.data.ap_id || place.data.actor_id, host)}` } : null,
    postId: null, path: '', removed: false, locked: false, deleted: false, media: [], bannedHere: around.creator_banned_from_community, bannedHereUntil: around.creator_community_ban_expires_at,
    banned: author?.standing.includes(BANNED) === true, bannedUntil: around.creator_ban_expires_at ?? personRow(row[authorName])?.ban_expires ?? null,
  };
  const named = (id: string | null): Pick<Thing, 'key' | 'kind' | 'id'> | null => (id === null ? null : { key: keyOf(kind, id), kind, id });
  switch (kind) {
    case 'post': {
      const one = post.catch(post.parse({})).parse(row['post'] ?? {});
      const name = named(said?.post_id ?? one.id);
      const reported = said === null ? null : joined(said.original_post_name, said.original_post_url, said.original_post_body);
      return name && { ...about, ...name, ...times(one), text: joined(one.name, one.url, one.body) || (reported ?? ''), reported, deleted: one.deleted, removed: one.removed, locked: one.locked, postId: name.id, media: media(one.body, one) };
    }
    case 'comment': {
      const one = comment.catch(comment.parse({})).parse(row['comment'] ?? {});
      const name = named(said?.comment_id ?? one.id);
      const under = post.catch(post.parse({})).parse(row['post'] ?? {});
      const reported = said?.original_comment_text ?? null;
      return name && { ...about, ...name, ...times(one), text: one.content || (reported ?? ''), reported, deleted: one.deleted, removed: one.removed, locked: one.locked || under.locked, path: one.path, postId: one.post_id ?? under.id, media: media(one.content) };
    }
    case 'private_message': {
      const one = privateMessage.catch(privateMessage.parse({})).parse(row['private_message'] ?? {});
      const name = named(said?.private_message_id ?? one.id);
      const reported = said?.original_pm_text ?? null;
      return name && { ...about, ...name, ...times(one), community: null, text: one.content || (reported ?? ''), reported, deleted: one.deleted, removed: one.removed, media: media(one.content) };
    }
    case 'community': {
      const name = named(said?.community_id ?? (place.success ? place.data.id : null));
      const reported = said === null ? null : joined(said.original_community_name, said.original_community_title, said.original_community_summary || said.original_community_description, said.original_community_sidebar);
      if (!place.success) return name && { ...about, ...name, createdAt: null, editedAt: null, text: reported ?? '', reported };
      const one = place.data;
      return name && { ...about, ...name, ...times(one), author: null, text: joined(about.community?.name ?? one.name, one.title, one.summary || one.description, one.sidebar), reported, deleted: one.deleted, removed: one.removed };
    }
  }
}

/** What a report of tomorrow's kind, or one that does not say it, is about: carried with what it has, so that somebody looks there. */
function unknownThing(told: string, said: ReportRow, row: Row, host: string): Thing {
  return {
    key: keyOf(`${told}-report`, said.id), kind: 'unknown', id: said.id, author: readPerson(row[`${told}_creator`], host), community: null, postId: null, path: '',
    text: [said.original_post_name, said.original_post_body, said.original_comment_text, said.original_pm_text].find((words) => words !== '')
      ?? `A report about a ${told.replaceAll('_', ' ')} that Docket cannot read. Look at it on the instance.`,
    reported: null,
    createdAt: null, editedAt: null, deleted: false, removed: false, locked: false, banned: false, bannedUntil: null, bannedHere: false, bannedHereUntil: null, media: [],
  };
}

const BANNED = 'banned';

/** A member; null where not even the id can be read. */
export function readPerson(value: unknown, host: string, around: ReturnType<typeof beside.parse> | null = null): Person | null {
  const one = personRow(value);
  if (one === null) return null;
  const standing = [
    one.banned || around?.creator_banned === true ? BANNED : '', around?.creator_banned_from_community === true ? 'banned from the community' : '',
    around?.creator_is_admin === true ? 'admin' : '', around?.creator_is_moderator === true ? 'moderator' : '', one.bot_account ? 'bot' : '', one.deleted ? 'account deleted' : '',
  ].filter((word) => word !== '');
  const url = one.ap_id || one.actor_id;
  return {
    id: one.id, name: one.name, title: one.display_name || one.name, handle: `@${one.name}@${hostOf(url, host)}`, url: URL.canParse(url) ? url : null,
    joinedAt: one.published_at ?? one.published, posts: one.post_count, standing,
  };
}

function personRow(value: unknown): PersonRow | null {
  const parsed = person.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function times(one: { readonly published: number | null; readonly published_at: number | null; readonly updated: number | null; readonly updated_at: number | null }): Pick<Thing, 'createdAt' | 'editedAt'> {
  return { createdAt: one.published_at ?? one.published, editedAt: one.updated_at ?? one.updated };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

function hostOf(url: string, otherwise: string): string {
  return URL.canParse(url) ? new URL(url).host : otherwise;
}

import { VERBS } from '../../contract/words.ts';
import type { Verb } from '../../contract/words.ts';
import type { Capability, RemoteMember, RemoteReport, RemoteSubject, Resolution, SubjectRef } from '../connector.ts';
import type { Dialect } from './dialect.ts';
import type { Named } from './held.ts';
import { LIMITS } from './model.ts';
import type { Person, Post, Report } from './model.ts';
import { escaped, plainText } from './plain.ts';
import { categoryOf, placeOf, remoteCategoryOf, whatOf } from './words.ts';

/** Where rows come from. */
export type Place = { readonly server: string; readonly dialect: Dialect };

/** What the subject's report was when it was read: its id leads to the server's own page and to its state. */
export type Mark = { readonly report: string | null; /** When its reports were last closed, as far as this desk has pulled; 0 for never. */ readonly seen: number };

export const UNMARKED: Mark = { report: null, seen: 0 };

/** The mark that comes back with a subject. */
export function markOf(subject: SubjectRef): Mark {
  return { report: subject.extra['report'] ?? null, seen: Number(subject.extra['seen'] ?? 0) || 0 };
}

function extraOf({ report, seen }: Mark): Readonly<Record<string, string>> {
  return { ...(report === null ? {} : { report }), ...(seen === 0 ? {} : { seen: String(seen) }) };
}

/** How an account stands, a letter for each limit. */
export function lettersOf(person: Person | null): string {
  return (person?.limits ?? []).map((limit) => LIMITS[limit]).join('');
}

/** When the person's view of the subject ends, how the account stood, and the text's own version. */
function revisionOf({ seen }: Mark, author: Person | null, version: number | null): string {
  return `${seen}/${lettersOf(author)}/${version ?? 0}`;
}

/** The parts of a revision that bear on whether somebody else acted; null where it is none. */
export function seenIn(revision: string | null): { readonly seen: number; readonly limits: string } | null {
  const match = /^(\d+)\/([A-Z]*)\//.exec(revision ?? '');
  return match === null ? null : { seen: Number(match[1]), limits: match[2] ?? '' };
}

export function memberOf({ server, dialect }: Place, person: Person): RemoteMember {
  return {
    remoteId: person.id, name: person.name, handle: `@${person.acct}`, joinedAt: person.joinedAt, postCount: person.postCount,
    standing: person.limits, url: `${server}${dialect.pages.account(person)}`,
  };
}

/** Warning, words and choices of a post. */
function htmlOf({ warning, html, choices }: Post): string {
  const list = choices.length === 0 ? '' : `<ul>${choices.map((choice) => `<li>${escaped(choice)}</li>`).join('')}</ul>`;
  return `${warning === '' ? '' : `<p><strong>${escaped(warning)}</strong></p>`}${html}${list}`;
}

/** What the author's server keeps from being done. */
function verbsOf({ dialect }: Place, type: 'post' | 'member', author: Person | null): Pick<RemoteSubject, 'verbs'> {
  if (author === null || author.local) return {};
  const verbs: { [verb in Verb]?: Capability } = {};
  for (const verb of VERBS) {
    const way = dialect.ways[type][verb];
    if (way?.by === 'account' && way.deed.notRemote !== null) verbs[verb] = { can: false, why: `@${author.acct} ${way.deed.notRemote}` };
  }
  return { verbs };
}

/** A post. `author`, where it is given, is what moderators see of whoever wrote it. */
export function postSubject(place: Place, post: Post, mark: Mark, author: Person | null = post.author): RemoteSubject {
  const { server, dialect } = place;
  const { inner } = post;
  const html = `${htmlOf(post)}${inner === null ? '' : `<p>${inner.how === 'boosts' ? 'Boosts' : 'Quotes'} @${escaped(inner.post.author?.acct ?? 'unknown')}:</p><blockquote>${htmlOf(inner.post)}</blockquote>`}`;
  // What the API cannot do to a post is done on the server's own page of the report.
  const elsewhere = dialect.ways.post.remove?.by === 'nothing' && mark.report !== null;
  return {
    type: 'post', remoteId: post.id, authorId: author?.id ?? null, extra: extraOf(mark), text: plainText(html), html: html === '' ? null : html,
    createdAt: post.createdAt, editedAt: post.editedAt, deletedAt: null, removed: false,
    url: elsewhere ? `${server}${dialect.pages.report(mark.report ?? '')}` : post.url, language: post.language, place: placeOf(post.visibility),
    media: [...post.pictures, ...inner?.post.pictures ?? []], revision: revisionOf(mark, author, post.editedAt),
    ...verbsOf(place, 'post', author),
  };
}

/** An account as what was reported: its name and what it says of itself. */
export function memberSubject(place: Place, person: Person, mark: Mark): RemoteSubject {
  const { server, dialect } = place;
  const note = plainText(person.note);
  return {
    type: 'member', remoteId: person.id, authorId: person.id, extra: extraOf(mark), text: note === '' ? person.name : `${person.name}\n\n${note}`,
    html: person.note === '' ? null : `<p><strong>${escaped(person.name)}</strong></p>${person.note}`,
    createdAt: person.joinedAt, editedAt: null, deletedAt: null, removed: person.limits.includes('suspended'),
    url: `${server}${dialect.pages.account(person)}`, language: null, place: null, media: [], revision: revisionOf(mark, person, null),
    ...verbsOf(place, 'member', person),
  };
}

/**
 * What a report is about: its posts in a fixed order, or the account where it names none. A post that it named before and
 * does not name any more was deleted (Akkoma leaves such out, Mastodon only some time later): the report is still about it.
 */
export function namesOf({ id, posts, postsAreAll, target }: Report, before: readonly Named[] = []): readonly Named[] {
  const all = new Set(posts.map(({ id: postId }) => postId));
  // What stands for a deleted post does so for one that is known by its own id.
  const isKnown = before.some(({ type, remoteId }) => type === 'post' && !all.has(remoteId));
  const now = new Set(posts.filter(({ deleted }) => !deleted || !isKnown).map((post) => post.id));
  const known = before.filter(({ type, remoteId }) => type === 'post' && !now.has(remoteId)).map(({ remoteId }) => remoteId);
  if (now.size + known.length > 0) {
    return [...now, ...known].toSorted((a, b) => (a < b ? -1 : 1)).map((remoteId) => ({ type: 'post', remoteId, gone: postsAreAll && !now.has(remoteId) }));
  }
  return [{ type: 'member', remoteId: target?.id ?? before[0]?.remoteId ?? `report-${id}`, gone: false }];
}

/** The subjects that a report names, without the posts that were known to be gone. */
function subjectsOf(place: Place, report: Report, before: readonly Named[], now: number): readonly RemoteSubject[] {
  const mark: Mark = { report: report.id, seen: report.handled?.at ?? 0 };
  const { target, posts } = report;
  return namesOf(report, before).flatMap(({ type, remoteId, gone }): readonly RemoteSubject[] => {
    if (type === 'member') return target === null ? [unknownSubject(place, report.id, remoteId, mark)] : [memberSubject(place, target, mark)];
    const post = posts.find(({ id }) => id === remoteId);
    if (post !== undefined) {
      const subject = postSubject(place, post, mark, post.author === null || post.author.id === target?.id ? target ?? post.author : post.author);
      return [post.deleted ? { ...subject, deletedAt: now, url: `${place.server}${place.dialect.pages.report(report.id)}` } : subject];
    }
    return !gone || before.some((one) => one.remoteId === remoteId && one.gone) ? [] : [goneSubject(place, remoteId, target, mark, now)];
  });
}

/** Nothing but the report itself could be read: it still arrives, under its own name. */
function unknownSubject(place: Place, reportId: string, id: string, mark: Mark): RemoteSubject {
  const unknown: Person = { id, name: 'Unknown account', acct: 'unknown', local: false, note: '', joinedAt: null, postCount: null, limits: [] };
  return { ...memberSubject(place, unknown, mark), authorId: null, url: `${place.server}${place.dialect.pages.report(reportId)}` };
}

/** A post that was deleted: what was known of it stays. */
function goneSubject({ server, dialect }: Place, id: string, author: Person | null, mark: Mark, now: number): RemoteSubject {
  return {
    type: 'post', remoteId: id, authorId: author?.id ?? null, extra: extraOf(mark), text: '', html: null, createdAt: null, editedAt: null, deletedAt: now, removed: false,
    url: `${server}${dialect.pages.report(mark.report ?? '')}`, language: null, place: null, media: [], revision: revisionOf(mark, author, null),
  };
}

export type Rows = {
  readonly members: readonly RemoteMember[];
  readonly subjects: readonly RemoteSubject[];
  readonly reports: readonly RemoteReport[];
  readonly resolutions: readonly Resolution[];
};

/** A report about several posts is one report for each, the first under the report's own id. */
export function entryIds(id: string, named: readonly Named[]): readonly { readonly reportId: string; readonly subject: Resolution['subject'] }[] {
  return named.map(({ type, remoteId }, index) => ({ reportId: index === 0 ? id : `${id}:${remoteId}`, subject: { type, remoteId } }));
}

/** A report as rows. `before`: what it was about when it was last read. */
export function rowsOf(place: Place, report: Report, before: readonly Named[], orderId: string | null, now: number): Rows {
  const people = new Map<string, Person>();
  for (const person of [...report.posts.map(({ author }) => author), report.target, report.reporter]) if (person !== null) people.set(person.id, person);
  const entries = entryIds(report.id, namesOf(report, before));
  const { handled, assigned } = report;
  return {
    members: [...people.values()].map((person) => memberOf(place, person)),
    subjects: subjectsOf(place, report, before, now),
    reports: entries.map(({ reportId, subject }) => ({
      remoteId: reportId, subject, reporterId: report.reporter?.id ?? null,
      category: categoryOf(report), remoteCategory: remoteCategoryOf(report), comment: report.comment, createdAt: report.createdAt ?? now, open: handled === null,
    })),
    resolutions: entries.flatMap(({ reportId, subject }): readonly Resolution[] => {
      if (handled !== null) return [{ subject, by: handled.by, what: whatOf(report), at: handled.at ?? null, orderId, closes: true, reportId }];
      return assigned === null ? [] : [{ subject, by: `@${assigned}`, what: 'took it on', at: null, orderId: null, closes: false }];
    }),
  };
}

import type { RemoteMember, RemoteReport, RemoteSubject, Resolution, SubjectRef } from '../connector.ts';
import type { Dialect } from './dialect.ts';
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

/** A post. `author`, where it is given, is what moderators see of whoever wrote it. */
export function postSubject({ server, dialect }: Place, post: Post, mark: Mark, author: Person | null = post.author): RemoteSubject {
  const warning = post.warning === '' ? '' : `<p><strong>${escaped(post.warning)}</strong></p>`;
  const choices = post.choices.length === 0 ? '' : `<ul>${post.choices.map((choice) => `<li>${escaped(choice)}</li>`).join('')}</ul>`;
  const html = `${warning}${post.html}${choices}`;
  // What the API cannot do to a post is done on the server's own page of the report.
  const elsewhere = dialect.ways.post.remove?.by === 'nothing' && mark.report !== null;
  return {
    type: 'post', remoteId: post.id, authorId: author?.id ?? null, extra: extraOf(mark), text: plainText(html), html: html === '' ? null : html,
    createdAt: post.createdAt, editedAt: post.editedAt, deletedAt: null, removed: false,
    url: elsewhere ? `${server}${dialect.pages.report(mark.report ?? '')}` : post.url, language: post.language, place: placeOf(post.visibility),
    media: post.pictures, revision: revisionOf(mark, author, post.editedAt),
  };
}

/** An account as what was reported: its name and what it says of itself. */
export function memberSubject({ server, dialect }: Place, person: Person, mark: Mark): RemoteSubject {
  const note = plainText(person.note);
  return {
    type: 'member', remoteId: person.id, authorId: person.id, extra: extraOf(mark), text: note === '' ? person.name : `${person.name}\n\n${note}`,
    html: person.note === '' ? null : `<p><strong>${escaped(person.name)}</strong></p>${person.note}`,
    createdAt: person.joinedAt, editedAt: null, deletedAt: null, removed: person.limits.includes('suspended'),
    url: `${server}${dialect.pages.account(person)}`, language: null, place: null, media: [], revision: revisionOf(mark, person, null),
  };
}

export type Rows = {
  readonly members: readonly RemoteMember[];
  readonly subjects: readonly RemoteSubject[];
  readonly reports: readonly RemoteReport[];
  readonly resolutions: readonly Resolution[];
};

/** The names of what a report is about, without reading any of it further. */
export function namesOf({ id, posts, target }: Report): readonly string[] {
  return posts.length > 0 ? posts.map((post) => `post ${post.id}`) : [`member ${target?.id ?? `report-${id}`}`];
}

/** The subjects that a report names: its posts in a fixed order, or the account where it names none. */
function subjectsOf(place: Place, report: Report): readonly RemoteSubject[] {
  const mark: Mark = { report: report.id, seen: report.handled?.at ?? 0 };
  const { target } = report;
  if (report.posts.length > 0) {
    return report.posts.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((post) => postSubject(place, post, mark, post.author === null || post.author.id === target?.id ? target ?? post.author : post.author));
  }
  if (target !== null) return [memberSubject(place, target, mark)];
  // Nothing but the report itself could be read: it still arrives, under its own name.
  const unknown: Person = { id: `report-${report.id}`, name: 'Unknown account', acct: 'unknown', local: false, note: '', joinedAt: null, postCount: null, limits: [] };
  return [{ ...memberSubject(place, unknown, mark), authorId: null, url: `${place.server}${place.dialect.pages.report(report.id)}` }];
}

/** A report as rows; one about several posts becomes one report for each, the first under the report's own id. */
export function rowsOf(place: Place, report: Report, orderId: string | null, now: number): Rows {
  const subjects = subjectsOf(place, report);
  const people = new Map<string, Person>();
  for (const person of [...report.posts.map(({ author }) => author), report.target, report.reporter]) if (person !== null) people.set(person.id, person);
  const named = subjects.map(({ type, remoteId }) => ({ type, remoteId }));
  const { handled, assigned } = report;
  return {
    members: [...people.values()].map((person) => memberOf(place, person)),
    subjects,
    reports: named.map((subject, index) => ({
      remoteId: index === 0 ? report.id : `${report.id}:${subject.remoteId}`, subject, reporterId: report.reporter?.id ?? null,
      category: categoryOf(report), remoteCategory: remoteCategoryOf(report), comment: report.comment, createdAt: report.createdAt ?? now, open: handled === null,
    })),
    resolutions: named.flatMap((subject): readonly Resolution[] => {
      if (handled !== null) return [{ subject, by: handled.by, what: whatOf(report), at: handled.at ?? null, orderId, closes: true }];
      return assigned === null ? [] : [{ subject, by: `@${assigned}`, what: 'took it on', at: null, orderId: null, closes: false }];
    }),
  };
}

import type { Batch, RemoteReport, RemoteSubject, Resolution } from '../connectors/connector.ts';
import { richText } from '../domain/rich-text.ts';
import type { SubjectType } from '../contract/words.ts';
import type { ReportFacts } from '../domain/item-facts.ts';
import { insertItems, refreshItems, reweighItems } from './items.ts';
import type { FreshItem } from './items.ts';
import { keepMember, memberNamed } from './members.ts';
import type { KnownMember } from './members.ts';
import { indexSubject } from './search.ts';
import type { Store } from './store.ts';

type StoredSubject = {
  readonly id: number; readonly author: number | null; readonly created_at: number | null; readonly edited_at: number | null;
  readonly deleted_at: number | null; readonly removed: number; readonly language: string | null; readonly place: string | null;
  readonly revision: string | null; readonly url: string | null; readonly extra: string; readonly media: string; readonly media_count: number; readonly text: string;
  readonly rich: string | null;
};

/** Rows by what the platform calls them, for the length of one batch. */
type Known = {
  readonly members: Map<string, KnownMember>;
  readonly subjects: Map<string, number>;
  /** Subjects that were here before and of which something is new. */
  readonly touched: Set<number>;
  /** Subjects that say what they said, and only look otherwise: another address of a picture, another place. */
  readonly dressed: Set<number>;
  /** Subjects that this batch brought. */
  readonly fresh: Map<number, FreshSubject>;
};

type FreshSubject = FreshItem & { readonly reports: ReportFacts[]; closedOutsideAt: number | null };

/**
 * Puts one batch of a platform's news into the database and works its items out again, in the caller's transaction.
 * Repeating a batch changes nothing. Edits keep what was said before; deletions keep the text. Returns the items that
 * changed, and how many reports were not here before.
 */
export function ingestBatch(store: Store, connectionN: number, batch: Batch, now: number): { readonly touched: readonly number[]; readonly added: number } {
  const known = keep(store, connectionN, batch, now);
  let added = 0;
  for (const report of batch.reports) if (keepReport(store, connectionN, report, known, now)) added += 1;
  for (const resolution of batch.resolutions) keepResolution(store, connectionN, resolution, known, now);
  const reported = [...known.fresh.values()].filter((subject) => subject.reports.length > 0);
  if (reported.length > 0) insertItems(store, connectionN, reported, now);
  const refreshed = known.touched.size === 0 ? [] : refreshItems(store, [...known.touched], now);
  const dressed = [...known.dressed].filter((subject) => !known.touched.has(subject) && !known.fresh.has(subject));
  const reweighed = dressed.length === 0 ? [] : reweighItems(store, dressed, now);
  return { touched: [...reported.map((subject) => subject.subject), ...refreshed, ...reweighed], added };
}

function keep(store: Store, connectionN: number, kept: Batch, now: number): Known {
  const known: Known = { members: new Map(), subjects: new Map(), touched: new Set(), dressed: new Set(), fresh: new Map() };
  for (const member of kept.members) known.members.set(member.remoteId, keepMember(store, connectionN, member));
  for (const subject of kept.subjects) {
    known.subjects.set(`${subject.type}:${subject.remoteId}`, keepSubject(store, connectionN, subject, known, now));
  }
  return known;
}

function memberOf(store: Store, connectionN: number, remoteId: string | null, known: Known): KnownMember | null {
  if (remoteId === null) return null;
  let member = known.members.get(remoteId);
  if (member === undefined) {
    member = memberNamed(store, connectionN, remoteId);
    known.members.set(remoteId, member);
  }
  return member;
}

/** A deleted post often comes without its words and pictures: then those that were here stay. */
function keepSubject(store: Store, connectionN: number, subject: RemoteSubject, known: Known, now: number): number {
  // A member who is reported is their own author: what is decided counts against them.
  const authorId = subject.authorId ?? (subject.type === 'member' ? subject.remoteId : null);
  const author = memberOf(store, connectionN, authorId, known)?.id ?? null;
  const extra = jsonOf(subject.extra);
  const media = subject.media.length === 0 ? '[]' : JSON.stringify(subject.media);
  const before = store.sql<[number, string, string], StoredSubject>('subject-before', `
    SELECT id, author, created_at, edited_at, deleted_at, removed, language, place, revision, url, extra, media, media_count, text, rich
    FROM subjects WHERE connection = ? AND type = ? AND remote_id = ?
  `).get(connectionN, subject.type, subject.remoteId);
  if (before === undefined) {
    const { lastInsertRowid: id } = store.sql<[
      number, string, string, number | null, number | null, number | null, number | null, number, string | null, string | null, number,
      string | null, string | null, string, string, string, string | null,
    ]>('subject-insert', `
      INSERT INTO subjects (connection, type, remote_id, author, created_at, edited_at, deleted_at, removed, language, place, media_count,
                            revision, url, extra, media, text, rich)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `).run(
      connectionN, subject.type, subject.remoteId, author, subject.createdAt, subject.editedAt, subject.deletedAt, subject.removed ? 1 : 0,
      subject.language, subject.place, subject.media.length, subject.revision, subject.url, extra, media, subject.text, richOf(subject),
    );
    indexSubject(store, id, subject.text, true);
    known.fresh.set(id, {
      subject: id, type: subject.type, remoteId: subject.remoteId, authorRemoteId: authorId, head: subject.text, reports: [], closedOutsideAt: null,
    });
    return id;
  }
  const gone = subject.deletedAt !== null && subject.text === '';
  const text = gone ? before.text : subject.text;
  const rich = gone ? before.rich : richOf(subject);
  const bare = gone && subject.media.length === 0;
  const shown = {
    createdAt: subject.createdAt ?? (gone ? before.created_at : null), language: subject.language ?? (gone ? before.language : null),
    place: subject.place ?? (gone ? before.place : null), media: bare ? before.media : media, mediaCount: bare ? before.media_count : subject.media.length,
  };
  const saysTheSame = before.text === text && before.rich === rich && before.author === author && before.edited_at === subject.editedAt
    && before.deleted_at === subject.deletedAt && before.removed === (subject.removed ? 1 : 0) && before.revision === subject.revision;
  const looksTheSame = before.created_at === shown.createdAt && before.language === shown.language && before.place === shown.place
    && before.url === subject.url && before.extra === extra && before.media === shown.media;
  if (saysTheSame && looksTheSame) return before.id;
  // Addresses that are signed anew at every look must not make a decision stale that is being taken.
  if (saysTheSame) known.dressed.add(before.id);
  else touch(known, before.id);
  store.sql<[
    number | null, number | null, number | null, number | null, number, string | null, string | null, number, string | null, string | null,
    string, string, string, string | null, number,
  ]>('subject-update', `
    UPDATE subjects SET author = ?, created_at = ?, edited_at = ?, deleted_at = ?, removed = ?, language = ?, place = ?, media_count = ?,
      revision = ?, url = ?, extra = ?, media = ?, text = ?, rich = ? WHERE id = ?
  `).run(
    author, shown.createdAt, subject.editedAt, subject.deletedAt, subject.removed ? 1 : 0, shown.language, shown.place,
    shown.mediaCount, subject.revision, subject.url, extra, shown.media, text, rich, before.id,
  );
  if (before.text !== text) {
    store.sql<[number, number, string]>('subject-edit', 'INSERT INTO subject_edits (subject, seen_at, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(before.id, now, before.text);
    indexSubject(store, before.id, text, false);
  }
  return before.id;
}

/** What is new about a subject that is not only new itself has to be read again. */
function touch(known: Known, subject: number): void {
  known.fresh.delete(subject);
  known.touched.add(subject);
}

function richOf(subject: RemoteSubject): string | null {
  return subject.html === null ? null : JSON.stringify(richText(subject.html));
}

function jsonOf(extra: Readonly<Record<string, string>>): string {
  for (const name in extra) if (name !== '') return JSON.stringify(extra);
  return '{}';
}

/** A subject that a report or resolution names: of this batch, of an earlier one, or kept empty until it is described. */
function subjectId(store: Store, connectionN: number, named: { readonly type: SubjectType; readonly remoteId: string }, known: Known, now: number): number {
  const name = `${named.type}:${named.remoteId}`;
  let id = known.subjects.get(name);
  if (id === undefined) {
    id = store.sql<[number, string, string], { id: number }>('subject-id', 'SELECT id FROM subjects WHERE connection = ? AND type = ? AND remote_id = ?')
      .get(connectionN, named.type, named.remoteId)?.id
      ?? keepSubject(store, connectionN, {
        ...named, authorId: null, extra: {}, text: '', html: null, createdAt: null, editedAt: null, deletedAt: null, removed: false,
        url: null, language: null, place: null, media: [], revision: null,
      }, known, now);
    known.subjects.set(name, id);
  }
  return id;
}

type StoredReport = {
  readonly id: number; readonly subject: number; readonly reporter: number | null; readonly category: string;
  readonly remote_category: string | null; readonly comment: string; readonly open: number;
};

/** True where the report was not here before. */
function keepReport(store: Store, connectionN: number, report: RemoteReport, known: Known, now: number): boolean {
  const subject = subjectId(store, connectionN, report.subject, known, now);
  const reporter = memberOf(store, connectionN, report.reporterId, known);
  const open = report.open ? 1 : 0;
  const { changes } = store.sql<[number, string, number, number | null, string, string | null, string, number, number]>('report-insert', `
    INSERT INTO reports (connection, remote_id, subject, reporter, category, remote_category, comment, created_at, open)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (connection, remote_id) DO NOTHING
  `).run(connectionN, report.remoteId, subject, reporter?.id ?? null, report.category, report.remoteCategory, report.comment, report.createdAt, open);
  if (changes > 0) {
    const fresh = known.fresh.get(subject);
    if (fresh === undefined) known.touched.add(subject);
    else {
      fresh.reports.push({
        reporter: reporter?.id ?? null, category: report.category, createdAt: report.createdAt, open: report.open,
        judged: reporter?.judged ?? 0, upheld: reporter?.upheld ?? 0,
      });
    }
    return true;
  }
  const before = store.sql<[number, string], StoredReport>('report-before', `
    SELECT id, subject, reporter, category, remote_category, comment, open FROM reports WHERE connection = ? AND remote_id = ?
  `).get(connectionN, report.remoteId);
  if (before === undefined) return false;
  if (before.subject === subject && before.reporter === (reporter?.id ?? null) && before.category === report.category
    && before.remote_category === report.remoteCategory && before.comment === report.comment && before.open === open) return false;
  touch(known, before.subject);
  touch(known, subject);
  if (before.open === 0 && open === 1) reopenThere(store, subject);
  store.sql<[number, number | null, string, string | null, string, number, number]>('report-update', `
    UPDATE reports SET subject = ?, reporter = ?, category = ?, remote_category = ?, comment = ?, open = ? WHERE id = ?
  `).run(subject, reporter?.id ?? null, report.category, report.remoteCategory, report.comment, open, before.id);
  return false;
}

/** Someone opened a report again on the platform: what had closed it there before (`closes` -1 from now on) closes nothing any more. */
function reopenThere(store: Store, subject: number): void {
  store.sql<[number]>('resolution-reopened', 'UPDATE resolutions SET closes = -1 WHERE subject = ? AND closes = 1').run(subject);
}

/** The same word about the same subject is kept once (index resolutions_by_subject). */
function keepResolution(store: Store, connectionN: number, resolution: Resolution, known: Known, now: number): void {
  const subject = subjectId(store, connectionN, resolution.subject, known, now);
  const { by, what, at, orderId } = resolution;
  const closes = resolution.closes ? 1 : 0;
  const again = store.sql<[number, number | null, string | null, string, string | null, number], { again: number }>('resolution-before', `
    SELECT 1 AS again FROM resolutions WHERE subject = ? AND at IS ? AND by IS ? AND what = ? AND order_id IS ? AND abs(closes) = ?
  `).get(subject, at, by, what, orderId, closes);
  if (again !== undefined) return;
  store.sql<[number, string | null, string, number | null, string | null, number, number]>('resolution-insert', `
    INSERT INTO resolutions (subject, by, what, at, order_id, closes, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  `).run(subject, by, what, at, orderId, closes, now);
  const fresh = known.fresh.get(subject);
  // Whether an order was ours takes a look at the outbox.
  if (fresh === undefined || orderId !== null) touch(known, subject);
  else if (resolution.closes) fresh.closedOutsideAt = Math.max(fresh.closedOutsideAt ?? 0, at ?? now);
}

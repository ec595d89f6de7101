import type { Batch, RemoteReport, RemoteSubject, Resolution } from '../connectors/connector.ts';
import type { SubjectType } from '../contract/words.ts';
import type { Closing, ReportFacts } from '../domain/item-facts.ts';
import { insertItems, refreshItems, reweighItems } from './items.ts';
import type { FreshItem } from './items.ts';
import { keepMember, memberNamed } from './members.ts';
import type { KnownMember } from './members.ts';
import { ownOrderOf } from './own-deeds.ts';
import { indexSubject } from './search.ts';
import type { Store } from './store.ts';
import { fieldsOf, over } from './subject-fields.ts';
import type { SubjectFields, Telling } from './subject-fields.ts';
import { syncRow } from './sync-state.ts';

type StoredSubject = SubjectFields & { readonly id: number };

/** Rows by what the platform calls them, for the length of one batch. */
type Known = {
  readonly members: Map<string, KnownMember>;
  readonly subjects: Map<string, number>;
  /** Subjects that were here before and of which something is new. */
  readonly touched: Set<number>;
  /** Subjects that say what they said, and only look otherwise: another address of a picture, another place. */
  readonly dressed: Set<number>;
  /** Whether all that was there before was brought: what comes now is new, whatever its date says. */
  readonly isLive: boolean;
  /** Subjects that this batch brought. */
  readonly fresh: Map<number, FreshSubject>;
};

type FreshSubject = FreshItem & { readonly reports: ReportFacts[]; closing: Closing | null };

/**
 * Puts one batch of a platform's news into the database and works its items out again, in the caller's transaction.
 * Repeating a batch changes nothing. Edits keep what was said before; deletions keep the text; a subject of which less is
 * told than in a pull (`tellingOf`) loses nothing. Returns the items that changed, and how many reports were not here before.
 */
export function ingestBatch(
  store: Store, connectionN: number, batch: Batch, now: number, tellingOf: (subject: RemoteSubject) => Telling = whole,
): { readonly touched: readonly number[]; readonly added: number } {
  const known = keep(store, connectionN, batch, now, tellingOf);
  let added = 0;
  for (const report of batch.reports) if (keepReport(store, connectionN, report, known, now)) added += 1;
  for (const resolution of batch.resolutions) keepResolution(store, connectionN, resolution, known, now);
  closeReports(store, connectionN, batch, known);
  const reported = [...known.fresh.values()].filter((subject) => subject.reports.length > 0);
  if (reported.length > 0) insertItems(store, connectionN, reported, now);
  const refreshed = known.touched.size === 0 ? [] : refreshItems(store, [...known.touched], now);
  const dressed = [...known.dressed].filter((subject) => !known.touched.has(subject) && !known.fresh.has(subject));
  const reweighed = dressed.length === 0 ? [] : reweighItems(store, dressed, now);
  return { touched: [...reported.map((subject) => subject.subject), ...refreshed, ...reweighed], added };
}

function whole(): Telling {
  return 'whole';
}

function keep(store: Store, connectionN: number, kept: Batch, now: number, tellingOf: (subject: RemoteSubject) => Telling): Known {
  const known: Known = { members: new Map(), subjects: new Map(), touched: new Set(), dressed: new Set(), isLive: syncRow(store, connectionN).caughtUp, fresh: new Map() };
  for (const member of kept.members) known.members.set(member.remoteId, keepMember(store, connectionN, member));
  for (const subject of kept.subjects) {
    known.subjects.set(`${subject.type}:${subject.remoteId}`, keepSubject(store, connectionN, subject, known, now, tellingOf(subject)));
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

function keepSubject(store: Store, connectionN: number, subject: RemoteSubject, known: Known, now: number, telling: Telling = 'whole'): number {
  // A member who is reported is their own author: what is decided counts against them.
  const authorId = subject.authorId ?? (subject.type === 'member' ? subject.remoteId : null);
  const told = fieldsOf(subject, memberOf(store, connectionN, authorId, known)?.id ?? null);
  const before = store.sql<[number, string, string], StoredSubject>('subject-before', `
    SELECT id, author, created_at, edited_at, deleted_at, removed, language, place, revision, url, extra, media, media_count, text, rich, verbs
    FROM subjects WHERE connection = ? AND type = ? AND remote_id = ?
  `).get(connectionN, subject.type, subject.remoteId);
  if (before !== undefined) return updateSubject(store, before, over(before, told, telling), known, now);
  const { lastInsertRowid: id } = store.sql<[
    number, string, string, number | null, number | null, number | null, number | null, number, string | null, string | null, number,
    string | null, string | null, string, string, string, string | null, string | null,
  ]>('subject-insert', `
    INSERT INTO subjects (connection, type, remote_id, author, created_at, edited_at, deleted_at, removed, language, place, media_count,
                          revision, url, extra, media, text, rich, verbs)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `).run(
    connectionN, subject.type, subject.remoteId, told.author, told.created_at, told.edited_at, told.deleted_at, told.removed,
    told.language, told.place, subject.media.length, told.revision, told.url, told.extra, told.media, told.text, told.rich, told.verbs,
  );
  indexSubject(store, id, subject.text, true);
  known.fresh.set(id, {
    subject: id, type: subject.type, remoteId: subject.remoteId, authorRemoteId: authorId, head: subject.text, reports: [], closing: null,
  });
  return id;
}

function updateSubject(store: Store, before: StoredSubject, next: SubjectFields, known: Known, now: number): number {
  const saysTheSame = before.text === next.text && before.rich === next.rich && before.author === next.author && before.edited_at === next.edited_at
    && before.deleted_at === next.deleted_at && before.removed === next.removed && before.revision === next.revision;
  const looksTheSame = before.created_at === next.created_at && before.language === next.language && before.place === next.place
    && before.url === next.url && before.extra === next.extra && before.media === next.media && before.verbs === next.verbs;
  if (saysTheSame && looksTheSame) return before.id;
  // Addresses that are signed anew at every look must not make a decision stale that is being taken.
  if (saysTheSame) known.dressed.add(before.id);
  else touch(known, before.id);
  store.sql<[
    number | null, number | null, number | null, number | null, number, string | null, string | null, string, string | null, string | null,
    string, string, string, string | null, string | null, number,
  ]>('subject-update', `
    UPDATE subjects SET author = ?, created_at = ?, edited_at = ?, deleted_at = ?, removed = ?, language = ?, place = ?,
      media_count = json_array_length(?), revision = ?, url = ?, extra = ?, media = ?, text = ?, rich = ?, verbs = ? WHERE id = ?
  `).run(
    next.author, next.created_at, next.edited_at, next.deleted_at, next.removed, next.language, next.place, next.media,
    next.revision, next.url, next.extra, next.media, next.text, next.rich, next.verbs, before.id,
  );
  if (before.text !== next.text) {
    store.sql<[number, number, string]>('subject-edit', 'INSERT INTO subject_edits (subject, seen_at, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(before.id, now, before.text);
    indexSubject(store, before.id, next.text, false);
  }
  return before.id;
}

/** What is new about a subject that is not only new itself has to be read again. */
function touch(known: Known, subject: number): void {
  known.fresh.delete(subject);
  known.touched.add(subject);
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
  const openedAt = known.isLive ? now : Math.min(report.createdAt, now);
  const { changes } = store.sql<[number, string, number, number | null, string, string | null, string, number, number, number]>('report-insert', `
    INSERT INTO reports (connection, remote_id, subject, reporter, category, remote_category, comment, created_at, opened_at, open)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (connection, remote_id) DO NOTHING
  `).run(connectionN, report.remoteId, subject, reporter?.id ?? null, report.category, report.remoteCategory, report.comment, report.createdAt, openedAt, open);
  if (changes > 0) {
    const fresh = known.fresh.get(subject);
    if (fresh === undefined) known.touched.add(subject);
    else {
      fresh.reports.push({
        reporter: reporter?.id ?? null, category: report.category, createdAt: report.createdAt, openedAt, open: report.open,
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
  if (before.open === 0 && open === 1) reopenThere(store, subject, before.id, now);
  store.sql<[number, number | null, string, string | null, string, number, number]>('report-update', `
    UPDATE reports SET subject = ?, reporter = ?, category = ?, remote_category = ?, comment = ?, open = ? WHERE id = ?
  `).run(subject, reporter?.id ?? null, report.category, report.remoteCategory, report.comment, open, before.id);
  return false;
}

/**
 * Someone opened a report again on the platform: what had closed it there before (`closes` below 0 from now on) closes nothing
 * any more. Where an order of ours is under way, what the platform showed is from before it (index deliveries_by_subject).
 */
function reopenThere(store: Store, subject: number, report: number, now: number): void {
  store.sql<[number, number, number]>('report-opened-again', `
    UPDATE reports SET opened_at = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE subject = ? AND state IN ('held', 'pending'))
  `).run(now, report, subject);
  store.sql<[number]>('resolution-reopened', 'UPDATE resolutions SET closes = -closes WHERE subject = ? AND closes > 0').run(subject);
}

/** When a closing was, as far as is known. */
function closedAt(closing: Closing | null): number {
  return closing === null ? -Infinity : closing.at ?? closing.seenAt;
}

/** Closes the reports of which a platform tells nothing but that they are closed. */
function closeReports(store: Store, connectionN: number, { reports, resolutions }: Batch, known: Known): void {
  const gone = new Set(resolutions.flatMap(({ closes, reportId }) => (closes && reportId !== undefined ? [reportId] : [])));
  for (const { remoteId } of reports) gone.delete(remoteId);
  for (const remoteId of gone) {
    const closed = store.sql<[number, string], { subject: number }>('report-close', `
      UPDATE reports SET open = 0 WHERE connection = ? AND remote_id = ? AND open = 1 RETURNING subject
    `).get(connectionN, remoteId);
    if (closed !== undefined) touch(known, closed.subject);
  }
}

/** The same word about the same subject is kept once (index resolutions_by_subject). */
function keepResolution(store: Store, connectionN: number, resolution: Resolution, known: Known, now: number): void {
  const subject = subjectId(store, connectionN, resolution.subject, known, now);
  const { by, what, at, reportId } = resolution;
  const orderId = ownOrderOf(store, connectionN, subject, resolution);
  const closes = resolution.closes && reportId !== undefined ? 2 : Number(resolution.closes);
  const before = store.sql<[number, number | null, string | null, string, number], { id: number; orderId: string | null }>('resolution-before', `
    SELECT id, order_id AS orderId FROM resolutions WHERE subject = ? AND at IS ? AND by IS ? AND what = ? AND abs(closes) = ? ORDER BY order_id IS NULL
  `).all(subject, at, by, what, closes);
  if (orderId === null ? before.length > 0 : before.some((one) => one.orderId === orderId)) return;
  const unclaimed = before.find((one) => one.orderId === null);
  if (unclaimed !== undefined) {
    // It came before the order was known to have arrived.
    store.sql<[string | null, number]>('resolution-claim', 'UPDATE resolutions SET order_id = ? WHERE id = ?').run(orderId, unclaimed.id);
    touch(known, subject);
    return;
  }
  store.sql<[number, string | null, string, number | null, string | null, number, number]>('resolution-insert', `
    INSERT INTO resolutions (subject, by, what, at, order_id, closes, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  `).run(subject, by, what, at, orderId, closes, now);
  const fresh = known.fresh.get(subject);
  // Whether an order was ours takes a look at the outbox, and whether another report is open one at the reports.
  if (fresh === undefined || orderId !== null || closes === 2) touch(known, subject);
  else if (resolution.closes && (at ?? now) >= closedAt(fresh.closing)) fresh.closing = { at, seenAt: now };
}

import type { ItemState } from '../contract/words.ts';
import { itemFacts, snippetOf } from '../domain/item-facts.ts';
import type { Closing, ItemFacts, ItemInput, ReportFacts } from '../domain/item-facts.ts';
import { subjectKey } from '../domain/key.ts';
import type { Mark } from '../domain/lifecycle.ts';
import { priority } from '../domain/priority.ts';
import { fromOutside, markOf, placeOf, reportsOf, sourceOf, strikesOf, whatIsPresent } from './item-sources.ts';
import type { Present, Source, StoredMark, StoredReport } from './item-sources.ts';
import type { Store } from './store.ts';

const MOST_SIBLINGS = 200;
const BUCKET: Readonly<Record<ItemState, string>> = {
  open: 'open', conflict: 'open', escalated: 'escalated', snoozed: 'snoozed', decided: 'decided', handled: 'handled',
};

/** The present end of the arrivals, by store: one process writes a database. */
const arrivals = new WeakMap<Store, number>();

/** Items that enter a bucket later have a higher one (index items_by_arrival). */
export function presentArrival(store: Store): number {
  let arrival = arrivals.get(store);
  if (arrival === undefined) {
    arrival = 0;
    for (const bucket of new Set(Object.values(BUCKET))) {
      arrival = Math.max(arrival, store.sql<[string], { last: number | null }>('items-last-arrival', 'SELECT max(arrival) AS last FROM items WHERE bucket = ?').get(bucket)?.last ?? 0);
    }
    arrivals.set(store, arrival);
  }
  return arrival;
}

/**
 * Works the items of these subjects out again from reports, marks, resolutions and deliveries, and raises their
 * versions. Where that changes the strikes of an author, their other waiting items follow, without a new version.
 * In the caller's transaction. Returns every item that changed.
 */
export function refreshItems(store: Store, subjectIds: readonly number[], now: number): readonly number[] {
  return refreshAll(store, subjectIds, now, true);
}

/** The same where only time passed: what a person sees of an item is what it was, so its version stays. */
export function reweighItems(store: Store, subjectIds: readonly number[], now: number): readonly number[] {
  return refreshAll(store, subjectIds, now, false);
}

function refreshAll(store: Store, subjectIds: readonly number[], now: number, raise: boolean): readonly number[] {
  const present = whatIsPresent(store);
  const changed = new Set<number>();
  for (const id of subjectIds) {
    const source = sourceOf(store, id);
    if (source === undefined) continue;
    const strikes = refreshOne(store, source, present, now, raise);
    if (strikes === null) continue;
    changed.add(id);
    if (source.author === null || source.strikes === null || source.strikes === strikes) continue;
    for (const sibling of siblings(store, source.author, id, strikes)) {
      const other = sourceOf(store, sibling);
      if (other !== undefined && refreshOne(store, other, present, now, false) !== null) changed.add(sibling);
    }
  }
  return [...changed];
}

/** A subject that this very transaction brought, with all that is known of it: nothing has to be read again. */
export type FreshItem = Pick<Source, 'subject' | 'type' | 'remoteId' | 'authorRemoteId' | 'head'> & {
  readonly reports: readonly ReportFacts[];
  readonly closing: Closing | null;
};

/** Makes items of new subjects, in the caller's transaction. On ingest's hot path. */
export function insertItems(store: Store, connection: number, fresh: readonly FreshItem[], now: number): void {
  const present = whatIsPresent(store);
  const place = placeOf(store, connection);
  for (const { reports, closing, ...subject } of fresh) {
    const source: Source = { ...subject, ...place, connection, author: null, version: null, state: null, arrival: null, strikes: null };
    const mark = present.marks ? markOf(store, subjectKey(source)) : undefined;
    const strikes = present.strikes ? strikesOf(store, source, now) : 0;
    const item = itemFacts({ reports, mark: mark ?? null, strikes, closing, echoed: false, conflict: false }, now);
    writeItem(store, source, item, mark, strikes, 1);
  }
}

/**
 * Writes one item; returns the author's active strikes, or null where nobody reported the subject. An item whose last
 * report turned out to be about something else goes, unless people did something about it.
 */
function refreshOne(store: Store, source: Source, present: Present, now: number, raise: boolean): number | null {
  const reports = reportsOf(store, source.subject);
  if (reports.length === 0) {
    if (source.state === null || markOf(store, subjectKey(source)) !== undefined) return null;
    store.sql<[number]>('items-delete', 'DELETE FROM items WHERE subject = ?').run(source.subject);
    return source.strikes ?? 0;
  }
  const mark = present.marks ? markOf(store, subjectKey(source)) : undefined;
  const strikes = present.strikes ? strikesOf(store, source, now) : 0;
  const item = itemFacts({
    reports: reports.map(reportFacts), mark: mark ?? null, strikes, ...fromOutside(store, source.subject, present),
  }, now);
  if (mark !== undefined || reports.some((report) => report.outcome !== null)) judgeReports(store, reports, mark);
  writeItem(store, source, item, mark, strikes, (source.version ?? 0) + (raise ? 1 : 0));
  return strikes;
}

/** Whether people did something about an item, which stays then, whatever becomes of its reports. */
export function isMarked(store: Store, subjectId: number): boolean {
  const source = sourceOf(store, subjectId);
  return source !== undefined && markOf(store, subjectKey(source)) !== undefined;
}

/** What an item rests on, for "why here"; undefined where nobody reported it. */
export function itemInput(store: Store, subjectId: number, now: number): ItemInput | undefined {
  const source = sourceOf(store, subjectId);
  if (source === undefined) return undefined;
  const reports = reportsOf(store, subjectId);
  if (reports.length === 0) return undefined;
  const present = whatIsPresent(store);
  return {
    reports: reports.map(reportFacts),
    mark: markOf(store, subjectKey(source)) ?? null,
    strikes: strikesOf(store, source, now),
    ...fromOutside(store, subjectId, present),
  };
}

function reportFacts(report: StoredReport): ReportFacts {
  return {
    reporter: report.reporter, category: report.category, createdAt: report.createdAt, openedAt: report.openedAt, open: report.open === 1,
    judged: report.judged, upheld: report.upheld,
  };
}

/** Other waiting items by the same author (index subjects_by_author). */
function siblings(store: Store, author: number, except: number, strikes: number): readonly number[] {
  return store.sql<[number, number, number, number], { id: number }>('items-siblings', `
    SELECT s.id FROM subjects s JOIN items i ON i.subject = s.id
    WHERE s.author = ? AND s.id <> ? AND i.bucket IN ('open', 'escalated', 'snoozed') AND i.strikes <> ? LIMIT ?
  `).all(author, except, strikes, MOST_SIBLINGS).map((row) => row.id);
}

/** Keeps with each report how it ended, and with its reporter how many of theirs were right. */
function judgeReports(store: Store, reports: readonly StoredReport[], mark: Mark | undefined): void {
  for (const report of reports) {
    const outcome = mark !== undefined && report.openedAt <= (mark.markedAt ?? 0) ? mark.outcome : null;
    if (outcome === report.outcome) continue;
    store.sql<[string | null, number]>('items-judge', 'UPDATE reports SET outcome = ? WHERE id = ?').run(outcome, report.id);
    if (report.reporter === null) continue;
    const judged = Number(outcome !== null) - Number(report.outcome !== null);
    const upheld = Number(outcome === 'upheld') - Number(report.outcome === 'upheld');
    store.sql<[number, number, number]>('items-reporter', 'UPDATE members SET reports_judged = reports_judged + ?, reports_upheld = reports_upheld + ? WHERE id = ?')
      .run(judged, upheld, report.reporter);
  }
}

type ItemValues = [
  number, string, number, number, number, string, number, number, number, number, number, number, number,
  number | null, string | null, string | null, string, number,
];

function writeItem(store: Store, source: Source, item: ItemFacts, mark: StoredMark | undefined, strikes: number, version: number): void {
  const moved = source.state === null || BUCKET[source.state] !== BUCKET[item.state];
  const arrival = moved ? presentArrival(store) + 1 : source.arrival ?? 0;
  if (moved) arrivals.set(store, arrival);
  const values: ItemValues = [
    source.connection, item.state, version, priority(item.facts), item.facts.severity, item.facts.category, item.facts.reports,
    item.firstReportAt, item.lastReportAt, item.dueAt, arrival, item.reopened ? 1 : 0, strikes, item.snoozedUntil, mark?.claimedBy ?? null,
    item.outcome, snippetOf(source.head), source.subject,
  ];
  if (source.state === null) {
    store.sql<ItemValues>('items-insert', `
      INSERT INTO items (connection, state, version, priority, severity, category, report_count, first_report_at, last_report_at,
                         due_at, arrival, reopened, strikes, snoozed_until, claimed_by, outcome, snippet, subject)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `).run(...values);
    return;
  }
  store.sql<ItemValues>('items-update', `
    UPDATE items SET connection = ?, state = ?, version = ?, priority = ?, severity = ?, category = ?, report_count = ?,
      first_report_at = ?, last_report_at = ?, due_at = ?, arrival = ?, reopened = ?, strikes = ?, snoozed_until = ?,
      claimed_by = ?, outcome = ?, snippet = ?
    WHERE subject = ?
  `).run(...values);
}

import type { Category, ItemState, SubjectType } from '../contract/words.ts';
import { itemFacts, snippetOf } from '../domain/item-facts.ts';
import type { ItemInput, ReportFacts } from '../domain/item-facts.ts';
import { subjectKey } from '../domain/key.ts';
import type { Mark } from '../domain/lifecycle.ts';
import { priority } from '../domain/priority.ts';
import type { Store } from './store.ts';

/** Everything about a subject that its item rests on, but its reports. */
type Source = {
  readonly subject: number;
  readonly connection: number;
  readonly type: SubjectType;
  readonly remoteId: string;
  readonly author: number | null;
  readonly head: string;
  readonly platform: string;
  readonly instance: string;
  readonly authorRemoteId: string | null;
  readonly version: number | null;
  readonly state: ItemState | null;
  readonly arrival: number | null;
  readonly strikes: number | null;
};

type StoredReport = {
  readonly id: number;
  readonly reporter: number | null;
  readonly category: Category;
  readonly createdAt: number;
  readonly open: 0 | 1;
  readonly outcome: 'upheld' | 'dismissed' | null;
  readonly judged: number;
  readonly upheld: number;
};

type StoredMark = Mark & { readonly claimedBy: string | null };

/** Whether any row of these tables exists: during a first sync none does, and nobody asks for each subject. */
type Present = { readonly marks: boolean; readonly resolutions: boolean; readonly deliveries: boolean; readonly strikes: boolean };

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
  const present = whatIsPresent(store);
  const changed = new Set<number>();
  for (const id of subjectIds) {
    const source = sourceOf(store, id);
    if (source === undefined) continue;
    const strikes = refreshOne(store, source, present, now, true);
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

/** Writes one item; returns the author's active strikes, or null where nobody reported the subject. */
function refreshOne(store: Store, source: Source, present: Present, now: number, raise: boolean): number | null {
  const reports = reportsOf(store, source.subject);
  if (reports.length === 0) return null;
  const mark = present.marks ? markOf(store, subjectKey(source)) : undefined;
  const strikes = present.strikes ? strikesOf(store, source, now) : 0;
  const item = itemFacts({
    reports: reports.map(reportFacts), mark: mark ?? null, strikes, ...fromOutside(store, source.subject, present),
  }, now);
  if (mark !== undefined || reports.some((report) => report.outcome !== null)) judgeReports(store, reports, mark);

  const moved = source.state === null || BUCKET[source.state] !== BUCKET[item.state];
  const arrival = moved ? presentArrival(store) + 1 : source.arrival ?? 0;
  if (moved) arrivals.set(store, arrival);
  writeItem(store, [
    source.subject, source.connection, item.state, (source.version ?? 0) + (raise ? 1 : 0), priority(item.facts), item.facts.severity,
    item.facts.category, item.facts.reports, item.firstReportAt, item.lastReportAt, item.dueAt, arrival, item.reopened ? 1 : 0, strikes,
    item.snoozedUntil, mark?.claimedBy ?? null, item.outcome, snippetOf(source.head),
  ], source.state === null);
  return strikes;
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
    reporter: report.reporter, category: report.category, createdAt: report.createdAt, open: report.open === 1,
    judged: report.judged, upheld: report.upheld,
  };
}

function whatIsPresent(store: Store): Present {
  const row = store.sql<[], { marks: number; resolutions: number; deliveries: number; strikes: number }>('items-present', `
    SELECT EXISTS (SELECT 1 FROM item_marks) AS marks, EXISTS (SELECT 1 FROM resolutions) AS resolutions,
           EXISTS (SELECT 1 FROM deliveries) AS deliveries, EXISTS (SELECT 1 FROM strikes) AS strikes
  `).get();
  return {
    marks: row?.marks === 1, resolutions: row?.resolutions === 1, deliveries: row?.deliveries === 1, strikes: row?.strikes === 1,
  };
}

function sourceOf(store: Store, id: number): Source | undefined {
  return store.sql<[number], Source>('items-source', `
    SELECT s.id AS subject, s.connection, s.type, s.remote_id AS remoteId, s.author, substr(s.text, 1, 400) AS head,
           c.platform, c.instance, m.remote_id AS authorRemoteId, i.version, i.state, i.arrival, i.strikes
    FROM subjects s JOIN connections c ON c.n = s.connection
    LEFT JOIN members m ON m.id = s.author LEFT JOIN items i ON i.subject = s.id
    WHERE s.id = ?
  `).get(id);
}

/** Index reports_by_subject. */
function reportsOf(store: Store, subject: number): readonly StoredReport[] {
  return store.sql<[number], StoredReport>('items-reports', `
    SELECT r.id, r.reporter, r.category, r.created_at AS createdAt, r.open, r.outcome,
           coalesce(m.reports_judged, 0) AS judged, coalesce(m.reports_upheld, 0) AS upheld
    FROM reports r LEFT JOIN members m ON m.id = r.reporter WHERE r.subject = ? ORDER BY r.created_at
  `).all(subject);
}

function markOf(store: Store, key: string): StoredMark | undefined {
  return store.sql<[string], StoredMark>('items-mark', `
    SELECT state, outcome, marked_at AS markedAt, snoozed_until AS snoozedUntil, claimed_by AS claimedBy
    FROM item_marks WHERE subject_key = ?
  `).get(key);
}

/** The author's strikes and those of accounts linked with theirs. */
function strikesOf(store: Store, source: Source, now: number): number {
  if (source.authorRemoteId === null) return 0;
  const key = subjectKey({ platform: source.platform, instance: source.instance, type: 'member', remoteId: source.authorRemoteId });
  return store.sql<[string, number], { n: number }>('items-strikes', `
    SELECT count(*) AS n FROM strikes WHERE member_key IN (
      SELECT ?1 UNION SELECT other.member_key FROM member_links mine JOIN member_links other ON other.person_id = mine.person_id
      WHERE mine.member_key = ?1
    ) AND expires_at > ?2
  `).get(key, now)?.n ?? 0;
}

/** Someone else's closing, our own echoes, and conflicts (indexes resolutions_by_subject, deliveries_by_subject). */
function fromOutside(store: Store, subject: number, present: Present): Pick<ItemInput, 'closedOutsideAt' | 'echoed' | 'conflict'> {
  const closed = present.resolutions
    ? store.sql<[number], { at: number | null }>('items-closed-outside', `
        SELECT max(coalesce(at, seen_at)) AS at FROM resolutions
        WHERE subject = ? AND closes = 1 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.id = resolutions.order_id)
      `).get(subject)
    : undefined;
  const sent = present.deliveries
    ? store.sql<[number], { echoed: number | null; conflict: number | null }>('items-deliveries', `
        SELECT max(state IN ('sent', 'handled-there')) AS echoed, max(state = 'conflict') AS conflict FROM deliveries WHERE subject = ?
      `).get(subject)
    : undefined;
  return { closedOutsideAt: closed?.at ?? null, echoed: sent?.echoed === 1, conflict: sent?.conflict === 1 };
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
    const outcome = mark !== undefined && report.createdAt <= (mark.markedAt ?? 0) ? mark.outcome : null;
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
  number, number, string, number, number, number, string, number, number, number, number, number, number, number,
  number | null, string | null, string | null, string,
];

function writeItem(store: Store, values: ItemValues, fresh: boolean): void {
  if (fresh) {
    store.sql<ItemValues>('items-insert', `
      INSERT INTO items (subject, connection, state, version, priority, severity, category, report_count, first_report_at, last_report_at,
                         due_at, arrival, reopened, strikes, snoozed_until, claimed_by, outcome, snippet)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `).run(...values);
    return;
  }
  store.sql<ItemValues>('items-update', `
    UPDATE items SET connection = ?2, state = ?3, version = ?4, priority = ?5, severity = ?6, category = ?7, report_count = ?8,
      first_report_at = ?9, last_report_at = ?10, due_at = ?11, arrival = ?12, reopened = ?13, strikes = ?14, snoozed_until = ?15,
      claimed_by = ?16, outcome = ?17, snippet = ?18
    WHERE subject = ?1
  `).run(...values);
}

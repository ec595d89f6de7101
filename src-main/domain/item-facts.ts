import type { Category } from '../contract/words.ts';
import { harmlessBidi } from './bidi.ts';
import { lifecycle } from './lifecycle.ts';
import type { Lifecycle, Mark, Standing } from './lifecycle.ts';
import { dueAt, enoughJudged, severityOf } from './priority.ts';
import type { PriorityFacts } from './priority.ts';

/** A report as far as the queue cares. */
export type ReportFacts = {
  readonly reporter: number | null;
  readonly category: Category;
  /** By the platform's clock, ms. */
  readonly createdAt: number;
  /** When it came here, or was opened again on the platform after it had been closed, by this machine's clock, ms. */
  readonly openedAt: number;
  readonly open: boolean;
  /** How the reporter's own reports ended here so far. */
  readonly judged: number;
  readonly upheld: number;
};

/** Someone else's closing: by the platform's clock, where it says, and when it was seen by this machine's. */
export type Closing = { readonly at: number | null; readonly seenAt: number };

export type ItemInput = {
  /** At least one. */
  readonly reports: readonly ReportFacts[];
  readonly mark: Mark | null;
  /** The last one; null where nobody else closed it. */
  readonly closing: Closing | null;
  readonly echoed: boolean;
  readonly conflict: boolean;
  /** Active strikes of the author and their linked accounts. */
  readonly strikes: number;
};

export type ItemFacts = Lifecycle & {
  readonly facts: PriorityFacts;
  readonly firstReportAt: number;
  readonly lastReportAt: number;
  readonly dueAt: number;
};

/** What an item is, from its reports and all that was done about it. */
export function itemFacts(input: ItemInput, now: number): ItemFacts {
  const { reports, mark } = input;
  const stands = lifecycle({ ...input, ...openAndClosed(input) }, now);
  const counted = relevant(reports, stands.reopened ? mark?.markedAt ?? null : null);
  const reporters = new Set<number>();
  let category: Category = counted[0]?.category ?? 'other';
  let firstReportAt = counted[0]?.createdAt ?? now;
  let lastReportAt = firstReportAt;
  let anonymous = 0;
  let judged = 0;
  let upheld = 0;
  for (const report of counted) {
    if (severityOf(report.category) > severityOf(category)) category = report.category;
    if (report.createdAt < firstReportAt) firstReportAt = report.createdAt;
    if (report.createdAt > lastReportAt) lastReportAt = report.createdAt;
    if (report.reporter === null) anonymous += 1;
    else if (!reporters.has(report.reporter)) {
      reporters.add(report.reporter);
      if (enoughJudged(report.judged)) {
        judged += report.judged;
        upheld += report.upheld;
      }
    }
  }
  const severity = severityOf(category);
  const due = dueAt(severity, firstReportAt);
  return {
    ...stands,
    firstReportAt,
    lastReportAt,
    dueAt: due,
    facts: {
      category,
      severity,
      conflict: stands.state === 'conflict',
      reopened: stands.reopened,
      reports: counted.length,
      distinctReporters: reporters.size + anonymous,
      judged,
      upheld,
      strikes: input.strikes,
      overdue: now > due,
    },
  };
}

/** What came last, report or closing. Two times of the platform are compared, or two of ours: its clock may be off. */
function openAndClosed({ reports, closing }: ItemInput): Pick<Standing, 'lastOpenReportAt' | 'closedOutsideAt'> {
  let lastOpenReportAt: number | null = null;
  let lastMadeAt = -Infinity;
  for (const { open, openedAt, createdAt } of reports) {
    if (!open) continue;
    if (lastOpenReportAt === null || openedAt > lastOpenReportAt) lastOpenReportAt = openedAt;
    if (createdAt > lastMadeAt) lastMadeAt = createdAt;
  }
  const closedLast = closing !== null && (closing.at === null ? closing.seenAt >= (lastOpenReportAt ?? 0) : closing.at >= lastMadeAt);
  return { lastOpenReportAt, closedOutsideAt: closedLast ? closing.seenAt : null };
}

/** Open reports, of a reopened item only those after the decision; all of them where none is open. */
function relevant(reports: readonly ReportFacts[], since: number | null): readonly ReportFacts[] {
  const open = reports.filter((report) => report.open && (since === null || report.openedAt > since));
  return open.length > 0 ? open : reports;
}

const SNIPPET_CHARACTERS = 200;
const UNEVEN_SPACE = /\s\s|[^\S ]/;

/** The beginning of a text in one line, safe to stand beside other text. */
export function snippetOf(text: string): string {
  const beginning = harmlessBidi(text.slice(0, SNIPPET_CHARACTERS * 2));
  const line = (UNEVEN_SPACE.test(beginning) ? beginning.replace(/\s+/g, ' ') : beginning).trim();
  if (line.length <= SNIPPET_CHARACTERS) return line;
  const cut = line.slice(0, SNIPPET_CHARACTERS - 1);
  // Not through the middle of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

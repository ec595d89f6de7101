import { z } from 'zod';
import type { ItemDetail, ItemRow, ReportView } from '../contract/queue.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import { itemFacts } from '../domain/item-facts.ts';
import { verbOffers } from '../domain/offers.ts';
import { priorityFactors } from '../domain/priority.ts';
import { reasonsFor } from '../domain/reasons.ts';
import { casesOfSubject } from '../store/cases.ts';
import { contextOf, outsideOf, reportsOfItem } from '../store/item-details.ts';
import type { ItemReport } from '../store/item-details.ts';
import { itemRow } from '../store/item-rows.ts';
import { itemInput } from '../store/items.ts';
import { currentGuidelines } from '../store/guidelines.ts';
import { keyOfMember, subjectById } from '../store/subjects.ts';
import type { SubjectRow } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { decisionsOfSubject } from './decision-views.ts';
import { withPlatformRecord } from './member-entries.ts';
import { memberRecord } from './members.ts';
import { subjectView, subjectViews } from './subject-view.ts';

/** What contexts keep: row ids, and what was done there. */
const keptContext = z.object({
  before: z.array(z.number()),
  after: z.array(z.number()),
  record: z.array(z.object({ at: z.number(), text: z.string(), by: z.string().nullable() })),
});
const NO_CONTEXT: z.infer<typeof keptContext> = { before: [], after: [], record: [] };

/** A wave of thousands says no more than its latest. */
const MOST_REPORTS = 200;
const MOST_OUTSIDE = 50;

/** Whole items for the pane, and ahead of the next keys; those that are no items are left out. */
export function itemDetails(ctx: Context, input: { readonly ids: readonly number[] }): ItemDetail[] {
  const reasons = currentGuidelines(ctx.store, false);
  return input.ids.flatMap((id) => {
    const row = itemRow(ctx.store, id);
    const subject = subjectById(ctx.store, id);
    return row === undefined || subject === undefined ? [] : [itemDetail(ctx, row, subject, reasons)];
  });
}

function itemDetail(ctx: Context, row: ItemRow, subject: SubjectRow, reasons: ReturnType<typeof currentGuidelines>): ItemDetail {
  const { store } = ctx;
  const context = contextOf(store, row.id);
  const around = context === undefined ? NO_CONTEXT : keptContext.parse(JSON.parse(context.body));
  return {
    row,
    subject: subjectView(ctx, subject),
    before: subjectViews(ctx, around.before),
    after: subjectViews(ctx, around.after),
    contextAt: context?.fetchedAt ?? null,
    reports: reportsOfItem(store, row.id, MOST_REPORTS).map(reportView),
    why: whyOf(ctx, row.id),
    record: subject.author === null ? null : withPlatformRecord(memberRecord(ctx, { id: subject.author }), around.record),
    verbs: verbOffers(ctx.connections.capabilities(subject.connection, subject.type, subject.verbs), {
      type: subject.type, removed: subject.removed === 1, deleted: subject.deleted_at !== null,
      authorKey: subject.author === null ? null : keyOfMember(store, subject.author),
    }, row.state),
    guidelines: reasonsFor(reasons, row).map((reason) => reason.id),
    decisions: decisionsOfSubject(ctx, { id: row.id, key: row.key }),
    cases: casesOfSubject(store, row.key).map(({ id, number, title }) => ({ id, number, title: title ?? '' })),
    outside: [...outsideOf(store, row.id, MOST_OUTSIDE)],
  };
}

function reportView(report: ItemReport): ReportView {
  return {
    id: report.id,
    reporter: report.reporterId === null ? null : { id: report.reporterId, name: harmlessBidi(report.reporterName ?? ''), handle: harmlessBidi(report.reporterHandle ?? '') },
    category: report.category,
    remoteCategory: report.remoteCategory,
    comment: harmlessBidi(report.comment),
    createdAt: report.createdAt,
    open: report.open === 1,
    reporterUpheld: report.upheld ?? 0,
    reporterTotal: report.judged ?? 0,
    reporterThere: report.madeThere === null ? null : { made: report.madeThere, upheld: report.upheldThere ?? 0 },
  };
}

/** Why it stands where it stands, worked out afresh from what it rests on. */
function whyOf(ctx: Context, id: number): ItemDetail['why'] {
  const now = ctx.now();
  const input = itemInput(ctx.store, id, now);
  return input === undefined ? [] : [...priorityFactors(itemFacts(input, now).facts)];
}

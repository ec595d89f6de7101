import type { DecisionView } from '../contract/queue.ts';
import { parseActions } from '../domain/fold/marks.ts';
import { decisionsBy, decisionsOnSubject, subjectsOfDecision } from '../store/decisions.ts';
import type { DecisionRow } from '../store/decisions.ts';
import { deliveriesOfDecision, deliveryView } from '../store/deliveries.ts';
import { guidelineVersion } from '../store/guidelines.ts';
import { itemRow } from '../store/item-rows.ts';
import { subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';

/** A decision with its deliveries, as an item or the undo list shows it. */
function decisionView(ctx: Context, row: DecisionRow): DecisionView {
  const version = row.guideline_id === null || row.guideline_version === null ? undefined : guidelineVersion(ctx.store, row.guideline_id, row.guideline_version);
  return {
    id: row.id,
    eventId: row.id,
    at: row.at,
    actor: row.actor,
    actions: [...parseActions(row.actions)],
    guideline: version === undefined ? null : { id: version.id, version: version.version, number: version.number, title: version.title },
    reason: row.reason ?? '',
    message: row.message,
    undone: row.undone_by !== null,
    deliveries: deliveriesOfDecision(ctx.store, row.id).map((delivery) => deliveryView(ctx.store, delivery)),
  };
}

/** Decisions about one subject, newest first, each with what was sent about that subject. */
export function decisionsOfSubject(ctx: Context, subject: { readonly id: number; readonly key: string }): DecisionView[] {
  return decisionsOnSubject(ctx.store, subject.key).map((row) => {
    const view = decisionView(ctx, row);
    return Object.assign(view, { deliveries: view.deliveries.filter((delivery) => delivery.itemId === subject.id) });
  });
}

/** The latest decisions of whoever sits at this desk, newest first. */
export function recentDecisions(ctx: Context, input: { readonly limit: number }): (DecisionView & { itemIds: number[]; snippet: string })[] {
  const { store } = ctx;
  return store.read(() => decisionsBy(store, ctx.settings().actor, input.limit).map((row) => {
    const itemIds = subjectsOfDecision(store, row.id).flatMap((key) => subjectByKey(store, key)?.id ?? []);
    const [first] = itemIds;
    return Object.assign(decisionView(ctx, row), { itemIds, snippet: first === undefined ? '' : itemRow(store, first)?.snippet ?? '' });
  }));
}

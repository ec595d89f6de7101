import type { ItemRow } from '../contract/queue.ts';
import type { DecisionOutcome, UndoOutcome } from '../contract/work.ts';
import type { Source } from '../contract/words.ts';
import { Failure } from '../domain/failure.ts';
import { parseActions } from '../domain/fold/marks.ts';
import { invert } from '../domain/invert.ts';
import type { Inversion } from '../domain/invert.ts';
import { capitalised, sayActions, sayGuideline } from '../domain/say.ts';
import { decisionById, decisionsOnSubject, latestStanding, latestUndone, seenItem, subjectsOfDecision } from '../store/decisions.ts';
import type { DecisionRow } from '../store/decisions.ts';
import { cancelHeld, deliveriesOfDecision, deliveryBody, deliveryById, holdDelivery } from '../store/deliveries.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { guidelineVersion } from '../store/guidelines.ts';
import { itemRow, itemRows } from '../store/item-rows.ts';
import { refreshItems } from '../store/items.ts';
import { eventById } from '../store/log.ts';
import { resolveConflict } from '../store/outbox.ts';
import { keyOfSubject, subjectById, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { commitDecision, outcomeOf } from './decide.ts';
import { recordEvent } from './record.ts';

/**
 * Takes back the named decision, or one's own latest that stands: what has not left is cancelled, what has is reversed
 * where the platform can. Throws NOT_FOUND where nothing is left to undo, NOT_POSSIBLE where it is undone already.
 */
export function undoDecision(ctx: Context, input: { readonly id: string; readonly decisionId: string | null; readonly source: Source }): UndoOutcome {
  const { store } = ctx;
  return store.write(() => {
    const earlier = eventById(store, input.id);
    if (earlier?.kind === 'decision.undone') return againOutcome(ctx, earlier.public.decisionId);
    const decision = input.decisionId === null ? latestStanding(store, ctx.settings().actor) : decisionById(store, input.decisionId);
    if (decision === undefined) throw new Failure('NOT_FOUND', 'There is nothing left to undo.');
    if (decision.undone_by !== null) throw new Failure('NOT_POSSIBLE', 'That decision was undone already.');
    const keys = subjectsOfDecision(store, decision.id);
    recordEvent(ctx, {
      id: input.id, kind: 'decision.undone', source: input.source, subjects: [...keys], public: { decisionId: decision.id }, payload: null,
    });
    cancelHeld(store, decision.id);
    const orders = deliveriesOfDecision(store, decision.id);
    const inversion = inversionOf(ctx, decision, orders);
    for (const id of inversion.reverse) {
      const order = orders.find((candidate) => candidate.id === id);
      if (order !== undefined) holdReverse(ctx, order, ctx.now());
    }
    const ids = itemIds(ctx, keys);
    ctx.changed(['queue', 'decisions', 'history'], refreshItems(store, ids, ctx.now()));
    return { decisionId: decision.id, items: itemRows(store, ids), effect: inversion.effect, what: whatOf(ctx, decision) };
  });
}

/** Repeats the decision that one undid last, on its items as they are now. Throws NOT_FOUND, NOT_POSSIBLE. */
export function redoDecision(ctx: Context, input: { readonly id: string; readonly source: Source }): DecisionOutcome {
  const { store } = ctx;
  return store.write(() => {
    const earlier = outcomeOf(ctx, input.id);
    if (earlier !== null) return earlier;
    const decision = latestUndone(store, ctx.settings().actor);
    if (decision === undefined) throw new Failure('NOT_FOUND', 'There is nothing to redo.');
    const first = eventById(store, decision.id);
    const said = first?.kind === 'decision.recorded' || first?.kind === 'decision.redone' ? first.public : null;
    const items = itemIds(ctx, subjectsOfDecision(store, decision.id)).flatMap((id) => seenItem(store, id) ?? []);
    if (said === null || items.length === 0) throw new Failure('NOT_POSSIBLE', 'What that decision was about is not here any more.');
    const version = guidelineOf(ctx, decision);
    return commitDecision(ctx, {
      id: input.id,
      items,
      actions: said.actions,
      guideline: version === undefined ? null : { id: version.id, version: version.version, words: sayGuideline(version) },
      strikeDays: said.strikeDays,
      reason: decision.reason ?? '',
      message: decision.message,
      source: input.source,
      redoOf: decision.id,
    });
  });
}

/** Settles a conflict with the platform: theirs stands, or ours is sent over it. Throws NOT_FOUND, NOT_POSSIBLE. */
export function settleConflict(
  ctx: Context, input: { readonly id: string; readonly deliveryId: string; readonly choice: 'keep-theirs' | 'send-mine'; readonly source: Source },
): ItemRow {
  const { store } = ctx;
  return store.write(() => {
    const delivery = deliveryById(store, input.deliveryId);
    if (delivery === undefined) throw new Failure('NOT_FOUND', 'That delivery is not here any more.');
    if (eventById(store, input.id)?.kind !== 'conflict.resolved') {
      if (delivery.state !== 'conflict') throw new Failure('NOT_POSSIBLE', 'That conflict was settled already.');
      const key = keyOfSubject(store, delivery.subject);
      recordEvent(ctx, {
        id: input.id, kind: 'conflict.resolved', source: input.source, subjects: [key], payload: null,
        public: {
          decisionId: delivery.decision_id, deliveryId: delivery.id, key, choice: input.choice,
          connectionId: ctx.connections.byN(delivery.connection)?.id ?? '',
        },
      });
      resolveConflict(store, delivery.id, input.choice, ctx.now());
      ctx.changed(['queue', 'decisions', 'history'], refreshItems(store, [delivery.subject], ctx.now()));
    }
    return mustBeItem(ctx, delivery.subject);
  });
}

/** Takes an item in hand, so that others see it, or lets it go. Claiming what is yours already changes nothing. */
export function claimItem(ctx: Context, input: { readonly id: number; readonly claimed: boolean; readonly source: Source }): ItemRow {
  const { store } = ctx;
  return store.write(() => {
    const before = mustBeItem(ctx, input.id);
    if ((before.claimedBy === ctx.settings().actor) === input.claimed) return before;
    recordEvent(ctx, {
      id: ctx.uuid(), kind: input.claimed ? 'item.claimed' : 'item.released', source: input.source, subjects: [before.key],
      public: { key: before.key, connectionId: before.connectionId }, payload: null,
    });
    ctx.changed(['queue', 'history'], refreshItems(store, [input.id], ctx.now()));
    return mustBeItem(ctx, input.id);
  });
}

function inversionOf(ctx: Context, decision: DecisionRow, orders: readonly DeliveryRow[]): Inversion {
  const { store, connections } = ctx;
  return invert(orders.map((order) => {
    const subject = subjectById(store, order.subject);
    const capability = subject === undefined ? undefined : connections.capabilities(order.connection, subject.type, subject.verbs)?.[order.verb];
    const others = decisionsOnSubject(store, keyOfSubject(store, order.subject)).filter((other) => other.id !== decision.id && other.undone_by === null);
    return {
      id: order.id,
      verb: order.verb,
      state: order.state,
      attempts: order.attempts,
      reverse: order.reverse === 1,
      reversible: capability?.can === true && capability.reversible,
      stillWanted: others.some((other) => parseActions(other.actions).some((action) => action.verb === order.verb)),
    };
  }));
}

/** A reverse order waits for nothing: the person has had their second thought. */
function holdReverse(ctx: Context, order: DeliveryRow, now: number): void {
  holdDelivery(ctx.store, {
    id: ctx.uuid(),
    decisionId: order.decision_id,
    subject: order.subject,
    connection: order.connection,
    verb: order.verb,
    reverse: true,
    reverses: order.id,
    body: { ...deliveryBody.parse(JSON.parse(order.body)), message: null, expected: null, decidedAt: now },
    dueAt: now,
    state: 'pending',
  });
}

/** The outcome of an undo that was recorded before, read from what became of its orders. */
function againOutcome(ctx: Context, decisionId: string): UndoOutcome {
  const decision = decisionById(ctx.store, decisionId);
  if (decision === undefined) throw new Error('an undo names no decision');
  const orders = deliveriesOfDecision(ctx.store, decisionId);
  const reversing = orders.some((order) => order.reverse === 1);
  const left = orders.some((order) => order.state === 'sent' && order.reverse === 0);
  return {
    decisionId,
    items: itemRows(ctx.store, itemIds(ctx, subjectsOfDecision(ctx.store, decisionId))),
    effect: reversing ? 'reversing' : left ? 'stays' : 'cancelled',
    what: whatOf(ctx, decision),
  };
}

function whatOf(ctx: Context, decision: DecisionRow): string {
  const version = guidelineOf(ctx, decision);
  return `${capitalised(sayActions(parseActions(decision.actions)))}${version === undefined ? '' : ` under ${sayGuideline(version)}`}`;
}

function guidelineOf(ctx: Context, decision: DecisionRow): ReturnType<typeof guidelineVersion> {
  return decision.guideline_id === null || decision.guideline_version === null
    ? undefined
    : guidelineVersion(ctx.store, decision.guideline_id, decision.guideline_version);
}

function itemIds(ctx: Context, keys: readonly string[]): number[] {
  return keys.flatMap((key) => subjectByKey(ctx.store, key)?.id ?? []);
}

function mustBeItem(ctx: Context, id: number): ItemRow {
  const row = itemRow(ctx.store, id);
  if (row === undefined) throw new Failure('NOT_FOUND', 'That item is not here any more.');
  return row;
}

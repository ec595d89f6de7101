import type { Capability } from '../connectors/connector.ts';
import type { DecisionAction, VerbOffer } from '../contract/queue.ts';
import type { DecisionOutcome } from '../contract/work.ts';
import type { Source, Verb } from '../contract/words.ts';
import { contradiction, strikeDays } from '../domain/decide.ts';
import { Failure } from '../domain/failure.ts';
import { verbOffers } from '../domain/offers.ts';
import { checkAction, messageCarrier } from '../domain/orders.ts';
import { sayGuideline } from '../domain/say.ts';
import { seenItem } from '../store/decisions.ts';
import type { SeenItem } from '../store/decisions.ts';
import { holdDelivery } from '../store/deliveries.ts';
import { guidelineHead } from '../store/guidelines.ts';
import { itemRow, itemRows } from '../store/item-rows.ts';
import { refreshItems } from '../store/items.ts';
import { eventById } from '../store/log.ts';
import { subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

export type DecideInput = {
  readonly id: string;
  readonly items: readonly { readonly id: number; readonly basis: number }[];
  readonly actions: readonly DecisionAction[];
  readonly guidelineId: string | null;
  readonly reason: string;
  readonly message: string | null;
  readonly source: Source;
};

/**
 * Records a decision on one or more items and puts its orders into the outbox, in one transaction. The same id again
 * returns the first outcome. Throws STALE where an item is no longer what the person saw, NOT_POSSIBLE where a platform
 * cannot do a verb, NOT_FOUND and INVALID_INPUT.
 */
export function recordDecision(ctx: Context, input: DecideInput): DecisionOutcome {
  const { store } = ctx;
  const wrong = contradiction(input.actions);
  if (wrong !== null) throw new Failure('INVALID_INPUT', wrong, { fields: [{ path: 'actions', problem: wrong }] });
  return store.write(() => {
    const earlier = outcomeOf(ctx, input.id);
    if (earlier !== null) return earlier;
    const ids = new Set(input.items.map((item) => item.id));
    if (ids.size !== input.items.length) throw new Failure('INVALID_INPUT', 'The same item is there twice. Decide on it once.');
    const items = input.items.map(({ id, basis }) => {
      const item = seenItem(store, id);
      if (item === undefined) throw new Failure('NOT_FOUND', 'That item is not here any more.');
      if (item.version !== basis) throw stale(ctx, input, id);
      return item;
    });
    const guideline = input.guidelineId === null ? null : guidelineHead(store, input.guidelineId);
    if (guideline === undefined) throw new Failure('NOT_FOUND', 'That guideline is not here. Choose another reason.');
    return commitDecision(ctx, {
      ...input,
      items,
      guideline: guideline === null ? null : { id: guideline.id, version: guideline.version, words: sayGuideline(guideline) },
      strikeDays: strikeDays(input.actions, guideline),
      redoOf: null,
    });
  });
}

export type Commit = {
  readonly id: string;
  readonly items: readonly SeenItem[];
  readonly actions: readonly DecisionAction[];
  readonly guideline: { readonly id: string; readonly version: number; readonly words: string } | null;
  readonly strikeDays: number | null;
  readonly reason: string;
  readonly message: string | null;
  readonly source: Source;
  /** The undone decision that this one repeats. */
  readonly redoOf: string | null;
};

/** Checks, records and sends on its way a decision on items as they are now; belongs in a transaction. */
export function commitDecision(ctx: Context, input: Commit): DecisionOutcome {
  const { store } = ctx;
  const { items, guideline } = input;
  const capabilities = items.map((item) => ctx.connections.capabilities(item.connection, item.type, item.verbs));
  const message = input.message?.trim() ? input.message : null;
  const actions = checkOffers({ ...input, message }, items.map((item, at) => verbOffers(capabilities[at] ?? null, item, item.state)));
  if (message !== null && capabilities.some((can) => messageCarrier(actions, can ?? {}) === null)) {
    throw new Failure('NOT_POSSIBLE', 'Nothing in this decision can carry a message there. Take the message out, or add one with the verb for it.', {
      fields: [{ path: 'message', problem: 'cannot be carried' }],
    });
  }
  const decision = {
    actions: [...actions],
    guideline: guideline === null ? null : { id: guideline.id, version: guideline.version },
    strikeDays: input.strikeDays,
    items: items.map((item) => ({ key: item.key, author: item.authorKey, connectionId: item.connectionId })),
  };
  const head = {
    id: input.id,
    source: input.source,
    subjects: [...new Set(items.flatMap((item) => (item.authorKey === null ? [item.key] : [item.key, item.authorKey])))],
    payload: { reason: input.reason, message, seen: items.map(({ key, snapshot }) => ({ key, snapshot })) },
  };
  recordEvent(ctx, input.redoOf === null
    ? { ...head, kind: 'decision.recorded', public: decision }
    : { ...head, kind: 'decision.redone', public: { ...decision, redoOf: input.redoOf } });

  // By the wall clock: the log's own may be ahead of it, after a clock that ran fast was put right.
  const now = ctx.now();
  const dueAt = now + ctx.settings().undoSeconds * 1000;
  const told = new Set<string>();
  for (const [at, item] of items.entries()) {
    holdOrders(ctx, { ...input, actions, message }, item, capabilities[at] ?? {}, { decidedAt: now, dueAt, tellOnce: told });
  }
  const ids = items.map((item) => item.id);
  const touched = refreshItems(store, ids, now);
  ctx.changed(['queue', 'decisions', 'history'], touched);
  return { decisionId: input.id, items: itemRows(store, ids), undoUntil: dueAt };
}

type Capabilities = { readonly [verb in Verb]?: Capability };

/** One order an action. What needs no platform is kept as `local`; a member is told once, however many items are theirs. */
function holdOrders(
  ctx: Context, input: Commit, item: SeenItem, capabilities: Capabilities,
  when: { readonly decidedAt: number; readonly dueAt: number; readonly tellOnce: Set<string> },
): void {
  const who = item.authorKey ?? item.key;
  const untold = input.message !== null && !when.tellOnce.has(who);
  const carrier = untold ? messageCarrier(input.actions, capabilities) : null;
  if (untold) when.tellOnce.add(who);
  for (const action of inOrder(input.actions)) {
    const capability = capabilities[action.verb];
    const local = capability?.can !== true || capability.local === true || action.verb === 'snooze' || (action.verb === 'message' && !untold);
    holdDelivery(ctx.store, {
      id: ctx.uuid(),
      decisionId: input.id,
      subject: item.id,
      connection: item.connection,
      verb: action.verb,
      reverse: false,
      reverses: null,
      body: {
        durationMs: action.durationMs ?? null,
        labels: action.labels ?? [],
        reason: input.reason,
        guideline: input.guideline?.words ?? null,
        message: action.verb === carrier ? input.message : null,
        expected: item.revision,
        decidedAt: when.decidedAt,
      },
      dueAt: local ? null : when.dueAt,
      state: local ? 'local' : 'held',
    });
  }
}

const ABOUT_WHAT_IS_THERE: ReadonlySet<Verb> = new Set(['warn', 'lock']);

/** Platforms warn about and lock only what is still there (Lemmy 1.0: crates/api/api/src/post/warning.rs): what takes it away goes out after that. */
function inOrder(actions: readonly DecisionAction[]): readonly DecisionAction[] {
  return [...actions.filter(({ verb }) => ABOUT_WHAT_IS_THERE.has(verb)), ...actions.filter(({ verb }) => !ABOUT_WHAT_IS_THERE.has(verb))];
}

/** The actions with their durations settled; throws where one of them cannot be done to one of the items. */
function checkOffers(input: Commit, offers: readonly (readonly VerbOffer[])[]): readonly DecisionAction[] {
  return input.actions.map((action) => {
    let settled = action;
    const refusals: string[] = [];
    for (const offered of offers) {
      const offer = offered.find((candidate) => candidate.verb === action.verb);
      const checked = checkAction(action, offer, input.message);
      if (typeof checked === 'string') refusals.push(checked);
      else settled = checked;
    }
    const [why] = refusals;
    if (why === undefined) return settled;
    const many = offers.length === 1 ? '' : `${refusals.length} of ${offers.length} items: `;
    throw new Failure('NOT_POSSIBLE', `${many}${why}`, { fields: [{ path: `actions.${action.verb}`, problem: why }] });
  });
}

function stale(ctx: Context, input: DecideInput, id: number): Failure {
  const many = input.items.length > 1;
  return new Failure('STALE', many
    ? 'One of these items changed while you were deciding. Look at it again; the others are as they were.'
    : 'This item changed while you were deciding. Look at it again, then decide.', { current: itemRow(ctx.store, id) });
}

/** The outcome of a decision that this id already names; null where it is new. */
export function outcomeOf(ctx: Context, id: string): DecisionOutcome | null {
  const event = eventById(ctx.store, id);
  if (event === undefined) return null;
  if (event.kind !== 'decision.recorded' && event.kind !== 'decision.redone') {
    throw new Failure('INVALID_INPUT', 'That id already names another change. Try again with a new one.');
  }
  const ids = event.public.items.flatMap((item) => subjectByKey(ctx.store, item.key)?.id ?? []);
  return { decisionId: id, items: itemRows(ctx.store, ids), undoUntil: event.at + ctx.settings().undoSeconds * 1000 };
}

import type { Session } from '../connectors/connector.ts';
import { sleepByTimer } from '../connectors/http/sleep.ts';
import type { Sleep } from '../connectors/http/sleep.ts';
import { deliveryById } from '../store/deliveries.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { refreshItems } from '../store/items.ts';
import { cancelWaiting, orderOf, postpone, releaseHeld, settle, settleSiblings, startAttempt, waitingOrders } from '../store/outbox.ts';
import type { WaitingOrder } from '../store/outbox.ts';
import { makeBell } from './bell.ts';
import type { Bell } from './bell.ts';
import type { Context } from './context.ts';
import { attemptDelivery } from './delivery-attempt.ts';
import type { Attempt } from './delivery-attempt.ts';
import type { Sync } from './sync.ts';

export type DeliveryOptions = {
  readonly sync: Pick<Sync, 'usable' | 'report'>;
  readonly sleep?: Sleep;
};

export type Delivery = {
  /** Looks at the outbox again: after a decision, an undo, a resolved conflict, or when a connection is well again. */
  readonly wake: (n?: number) => void;
  /** Starts and ends the outbox's lines so that they are what the connection book says. */
  readonly refresh: () => void;
  readonly stop: () => Promise<void>;
};

/** Orders to one connection under way at once; orders about one member never are. */
const CONCURRENCY = 3;
/** Waiting orders that are looked at to find the next. */
const LOOK_AHEAD = 500;
/** When the outcome could not be written down (a full disk), the order waits before it is sent again. */
const UNRECORDED_MS = 10_000;

/** Sends the outbox: each connection a line of its own, in the order of the decisions. */
export function startDelivery(ctx: Context, options: DeliveryOptions): Delivery {
  const lines = new Map<number, { readonly bell: Bell; readonly end: AbortController; readonly done: Promise<void> }>();

  function refresh(): void {
    for (const { n, removed } of ctx.connections.all()) {
      const line = lines.get(n);
      if (removed && line !== undefined) line.end.abort(new Error('the connection was removed'));
      if (removed) {
        lines.delete(n);
        cancelAll(ctx, n);
      } else if (line === undefined && !ctx.signal.aborted) {
        const bell = makeBell(options.sleep ?? sleepByTimer);
        const end = new AbortController();
        lines.set(n, { bell, end, done: runLine(ctx, options, n, bell, AbortSignal.any([ctx.signal, end.signal])) });
      }
    }
  }
  refresh();

  return {
    wake(n) {
      for (const [line, { bell }] of lines) if (n === undefined || n === line) bell.ring();
    },
    refresh,
    async stop() {
      for (const { end } of lines.values()) end.abort(new Error('delivery was stopped'));
      await Promise.all([...lines.values()].map(({ done }) => done));
      lines.clear();
    },
  };
}

/** What was to be sent by a connection that is gone never will be; an item that stood in conflict no longer does. */
function cancelAll(ctx: Context, n: number): void {
  const { store } = ctx;
  const touched = store.write(() => {
    const subjects = new Set(cancelWaiting(store, n, 'The connection was removed before this was sent.'));
    return subjects.size === 0 ? null : refreshItems(store, [...subjects], ctx.now());
  });
  if (touched !== null) ctx.changed(['decisions', 'queue'], touched);
}

async function runLine(ctx: Context, options: DeliveryOptions, n: number, bell: Bell, signal: AbortSignal): Promise<void> {
  const { store } = ctx;
  const { sync, sleep = sleepByTimer } = options;
  /** Lanes with an order under way. */
  const busy = new Set<string>();
  /** Counted tries by order; a restart starts anew. */
  const tries = new Map<string, number>();
  /** Orders of which a try was cut off before this start: what stands there may be theirs until they are through. */
  const cutOff = new Set<string>();

  /** Writes down what came of an attempt; answers the items whose state changed with it. */
  function record(row: DeliveryRow, attempt: Attempt): readonly number[] {
    return store.write(() => {
      // Undone while it was under way: what was sent is still recorded, so that it can be taken back.
      if (attempt.kind === 'later') {
        if (attempt.counts) tries.set(row.id, (tries.get(row.id) ?? 0) + 1);
        postpone(store, row.id, ctx.now() + attempt.waitMs, attempt.said);
        return [];
      }
      tries.delete(row.id);
      cutOff.delete(row.id);
      settle(store, row.id, attempt.how);
      if (attempt.how.state !== 'conflict' || attempt.how.theirs === undefined) return [];
      settleSiblings(store, row, attempt.how.theirs, attempt.how.said ?? '');
      refreshItems(store, [row.subject], ctx.now());
      return [row.subject];
    });
  }

  async function send(id: string, session: Session): Promise<void> {
    const row = deliveryById(store, id);
    if (row === undefined || row.state !== 'pending') return;
    const order = orderOf(store, row);
    if (order === null) {
      store.write(() => settle(store, id, { state: 'cancelled', said: 'There was nothing to take back: the decision had not been carried out there.' }));
      return;
    }
    if (order.begunBy === 'itself') cutOff.add(id);
    store.write(() => startAttempt(store, id));
    const attempt = await attemptDelivery(ctx, session, cutOff.has(id) ? { ...order, begunBy: 'itself' } : order, { tries: tries.get(id) ?? 0, attempts: row.attempts }, signal);
    record(row, attempt);
    if (attempt.kind === 'later' && attempt.report !== null) sync.report(n, attempt.report);
    ctx.changed(['decisions', 'queue', 'history'], [row.subject]);
  }

  async function sendInLane(order: WaitingOrder, session: Session): Promise<void> {
    busy.add(order.lane);
    try {
      await send(order.id, session);
    } catch (error) {
      if (signal.aborted) return;
      ctx.log.error('delivery-not-recorded', error, { order: order.id });
      await sleep(UNRECORDED_MS, signal).catch(() => undefined);
    } finally {
      busy.delete(order.lane);
      bell.ring();
    }
  }

  const underWay = new Set<Promise<void>>();
  try {
    while (!signal.aborted) {
      const now = ctx.now();
      if (releaseHeld(store, n, now) > 0) ctx.changed(['decisions']);
      const session = sync.usable(n);
      const { due, nextAt } = lookAhead(waitingOrders(store, n, LOOK_AHEAD), busy, now);
      if (session !== null && due !== null && busy.size < CONCURRENCY) {
        const sending = sendInLane(due, session);
        underWay.add(sending);
        void sending.then(() => underWay.delete(sending));
        continue;
      }
      // Without a session only the ends of undo windows are waited for; sync rings when it has one.
      await bell.wait(nextAt === null ? null : Math.max(1, nextAt - now), signal);
    }
  } catch (error) {
    if (!signal.aborted) ctx.log.error('delivery-line-ended', error, { connection: n });
  }
  await Promise.all(underWay);
}

/** The first order that may go now, and when the next one after now may. Only the first of a lane may ever go. */
function lookAhead(waiting: readonly WaitingOrder[], busy: ReadonlySet<string>, now: number): { readonly due: WaitingOrder | null; readonly nextAt: number | null } {
  const seen = new Set(busy);
  let due: WaitingOrder | null = null;
  let nextAt: number | null = null;
  for (const order of waiting) {
    if (order.dueAt > now) nextAt = Math.min(nextAt ?? Infinity, order.dueAt);
    if (seen.has(order.lane)) continue;
    seen.add(order.lane);
    if (order.state === 'pending' && order.dueAt <= now) due ??= order;
  }
  return { due, nextAt };
}

import { itemsFallenDue, itemsToWake } from '../store/due-items.ts';
import { metaValue, putMeta } from '../store/history.ts';
import { refreshItems, reweighItems } from '../store/items.ts';
import type { Context } from './context.ts';

const EVERY_MS = 5_000;
const AT_ONCE = 200;
/** How often it is noted that nothing fell due. */
const NOTED_EVERY_MS = 60_000;
const DUE_SWEPT = 'due-swept-at';

/** Wakes snoozed items and raises those that fell due, as time passes. Ends with the context's signal. */
export function watchPassingTime(ctx: Context): void {
  const timer = setInterval(() => {
    try {
      passTime(ctx);
    } catch (error) {
      ctx.log.error('passing-time-failed', error);
    }
  }, EVERY_MS);
  ctx.signal.addEventListener('abort', () => clearInterval(timer));
}

/** One look at the clock: at most a few hundred items, so that keys never wait for it. The rest follows at the next. */
export function passTime(ctx: Context): void {
  const { store } = ctx;
  const now = ctx.now();
  const since = Number(metaValue(store, DUE_SWEPT) ?? now);
  const awake = itemsToWake(store, now, AT_ONCE);
  const due = itemsFallenDue(store, since, now, AT_ONCE);
  // More than were read fell due: the next look goes on just before the last of these, for others of its instant.
  const swept = due.length < AT_ONCE ? now : Math.max(since + 1, (due.at(-1)?.dueAt ?? now) - 1);
  if (awake.length === 0 && due.length === 0 && now - since < NOTED_EVERY_MS && since !== now) return;
  const touched = store.write(() => {
    putMeta(store, DUE_SWEPT, String(swept));
    return [...refreshItems(store, awake, now), ...reweighItems(store, due.map((item) => item.subject), now)];
  });
  if (touched.length > 0) ctx.changed(['queue'], touched);
}

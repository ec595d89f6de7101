import type { Batch, Resolution } from '../connector.ts';
import type { Entry } from '../http/known.ts';
import { named, resolutionFrom, settles } from './log.ts';
import type { Log } from './log.ts';
import { writePosition } from './position.ts';
import { flush } from './round.ts';
import type { PullInput, Round } from './round.ts';
import { closedRows } from './rows.ts';
import type { ModAction, ReadThing } from './schemas.ts';
import { changedAt, isDeleted, moderatorOf, outcomeOf, revisionOf, standingOf } from './state.ts';
import { takeOpen } from './sweep.ts';
import { lookUp } from './things.ts';

const MOST_RESOLUTIONS = 190;
const DAY = 86_400_000;

/** What was open before and is in no list now. Answers the names of what left the queue. */
export async function* closedElsewhere(round: Round, log: Log | null, signal: AbortSignal): AsyncGenerator<Batch, ReadonlySet<string>> {
  const { input, position, pending } = round;
  const missing = [...position.known.entries].filter(([, { met }]) => !met);
  const now = await lookUp(input.client, missing.map(([id]) => id), signal);
  const settled = new Set<string>();
  for (const [id, entry] of missing) {
    const read = now.get(id);
    if (read !== undefined && isStillOpen(round, read, entry)) {
      takeOpen(round, read, true, input.client.settings.unmoderated);
    } else {
      if (read === undefined) pending.gone(id, { subject: { type: entry.type, remoteId: entry.remoteId }, by: null, what: 'gone from Reddit', at: input.io.now(), orderId: input.ours.orderOf(id), closes: true });
      else pending.closed(closedRows(read, { site: input.client.settings.site, now: input.io.now(), seen: entry.seen ?? '', resolutions: resolutionsOf(round, read, log) }));
      position.left.add(id);
      position.absent.delete(id);
      settled.add(id);
    }
    if (pending.isFull()) yield* flush(round);
    signal.throwIfAborted();
  }
  yield* flush(round);
  return settled;
}

/** Nobody touched it since: a list may end before it, or lag behind once. */
function isStillOpen({ input, capped, position }: Round, { thing }: ReadThing, { seen }: Entry): boolean {
  if (isDeleted(thing) || thing.ignore_reports === true || seen !== revisionOf(thing)) return false;
  const reported = (thing.user_reports ?? []).length > 0 || (thing.mod_reports ?? []).length > 0;
  const waits = reported || standingOf(thing) === 'removed' || (input.client.settings.unmoderated && standingOf(thing) === 'neither' && thing.kind === 't3');
  if (!waits || capped) return waits;
  if (position.absent.has(thing.name)) return false;
  position.absent.add(thing.name);
  return true;
}

/** Who settled it and how: the log tells most; without it the thing itself. */
function resolutionsOf({ input, broughtBefore }: Round, { thing }: ReadThing, log: Log | null): readonly Resolution[] {
  const actions = (log?.actions ?? []).filter(({ target_fullname: target }) => target === thing.name);
  const last = actions.find((action) => settles(action) || (thing.ignore_reports === true && action.action === 'ignorereports'));
  // Not before it was brought, whatever this machine's clock says.
  const told = actions.map((action) => resolutionFrom(action, orderBehind(input, action), action === last, broughtBefore));
  if (last !== undefined) return told;
  const at = Math.max(changedAt(thing) ?? input.io.now(), broughtBefore);
  const by = moderatorOf(thing);
  return [...told, { subject: { type: 'post', remoteId: thing.name }, by: named(by), what: outcomeOf(thing), at, orderId: orderOf(input, thing.name, by), closes: true }];
}

/** The order of ours behind something that was done; null where another name did it. */
function orderOf({ ours, me }: PullInput, about: string, by: string | null | undefined): string | null {
  return by && by.toLowerCase() !== me.toLowerCase() ? null : ours.orderOf(about);
}

/** The same for a line of the log: what settles nothing goes by its action, too. */
function orderBehind(input: PullInput, action: ModAction): string | null {
  const id = action.target_fullname ?? '';
  return orderOf(input, settles(action) ? id : `${id} ${action.action}`, action.mod);
}

/** What was done since to what is open here or was: colleagues change decisions, ours too. `settled` was told already. */
export async function* doneElsewhere({ input, position }: Round, log: Log | null, settled: ReadonlySet<string>, signal: AbortSignal): AsyncGenerator<Batch> {
  if (log === null) return;
  // The first look only finds out where the log stands.
  const told = (position.log === null ? [] : log.actions.toReversed()).flatMap((action): Resolution[] => {
    const id = action.target_fullname ?? '';
    const open = position.known.entries.has(id);
    if (settled.has(id) || (!open && !position.left.has(id))) return [];
    return [resolutionFrom(action, orderBehind(input, action), !open && settles(action), 0)];
  });
  for (let at = 0; at < told.length; at += MOST_RESOLUTIONS) {
    signal.throwIfAborted();
    yield { members: [], subjects: [], reports: [], resolutions: told.slice(at, at + MOST_RESOLUTIONS), cursor: writePosition(position), total: null };
  }
  // A time that is far ahead would hide all that comes before it.
  position.log = { ...log.newest, at: Math.min(log.newest.at, input.io.now() + DAY) };
}

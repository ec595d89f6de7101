import { setImmediate } from 'node:timers/promises';
import type { EventDetail, EventRow, HistoryFilter } from '../contract/work.ts';
import { walkChain } from '../domain/chain-walk.ts';
import type { LoggedEvent } from '../domain/event.ts';
import { Failure } from '../domain/failure.ts';
import { guidelineVersion } from '../store/guidelines.ts';
import { historyPage, metaValue, putMeta } from '../store/history.ts';
import { eventById, eventsAfter, logSummary, parseEvent, storedLink } from '../store/log.ts';
import { keyOfMember, keyOfSubject, memberById, subjectById, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';
import { wordsOf } from './history-words.ts';

/** Events between yields to the desk's requests while the chain is walked. */
const STRIDE = 500;

/** Events that fit the filter, newest first, a page by key. */
export function pageHistory(
  ctx: Context, input: { readonly filter: HistoryFilter; readonly after: string | null; readonly limit: number },
): { rows: EventRow[]; next: string | null } {
  const { filter, limit } = input;
  const below = input.after === null ? Number.MAX_SAFE_INTEGER : Number(input.after);
  if (!Number.isSafeInteger(below)) throw new Failure('INVALID_INPUT', 'That page does not exist. Start from the first one.');
  return ctx.store.read(() => {
    const tags = tagsFor(ctx, filter);
    if (tags === null) return { rows: [], next: null };
    const records = historyPage(ctx.store, {
      tags, actor: filter.actor ?? null, kinds: filter.kinds ?? [], below, from: filter.from ?? null, to: filter.to ?? null,
    }, limit + 1);
    const rows = records.slice(0, limit).map((record) => eventRow(ctx, parseEvent(record)));
    return { rows, next: records.length > limit ? String(rows.at(-1)?.seq) : null };
  });
}

/** One event with what was seen when it was decided. Throws NOT_FOUND. */
export function getEvent(ctx: Context, input: { readonly id: string }): EventDetail {
  const event = eventById(ctx.store, input.id);
  if (event === undefined) throw new Failure('NOT_FOUND', 'That event is not in the log.');
  const decision = event.kind === 'decision.recorded' || event.kind === 'decision.redone' ? event : null;
  const under = decision?.public.guideline ?? null;
  return {
    ...eventRow(ctx, event),
    device: event.device,
    previousHash: event.previous,
    subjects: [...event.subjects],
    payload: event.payload === null ? null : { ...event.payload },
    seen: (decision?.payload?.seen ?? []).map(({ key, snapshot }) => ({ itemId: subjectByKey(ctx.store, key)?.id ?? null, key, snapshot })),
    guideline: under === null ? null : guidelineVersion(ctx.store, under.id, under.version) ?? null,
  };
}

/** How long the log is, who wrote it, and when its chain was last found whole. */
export function aboutHistory(ctx: Context): { events: number; actors: string[]; verifiedAt: number | null; whole: boolean | null } {
  const { events, actors } = logSummary(ctx.store);
  const at = metaValue(ctx.store, 'verified-at');
  const whole = metaValue(ctx.store, 'verified-whole');
  return { events, actors: [...actors], verifiedAt: at === null ? null : Number(at), whole: whole === null ? null : whole === 'yes' };
}

/** Walks the whole chain, yielding as it goes, and remembers the outcome. */
export async function verifyHistory(ctx: Context): Promise<{ whole: boolean; events: number; said: string }> {
  const walk = walkChain();
  for (let seq = 0; ;) {
    const records = eventsAfter(ctx.store, seq, STRIDE);
    for (const record of records) walk.step(storedLink(record));
    const last = records.at(-1);
    if (last === undefined) break;
    seq = last.seq;
    await setImmediate(undefined, { signal: ctx.signal });
  }
  const { events, problem } = walk.end();
  putMeta(ctx.store, 'verified-at', String(ctx.now()));
  putMeta(ctx.store, 'verified-whole', problem === null ? 'yes' : 'no');
  if (problem !== null) ctx.log.warn('chain-broken', { seq: problem.seq });
  ctx.changed(['history']);
  return {
    whole: problem === null,
    events,
    said: problem === null
      ? `All ${events} events are as they were written.`
      : `The log is not whole: ${problem.problem}. Keep this data directory as it is, and compare it with a copy from the backups folder.`,
  };
}

function eventRow(ctx: Context, event: LoggedEvent): EventRow {
  const { id, seq, at, actor, kind, source, hash } = event;
  return { id, seq, at, actor, kind, source, hash, ...wordsOf(ctx, event) };
}

/** The filter as tags, rarest first; null where it names something that is not here, so that nothing fits. */
function tagsFor(ctx: Context, filter: HistoryFilter): readonly string[] | null {
  const { store } = ctx;
  const tags: string[] = [];
  if (filter.itemId !== undefined) {
    if (subjectById(store, filter.itemId) === undefined) return null;
    tags.push(keyOfSubject(store, filter.itemId));
  }
  if (filter.caseId !== undefined) tags.push(`case:${filter.caseId}`);
  if (filter.memberId !== undefined) {
    if (memberById(store, filter.memberId) === undefined) return null;
    tags.push(keyOfMember(store, filter.memberId));
  }
  if (filter.guidelineId !== undefined) tags.push(`guideline:${filter.guidelineId}`);
  if (filter.verb !== undefined) tags.push(`verb:${filter.verb}`);
  if (filter.connectionId !== undefined) tags.push(`connection:${filter.connectionId}`);
  if (filter.platform !== undefined) tags.push(`platform:${filter.platform}`);
  return tags;
}


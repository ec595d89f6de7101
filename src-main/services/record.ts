import type { Source } from '../contract/words.ts';
import { canonicalJson, CHAIN_START, eventHash, payloadHash } from '../domain/chain.ts';
import { tick } from '../domain/clock.ts';
import type { EventBody, LoggedEvent } from '../domain/event.ts';
import { Failure } from '../domain/failure.ts';
import { fold } from '../domain/fold/fold.ts';
import { appendEvent, erasePayload, eventById, lastEvent } from '../store/log.ts';
import { applyChanges, readProjections } from '../store/projections.ts';
import { indexChanges } from '../store/search.ts';
import type { Context } from './context.ts';

/** What recording needs of the context. */
export type RecordContext = Pick<Context, 'store' | 'now' | 'uuid' | 'settings' | 'device'>;

/** An event to record: what it says (domain/event), under an id that makes a retry harmless. */
export type NewEvent = EventBody & {
  readonly id: string;
  readonly source: Source;
  /** Keys of the subjects and members it touches. */
  readonly subjects: readonly string[];
  /** Who signs it, where no person did it: the starter set, a platform's own rules. */
  readonly actor?: string;
};

export type RecordedEvent = LoggedEvent & {
  /** True where this id had been recorded before: nothing was written now. */
  readonly again: boolean;
};

/**
 * Appends an event to the chain and folds it into the projections, in the caller's transaction or one of its own.
 * The settings' actor signs it, unless the event names another. Throws INVALID_INPUT where the id belongs to an event of another kind.
 */
export function recordEvent(ctx: RecordContext, input: NewEvent): RecordedEvent {
  const { store } = ctx;
  return store.write(() => {
    const earlier = eventById(store, input.id);
    if (earlier !== undefined) {
      if (earlier.kind !== input.kind) throw new Failure('INVALID_INPUT', 'That id already names another change. Try again with a new one.');
      return { ...earlier, again: true };
    }
    const last = lastEvent(store);
    const { at, counter } = tick(last ?? null, ctx.now());
    const payload = input.payload === null ? null : { salt: ctx.uuid(), body: canonicalJson(input.payload) };
    const link = {
      id: input.id,
      actor: input.actor ?? ctx.settings().actor,
      device: ctx.device,
      at,
      counter,
      kind: input.kind,
      source: input.source,
      subjects: canonicalJson(input.subjects),
      public: canonicalJson(input.public),
      payloadHash: payload === null ? null : payloadHash(payload.salt, payload.body),
      previous: last?.hash ?? CHAIN_START,
    };
    const seq = (last?.seq ?? 0) + 1;
    const hash = eventHash(link);
    appendEvent(store, { ...link, payload_hash: link.payloadHash, seq, hash }, payload);
    const event: LoggedEvent = {
      ...input, seq, at, counter, actor: link.actor, device: link.device, payloadHash: link.payloadHash, previous: link.previous, hash,
    };
    const changes = fold(readProjections(store, (id) => eventById(store, id)), event);
    applyChanges(store, changes);
    indexChanges(store, changes);
    return { ...event, again: false };
  });
}

/**
 * Deletes the personal part of an event, and what of it shows in the tables, for good; that it was erased is an event
 * itself, and the chain stays whole. Throws NOT_FOUND.
 */
export function eraseEvent(ctx: RecordContext, input: { readonly id: string; readonly eventId: string; readonly source: Source }): void {
  ctx.store.write(() => {
    const erased = eventById(ctx.store, input.eventId);
    if (erased === undefined) throw new Failure('NOT_FOUND', 'That event is not in the log.');
    recordEvent(ctx, { id: input.id, kind: 'payload.erased', source: input.source, subjects: [...erased.subjects], public: { eventId: erased.id }, payload: null });
    erasePayload(ctx.store, erased.seq);
  });
}

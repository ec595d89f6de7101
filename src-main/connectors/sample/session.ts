import { ConnectorError } from '../connector.ts';
import type { Batch, ConnectorIo, DeliveryResult, Order, PublishedGuideline, Session, SubjectContext, SubjectRef } from '../connector.ts';
import { accountAt, RULES } from './account.ts';
import { tell } from './community.ts';
import type { Community } from './community.ts';
import { readCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { carryOutOrder } from './deliver.ts';
import { historyBatch } from './history.ts';
import { makeJournal } from './journal.ts';
import { liveBatch } from './live.ts';
import { TEMPLATES } from './templates.ts';
import { contextOf } from './threads.ts';
import { drawPicture } from './world/pictures.ts';
import { makeWorld, trickleGap } from './world/world.ts';

export type SampleSettings = { readonly size: number; readonly seed: number; readonly instance: string };

/** Until the first pull of a session has read its cursor, the community does not know what was done in it. */
const OPENING_MS = 200;

export function openSession(io: ConnectorIo, settings: SampleSettings): Session {
  let community: Community | null = null;
  const opening = Promise.withResolvers<void>();

  function enter(cursor: Cursor): Community {
    const { seed, size, start } = cursor;
    const world = community?.world;
    if (community === null || world?.seed !== seed || world.size !== size || world.start !== start) {
      community = { world: makeWorld({ seed, size, start }), journal: makeJournal() };
    }
    community.journal.restore(cursor.marks);
    opening.resolve();
    return community;
  }

  async function* pull(from: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
    const cursor = readCursor(from) ?? firstCursor(settings, io.now());
    const here = enter(cursor);
    while (cursor.next < cursor.size) {
      signal.throwIfAborted();
      yield historyBatch(here, cursor, io.now());
    }
    for (let batch = liveBatch(here, cursor, io.now()); batch !== null; batch = liveBatch(here, cursor, io.now())) {
      signal.throwIfAborted();
      yield batch;
    }
  }

  async function context(ref: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
    const here = community ?? await whenOpen(signal);
    const told = tell(here, ref);
    return told === null ? { before: [], after: [], members: [], recent: [], subject: null, record: [] } : contextOf(here, told, io.now());
  }

  async function whenOpen(signal: AbortSignal): Promise<Community> {
    signal.throwIfAborted();
    await Promise.race([opening.promise, new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))]);
    if (community === null) throw new ConnectorError('unreachable', 'The sample community is still opening.', OPENING_MS);
    return community;
  }

  return {
    verify: async () => accountAt(settings.instance),
    pull,
    context,
    async deliver(order: Order): Promise<DeliveryResult> {
      if (community === null) return { kind: 'retry', why: 'The sample community is still opening.', afterMs: OPENING_MS };
      const result = carryOutOrder(community, order, io.now());
      // What was done is remembered by the next cursor, so the next pull should be soon.
      if (result.kind !== 'refused') io.wake();
      return result;
    },
    guidelines: async (): Promise<readonly PublishedGuideline[]> => RULES,
    templates: async () => TEMPLATES,
    async media(url) {
      const bytes = drawPicture(community?.world.seed ?? settings.seed, url);
      return bytes === null ? null : { mime: 'image/png', bytes };
    },
    close: async () => undefined,
  };
}

function firstCursor({ seed, size }: SampleSettings, now: number): Cursor {
  const cursor: Cursor = { v: 1, seed, size, start: now, next: 0, nextAt: now, told: 0, recent: [], planned: [], marks: [] };
  cursor.nextAt += trickleGap(makeWorld(cursor), size);
  return cursor;
}

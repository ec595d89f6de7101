import type { Batch } from '../connector.ts';
import { makePending } from '../http/pending.ts';
import { sweepWhole } from '../http/whole-sweep.ts';
import { closedElsewhere, doneElsewhere } from './elsewhere.ts';
import { readLog } from './log.ts';
import { readPosition } from './position.ts';
import { flush } from './round.ts';
import type { PullInput, Round } from './round.ts';
import { sweep, takeNewest } from './sweep.ts';

/** So many pages are read at every pull. */
const EVERY_TIME_PAGES = 12;
/** Longer lists are read whole so seldom that it takes a third of the 100 requests a minute that a client has. */
const MS_A_PAGE = 1800;

/**
 * The queue, newest first, then what became of what is no longer in it, then what moderators did meanwhile. Reddit has
 * no list of changes: each pull reads the lists, and what looks as it did is passed over.
 */
export async function* pull(input: PullInput, cursor: string | null, signal: AbortSignal): AsyncGenerator<Batch> {
  const position = readPosition(cursor);
  const { known } = position;
  input.memory.known = known;
  const round: Round = { input, position, pending: makePending(known, signal), first: known.sweptAt === 0, capped: false, broughtBefore: position.broughtAt };
  const since = input.io.now() - known.sweptAt;
  if (position.pages > EVERY_TIME_PAGES && since >= 0 && since < position.pages * MS_A_PAGE) {
    await takeNewest(round, signal);
    yield* flush(round);
    return;
  }
  // Where a sweep broke off is not kept: each begins anew.
  known.offset = null;
  yield* sweepWhole(known, input.io.now, (always) => flush(round, always), async function* parts() {
    yield* sweep(round, signal);
    const log = await readLog(input.client, position.log, signal);
    const settled = yield* closedElsewhere(round, log, signal);
    yield* doneElsewhere(round, log, settled, signal);
  });
}

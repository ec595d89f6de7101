import { walkChain } from '../domain/chain-walk.ts';
import type { ChainProblem } from '../domain/chain.ts';
import { fold } from '../domain/fold/fold.ts';
import { eventById, eventsAfter, parseEvent, storedLink } from './log.ts';
import { applyChanges, readProjections } from './projections.ts';
import type { Store } from './store.ts';

/** Events folded in one transaction. */
const STRIDE = 1000;

/** Walks the chain of one database and folds it into the empty projections of another, a stride at a time. */
export function replay(from: Store, into: Store): { readonly events: number; readonly problem: ChainProblem | null } {
  const walk = walkChain();
  const read = readProjections(into, (id) => eventById(from, id));
  for (let seq = 0; ;) {
    const records = eventsAfter(from, seq, STRIDE);
    const last = records.at(-1);
    if (last === undefined) return walk.end();
    seq = last.seq;
    // A changed event may be no event at all: nothing from there on is folded.
    if (records.some((record) => walk.step(storedLink(record)) !== null)) return walk.end();
    into.write(() => {
      for (const record of records) applyChanges(into, fold(read, parseEvent(record)));
    });
  }
}

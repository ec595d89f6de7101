import { checkLink } from './chain.ts';
import type { ChainProblem, StoredLink } from './chain.ts';

export type ChainWalk = {
  /** Answers the first thing found wrong so far. */
  readonly step: (link: StoredLink) => ChainProblem | null;
  /** How many events were walked, and the first thing that is wrong with them. */
  readonly end: () => { readonly events: number; readonly problem: ChainProblem | null };
};

/**
 * Walks a chain in memory that does not grow with it, but for the payloads that are gone: each of them needs an event
 * that records its erasure.
 */
export function walkChain(): ChainWalk {
  let before: { readonly seq: number; readonly hash: string } | null = null;
  let events = 0;
  let problem: ChainProblem | null = null;
  const gone = new Map<string, number>();
  const erased = new Set<string>();

  return {
    step(link) {
      events += 1;
      problem ??= checkLink(before, link);
      before = link;
      if (link.payload === null && link.payloadHash !== null) gone.set(link.id, link.seq);
    if (problem === null && link.kind === 'payload.erased') {
        const id = erasedId(link.public);
        if (id !== null) erased.add(id);
      }
      return problem;
    },
    end() {
      const lost = [...gone].find(([id]) => !erased.has(id));
      const silent = lost === undefined ? null : { seq: lost[1], problem: `the payload of event ${lost[1]} is missing, and no event says that it was erased` };
      return { events, problem: problem ?? silent };
    },
  };
}

function erasedId(visible: string): string | null {
  const parsed: unknown = JSON.parse(visible);
  return typeof parsed === 'object' && parsed !== null && 'eventId' in parsed && typeof parsed.eventId === 'string' ? parsed.eventId : null;
}

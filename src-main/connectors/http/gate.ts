import { makeBuckets } from './buckets.ts';
import type { Budget, Lane } from './buckets.ts';
import type { Sleep } from './sleep.ts';

/** Lets requests to one instance through at the pace that it allows. */
export type Gate = {
  /** Resolves when a request may start; call the answer when the request and its body are done. */
  readonly enter: (signal: AbortSignal, lane?: Lane) => Promise<() => void>;
  /** Learns from an answer's headers. */
  readonly observe: (headers: Headers, lane?: Lane) => void;
  /** Lets nothing through for so long; of this lane only, where the instance counts it by itself. */
  readonly holdFor: (ms: number, lane?: Lane) => void;
  /** How long nothing (of this lane) is let through from now on, ms; 0 while open. */
  readonly closedFor: (lane?: Lane) => number;
  readonly budget: () => Budget | null;
};

export type GateOptions = {
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Requests under way at once. */
  readonly concurrency?: number;
  /** Bucket for instances that say nothing: so many at once, and so many a second after that. */
  readonly burst?: number;
  readonly perSecond?: number;
};

const ANY: Lane = { route: '', top: '' };

/** A clock that never goes back: one that is set right while Docket runs must not close a gate for as long as it was wrong. */
function forwards(now: () => number): () => number {
  let shift = 0;
  let last = -Infinity;
  return () => {
    const at = now();
    shift = Math.max(shift, last - at);
    last = at + shift;
    return last;
  };
}

/** A token bucket under the instance's own word: where that names a budget, nothing goes out once it is spent until it is full again. */
export function makeGate(options: GateOptions): Gate {
  const { sleep, concurrency = 4, burst = 20, perSecond = 10 } = options;
  const now = forwards(options.now);
  let tokens = burst;
  let filledAt = now();
  const buckets = makeBuckets(now);
  let running = 0;
  const waiting: (() => void)[] = [];

  /** Hands the place to whoever waits longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  async function place(signal: AbortSignal): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal.reason);
      };
      waiting.push(take);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Ms to wait before the next request; 0 takes a token. */
  function wait(lane: Lane): number {
    const closed = buckets.closedFor(lane);
    if (closed > 0) return closed;
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1000);
    tokens -= 1;
    buckets.take(lane);
    return 0;
  }

  return {
    async enter(signal, lane = ANY) {
      signal.throwIfAborted();
      await place(signal);
      try {
        for (let ms = wait(lane); ms > 0; ms = wait(lane)) await sleep(ms, signal);
      } catch (error) {
        leave();
        throw error;
      }
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
    observe: (headers, lane = ANY) => buckets.learn(headers, lane),
    holdFor: (ms, lane) => buckets.hold(ms, lane ?? null),
    closedFor: (lane = ANY) => buckets.closedFor(lane),
    budget: buckets.shown,
  };
}

import { readRateLimit } from './rate-limit.ts';
import type { Sleep } from './sleep.ts';

/** What is left of an instance's request budget, for the person to see. */
export type Budget = { readonly remaining: number; readonly limit: number | null; readonly resetAt: number | null };

/** Lets requests to one instance through at the pace that it allows. */
export type Gate = {
  /** Resolves when a request may start; call the answer when the request and its body are done. */
  readonly enter: (signal: AbortSignal) => Promise<() => void>;
  /** Learns from an answer's headers. */
  readonly observe: (headers: Headers) => void;
  /** Lets nothing through for so long. */
  readonly holdFor: (ms: number) => void;
  /** How long nothing is let through from now on, ms; 0 while open. */
  readonly closedFor: () => number;
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

/** Of the last part of a budget that an instance names, some is left to the person's own use of the account. */
const RESERVE = 0.05;

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
  let closedUntil = 0;
  let budget: Budget | null = null;
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

  function closedFor(): number {
    const at = now();
    if (budget !== null && budget.resetAt !== null && at >= budget.resetAt) budget = null;
    const spent = budget !== null && budget.remaining <= Math.floor((budget.limit ?? 0) * RESERVE);
    return Math.max(0, closedUntil - at, spent && budget !== null && budget.resetAt !== null ? budget.resetAt - at : 0);
  }

  /** Ms to wait before the next request; 0 takes a token. */
  function wait(): number {
    const closed = closedFor();
    if (closed > 0) return closed;
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1000);
    tokens -= 1;
    if (budget !== null) budget = { ...budget, remaining: budget.remaining - 1 };
    return 0;
  }

  return {
    async enter(signal) {
      signal.throwIfAborted();
      await place(signal);
      try {
        for (let ms = wait(); ms > 0; ms = wait()) await sleep(ms, signal);
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
    observe(headers) {
      const seen = readRateLimit(headers, now());
      if (seen.remaining !== null) budget = { remaining: seen.remaining, limit: seen.limit ?? budget?.limit ?? null, resetAt: seen.resetAt };
      if (seen.retryAfterMs !== null) closedUntil = Math.max(closedUntil, now() + seen.retryAfterMs);
    },
    holdFor(ms) {
      closedUntil = Math.max(closedUntil, now() + ms);
    },
    closedFor,
    budget: () => budget,
  };
}

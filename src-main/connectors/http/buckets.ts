import { readRateLimit } from './rate-limit.ts';

/** What is left of a request budget, for the person to see. */
export type Budget = { readonly remaining: number; readonly limit: number | null; readonly resetAt: number | null };

/** Which requests share a budget, as far as that can be known before one is answered. */
export type Lane = {
  /** The method, and the path without its ids. */
  readonly route: string;
  /** The first id in the path: Discord counts by channel or server (topics/rate-limits). */
  readonly top: string;
};

/** What an instance lets be asked. Most count everything together; one that names buckets (X-RateLimit-Bucket) counts each by itself. */
export type Buckets = {
  readonly learn: (headers: Headers, lane: Lane) => void;
  /** A request of this lane goes out. */
  readonly take: (lane: Lane) => void;
  /** Lets nothing of a lane through for so long; nothing at all where there is none, or it is not counted by itself. */
  readonly hold: (ms: number, lane: Lane | null) => void;
  readonly closedFor: (lane: Lane) => number;
  readonly shown: () => Budget | null;
};

type Bucket = { budget: Budget | null; closedUntil: number };

/** Of the last part of a budget that an instance names, some is left to the person's own use of the account. */
const RESERVE = 0.05;
const MOST = 2000;
const ID = /^(?:\d{5,}|[0-9a-f-]{24,})$/i;

/** Whether an answer is about its own bucket, and not about all that is asked. */
export function isOfOneBucket(headers: Headers): boolean {
  return headers.has('x-ratelimit-bucket') && headers.get('x-ratelimit-scope') !== 'global' && headers.get('x-ratelimit-global') !== 'true';
}

/** The lane of a request. */
export function laneOf(method: string, url: URL): Lane {
  const parts = url.pathname.split('/');
  const top = parts.find((part) => ID.test(part)) ?? '';
  return { route: `${method} ${url.host}${parts.map((part) => (ID.test(part) ? ':id' : part)).join('/')}`, top };
}

export function makeBuckets(now: () => number): Buckets {
  const everything: Bucket = { budget: null, closedUntil: 0 };
  const named = new Map<string, Bucket>();
  /** Which bucket the answers of a lane named last. */
  const nameOf = new Map<string, string>();
  let last = everything;

  function own(lane: Lane): Bucket | undefined {
    const name = nameOf.get(lane.route);
    return name === undefined ? undefined : named.get(`${name} ${lane.top}`);
  }

  function left(bucket: Bucket, at: number): number {
    if (bucket.budget !== null && bucket.budget.resetAt !== null && at >= bucket.budget.resetAt) bucket.budget = null;
    const { budget, closedUntil } = bucket;
    const spent = budget !== null && budget.remaining <= Math.floor((budget.limit ?? 0) * RESERVE);
    return Math.max(0, closedUntil - at, spent && budget.resetAt !== null ? budget.resetAt - at : 0);
  }

  /** The bucket that an answer names; made where it is new. */
  function bucketIn(headers: Headers, lane: Lane): Bucket {
    const name = headers.get('x-ratelimit-bucket');
    if (name === null) return everything;
    if (nameOf.size >= MOST || named.size >= MOST) {
      nameOf.clear();
      named.clear();
    }
    nameOf.set(lane.route, name);
    const key = `${name} ${lane.top}`;
    const bucket = named.get(key) ?? { budget: null, closedUntil: 0 };
    named.set(key, bucket);
    return bucket;
  }

  return {
    learn(headers, lane) {
      const seen = readRateLimit(headers, now());
      const bucket = bucketIn(headers, lane);
      if (seen.remaining !== null) {
        bucket.budget = { remaining: seen.remaining, limit: seen.limit ?? bucket.budget?.limit ?? null, resetAt: seen.resetAt };
        last = bucket;
      }
      const about = isOfOneBucket(headers) ? bucket : everything;
      if (seen.retryAfterMs !== null) about.closedUntil = Math.max(about.closedUntil, now() + seen.retryAfterMs);
    },
    take(lane) {
      for (const bucket of [everything, own(lane)]) {
        if (bucket !== undefined && bucket.budget !== null) bucket.budget = { ...bucket.budget, remaining: bucket.budget.remaining - 1 };
      }
    },
    hold(ms, lane) {
      const bucket = (lane === null ? undefined : own(lane)) ?? everything;
      bucket.closedUntil = Math.max(bucket.closedUntil, now() + ms);
    },
    closedFor(lane) {
      const at = now();
      const bucket = own(lane);
      return Math.max(left(everything, at), bucket === undefined ? 0 : left(bucket, at));
    },
    shown: () => last.budget,
  };
}

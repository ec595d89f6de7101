/** What an answer says about how much may still be asked. */
export type RateLimitSeen = {
  readonly remaining: number | null;
  readonly limit: number | null;
  /** When the budget is full again, ms since the epoch. */
  readonly resetAt: number | null;
  /** What Retry-After asks for, ms from now. */
  readonly retryAfterMs: number | null;
};

/** A reset below this is a number of seconds to go (Reddit); above, seconds since the epoch (Discord); far above, ms. */
const LONGEST_WAIT_S = 10 * 365 * 24 * 3600;
const EPOCH_MS_FROM = 100_000_000_000;

function wholeNumber(text: string | null): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)/.exec(text ?? '');
  return match?.[1] === undefined ? null : Math.floor(Number(match[1]));
}

/** Nobody means a longer wait than this; a server's broken clock might say one. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Whose clock a time is told by: the server's, where its answer is dated, so that a wrong clock on either side does not matter. */
function serverTime(headers: Headers, now: number): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? now : date;
}

/** A time in any of its spellings (ISO or HTTP date, epoch seconds or ms, seconds to go) as ms from `from`. */
function waitUntil(text: string | null, from: number): number | null {
  const trimmed = text?.trim() ?? '';
  let wait: number;
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) {
    const value = Number(trimmed);
    if (value >= EPOCH_MS_FROM) wait = value - from;
    else wait = value > LONGEST_WAIT_S ? value * 1000 - from : value * 1000;
  } else {
    wait = Date.parse(trimmed) - from;
  }
  return Number.isNaN(wait) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, Math.ceil(wait)));
}

/** Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3), as ms from now. */
export function readRetryAfter(headers: Headers, now: number): number | null {
  return waitUntil(headers.get('retry-after'), serverTime(headers, now));
}

/** The structured `RateLimit: "default";r=50;t=30` of the later IETF drafts, beside the older one-value headers. */
function structured(text: string | null, parameter: 'r' | 't' | 'q'): string | null {
  return new RegExp(`;\\s*${parameter}=(\\d+)`).exec(text ?? '')?.[1] ?? null;
}

/**
 * Reads every header family that the platforms use: X-RateLimit-*, RateLimit-* (IETF draft-ietf-httpapi-ratelimit-headers),
 * X-RateLimit-Reset-After (Discord) and Retry-After. Header names are case-free.
 */
export function readRateLimit(headers: Headers, now: number): RateLimitSeen {
  const either = (name: string): string | null => headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  const combined = headers.get('ratelimit');
  const policy = headers.get('ratelimit-policy');
  const reset = headers.get('x-ratelimit-reset-after') ?? either('reset') ?? structured(combined, 't');
  const untilReset = waitUntil(reset, serverTime(headers, now));
  return {
    remaining: wholeNumber(either('remaining') ?? structured(combined, 'r')),
    limit: wholeNumber(either('limit') ?? structured(policy, 'q')),
    resetAt: untilReset === null ? null : now + untilReset,
    retryAfterMs: readRetryAfter(headers, now),
  };
}

function bounded(ms: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.ceil(ms));
}

/** How long a refusal's body asks to wait: `retry_after` (s), `retry_after_ms`, Discourse's `extras.wait_seconds`. */
export function readBodyRetryAfter(body: unknown): number | null {
  if (typeof body !== 'object' || body === null) return null;
  const said = new Map<string, unknown>(Object.entries(body));
  const ms = said.get('retry_after_ms');
  if (typeof ms === 'number' && ms >= 0) return bounded(ms);
  const seconds = said.get('retry_after');
  if (typeof seconds === 'number' && seconds >= 0) return bounded(seconds * 1000);
  const extras = said.get('extras');
  if (typeof extras !== 'object' || extras === null) return null;
  const wait = new Map<string, unknown>(Object.entries(extras)).get('wait_seconds');
  return typeof wait === 'number' && wait >= 0 ? bounded(wait * 1000) : null;
}

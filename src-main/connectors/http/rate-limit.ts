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

/** Reads a reset in any of its spellings: an ISO or HTTP date, epoch seconds or ms, or seconds to go. */
export function readReset(text: string | null, now: number): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) {
    const value = Number(trimmed);
    if (value >= EPOCH_MS_FROM) return value;
    return value > LONGEST_WAIT_S ? value * 1000 : now + value * 1000;
  }
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? null : date;
}

/** Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3), as ms from now. */
export function readRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Math.ceil(Number(trimmed) * 1000);
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
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
  const resetAfter = readReset(headers.get('x-ratelimit-reset-after'), now);
  return {
    remaining: wholeNumber(either('remaining') ?? structured(combined, 'r')),
    limit: wholeNumber(either('limit') ?? structured(policy, 'q')),
    resetAt: resetAfter ?? readReset(either('reset') ?? structured(combined, 't'), now),
    retryAfterMs: readRetryAfter(headers.get('retry-after'), now),
  };
}

/** How long a refusal's body asks to wait: `retry_after` (s), `retry_after_ms`, Discourse's `extras.wait_seconds`. */
export function readBodyRetryAfter(body: unknown): number | null {
  if (typeof body !== 'object' || body === null) return null;
  const said = new Map<string, unknown>(Object.entries(body));
  const ms = said.get('retry_after_ms');
  if (typeof ms === 'number' && ms >= 0) return Math.ceil(ms);
  const seconds = said.get('retry_after');
  if (typeof seconds === 'number' && seconds >= 0) return Math.ceil(seconds * 1000);
  const extras = said.get('extras');
  if (typeof extras !== 'object' || extras === null) return null;
  const wait = new Map<string, unknown>(Object.entries(extras)).get('wait_seconds');
  return typeof wait === 'number' && wait >= 0 ? Math.ceil(wait * 1000) : null;
}

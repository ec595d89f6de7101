/**
 * The closed list of what can go wrong between desk and backend. Plain data, no schema library.
 * `retry` says whether the same request may help: at once, later, or never.
 */
export type Retry = 'now' | 'later' | 'never';

export const ERROR_CODES = {
  INVALID_INPUT: { status: 400, retry: 'never' },
  NOT_FOUND: { status: 404, retry: 'never' },
  /** What the person saw is no longer so; `data.current` holds what is. */
  STALE: { status: 409, retry: 'never' },
  /** The platform, the role or the item's state does not allow it. */
  NOT_POSSIBLE: { status: 422, retry: 'never' },
  PLATFORM_UNREACHABLE: { status: 503, retry: 'later' },
  PLATFORM_REFUSED: { status: 403, retry: 'never' },
  /** The platform answered something that is not its protocol (HTML, half a JSON, another shape). */
  PLATFORM_UNINTELLIGIBLE: { status: 502, retry: 'later' },
  SIGN_IN_NEEDED: { status: 401, retry: 'never' },
  RATE_LIMITED: { status: 429, retry: 'later' },
  SECRETS_LOCKED: { status: 423, retry: 'never' },
  STORAGE_FULL: { status: 507, retry: 'later' },
  STORAGE_READ_ONLY: { status: 507, retry: 'never' },
  INTERNAL: { status: 500, retry: 'never' },
} as const satisfies Record<string, { status: number; retry: Retry }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What a refusal carries beside its code and message. */
export type ErrorData = {
  readonly retry: Retry;
  /** Finds the stack in the log. */
  readonly traceId: string;
  /** For INVALID_INPUT: which fields, in words. */
  readonly fields?: readonly { readonly path: string; readonly problem: string }[];
  /** For STALE: what is there now. */
  readonly current?: unknown;
};

import { ERROR_CODES } from '../contract/errors.ts';
import type { ErrorCode, Retry } from '../contract/errors.ts';

/**
 * An expected failure on its way to the person: a code of the closed list and a message that says what to do.
 * Anything else that is thrown is a bug and reaches the person as INTERNAL with its trace id.
 */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly fields: readonly { readonly path: string; readonly problem: string }[] | undefined;
  /** For STALE: what is there now, as the contract shows it. */
  readonly current: unknown;
  constructor(
    code: ErrorCode,
    message: string,
    more: { readonly fields?: Failure['fields']; readonly current?: unknown; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = ERROR_CODES[code].retry;
    this.fields = more.fields;
    this.current = more.current;
  }
}

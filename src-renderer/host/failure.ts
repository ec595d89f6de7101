import { ORPCError } from '@orpc/client';
import { ERROR_CODES } from '../../src-main/contract/errors.ts';
import type { ErrorCode, Retry } from '../../src-main/contract/errors.ts';

/** A refusal or a failure as the desk shows it. `OFFLINE`: the backend itself is not there. */
export type DeskFailure = {
  readonly code: ErrorCode | 'OFFLINE';
  /** Says what happened and what to do. */
  readonly message: string;
  readonly retry: Retry;
  readonly traceId: string | null;
  readonly fields: readonly { readonly path: string; readonly problem: string }[];
  /** For STALE: what is there now; to be checked before use. */
  readonly current: unknown;
};

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

function fieldsOf(value: unknown): DeskFailure['fields'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((field: unknown) => (
    typeof field === 'object' && field !== null && 'path' in field && 'problem' in field ? [{ path: String(field.path), problem: String(field.problem) }] : []
  ));
}

/** Turns whatever a call threw into what can be shown. */
export function failureOf(error: unknown): DeskFailure {
  if (error instanceof ORPCError && isCode(error.code)) {
    const data: unknown = error.data;
    const facts = typeof data === 'object' && data !== null ? data : {};
    return {
      code: error.code,
      message: error.message,
      retry: ERROR_CODES[error.code].retry,
      traceId: 'traceId' in facts ? String(facts.traceId) : null,
      fields: 'fields' in facts ? fieldsOf(facts.fields) : [],
      current: 'current' in facts ? facts.current : undefined,
    };
  }
  if (error instanceof ORPCError && error.status >= 500) {
    return { code: 'INTERNAL', message: 'Docket’s own service failed at this. Nothing was changed; try again, and report it if it stays.', retry: 'never', traceId: null, fields: [], current: undefined };
  }
  if (error instanceof ORPCError && error.status === 400) {
    return { code: 'INVALID_INPUT', message: 'Docket did not accept that. Check the fields and try again.', retry: 'never', traceId: null, fields: [], current: undefined };
  }
  return {
    code: 'OFFLINE', message: 'Docket’s own service did not answer. It reconnects by itself; what you had typed is kept.', retry: 'now', traceId: null, fields: [], current: undefined,
  };
}

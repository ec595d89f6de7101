import { ORPCError } from '@orpc/server';
import { ValidationError } from '@orpc/contract';
import { ConnectorError } from '../connectors/connector.ts';
import type { ConnectorErrorKind } from '../connectors/connector.ts';
import { ERROR_CODES } from '../contract/errors.ts';
import type { ErrorCode, ErrorData } from '../contract/errors.ts';
import { Failure } from '../domain/failure.ts';
import type { Log } from './context.ts';

const CODE_OF: Readonly<Record<ConnectorErrorKind, ErrorCode>> = {
  settings: 'INVALID_INPUT',
  'sign-in': 'SIGN_IN_NEEDED',
  refused: 'PLATFORM_REFUSED',
  unreachable: 'PLATFORM_UNREACHABLE',
  unintelligible: 'PLATFORM_UNINTELLIGIBLE',
  'rate-limited': 'RATE_LIMITED',
  'secrets-locked': 'SECRETS_LOCKED',
};

/** Anything thrown while a call was served, as the contract's typed error. A bug is INTERNAL; its stack stays in the log. */
export function contractError(error: unknown, call: string, log: Log): ORPCError<ErrorCode, ErrorData> {
  if (error instanceof Failure) {
    return typed(error.code, error.message, log.error('refused', error, { call }), error, {
      ...(error.fields === undefined ? {} : { fields: error.fields }), ...(error.current === undefined ? {} : { current: error.current }),
    });
  }
  if (error instanceof ConnectorError) return typed(CODE_OF[error.kind], error.message, log.error('platform-trouble', error, { call, kind: error.kind }), error);
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    const fields = error.cause.issues.map(({ path, message }) => ({ path: pathOf(path), problem: message }));
    return typed('INVALID_INPUT', 'Some of what was sent cannot be used. Check the fields that are named.', log.error('invalid-input', error, { call, fields: fields.map((field) => field.path).join(' ') }), error, { fields });
  }
  return typed('INTERNAL', 'Something went wrong in Docket. Nothing you did was lost; try again, and quote the trace id if it stays.', log.error('call-failed', error, { call }), error);
}

function typed(code: ErrorCode, message: string, traceId: string, cause: unknown, more: Partial<ErrorData> = {}): ORPCError<ErrorCode, ErrorData> {
  const { status, retry } = ERROR_CODES[code];
  return new ORPCError(code, { defined: true, status, message, data: { retry, traceId, ...more }, cause });
}

function pathOf(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

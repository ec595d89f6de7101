import { ConnectorError } from '../connector.ts';
import { readRetryAfter } from './rate-limit.ts';

/** Network error codes that mean "the name has no address". */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const TLS = /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
/** The parser's complaints, and answers cut short. */
const NOT_HTTP = /^(?:HPE_|UND_ERR_REQ|UND_ERR_RESPONSE|UND_ERR_RES_|ERR_INVALID_HTTP)/;

/** The innermost error code of a failed fetch. */
function codeOf(error: unknown): string {
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    const first: unknown = inner instanceof AggregateError ? inner.errors[0] : inner;
    if (first instanceof Error && 'code' in first && typeof first.code === 'string') return first.code;
    // undici's parser error carries a code only for some faults.
    if (first instanceof Error && first.name === 'HTTPParserError') return 'HPE_INVALID';
  }
  return '';
}

/** Whether a connection ended without an answer, as a kept-alive one may that the server closes just then. */
export function isDropped(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error));
}

/** A request that got no answer, in plain words with what to do. Never carries the address's path or any content. */
export function networkError(error: unknown, host: string): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const code = codeOf(error);
  if (NO_SUCH_NAME.has(code)) {
    return new ConnectorError('unreachable', `No server was found under ${host}. Check the address, or this machine's network; Docket keeps trying.`, null, error);
  }
  if (code === 'ECONNREFUSED') {
    return new ConnectorError('unreachable', `${host} does not accept connections. The server may be down, or the port in the address wrong; Docket keeps trying.`, null, error);
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return new ConnectorError('unreachable', `The certificate of ${host} has expired. Whoever runs the server has to renew it; check this machine's clock too.`, null, error);
  }
  if (TLS.test(code)) {
    return new ConnectorError('unreachable', `${host} could not prove who it is (${code}). Check the address; whoever runs the server may have to mend its certificate.`, null, error);
  }
  if (NOT_HTTP.test(code)) {
    // No cause: the parser's error quotes what was answered.
    return new ConnectorError('unintelligible', `What answers at ${host} does not speak HTTP. Check the address and port.`);
  }
  return new ConnectorError('unreachable', `${host} did not answer. Check this machine's network; Docket keeps trying.`, null, error);
}

/** A request that took too long. */
export function timeoutError(host: string, ms: number): ConnectorError {
  return new ConnectorError('unreachable', `${host} did not answer within ${Math.round(ms / 1000)} seconds. Docket keeps trying.`);
}

/** An answer larger than any the platform has reason to send. */
export function tooLargeError(host: string, bytes: number): ConnectorError {
  return new ConnectorError('unintelligible', `${host} answered with more than ${Math.round(bytes / 1_000_000)} MB, which is no answer of its API. Check the address.`);
}

/** A wait as a person would say it, never shorter than it is. */
function waitWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** A 429, or a platform's own way of saying it. */
export function rateLimitedError(host: string, afterMs: number | null): ConnectorError {
  const until = afterMs === null ? 'a while' : waitWords(afterMs);
  return new ConnectorError('rate-limited', `${host} asks to wait ${until} before the next request. Docket waits and goes on by itself.`, afterMs);
}

/** What an HTTP status other than success means, for an answer whose meaning the connector does not know better. */
export function statusError(response: Response, host: string, now: number): ConnectorError {
  const { status } = response;
  const afterMs = readRetryAfter(response.headers, now);
  if (status === 401) return new ConnectorError('sign-in', `${host} no longer accepts the sign-in. Sign in again, or give a new token.`);
  if (status === 403) return new ConnectorError('refused', `${host} does not allow this to the account. It may lack a role or a scope there.`);
  if (status === 404 || status === 410) return new ConnectorError('refused', `${host} does not know what was asked for (${status}). It may be gone there, or the address may be wrong.`);
  if (status === 429) return rateLimitedError(host, afterMs);
  if (status >= 500) return new ConnectorError('unreachable', `${host} has trouble of its own (${status}). Docket keeps trying.`, afterMs);
  if (status >= 400) return new ConnectorError('refused', `${host} refused the request (${status}).`);
  return new ConnectorError('unintelligible', `${host} answered with status ${status}, which is no answer of its API. Check the address.`);
}

import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import { networkError, rateLimitedError, statusError } from '../http/errors.ts';
import { readRateLimit } from '../http/rate-limit.ts';
import { checkShape, parseJson } from '../http/read-json.ts';
import { xrpcError } from './schemas.ts';

export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type XrpcRequest<Answer> = {
  readonly method: 'GET' | 'POST';
  readonly nsid: string;
  readonly params?: Params;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<Answer>;
};

/** A request that was understood and refused, with XRPC's own code for it. */
export class XrpcRefused extends ConnectorError {
  readonly status: number;
  readonly code: string;
  readonly said: string;
  constructor(status: number, code: string, said: string) {
    super('refused', said === '' ? `The server refused (${code}).` : `The server refused: ${said}`);
    this.status = status;
    this.code = code;
    this.said = said;
  }
}

/** How a server says that it does not know a method: all other 5xx mean trouble that passes. */
const NOT_IMPLEMENTED = 501;
/** The same from older releases and from proxies, which may add a page of their own. */
const UNKNOWN_METHOD: ReadonlySet<number> = new Set([404, 405, NOT_IMPLEMENTED]);

/** One XRPC call (https://atproto.com/specs/xrpc); throws ConnectorError, or the signal's reason. */
export async function xrpc<Answer>(
  fetch: typeof globalThis.fetch, service: string, request: XrpcRequest<Answer>, signal: AbortSignal, now: () => number,
): Promise<Answer> {
  const url = new URL(`${service}/xrpc/${request.nsid}`);
  for (const [name, value] of Object.entries(request.params ?? {})) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(one));
  }
  const { response, text } = await answer(fetch, url, request, signal);
  const about = { host: url.host, what: request.nsid, now: now() };
  if (response.status === 429) {
    const seen = readRateLimit(response.headers, about.now);
    throw rateLimitedError(url.host, seen.retryAfterMs ?? (seen.resetAt === null ? null : Math.max(0, seen.resetAt - about.now)));
  }
  if (response.status >= 500 && response.status !== NOT_IMPLEMENTED) throw statusError(response, url.host, about.now);
  if (UNKNOWN_METHOD.has(response.status) && !xrpcError.safeParse(jsonOf(text)).success) throw new XrpcRefused(response.status, 'MethodNotImplemented', '');
  const json = parseJson(text, response.headers.get('content-type') ?? '', about);
  if (response.ok) return checkShape(json, request.schema, about);
  const refusal = xrpcError.safeParse(json);
  throw refusal.success ? new XrpcRefused(response.status, refusal.data.error, refusal.data.message ?? '') : statusError(response, url.host, about.now);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function answer(
  fetch: typeof globalThis.fetch, url: URL, request: XrpcRequest<unknown>, signal: AbortSignal,
): Promise<{ readonly response: Response; readonly text: string }> {
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  const type = request.body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, { method: request.method, headers: { accept: 'application/json', ...request.headers, ...type }, ...body, signal });
    return { response, text: await response.text() };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw networkError(error, url.host);
  }
}

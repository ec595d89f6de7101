import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { rateLimitedError, statusError } from '../http/errors.ts';
import { barredError, readJson } from '../http/read-json.ts';

/** A request to the API; the path comes after `/api/v3` or `/api/v4`. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly json?: Readonly<Record<string, unknown>>;
};

/** A request that was understood and refused, with Lemmy's own code for it, such as `not_a_moderator`. */
export class LemmyRefused extends ConnectorError {
  readonly status: number;
  readonly code: string;
  constructor(error: ConnectorError, status: number, code: string) {
    super(error.kind, code === '' ? error.message : `${error.message} It says: ${code.replaceAll('_', ' ')}.`);
    this.status = status;
    this.code = code;
  }
}

const refusal = z.object({ error: z.string().catch('') });
/** Codes for "wait": 0.19 sends the first with status 400, not 429 (tag 0.19.20, crates/utils/src/error.rs and rate_limit/mod.rs). */
const WAIT = new Set(['rate_limit_error', 'too_many_requests']);
/** No answer says for how long: the buckets fill within their interval, a minute unless an admin sets another (site.local_site_rate_limit). */
const WAIT_MS = 60_000;
/** Longest code that is shown to a person. */
const CODE = 80;

/** Sends a request as it is; statuses are the caller's. */
export function send(io: ConnectorIo, base: string, call: Call, token: string | null, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${base}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== null && value !== undefined) url.searchParams.append(name, String(value));
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  return io.fetch(url, { method: call.method, headers, signal, ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }) });
}

/** Reads an answer of a known shape; refusals (4xx) become {@link LemmyRefused}, or a wait where they mean one. */
export async function readAnswer<Shape>(io: ConnectorIo, base: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  const about = { host: new URL(base).host, what, now: io.now() };
  if (response.status < 400 || response.status >= 500) return readJson(response, schema, about);
  const text = await response.text();
  const barred = barredError(response.status, response.headers.get('content-type') ?? '', text, about.host);
  if (barred !== null) throw barred;
  const code = codeIn(text);
  if (WAIT.has(code)) throw rateLimitedError(about.host, WAIT_MS);
  throw new LemmyRefused(statusError(response, about.host, about.now), response.status, code);
}

function codeIn(text: string): string {
  try {
    return refusal.parse(JSON.parse(text)).error.slice(0, CODE);
  } catch {
    return '';
  }
}

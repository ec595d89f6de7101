import { z } from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { rateLimitedError, statusError } from '../http/errors.ts';
import { barredError, readJson } from '../http/read-json.ts';
import { refusedAs } from '../http/refused.ts';

const refusal = z.object({ error: z.string().catch('') });
/** Codes for "wait": 0.19 sends the first with status 400, not 429 (tag 0.19.20, crates/utils/src/error.rs and rate_limit/mod.rs). */
const WAIT = new Set(['rate_limit_error', 'too_many_requests']);
/** No answer says for how long: the buckets fill within their interval, a minute unless an admin sets another (site.local_site_rate_limit). */
const WAIT_MS = 60_000;
/** Longest code that is shown to a person. */
const CODE = 80;

/** Reads an answer of a known shape; refusals (4xx) become RefusedThere, or a wait where they mean one. */
export async function readAnswer<Shape>(io: ConnectorIo, base: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  const about = { host: new URL(base).host, what, now: io.now() };
  if (response.status < 400 || response.status >= 500) return readJson(response, schema, about);
  const text = await response.text();
  const barred = barredError(response.status, response.headers.get('content-type') ?? '', text, about.host);
  if (barred !== null) throw barred;
  const code = codeIn(text);
  if (WAIT.has(code)) throw rateLimitedError(about.host, WAIT_MS);
  throw refusedAs(statusError(response, about.host, about.now), response.status, code === '' ? '' : `${code.replaceAll('_', ' ')}.`, code);
}

function codeIn(text: string): string {
  try {
    return refusal.parse(JSON.parse(text)).error.slice(0, CODE);
  } catch {
    return '';
  }
}

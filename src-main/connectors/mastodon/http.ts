import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { formBody } from '../http/paging.ts';
import { readJson } from '../http/read-json.ts';
import type { Call } from './dialect.ts';

/** A request that was understood and refused, with the server's own words for it. */
export class ServerRefused extends ConnectorError {
  readonly status: number;
  readonly said: string;
  constructor(error: ConnectorError, status: number, said: string) {
    super(error.kind, said === '' ? error.message : `${error.message} It says: ${said}`);
    this.status = status;
    this.said = said;
  }
}

const refusal = z.object({ error: z.string().catch('') });
/** Enough of a refusal to be of use to a person. */
const SAID = 200;

/** Sends a request as it is; statuses are the caller's. */
export function send(io: ConnectorIo, server: string, call: Call, token: string | null, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${server}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.append(name, String(value));
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  const body = call.json === undefined ? call.form && formBody(call.form) : JSON.stringify(call.json);
  return io.fetch(url, { method: call.method, headers, signal, ...(body === undefined ? {} : { body }) });
}

/** Reads an answer of a known shape; refusals (4xx) become {@link ServerRefused}. */
export async function readAnswer<Shape>(io: ConnectorIo, server: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  const about = { host: new URL(server).host, what, now: io.now() };
  if (response.status < 400 || response.status >= 500) return readJson(response, schema, about);
  const text = await response.text();
  throw new ServerRefused(statusError(response, about.host, about.now), response.status, saidIn(text));
}


function saidIn(text: string): string {
  try {
    return refusal.parse(JSON.parse(text)).error.slice(0, SAID);
  } catch {
    return '';
  }
}

import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { readJson } from '../http/read-json.ts';

/** A request to the API; the path comes after `/api/v1`. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | null | undefined>>;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly form?: URLSearchParams | FormData;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request that was understood and refused: RFC 7807, with PeerTube's own `code` where it has one. */
export class PeerTubeRefused extends ConnectorError {
  readonly status: number;
  readonly code: string;
  constructor(error: ConnectorError, status: number, code: string, detail: string) {
    super(error.kind, detail === '' ? error.message : `${error.message} It says: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

const problem = z.object({ code: z.string().catch(''), detail: z.string().catch(''), error: z.string().catch('') });
/** Enough of a refusal to be of use to a person. */
const SAID = 200;

/** Sends a request as it is; statuses are the caller's. */
export function send(io: ConnectorIo, server: string, call: Call, token: string | null, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${server}/api/v1${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== null && value !== undefined) url.searchParams.append(name, String(value));
  const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  const body = call.json === undefined ? call.form : JSON.stringify(call.json);
  return io.fetch(url, { method: call.method, headers, signal, ...(body === undefined ? {} : { body }) });
}

/** Throws what a refusal (4xx) means; other statuses are left to the reader. */
export async function checkRefusal(io: ConnectorIo, server: string, response: Response): Promise<void> {
  if (response.status < 400 || response.status >= 500) return;
  const { code, detail, error } = problemIn(await response.text());
  throw new PeerTubeRefused(statusError(response, new URL(server).host, io.now()), response.status, code, (detail || error).slice(0, SAID));
}

/** Reads an answer of a known shape; refusals become {@link PeerTubeRefused}. */
export async function readAnswer<Shape>(io: ConnectorIo, server: string, response: Response, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  await checkRefusal(io, server, response);
  return readJson(response, schema, { host: new URL(server).host, what, now: io.now() });
}

function problemIn(text: string): z.output<typeof problem> {
  try {
    return problem.parse(JSON.parse(text));
  } catch {
    return { code: '', detail: '', error: '' };
  }
}

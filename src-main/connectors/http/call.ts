import type { ConnectorIo } from '../connector.ts';
import { formBody } from './paging.ts';

/** A request to an API; the path comes after its address. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Parameters that are null or undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly json?: unknown;
  readonly form?: Parameters<typeof formBody>[0] | FormData;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends a request as it is, with a bearer token where there is one; statuses are the caller's. */
export function send(io: ConnectorIo, address: string, call: Call, token: string | null, signal: AbortSignal): Promise<Response> {
  const url = new URL(`${address}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== null && value !== undefined) url.searchParams.append(name, String(value));
  const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  const body = call.json === undefined ? bodyOf(call.form) : JSON.stringify(call.json);
  return io.fetch(url, { method: call.method, headers, signal, ...(body === undefined ? {} : { body }) });
}

function bodyOf(form: Call['form']): URLSearchParams | FormData | undefined {
  return form === undefined || form instanceof FormData ? form : formBody(form);
}

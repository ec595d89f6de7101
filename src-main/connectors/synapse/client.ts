import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { fetchOwn } from '../http/own-media.ts';
import { readJson } from '../http/read-json.ts';
import { refusedThere, unlessRefused } from '../http/refused.ts';
import { makeServerClock } from '../http/server-clock.ts';
import type { ServerClock } from '../http/server-clock.ts';
import { refusal } from './schemas.ts';
import type { SynapseSettings } from './settings.ts';

type Get<Extra> = <Answer>(path: string, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | Extra>;

export type Client = {
  readonly settings: SynapseSettings;
  readonly clock: ServerClock;
  readonly get: Get<never>;
  /** The same; null where there is no such thing, or it is for others only. */
  readonly glance: Get<null>;
  readonly change: (method: 'PUT' | 'POST' | 'DELETE', path: string, body: Readonly<Record<string, unknown>> | null, what: string, signal: AbortSignal) => Promise<unknown>;
  /** The same, with what is answered. */
  readonly asked: <Answer>(method: 'PUT' | 'POST', path: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The bytes of an uploaded file. */
  readonly bytes: (path: string, signal: AbortSignal) => Promise<{ readonly mime: string; readonly bytes: Uint8Array }>;
};

/** Calls in a server admin's name (element-hq.github.io/synapse, "Admin API": the token as a bearer). */
export function makeClient(io: ConnectorIo, settings: SynapseSettings): Client {
  const clock = makeServerClock(io.now);

  async function signedIn(): Promise<Readonly<Record<string, string>>> {
    const token = (await io.secret('token'))?.trim() ?? '';
    if (token === '') throw new ConnectorError('sign-in', `The access token for ${settings.host} is missing. Enter it in the connection's settings.`);
    return { authorization: `Bearer ${token}` };
  }
  async function call(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    return answered(await io.fetch(`${settings.url}${path}`, {
      method,
      headers: { accept: 'application/json', ...await signedIn(), ...(body === null ? {} : { 'content-type': 'application/json' }) },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      signal,
    }));
  }
  async function answered(response: Response): Promise<Response> {
    clock.observe(response);
    if (response.ok) return response;
    const said = saidIn(await response.text());
    if (response.status >= 500 || response.status === 401) throw statusError(response, settings.host, io.now());
    throw refusedThere(settings.host, response.status, said.error ?? said.errcode ?? '', said.errcode ?? '');
  }
  async function read<Answer>(method: string, path: string, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal): Promise<Answer> {
    const response = await call(method, path, body, signal);
    return readJson(response, schema, { host: settings.host, what, now: io.now() });
  }
  return {
    settings,
    clock,
    get: (path, schema, what, signal) => read('GET', path, null, schema, what, signal),
    // 404 M_UNRECOGNIZED: releases without it; 400: accounts of other servers.
    glance: (path, schema, what, signal) => unlessRefused([400, 403, 404, 405], read('GET', path, null, schema, what, signal)),
    change: (method, path, body, what, signal) => read(method, path, body, z.object({}), what, signal),
    asked: read,
    async bytes(path, signal) {
      // Matrix client-server API, "Content repository": the server may send on to where the file lies.
      const response = await answered(await fetchOwn(io, `${settings.url}${path}`, await signedIn(), signal));
      return { mime: response.headers.get('content-type') ?? 'application/octet-stream', bytes: new Uint8Array(await response.arrayBuffer()) };
    },
  };
}

function saidIn(body: string): { readonly error: string | null; readonly errcode: string | null } {
  try {
    return refusal.parse(JSON.parse(body));
  } catch {
    return { error: null, errcode: null };
  }
}

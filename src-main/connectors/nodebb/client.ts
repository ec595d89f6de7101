import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { makeServerClock } from '../http/server-clock.ts';
import type { ServerClock } from '../http/server-clock.ts';
import { barredError, checkShape, parseJson } from '../http/read-json.ts';
import { refusedThere, unlessRefused } from '../http/refused.ts';
import { carriedOut, refusal } from './schemas.ts';
import type { NodebbSettings } from './settings.ts';

type Query = readonly (readonly [string, string | number])[];
type Get<Extra> = <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | Extra>;

/** Calls to one forum in the moderator's name. */
export type Client = {
  readonly settings: NodebbSettings;
  /** The forum's. */
  readonly clock: ServerClock;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly get: Get<never>;
  /** The same; null where the forum says that there is no such thing, or shows it to others only. */
  readonly glance: Get<null>;
  /** Sends a change and reads what it answers. */
  readonly send: <Answer>(method: 'PUT' | 'POST' | 'DELETE', path: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  readonly change: (method: 'PUT' | 'POST' | 'DELETE', path: string, body: Readonly<Record<string, unknown>>, what: string, signal: AbortSignal) => Promise<void>;
};

/** What a master token is answered with that names nobody to act for. */
const NO_UID = 'master-token-no-uid';

/** Makes the calls (docs.nodebb.org, "Read API" and "Write API": bearer token, and `_uid` with a master token). */
export function makeClient(io: ConnectorIo, settings: NodebbSettings): Client {
  const clock = makeServerClock(io.now);

  async function headers(): Promise<Readonly<Record<string, string>>> {
    const token = await io.secret('token');
    if (token === null || token === '') throw new ConnectorError('sign-in', `The API token for ${settings.host} is missing. Enter it in the connection's settings.`);
    return { authorization: `Bearer ${token}` };
  }

  async function call<Answer>(method: string, path: string, query: Query, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal): Promise<Answer> {
    const url = new URL(`${settings.url}${path}`);
    for (const [name, value] of query) url.searchParams.append(name, String(value));
    if (settings.uid !== null) url.searchParams.set('_uid', settings.uid);
    const response = await io.fetch(url, {
      method,
      headers: { accept: 'application/json', ...await headers(), ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      // A DELETE without a body ends in an error of the forum's own ("Cannot read properties of undefined").
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    clock.observe(response);
    const text = await response.text();
    const about = { host: settings.host, what, now: io.now() };
    if (response.ok) return checkShape(parseJson(text, response.headers.get('content-type') ?? '', about), schema, about);
    const barred = barredError(response.status, response.headers.get('content-type') ?? '', text, settings.host);
    if (barred !== null) throw barred;
    // Pages answer it with 500 (src/middleware/user.js, authenticate).
    if (saidIn(text).includes(NO_UID)) throw new ConnectorError('sign-in', `The API token for ${settings.host} is a master token, which acts for anybody. Give the moderator's user id in the connection's settings, or ask an admin for a token of your own (admin panel, Settings, API access).`);
    if (response.status >= 500 || response.status === 401) throw statusError(response, settings.host, about.now);
    throw refusedThere(settings.host, response.status, saidIn(text));
  }

  const get: Client['get'] = (path, query, schema, what, signal) => call('GET', path, query, undefined, schema, what, signal);
  const send: Client['send'] = (method, path, body, schema, what, signal) => call(method, path, [], body, schema, what, signal);
  return {
    settings,
    clock,
    headers,
    get,
    send,
    glance: (path, query, schema, what, signal) => unlessRefused([400, 403, 404], get(path, query, schema, what, signal)),
    async change(method, path, body, what, signal) {
      await send(method, path, body, carriedOut, what, signal);
    },
  };
}

function saidIn(text: string): string {
  try {
    const { status, error } = refusal.parse(JSON.parse(text));
    return status?.message ?? error ?? '';
  } catch {
    return '';
  }
}

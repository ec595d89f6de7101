import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { checkShape, parseJson } from '../http/read-json.ts';
import { refusal } from './schemas.ts';
import type { DiscourseSettings } from './settings.ts';

/** A request that was understood and refused, in the forum's own words. */
export class DiscourseRefused extends ConnectorError {
  readonly status: number;
  readonly said: string;
  constructor(status: number, said: string, host: string) {
    super('refused', said === '' ? `${host} refused the request (${status}).` : `${host} refused: ${said}`);
    this.status = status;
    this.said = said;
  }
}

type Look = <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Calls to one forum in the moderator's name. */
export type Client = {
  readonly settings: DiscourseSettings;
  readonly get: <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  readonly send: <Answer>(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal, query?: Query) => Promise<Answer>;
  /** The same as get; null where the forum says that there is no such thing. */
  readonly look: Look;
  /** The same; null also where only others may see it. */
  readonly glance: Look;
};

/** A wrong key is answered with 403, as is what the account may not see. */
export function keyRefused(settings: DiscourseSettings): ConnectorError {
  return new ConnectorError('sign-in', `${settings.host} does not let ${settings.username} into the review queue. The API key may be revoked, belong to someone else, or have single scopes only: an admin makes one in Admin, Advanced, API keys, with user level Single user and scope Global.`);
}

/** Requests that were refused, apart from bad keys: those are thrown as they are. */
export function isRefused(error: unknown, ...statuses: readonly number[]): error is DiscourseRefused {
  return error instanceof DiscourseRefused && statuses.includes(error.status);
}

/** Makes the calls, with the headers of https://docs.discourse.org ("Authentication"). */
export function makeClient(io: ConnectorIo, settings: DiscourseSettings): Client {
  async function call<Answer>(method: string, path: string, query: Query, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal): Promise<Answer> {
    const url = new URL(`${settings.url}${path}.json`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const key = await io.secret('key');
    if (key === null || key === '') throw new ConnectorError('sign-in', `The API key for ${settings.host} is missing. Enter it in the connection's settings.`);
    const response = await io.fetch(url, {
      method,
      headers: {
        accept: 'application/json', 'api-key': key, 'api-username': settings.username,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      signal,
    });
    const text = await response.text();
    const about = { host: settings.host, what, now: io.now() };
    // Some changes are answered with nothing at all (render body: nil).
    if (response.ok && method !== 'GET' && text.trim() === '') return checkShape(null, schema, about);
    if (response.ok) return checkShape(parseJson(text, response.headers.get('content-type') ?? '', about), schema, about);
    if (response.status >= 500 || response.status === 401) throw statusError(response, settings.host, about.now);
    throw new DiscourseRefused(response.status, saidIn(text), settings.host);
  }

  const get: Client['get'] = (path, query, schema, what, signal) => call('GET', path, query, undefined, schema, what, signal);
  const lookFor = (...statuses: readonly number[]): Look => async (path, query, schema, what, signal) => {
    try {
      return await get(path, query, schema, what, signal);
    } catch (error) {
      if (isRefused(error, ...statuses)) return null;
      throw error;
    }
  };
  return {
    settings,
    get,
    send: (method, path, body, schema, what, signal, query = {}) => call(method, path, query, body, schema, what, signal),
    look: lookFor(404, 410),
    glance: lookFor(403, 404, 410),
  };
}

function saidIn(text: string): string {
  try {
    const { errors, message } = refusal.parse(JSON.parse(text));
    return errors.length > 0 ? errors.join(' ') : message ?? '';
  } catch {
    return '';
  }
}

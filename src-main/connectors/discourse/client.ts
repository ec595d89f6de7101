import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { makeServerClock } from '../http/server-clock.ts';
import type { ServerClock } from '../http/server-clock.ts';
import { barredError, checkShape, parseJson } from '../http/read-json.ts';
import { isRefused, refusedThere, unlessRefused } from '../http/refused.ts';
import { remembered } from '../http/remembered.ts';
import { makeAuth } from './auth.ts';
import type { Auth } from './auth.ts';
import { beginHandshake } from './handshake.ts';
import { whoAmI } from './me.ts';
import type { Me } from './me.ts';
import { refusal } from './schemas.ts';
import type { DiscourseSettings } from './settings.ts';

type Look = <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;

/** `bare`: the path as it is, without `.json`. */
export type How = { readonly bare?: boolean; readonly headers?: Readonly<Record<string, string>> };
export type Query = Readonly<Record<string, string | number | undefined>>;

/** Calls to one forum in the moderator's name. */
export type Client = {
  readonly settings: DiscourseSettings;
  readonly get: <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  readonly send: <Answer>(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal, query?: Query, how?: How) => Promise<Answer>;
  /** The same as get; null where the forum says that there is no such thing. */
  readonly look: Look;
  /** The same; null also where only others may see it. */
  readonly glance: Look;
  /** A page of the forum as HTML without what is around it; null where it shows none. */
  readonly page: (path: string, signal: AbortSignal) => Promise<string | null>;
  readonly me: (signal: AbortSignal) => Promise<Me>;
  readonly auth: (signal: AbortSignal) => Promise<Auth>;
  /** The forum's. */
  readonly clock: ServerClock;
  /** Under whose name things are done there. */
  readonly username: (signal: AbortSignal) => Promise<string>;
  /** What a refusal of the whole review queue means; other errors are answered as they are. `anew`: a key of the account's own that is gone is asked for again in the browser. */
  readonly shutOut: (error: unknown, signal: AbortSignal, anew?: boolean) => Promise<unknown>;
};

/** Makes the calls. */
export function makeClient(io: ConnectorIo, settings: DiscourseSettings): Client {
  const auth = makeAuth(io, settings);
  const clock = makeServerClock(io.now);

  async function call<Answer>(method: string, path: string, query: Query, body: unknown, schema: z.ZodType<Answer>, what: string, signal: AbortSignal, how: How = {}): Promise<Answer> {
    const url = new URL(`${settings.url}${path}${how.bare === true ? '' : '.json'}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const { headers } = await auth(signal);
    const response = await io.fetch(url, {
      method,
      headers: {
        accept: 'application/json', ...headers, ...how.headers,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      signal,
    });
    clock.observe(response);
    const text = await response.text();
    const about = { host: settings.host, what, now: io.now() };
    // Some changes are answered with nothing at all (render body: nil).
    if (response.ok && method !== 'GET' && text.trim() === '') return checkShape(null, schema, about);
    if (response.ok) return checkShape(parseJson(text, response.headers.get('content-type') ?? '', about), schema, about);
    const barred = barredError(response.status, response.headers.get('content-type') ?? '', text, settings.host);
    if (barred !== null) throw barred;
    if (response.status >= 500 || response.status === 401) throw statusError(response, settings.host, about.now);
    throw refusedThere(settings.host, response.status, saidIn(text));
  }

  async function page(path: string, signal: AbortSignal): Promise<string | null> {
    const { headers } = await auth(signal);
    // Without the layout where a script asks (app/controllers/static_controller.rb, show).
    const response = await io.fetch(`${settings.url}${path}`, { headers: { accept: 'text/html', 'x-requested-with': 'XMLHttpRequest', ...headers }, signal });
    const html = await response.text();
    if (response.status >= 500) throw statusError(response, settings.host, io.now());
    return response.ok ? html : null;
  }

  const get: Client['get'] = (path, query, schema, what, signal) => call('GET', path, query, undefined, schema, what, signal);
  const lookFor = (...statuses: readonly number[]): Look => (path, query, schema, what, signal) => unlessRefused(statuses, get(path, query, schema, what, signal));
  const glance = lookFor(403, 404, 410);
  const me = remembered((signal) => whoAmI({ settings, glance }, signal));

  /** A wrong key is answered with 403, as is what the account may not see: who is known there lacks a role. */
  async function shutOut(refused: unknown, signal: AbortSignal, anew = false): Promise<unknown> {
    if (isRefused(refused, 404)) return new ConnectorError('unintelligible', `${settings.host} does not answer like a Discourse forum. Check the address, with the subfolder if the forum lives in one.`);
    if (!isRefused(refused, 403)) return refused;
    // Who was known when the key was good is not asked about.
    me.forget();
    const [{ kind }, { role, username }] = await Promise.all([auth(signal), me.get(signal)]);
    me.forget();
    if (role !== null) return new ConnectorError('sign-in', `${settings.host} knows @${username} and does not let the account into the review queue. An admin can make it a moderator (Admin, Users, Grant moderation) or give its group a category to moderate (the category's settings, Moderation).`);
    if (kind === 'admin') {
      return new ConnectorError('sign-in', `${settings.host} does not let ${settings.username} into the review queue. The API key may be revoked, belong to someone else, or have single scopes only: an admin makes one in Admin, Advanced, API keys, with user level Single user and scope Global.`);
    }
    const next = anew ? (await beginHandshake(io, settings)).message : 'Choose “Sign in again” at this connection: the browser opens for a new one.';
    return new ConnectorError('sign-in', `${settings.host} no longer takes the key that it gave Docket; it may have been revoked in your preferences there (Apps), or ended unused. ${next}`);
  }

  return {
    settings,
    get,
    send: (method, path, body, schema, what, signal, query = {}, how = {}) => call(method, path, query, body, schema, what, signal, how),
    look: lookFor(404, 410),
    glance,
    page,
    me: me.get,
    auth,
    clock,
    username: async (signal) => settings.username || (await me.get(signal)).username,
    shutOut,
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

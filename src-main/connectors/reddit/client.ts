import type { z } from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { rateLimitedError, statusError } from '../http/errors.ts';
import { formBody } from '../http/paging.ts';
import { checkShape, parseJson } from '../http/read-json.ts';
import { isRefused, refusedThere, unlessRefused } from '../http/refused.ts';
import type { RefusedThere } from '../http/refused.ts';
import { carriedOut, refusal } from './schemas.ts';
import type { RedditSettings } from './settings.ts';
import { makeSignIn } from './sign-in.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;
type Form = Parameters<typeof formBody>[0];

/** Calls to Reddit as the signed-in moderator. */
export type Client = {
  readonly settings: RedditSettings;
  readonly get: <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The same; null where there is no such thing, or this account may not see it. */
  readonly glance: <Answer>(path: string, query: Query, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;
  /** Sends a form and reads what it answers. */
  readonly send: <Answer>(path: string, form: Form, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** Sends a change. An empty answer is a success: only the status tells. */
  readonly change: (path: string, form: Form, what: string, signal: AbortSignal) => Promise<void>;
  readonly scopes: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Who runs this client, for the User-Agent that Reddit asks for. */
  readonly name: (account: string) => void;
};

/** Refused before the API was reached. */
const BLOCKED = 'blocked';
/** Codes of 403 that have nothing to do with what a moderator may do where. */
const ELSEWHERE = new Set(['insufficient_scope', BLOCKED]);

/** Refused for lack of a moderator's permission, not of a scope. */
export function lacksPermission(error: unknown): error is RefusedThere {
  return isRefused(error, 403) && !ELSEWHERE.has(error.code);
}

export function makeClient(io: ConnectorIo, settings: RedditSettings): Client {
  const { host } = new URL(settings.api);
  let account: string | null = null;
  // "<platform>:<app ID>:<version string> (by /u/<reddit username>)" (github.com/reddit-archive/reddit, wiki API, Rules).
  const userAgent = (): string => `desktop:docket.${settings.client.replaceAll(/[^\w.-]/g, '')}:v0.1.0 (${account === null ? 'moderation desk' : `by /u/${account}`})`;
  const signIns = makeSignIn(io, settings, userAgent);

  async function ask(method: string, path: string, query: Query, form: Form | null, signal: AbortSignal, again = true): Promise<Response> {
    const url = new URL(`${settings.api}${path}`);
    // Without it <, > and & come as entities (https://www.reddit.com/dev/api, "response body encoding").
    url.searchParams.set('raw_json', '1');
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const signIn = await signIns.get(signal);
    const { accessToken } = await signIn.tokens(signal);
    const response = await io.fetch(url, {
      method,
      headers: { accept: 'application/json', authorization: `Bearer ${accessToken}`, 'user-agent': userAgent() },
      ...(form === null ? {} : { body: formBody({ api_type: 'json', ...form }) }),
      signal,
    });
    if (response.status !== 401) return response;
    // Tokens last an hour or a day: one may end in the middle of the work.
    if (!signIn.spoilt(accessToken) || !again) return response;
    await response.body?.cancel();
    return ask(method, path, query, form, signal, false);
  }

  async function call<Answer>(method: string, path: string, query: Query, form: Form | null, schema: z.ZodType<Answer>, what: string, signal: AbortSignal): Promise<Answer> {
    const response = await ask(method, path, query, form, signal);
    const about = { host, what, now: io.now() };
    if (response.status === 401 || response.status >= 500) {
      await response.body?.cancel();
      throw statusError(response, host, about.now);
    }
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    if (!response.ok) throw refusedWith(response, text);
    const answer = method === 'POST' && text.trim() === '' ? {} : parseJson(text, type, about);
    throwErrorsIn(answer);
    return checkShape(answer, schema, about);
  }

  /** `{"json":{"errors":[["CODE","words","field"]]}}` comes with status 200. */
  function throwErrorsIn(answer: unknown): void {
    const { data } = refusal.safeParse(answer);
    const errors = data?.json?.errors ?? [];
    if (errors.length === 0) return;
    const [code = '', said = '', field = ''] = [errors[0]].flat().map((part) => (typeof part === 'string' ? part : ''));
    if (code === 'RATELIMIT') throw rateLimitedError(host, (data?.json?.ratelimit ?? 60) * 1000);
    throw refusedThere('Reddit', 200, [said, field === '' ? '' : `(${field})`].filter(Boolean).join(' '), code);
  }

  const get: Client['get'] = (path, query, schema, what, signal) => call('GET', path, query, null, schema, what, signal);
  const send: Client['send'] = (path, form, schema, what, signal) => call('POST', path, {}, form, schema, what, signal);
  return {
    settings, get, send,
    glance: (path, query, schema, what, signal) => unlessRefused([400, 403, 404], get(path, query, schema, what, signal)),
    async change(path, form, what, signal) {
      await send(path, form, carriedOut, what, signal);
    },
    async scopes(signal) {
      const signIn = await signIns.get(signal);
      return (await signIn.tokens(signal)).scopes;
    },
    name(found) {
      account = found;
    },
  };
}

function refusedWith(response: Response, text: string): RefusedThere {
  const scope = /insufficient_scope/.test(response.headers.get('www-authenticate') ?? '');
  if (scope) return refusedThere('Reddit', response.status, 'the sign-in does not include this. Sign in again and allow everything that is asked for.', 'insufficient_scope');
  try {
    const { reason, explanation, message } = refusal.parse(JSON.parse(text));
    return refusedThere('Reddit', response.status, explanation ?? message ?? '', reason ?? '');
  } catch {
    // Names that cannot be are answered with a page (404); a page with 403 comes from before the API.
    return response.status === 403 ? refusedThere('Reddit', 403, 'its network answered with a web page. It may block this network or this client id for a time.', BLOCKED) : refusedThere('Reddit', response.status, '');
  }
}

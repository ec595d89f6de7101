import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { rateLimitedError, statusError } from '../http/errors.ts';
import { checkShape, parseJson } from '../http/read-json.ts';
import { remembered } from '../http/remembered.ts';
import { meta, refusal } from './schemas.ts';
import type { MisskeySettings } from './settings.ts';
import { tokenOf } from './sign-in.ts';

/** A request that was understood and refused; `code` is the server's own word for why. */
class MisskeyRefused extends ConnectorError {
  readonly code: string;
  constructor(code: string, said: string, host: string) {
    super('refused', `${host} refused: ${said === '' ? code : said}`);
    this.code = code;
  }
}

type Params = Readonly<Record<string, string | number | boolean | null>>;

/** Calls in the moderator's name. Every endpoint is a POST (misskey-hub.net, "API"), those that only read too. */
export type Client = {
  readonly settings: MisskeySettings;
  /** Origins under which the server goes: what the person wrote, and what it calls itself. */
  readonly origins: (signal: AbortSignal) => Promise<readonly string[]>;
  readonly ask: <Answer>(endpoint: string, params: Params, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer>;
  /** The same; null where there is no such thing or it is for others only. */
  readonly glance: <Answer>(endpoint: string, params: Params, schema: z.ZodType<Answer>, what: string, signal: AbortSignal) => Promise<Answer | null>;
  /** Changes something; the answer is empty. */
  readonly change: (endpoint: string, params: Params, what: string, signal: AbortSignal) => Promise<void>;
};

export function isRefused(error: unknown, code?: RegExp): error is MisskeyRefused {
  return error instanceof MisskeyRefused && (code === undefined || code.test(error.code));
}

/** A permission of the token, or a role of the account, is missing (packages/backend/src/server/api/ApiCallService.ts). */
export const FORBIDDEN = /^(?:PERMISSION_DENIED|ROLE_PERMISSION_DENIED|ACCESS_DENIED|HTTP_403)$/;
/** Nothing there: notes/show, notes/delete, users/show, and endpoints of other releases. */
export const NO_SUCH = /^(?:NO_SUCH_\w+|UNKNOWN_API_ENDPOINT|HTTP_404|HTTP_410)$/;
/** What endpoints throw rather than refuse, which answers 500: it stays so however often it is asked (admin/suspend-user.ts, admin/show-user.ts). */
const THROWN = /^(?:cannot |user not found|The report has already|The target user)/i;

export function makeClient(io: ConnectorIo, settings: MisskeySettings): Client {
  async function call<Answer>(endpoint: string, params: Params, schema: z.ZodType<Answer>, what: string, signal: AbortSignal, silent = false): Promise<Answer> {
    const token = await tokenOf(io, settings);
    if (token === null) throw new ConnectorError('sign-in', `Docket is not signed in to ${settings.host}. Sign in with the browser, or paste an access token in the connection's settings.`);
    const response = await io.fetch(`${settings.url}/api/${endpoint}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      // The documented place of a token is `i` in the body, which is also the only one that old releases know (misskey-hub.net, "API").
      body: JSON.stringify({ i: token, ...params }),
      signal,
    });
    const body = await response.text();
    const about = { host: settings.host, what, now: io.now() };
    if (response.ok && silent && body.trim() === '') return checkShape(null, schema, about);
    if (response.ok) return checkShape(parseJson(body, response.headers.get('content-type') ?? '', about), schema, about);
    const { code, message, thrown } = saidIn(body);
    if (code === 'RATE_LIMIT_EXCEEDED') throw rateLimitedError(settings.host, null);
    // Old releases refuse a bad token with 403 (ApiCallService.ts).
    if (response.status === 401 || /^(?:AUTHENTICATION_FAILED|CREDENTIAL_REQUIRED)$/.test(code)) throw new ConnectorError('sign-in', `${settings.host} no longer accepts the sign-in. Sign in again, or give a new token.`);
    if (code === 'INTERNAL_ERROR' && THROWN.test(thrown)) throw new MisskeyRefused(code, thrown, settings.host);
    if (response.status >= 500) throw statusError(response, settings.host, about.now);
    throw new MisskeyRefused(code === '' ? `HTTP_${response.status}` : code, message, settings.host);
  }

  const origins = remembered(async (signal) => {
    try {
      const { uri } = await call('meta', { detail: true }, meta, 'its own name', signal);
      return [settings.url, ...(uri !== null && URL.canParse(uri) ? [new URL(uri).origin] : [])];
    } catch (error) {
      if (isRefused(error)) return [settings.url];
      throw error;
    }
  });

  return {
    settings,
    origins: origins.get,
    ask: (endpoint, params, schema, what, signal) => call(endpoint, params, schema, what, signal),
    async glance(endpoint, params, schema, what, signal) {
      try {
        return await call(endpoint, params, schema, what, signal);
      } catch (error) {
        if (isRefused(error, NO_SUCH) || isRefused(error, FORBIDDEN)) return null;
        throw error;
      }
    },
    async change(endpoint, params, what, signal) {
      await call(endpoint, params, z.unknown(), what, signal, true);
    },
  };
}

function saidIn(body: string): { readonly code: string; readonly message: string; readonly thrown: string } {
  try {
    const { error } = refusal.parse(JSON.parse(body));
    return { code: error.code ?? '', message: error.message ?? '', thrown: error.info?.e?.message ?? '' };
  } catch {
    return { code: '', message: '', thrown: '' };
  }
}

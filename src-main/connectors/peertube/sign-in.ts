import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import { API, readAnswer } from './http.ts';

export type SignIn = {
  /** A token that was good when it was last used; signs in where there is none. */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** Renews a token that was not accepted, by the refresh token or else the password. Throws `sign-in` where neither helps. */
  readonly renew: (spoilt: string, signal: AbortSignal) => Promise<string>;
};

const client = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
const tokens = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });

/** The OAuth password grant with the instance's own client, and its renewal (docs.joinpeertube.org/api-rest-reference.html, Session). */
export function makeSignIn(io: ConnectorIo, server: string, username: string): SignIn {
  const { host } = new URL(server);
  const api = `${server}${API}`;
  let opening: Promise<string> | null = null;

  async function grant(fields: Readonly<Record<string, string>>, otp: string | null, signal: AbortSignal): Promise<string> {
    const app = await readAnswer(io, server, await send(io, api, { method: 'GET', path: '/oauth-clients/local' }, null, signal), client, 'the sign-in');
    const form = { ...app, ...fields };
    const response = await send(io, api, { method: 'POST', path: '/users/token', form, headers: otp === null ? {} : { 'x-peertube-otp': otp } }, null, signal);
    const { access_token: access, refresh_token: refresh } = await readAnswer(io, server, response, tokens, 'the sign-in');
    await io.keepSecret('access', access);
    await io.keepSecret('refresh', refresh);
    return access;
  }

  async function byPassword(signal: AbortSignal): Promise<string> {
    const password = await io.secret('password');
    if (password === null || username === '') throw new ConnectorError('sign-in', `Docket has no sign-in for ${host}. Give a user name and password.`);
    const otp = (await io.secret('otp'))?.trim() ?? '';
    try {
      return await grant({ grant_type: 'password', response_type: 'code', username, password }, otp === '' ? null : otp, signal);
    } catch (error) {
      if (error instanceof RefusedThere) throw new ConnectorError('sign-in', refusalOf(host, error));
      throw error;
    }
  }

  async function byRefresh(signal: AbortSignal): Promise<string> {
    const refresh = await io.secret('refresh') ?? '';
    if (refresh === '') return byPassword(signal);
    try {
      return await grant({ grant_type: 'refresh_token', refresh_token: refresh }, null, signal);
    } catch (error) {
      // Refresh tokens end after two weeks, or with the session.
      if (!(error instanceof RefusedThere)) throw error;
      await io.keepSecret('refresh', '');
      return byPassword(signal);
    }
  }

  /** One sign-in at a time: a refresh token is good once. */
  function once(work: () => Promise<string>): Promise<string> {
    opening ??= work().finally(() => {
      opening = null;
    });
    return opening;
  }

  return {
    async token(signal) {
      const kept = await io.secret('access') ?? '';
      return kept === '' ? once(() => byRefresh(signal)) : kept;
    },
    async renew(spoilt, signal) {
      const kept = await io.secret('access') ?? '';
      return kept !== '' && kept !== spoilt ? kept : once(() => byRefresh(signal));
    },
  };
}

/** What a refused sign-in means (server/core/lib/auth/oauth.ts). */
function refusalOf(host: string, { code, message }: RefusedThere): string {
  if (code === 'missing_two_factor') return `${host}: The account has two-factor sign-in. Give the one-time code that your authenticator shows now.`;
  if (code === 'invalid_two_factor') return `${host}: The one-time code was not accepted. Give the one that your authenticator shows now.`;
  if (code === 'invalid_grant') return `${host}: The user name or the password is not right, or the account is blocked. Give them again.`;
  return message;
}

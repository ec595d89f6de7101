import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { makeKeptSignIn } from '../http/kept-sign-in.ts';
import type { KeptSignIn } from '../http/kept-sign-in.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import { API, readAnswer } from './http.ts';

const client = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
const tokens = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });

/**
 * The OAuth password grant with the instance's own client, and its renewal (docs.joinpeertube.org/api-rest-reference.html,
 * Session). A refresh token ends after two weeks, or with the session: then the password serves again.
 */
export function makeSignIn(io: ConnectorIo, server: string, username: string): KeptSignIn {
  const { host } = new URL(server);
  const api = `${server}${API}`;
  const path = '/users/token';

  return makeKeptSignIn({
    io, alone: true,
    server: [server, username].join(' '),
    clientOf: (name) => ({ ...name, tokenUrl: `${api}${path}`, scopes: [] }),
    async begin(signal) {
      const password = await io.secret('password');
      if (password === null || username === '') throw new ConnectorError('sign-in', `Docket has no sign-in for ${host}. Give a user name and password.`);
      const otp = (await io.secret('otp'))?.trim() ?? '';
      try {
        const app = await readAnswer(io, server, await send(io, api, { method: 'GET', path: '/oauth-clients/local' }, null, signal), client, 'the sign-in');
        const form = { ...app, grant_type: 'password', response_type: 'code', username, password };
        const response = await send(io, api, { method: 'POST', path, form, headers: otp === '' ? {} : { 'x-peertube-otp': otp } }, null, signal);
        const { access_token: accessToken, refresh_token: refreshToken } = await readAnswer(io, server, response, tokens, 'the sign-in');
        return { client: { clientId: app.client_id, clientSecret: app.client_secret }, tokens: { accessToken, refreshToken, expiresAt: null, scopes: [] } };
      } catch (error) {
        if (error instanceof RefusedThere) throw new ConnectorError('sign-in', refusalOf(host, error));
        throw error;
      }
    },
  });
}

/** What a refused sign-in means (server/core/lib/auth/oauth.ts). */
function refusalOf(host: string, { code, message }: RefusedThere): string {
  if (code === 'missing_two_factor') return `${host}: The account has two-factor sign-in. Give the one-time code that your authenticator shows now.`;
  if (code === 'invalid_two_factor') return `${host}: The one-time code was not accepted. Give the one that your authenticator shows now.`;
  if (code === 'invalid_grant') return `${host}: The user name or the password is not right, or the account is blocked. Give them again.`;
  return message;
}

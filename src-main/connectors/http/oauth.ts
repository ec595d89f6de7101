import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { waitForRedirect } from './oauth-redirect.ts';
import { formBody } from './paging.ts';
import { readJson } from './read-json.ts';

/** Where and as what to sign in; public clients leave the secret out. */
export type OAuthClient = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
  /** True where id and secret go into an Authorization header and not into the body (RFC 6749, 2.3.1). */
  readonly basic?: boolean;
  /** What the server wants to be asked beyond the standard. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Headers that the server wants with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What to tell a person whose sign-in ended, where signing in again is not all there is to it. */
  readonly ended?: string;
};

/** As what to renew tokens, which needs no page to sign in at. */
export type Renewing = Omit<OAuthClient, 'authorizeUrl' | 'parameters'>;

/** Tokens as the server gave them; `expiresAt` in ms since the epoch, null where it did not say. */
export type Tokens = { readonly accessToken: string; readonly refreshToken: string | null; readonly expiresAt: number | null; readonly scopes: readonly string[] };

const tokenAnswer = z.union([
  z.object({ access_token: z.string().min(1), refresh_token: z.string().nullish(), expires_in: z.number().nullish(), scope: z.string().nullish() }),
  // Some servers refuse with status 200.
  z.object({ error: z.string() }),
]);

/** A verifier and its S256 challenge (RFC 7636, 4.1 and 4.2). */
function makePkce(random: (bytes: number) => Buffer = randomBytes): { readonly verifier: string; readonly challenge: string } {
  const verifier = random(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/**
 * Signs in through the system's browser: code flow with PKCE and a redirect to a port of this machine (RFC 8252, 7.3).
 * `register` gets the redirect address first and answers with the client, for platforms where a client is made on the spot;
 * `redirectUri` is for those where it is registered beforehand, port and all.
 */
export async function signInWithBrowser(
  io: ConnectorIo, register: (redirectUri: string) => Promise<OAuthClient>, signal: AbortSignal, redirectUri: string | null = null,
): Promise<{ readonly client: OAuthClient; readonly tokens: Tokens }> {
  const state = randomBytes(16).toString('base64url');
  const pkce = makePkce();
  const redirect = await waitForRedirect(state, signal, { uri: redirectUri });
  try {
    const client = await register(redirect.uri);
    const page = new URL(client.authorizeUrl);
    for (const [name, value] of formBody({
      response_type: 'code', client_id: client.clientId, redirect_uri: redirect.uri, scope: client.scopes.join(' '),
      state, code_challenge: pkce.challenge, code_challenge_method: 'S256', ...client.parameters,
    })) page.searchParams.set(name, value);
    await io.openExternal(page.href);
    const code = await redirect.code;
    const tokens = await askForTokens(io, client, {
      grant_type: 'authorization_code', code, redirect_uri: redirect.uri, code_verifier: pkce.verifier,
    }, signal);
    return { client, tokens };
  } finally {
    redirect.close();
  }
}

/** New tokens for a refresh token; a refused one is a ConnectorError `sign-in`. The old refresh token stays where none comes back. */
export async function refreshTokens(io: ConnectorIo, client: Renewing, refreshToken: string, signal: AbortSignal): Promise<Tokens> {
  const tokens = await askForTokens(io, client, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
  return tokens.refreshToken === null ? { ...tokens, refreshToken } : tokens;
}

async function askForTokens(io: ConnectorIo, client: Renewing, grant: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Tokens> {
  const { host } = new URL(client.tokenUrl);
  const ended = new ConnectorError('sign-in', client.ended ?? `${host} no longer accepts the sign-in. Sign in again.`);
  const asBody = client.basic === true ? {} : { client_id: client.clientId, client_secret: client.clientSecret };
  const asHeader: Record<string, string> = client.basic === true ? { authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret ?? ''}`).toString('base64')}` } : {};
  const response = await io.fetch(client.tokenUrl, {
    method: 'POST',
    headers: { accept: 'application/json', ...client.headers, ...asHeader },
    body: formBody({ ...grant, ...asBody, scope: grant['grant_type'] === 'refresh_token' ? null : client.scopes.join(' ') }),
    signal,
  });
  // invalid_grant and its like come as 400 or 401 (RFC 6749, 5.2).
  if (response.status === 400 || response.status === 401) {
    await response.body?.cancel();
    if (client.basic === true && response.status === 401) throw new ConnectorError('sign-in', `${host} does not accept the client id, or its secret. Check both in the connection's settings; an installed app has no secret.`);
    throw ended;
  }
  const answer = await readJson(response, tokenAnswer, { host, what: 'the sign-in', now: io.now() });
  if ('error' in answer) throw ended;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    expiresAt: typeof answer.expires_in === 'number' ? io.now() + answer.expires_in * 1000 : null,
    scopes: (answer.scope ?? client.scopes.join(' ')).split(/[\s,]+/).filter((scope) => scope !== ''),
  };
}

import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { refreshTokens, signInWithBrowser } from '../http/oauth.ts';
import type { OAuthClient, Tokens } from '../http/oauth.ts';
import type { Dialect } from './dialect.ts';
import { readAnswer, send } from './http.ts';
import { registered } from './schemas.ts';

/** The secret under which a browser sign-in is kept; a pasted token is the form's own `token`. */
const KEPT = 'sign-in';
/** A token that ends so soon is renewed before it does. */
const SOON_MS = 60_000;

const kept = z.object({
  server: z.string(),
  client: z.object({ clientId: z.string(), clientSecret: z.string() }),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string().nullable(), expiresAt: z.number().nullable(), scopes: z.array(z.string()) }),
});
type Kept = z.infer<typeof kept>;

/** A token and, where the sign-in named them, what it is good for. */
export type Token = { readonly value: string; readonly scopes: readonly string[] | null; readonly pasted: boolean };

export type SignIn = {
  readonly token: (signal: AbortSignal) => Promise<Token>;
  /** Tells that the server no longer takes a token; true where another may be had without a person. */
  readonly spoilt: (token: Token) => boolean;
};

/** Signs in with a pasted token, or in the browser as an app that is made on the spot (docs.joinmastodon.org/methods/apps#create). */
export function makeSignIn(io: ConnectorIo, server: string, dialect: (signal: AbortSignal) => Promise<Dialect>): SignIn {
  let current: Kept | null = null;
  let refused: string | null = null;
  let underWay: Promise<Kept> | null = null;

  function clientOf({ clientId, clientSecret }: Kept['client'], scopes: readonly string[]): OAuthClient {
    return { authorizeUrl: `${server}/oauth/authorize`, tokenUrl: `${server}/oauth/token`, clientId, clientSecret, scopes };
  }

  async function keep(client: Kept['client'], tokens: Tokens): Promise<Kept> {
    current = { server, client, tokens: { ...tokens, scopes: [...tokens.scopes] } };
    refused = null;
    await io.keepSecret(KEPT, JSON.stringify(current));
    return current;
  }

  async function fromBefore(): Promise<Kept | null> {
    const text = await io.secret(KEPT);
    if (text === null || text === '') return null;
    try {
      const read = kept.parse(JSON.parse(text));
      return read.server === server ? read : null;
    } catch {
      return null;
    }
  }

  async function inBrowser(signal: AbortSignal): Promise<Kept> {
    const { scopes } = await dialect(signal);
    const made = await signInWithBrowser(io, async (redirectUri) => {
      const call = { method: 'POST', path: '/api/v1/apps', form: { client_name: 'Docket', redirect_uris: redirectUri, scopes: scopes.join(' ') } } as const;
      const app = await readAnswer(io, server, await send(io, server, call, null, signal), registered, 'the registration of Docket');
      return clientOf({ clientId: app.client_id, clientSecret: app.client_secret }, scopes);
    }, signal);
    return keep({ clientId: made.client.clientId, clientSecret: made.client.clientSecret ?? '' }, made.tokens);
  }

  async function find(signal: AbortSignal): Promise<Kept> {
    const known = current ?? await fromBefore();
    if (known === null) return inBrowser(signal);
    const { accessToken, refreshToken, expiresAt, scopes } = known.tokens;
    const ends = accessToken === refused || (expiresAt !== null && expiresAt - io.now() < SOON_MS);
    if (!ends) {
      current = known;
      return known;
    }
    if (refreshToken === null) return inBrowser(signal);
    try {
      return await keep(known.client, await refreshTokens(io, clientOf(known.client, scopes), refreshToken, signal));
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === 'sign-in') return inBrowser(signal);
      throw error;
    }
  }

  return {
    async token(signal) {
      const pasted = await io.secret('token');
      if (pasted !== null && pasted.trim() !== '') return { value: pasted.trim(), scopes: null, pasted: true };
      // Many callers at once share one sign-in.
      underWay ??= find(signal).finally(() => { underWay = null; });
      const { tokens } = await underWay;
      return { value: tokens.accessToken, scopes: tokens.scopes, pasted: false };
    },
    spoilt(token) {
      if (token.pasted) return false;
      refused = token.value;
      return current !== null && current.tokens.accessToken === token.value && current.tokens.refreshToken !== null;
    },
  };
}

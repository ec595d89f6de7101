import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { refreshTokens } from './oauth.ts';
import type { Renewing, Tokens } from './oauth.ts';
import { shared } from './shared.ts';

/** The secret under which a sign-in is kept. */
const KEPT = 'sign-in';
/** A token that ends so soon is renewed before it does. */
const SOON_MS = 60_000;

const kept = z.object({
  server: z.string(),
  client: z.object({ clientId: z.string(), clientSecret: z.string() }),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string().nullable(), expiresAt: z.number().nullable(), scopes: z.array(z.string()) }),
});
type Kept = z.infer<typeof kept>;

/** The client that a sign-in was made with. */
export type ClientName = Kept['client'];

export type KeptSignInInput = {
  readonly io: ConnectorIo;
  /** Whose sign-in it is: the server, and the account or client where the settings name it. One of another is not used. */
  readonly server: string;
  /** The client again, with what it is registered for; left out where tokens are not renewed. */
  readonly clientOf?: (name: ClientName, scopes: readonly string[]) => Renewing;
  /** Signs in anew, as a rule in the browser; the client is left out where there is none. */
  readonly begin: (signal: AbortSignal) => Promise<{ readonly client?: Pick<Renewing, 'clientId' | 'clientSecret'>; readonly tokens: Tokens }>;
  /** True where beginning anew needs nobody, as with a password that is kept. */
  readonly alone?: boolean;
};

export type KeptSignIn = {
  /** Tokens that hold as far as is known: kept ones, renewed ones, or those of a new sign-in. */
  readonly tokens: (signal: AbortSignal) => Promise<{ readonly accessToken: string; readonly scopes: readonly string[] }>;
  /** Tells that the server no longer takes a token; true where another may be had without a person. */
  readonly spoilt: (accessToken: string) => boolean;
};

/** A sign-in that outlives the session, in the secrets service, and is renewed as long as the server lets it be. */
export function makeKeptSignIn({ io, server, clientOf, begin, alone = false }: KeptSignInInput): KeptSignIn {
  let current: Kept | null = null;
  let refused: string | null = null;
  let renewing: Promise<Kept> | null = null;

  async function keep(client: ClientName, tokens: Tokens): Promise<Kept> {
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

  async function anew(signal: AbortSignal): Promise<Kept> {
    const { client, tokens } = await begin(signal);
    return keep({ clientId: client?.clientId ?? '', clientSecret: client?.clientSecret ?? '' }, tokens);
  }

  /**
   * Not given up half-way, and not begun twice: the old refresh token is spent by then, which some servers take for theft
   * when it comes again, and the new one must be kept (RFC 9700, 4.14.2).
   */
  async function renewed(client: ClientName, as: Renewing, refreshToken: string): Promise<Kept> {
    return keep(client, await refreshTokens(io, as, refreshToken, new AbortController().signal));
  }

  async function find(signal: AbortSignal): Promise<Kept> {
    const known = current ?? await fromBefore();
    if (known === null) return anew(signal);
    const { accessToken, refreshToken, expiresAt, scopes } = known.tokens;
    const ends = accessToken === refused || (expiresAt !== null && expiresAt - io.now() < SOON_MS);
    if (!ends) {
      current = known;
      return known;
    }
    if (refreshToken === null || clientOf === undefined) return anew(signal);
    try {
      renewing ??= renewed(known.client, clientOf(known.client, scopes), refreshToken).finally(() => { renewing = null; });
      return await renewing;
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === 'sign-in') return anew(signal);
      throw error;
    }
  }

  // Many callers at once share one sign-in; a refresh token is used once.
  const together = shared(find);
  return {
    tokens: async (signal) => (await together(signal)).tokens,
    spoilt(accessToken) {
      // One of several callers comes late: another has renewed it meanwhile.
      if (current !== null && current.tokens.accessToken !== accessToken) return true;
      refused = accessToken;
      return current !== null && (alone || current.tokens.refreshToken !== null);
    },
  };
}

import type { ConnectorIo } from '../connector.ts';
import { makeKeptSignIn } from '../http/kept-sign-in.ts';
import type { ClientName } from '../http/kept-sign-in.ts';
import { signInWithBrowser } from '../http/oauth.ts';
import type { OAuthClient } from '../http/oauth.ts';
import { send } from '../http/call.ts';
import type { Dialect } from './dialect.ts';
import { readAnswer } from './http.ts';
import { registered } from './schemas.ts';

/** A token and, where the sign-in named them, what it is good for. */
export type Token = { readonly value: string; readonly scopes: readonly string[] | null; readonly pasted: boolean };

export type SignIn = {
  readonly token: (signal: AbortSignal) => Promise<Token>;
  /** Tells that the server no longer takes a token; true where another may be had without a person. */
  readonly spoilt: (token: Token) => boolean;
};

/** Signs in with a pasted token, or in the browser as an app that is made on the spot (docs.joinmastodon.org/methods/apps#create). */
export function makeSignIn(io: ConnectorIo, server: string, dialect: (signal: AbortSignal) => Promise<Dialect>): SignIn {
  const clientOf = ({ clientId, clientSecret }: ClientName, scopes: readonly string[]): OAuthClient => (
    { authorizeUrl: `${server}/oauth/authorize`, tokenUrl: `${server}/oauth/token`, clientId, clientSecret, scopes }
  );
  const kept = makeKeptSignIn({
    io, server, clientOf,
    async begin(signal) {
      const { scopes } = await dialect(signal);
      return signInWithBrowser(io, async (redirectUri) => {
        const call = { method: 'POST', path: '/api/v1/apps', form: { client_name: 'Docket', redirect_uris: redirectUri, scopes: scopes.join(' ') } } as const;
        const app = await readAnswer(io, server, await send(io, server, call, null, signal), registered, 'the registration of Docket');
        return clientOf({ clientId: app.client_id, clientSecret: app.client_secret }, scopes);
      }, signal);
    },
  });

  return {
    async token(signal) {
      const pasted = (await io.secret('token'))?.trim() ?? '';
      if (pasted !== '') return { value: pasted, scopes: null, pasted: true };
      const { accessToken, scopes } = await kept.tokens(signal);
      return { value: accessToken, scopes, pasted: false };
    },
    spoilt: (token) => !token.pasted && kept.spoilt(token.value),
  };
}

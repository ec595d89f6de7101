import type { ConnectorIo } from '../connector.ts';
import { makeKeptSignIn } from '../http/kept-sign-in.ts';
import type { KeptSignIn } from '../http/kept-sign-in.ts';
import { refreshTokens, signInWithBrowser } from '../http/oauth.ts';
import type { OAuthClient } from '../http/oauth.ts';
import type { RedditSettings } from './settings.ts';

/** What Docket asks for (https://www.reddit.com/dev/api/oauth). `modconfig` is for reading removal reasons alone: nothing there is changed. */
export const SCOPES = ['identity', 'mysubreddits', 'read', 'history', 'modposts', 'modcontributors', 'modlog', 'modnote', 'modmail', 'modconfig'] as const;
export type Scope = (typeof SCOPES)[number];

const NO_SUCH_TOKEN = 'Reddit does not accept the refresh token: it may be revoked, or made for another client id. Give a new one in the connection\'s settings, or leave it empty to sign in in the browser.';

/**
 * Code flow in the browser, or a pasted refresh token (github.com/reddit-archive/reddit, wiki OAuth2): client id and
 * secret in a Basic header, the secret empty for installed apps, `duration=permanent` for a refresh token.
 */
export function makeSignIn(io: ConnectorIo, settings: RedditSettings, userAgent: () => string): { readonly get: (signal: AbortSignal) => Promise<KeptSignIn> } {
  let made: { readonly pasted: string; readonly secret: string; readonly signIn: KeptSignIn } | null = null;

  function make(pasted: string, clientSecret: string): KeptSignIn {
    const client = (): OAuthClient => ({
      authorizeUrl: `${settings.site}/api/v1/authorize`, tokenUrl: `${settings.site}/api/v1/access_token`, clientId: settings.client, clientSecret,
      scopes: SCOPES, basic: true, parameters: { duration: 'permanent' }, headers: { 'user-agent': userAgent() },
    });
    return makeKeptSignIn({
      io,
      // A token that is pasted anew replaces what was kept of the one before.
      server: [settings.site, settings.client, pasted].join(' '),
      clientOf: client,
      begin: async (signal) => (pasted === ''
        ? signInWithBrowser(io, async () => client(), signal, settings.redirect)
        : { client: client(), tokens: await refreshTokens(io, { ...client(), ended: NO_SUCH_TOKEN }, pasted, signal) }),
    });
  }

  return {
    async get() {
      const pasted = (await io.secret('refreshToken'))?.trim() ?? '';
      const secret = (await io.secret('clientSecret'))?.trim() ?? '';
      if (made === null || made.pasted !== pasted || made.secret !== secret) made = { pasted, secret, signIn: make(pasted, secret) };
      return made.signIn;
    },
  };
}

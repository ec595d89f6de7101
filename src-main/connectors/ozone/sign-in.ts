import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { shared } from '../http/shared.ts';
import { session } from './schemas.ts';
import type { Tokens } from './schemas.ts';
import { XrpcRefused, xrpc } from './xrpc.ts';

/** The secret under which a session's tokens are kept, beside the app password of the form. */
const KEPT = 'session';

/** Tokens with what they were made for, so that changed settings do not use another account's. */
const kept = session.extend({ service: z.string(), identifier: z.string() });

export type SignIn = {
  readonly tokens: (signal: AbortSignal) => Promise<Tokens>;
  /** New tokens in place of `stale`; many callers at once share one request. */
  readonly renew: (stale: string, signal: AbortSignal) => Promise<Tokens>;
};

/** Signs in at the PDS with an app password: com.atproto.server.createSession and refreshSession. */
export function makeSignIn(io: ConnectorIo, service: string, identifier: string): SignIn {
  let current: Tokens | null = null;

  async function keep(tokens: Tokens): Promise<Tokens> {
    current = tokens;
    await io.keepSecret(KEPT, JSON.stringify({ ...tokens, service, identifier }));
    return tokens;
  }

  async function create(signal: AbortSignal): Promise<Tokens> {
    const password = await io.secret('password');
    if (password === null || password === '') {
      throw new ConnectorError('sign-in', 'No app password is stored for this connection. Sign in again with one.');
    }
    try {
      return await keep(await xrpc(io.fetch, service, {
        method: 'POST', nsid: 'com.atproto.server.createSession', body: { identifier, password }, schema: session,
      }, signal, io.now));
    } catch (error) {
      throw error instanceof XrpcRefused ? signInRefused(error, identifier, service) : error;
    }
  }

  async function refresh(tokens: Tokens, signal: AbortSignal): Promise<Tokens> {
    try {
      return await keep(await xrpc(io.fetch, service, {
        method: 'POST', nsid: 'com.atproto.server.refreshSession',
        headers: { authorization: `Bearer ${tokens.refreshJwt}` }, schema: session,
      }, signal, io.now));
    } catch (error) {
      // A refresh token lives some weeks and is used once; the app password outlives it.
      if (error instanceof XrpcRefused) return create(signal);
      throw error;
    }
  }

  async function fromBefore(): Promise<Tokens | null> {
    const text = await io.secret(KEPT);
    if (text === null || text === '') return null;
    try {
      const read = kept.parse(JSON.parse(text));
      return read.service === service && read.identifier === identifier ? read : null;
    } catch {
      return null;
    }
  }

  const first = shared(async (signal) => {
    current ??= await fromBefore();
    return current ?? create(signal);
  });
  const again = shared(async (signal) => (current === null ? create(signal) : refresh(current, signal)));
  return {
    tokens: async (signal) => current ?? first(signal),
    renew: async (stale, signal) => (current !== null && current.accessJwt !== stale ? current : again(signal)),
  };
}

/** What to do about each refusal of createSession (lexicon com.atproto.server.createSession, errors). */
function signInRefused(refused: XrpcRefused, identifier: string, service: string): ConnectorError {
  const host = new URL(service).host;
  const how = 'In Bluesky: Settings, Privacy and security, App passwords.';
  switch (refused.code) {
    case 'AuthFactorTokenRequired':
      return new ConnectorError('sign-in', `${host} asks for a code by e-mail, because this is the account's own password. Use an app password instead. ${how}`, null, refused);
    case 'AccountTakedown':
      return new ConnectorError('sign-in', `The account ${identifier} is suspended on ${host}. Use another moderator's account.`, null, refused);
    default:
      return new ConnectorError('sign-in', `${host} does not accept this handle and app password; it may have been revoked. Make a new app password and sign in again. ${how}`, null, refused);
  }
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { makeKeptSignIn } from '../http/kept-sign-in.ts';
import type { Tokens } from '../http/oauth.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import { readAnswer } from './http.ts';

export type SignIn = {
  /** A token that was good when it was last used; signs in where there is none. */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** Tells that a token was not accepted; answers whether signing in anew may help. */
  readonly spoilt: (token: string) => Promise<boolean>;
};

/** For which user name the form's token was first used: an empty field of the form leaves it as it was, also where the account is another now. */
const GIVEN_FOR = 'token-for';
/** A token, or why there is none: without either it is no answer of a sign-in. */
const answer = z.union([
  z.object({ jwt: z.string().min(1), verify_email_sent: z.boolean().nullish() }),
  z.object({ jwt: z.null().optional(), registration_created: z.boolean(), verify_email_sent: z.boolean() }),
]);

/** Codes of a refused sign-in, with what the person can do (crates/api/api/src/local_user/login.rs). */
const REFUSALS: Readonly<Record<string, string>> = {
  incorrect_login: 'The user name or the password is not right. Give them again.',
  couldnt_find_that_username_or_email: 'The instance knows no account of that name. Check the user name.',
  missing_totp_token: 'The account has two-factor sign-in. Give the one-time code that your authenticator shows now.',
  incorrect_totp_token: 'The one-time code was not accepted: it holds for half a minute and only once. Give the one that your authenticator shows now.',
  email_not_verified: 'The account has to confirm its e-mail address first, on the instance\'s website.',
  registration_application_is_pending: 'The account waits for an admin\'s approval.',
  registration_denied: 'The instance refused the account\'s registration.',
};

/** Sign-in by a token that was given, or by name, password and one-time code; the API has no OAuth for clients. */
export function makeSignIn(io: ConnectorIo, server: string, userName: string, loginUrl: (signal: AbortSignal) => Promise<string>): SignIn {
  const { host } = new URL(server);

  async function logIn(signal: AbortSignal): Promise<{ readonly tokens: Tokens }> {
    const password = await io.secret('password');
    if (userName === '' || password === null) throw new ConnectorError('sign-in', `Docket has no sign-in for ${host}. Give a user name and password, or a token.`);
    const totp = await io.secret('totp');
    const login = await loginUrl(signal);
    const json = { username_or_email: userName, password, ...(totp === null || totp.trim() === '' ? {} : { totp_2fa_token: totp.trim() }) };
    const response = await send(io, login, { method: 'POST', path: '', json }, null, signal);
    const { jwt, verify_email_sent: unverified } = await readAnswer(io, server, response, answer, 'the sign-in').catch((error: unknown) => {
      if (!(error instanceof RefusedThere)) throw error;
      throw new ConnectorError('sign-in', `${host}: ${(Object.hasOwn(REFUSALS, error.code) ? REFUSALS[error.code] : undefined) ?? error.message}`);
    });
    if (jwt === null || jwt === undefined) {
      throw new ConnectorError('sign-in', unverified === true ? `${host}: ${REFUSALS['email_not_verified']}` : `${host} opened no session for the account. It may wait for an admin's approval.`);
    }
    return { tokens: { accessToken: jwt, refreshToken: null, expiresAt: null, scopes: [] } };
  }

  const kept = makeKeptSignIn({ io, alone: true, server: [server, userName].join(' '), begin: logIn });

  /** The token of the form; empty where there is none, or where it was given for another user name, and a password for this one. */
  async function given(): Promise<string> {
    const jwt = (await io.secret('jwt'))?.trim() ?? '';
    if (jwt === '') return '';
    const [hash, user] = (await io.secret(GIVEN_FOR) ?? '').split(' ');
    const now = createHash('sha256').update(jwt).digest('hex');
    if (hash !== now) await io.keepSecret(GIVEN_FOR, `${now} ${userName}`);
    return hash === now && user !== userName && (await io.secret('password') ?? '') !== '' ? '' : jwt;
  }

  return {
    token: async (signal) => await given() || (await kept.tokens(signal)).accessToken,
    spoilt: async (token) => await given() !== token && kept.spoilt(token),
  };
}

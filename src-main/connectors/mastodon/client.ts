import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { readLinks } from '../http/paging.ts';
import { barredError } from '../http/read-json.ts';
import { unlessRefused } from '../http/refused.ts';
import { send } from '../http/call.ts';
import { makeServerClock } from '../http/server-clock.ts';
import type { ServerClock } from '../http/server-clock.ts';
import type { Call } from './dialect.ts';
import { readAnswer, refusalIn } from './http.ts';
import type { SignIn, Token } from './sign-in.ts';

/** Requests as the signed-in moderator. */
export type Client = {
  readonly server: string;
  readonly clock: ServerClock;
  readonly get: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape>;
  /** The same; null where the server does not know what was asked for. */
  readonly find: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape | null>;
  /** One page of a list, and whether the server names a next one. */
  readonly page: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query: Call['query']) => Promise<{ readonly answer: Shape; readonly more: boolean }>;
  /** Changes something there. An answer that does not say that it is done is an error. */
  readonly act: (call: Call, what: string, signal: AbortSignal) => Promise<void>;
};

export const ME = '/api/v1/accounts/verify_credentials';

export function makeClient(io: ConnectorIo, server: string, signIn: SignIn): Client {
  const { host } = new URL(server);
  const clock = makeServerClock(io.now);

  function signedOut(token: Token): ConnectorError {
    const how = token.pasted ? 'Give a new access token.' : 'Sign in again.';
    return new ConnectorError('sign-in', `${host} no longer accepts the sign-in. ${how}`);
  }

  /**
   * Whether an answer means that the token is none. Mastodon's admin API answers a token that it never knew as it does a
   * missing role (app/controllers/api/base_controller.rb, authorize_if_got_token!), Akkoma and Pleroma every token that
   * is none (lib/pleroma/web/plugs/ensure_authenticated_plug.ex), both with 403: who we are tells them apart.
   */
  async function isSignedOut(response: Response, token: Token, signal: AbortSignal): Promise<boolean> {
    if (response.status !== 403) return response.status === 401;
    const who = await send(io, server, { method: 'GET', path: ME }, token.value, signal);
    return who.status === 401 || /^invalid credentials/i.test(await refusalIn(who));
  }

  async function ask(call: Call, signal: AbortSignal, again = true): Promise<Response> {
    const token = await signIn.token(signal);
    const response = await send(io, server, call, token.value, signal);
    clock.observe(response);
    const barred = barredError(response.status, response.headers.get('content-type') ?? '', '', host);
    if (barred === null && !await isSignedOut(response, token, signal)) return response;
    await response.body?.cancel();
    if (barred !== null) throw barred;
    if (signIn.spoilt(token) && again) return ask(call, signal, false);
    throw signedOut(token);
  }

  async function get<Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query: Call['query'] = {}): Promise<Shape> {
    return readAnswer(io, server, await ask({ method: 'GET', path, query }, signal), schema, what);
  }

  return {
    server,
    clock,
    get,
    find: (path, schema, what, signal, query) => unlessRefused([404, 410], get(path, schema, what, signal, query)),
    async page(path, schema, what, signal, query = {}) {
      const response = await ask({ method: 'GET', path, query }, signal);
      const more = readLinks(response.headers.get('link'), server).has('next');
      return { answer: await readAnswer(io, server, response, schema, what), more };
    },
    async act(call, what, signal) {
      const response = await ask(call, signal);
      if (response.status === 204) return;
      await readAnswer(io, server, response, call.answer ?? z.unknown(), what);
    },
  };
}

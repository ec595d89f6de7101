import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import type { KeptSignIn } from '../http/kept-sign-in.ts';
import { remembered } from '../http/remembered.ts';
import { unlessRefused } from '../http/refused.ts';
import { send } from '../http/call.ts';
import type { Call } from '../http/call.ts';
import { API, checkRefusal, readAnswer } from './http.ts';
import { myself } from './schemas.ts';

/** Requests as the signed-in moderator. */
export type Client = {
  readonly server: string;
  /** Whether a host is the instance itself: by its address, or by the name that its own accounts have. */
  readonly isHome: (host: string, signal: AbortSignal) => Promise<boolean>;
  readonly get: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape>;
  /** The same; null where the instance does not know what was asked for. */
  readonly find: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape | null>;
  /** Adds something; answers what the instance says of it. */
  readonly tell: <Shape>(call: Call, schema: z.ZodType<Shape>, what: string, signal: AbortSignal) => Promise<Shape>;
  /** Changes something there. Every change answers 204 without a body; any other success may come from another server. */
  readonly act: (call: Call, signal: AbortSignal) => Promise<void>;
};

export function makeClient(io: ConnectorIo, server: string, signIn: KeptSignIn): Client {
  const { host } = new URL(server);
  const api = `${server}${API}`;

  async function ask(call: Call, signal: AbortSignal): Promise<Response> {
    for (let again = true; ; again = false) {
      const { accessToken } = await signIn.tokens(signal);
      const response = await send(io, api, call, accessToken, signal);
      if (response.status !== 401) return response;
      await response.body?.cancel();
      if (!signIn.spoilt(accessToken) || !again) break;
    }
    throw new ConnectorError('sign-in', `${host} no longer accepts the sign-in. Sign in again.`);
  }

  const get: Client['get'] = async (path, schema, what, signal, query = {}) => readAnswer(io, server, await ask({ method: 'GET', path, query }, signal), schema, what);
  const home = remembered(async (signal) => (await get('/users/me', myself, 'who is signed in', signal)).account?.host ?? '');
  return {
    server,
    isHome: async (name, signal) => name !== '' && (name === host || name === new URL(server).hostname || name === await home.get(signal)),
    get,
    find: (path, schema, what, signal, query) => unlessRefused([404, 410], get(path, schema, what, signal, query)),
    tell: async (call, schema, what, signal) => readAnswer(io, server, await ask(call, signal), schema, what),
    async act(call, signal) {
      const response = await ask(call, signal);
      await checkRefusal(io, server, response);
      await response.body?.cancel();
      if (response.status === 204) return;
      if (response.ok) throw new ConnectorError('unintelligible', `${host} answered a change with something else than that it is done. Docket tries again.`);
      throw statusError(response, host, io.now());
    },
  };
}

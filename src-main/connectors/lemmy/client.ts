import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { makeServerClock } from '../http/server-clock.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import type { Call } from '../http/call.ts';
import { readAnswer } from './http.ts';
import type { SignIn } from './sign-in.ts';

/** Requests as the signed-in moderator. */
export type Client = {
  readonly server: string;
  /** What a schema reads as null was answered to nobody: the token is not known, where that is no reason for a refusal. */
  readonly get: <Shape>(path: string, schema: z.ZodType<Shape | null>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape>;
  /** The same; null where the instance does not know what was asked for. */
  readonly find: <Shape>(path: string, schema: z.ZodType<Shape>, what: string, signal: AbortSignal, query?: Call['query']) => Promise<Shape | null>;
  /** Changes something there. An answer that is no data is an error: it may not have happened. */
  readonly act: (call: Call, what: string, signal: AbortSignal) => Promise<void>;
  /** Now by the instance's clock, as its last answer told it: times that are sent there must not suffer from this machine's. */
  readonly itsNow: () => number;
};

/** The instance takes a token for unknown: the first with 401, the others with 400 (crates/utils/src/error.rs, status_code). */
const SIGNED_OUT = new Set(['incorrect_login', 'not_logged_in', 'couldnt_find_local_user']);
/** Codes for what is gone, beside status 404: 0.19 has one for each kind. */
const GONE = /^(?:not_found|couldnt_find_.+)$/;

/** What a change answers: the view of what was changed, or that it succeeded. Anything else may come from another server. */
const changed = z.record(z.string(), z.unknown()).refine((answer) => answer['success'] === true || Object.keys(answer).some((name) => name.endsWith('_view')));

export function makeClient(io: ConnectorIo, server: string, api: string, signIn: SignIn): Client {
  const { host } = new URL(server);
  const base = `${server}${api}`;
  const clock = makeServerClock(io.now);

  async function ask<Shape>(call: Call, schema: z.ZodType<Shape | null>, what: string, signal: AbortSignal, again = true): Promise<Shape> {
    const token = await signIn.token(signal);
    const response = await send(io, base, call, token, signal);
    clock.observe(response);
    try {
      const answer = await readAnswer(io, base, response, schema, what);
      if (answer !== null) return answer;
    } catch (error) {
      if (!(error instanceof RefusedThere) || !(error.status === 401 || SIGNED_OUT.has(error.code))) throw error;
    }
    // A refused token changed nothing there, so the same request may go out again.
    if (await signIn.spoilt(token) && again) return ask(call, schema, what, signal, false);
    throw new ConnectorError('sign-in', `${host} no longer accepts the sign-in. Sign in again, or give a new token.`);
  }

  return {
    server,
    get: (path, schema, what, signal, query = {}) => ask({ method: 'GET', path, query }, schema, what, signal),
    async find(path, schema, what, signal, query = {}) {
      try {
        return await ask({ method: 'GET', path, query }, schema, what, signal);
      } catch (error) {
        if (error instanceof RefusedThere && isGone(error)) return null;
        throw error;
      }
    },
    async act(call, what, signal) {
      await ask(call, changed, what, signal);
    },
    itsNow: clock.now,
  };
}

/** Whether a refusal says that something is not there. */
export function isGone({ status, code }: RefusedThere): boolean {
  return status === 404 || GONE.test(code);
}

/** Whether nothing of this API stands under a path: Lemmy names by a code whatever it refuses itself. */
export function isUnknownPath({ status, code }: RefusedThere): boolean {
  return status === 404 && code === '';
}

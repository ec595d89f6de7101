import type { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import type { SignIn } from './sign-in.ts';
import { XrpcRefused, xrpc } from './xrpc.ts';
import type { Params } from './xrpc.ts';

/** Calls of a signed-in moderator. A null labeler is the moderator's own server; a DID is that Ozone, through it. */
export type Client = {
  readonly get: <Answer>(labeler: string | null, nsid: string, params: Params, schema: z.ZodType<Answer>, signal: AbortSignal) => Promise<Answer>;
  readonly post: <Answer>(labeler: string | null, nsid: string, body: unknown, schema: z.ZodType<Answer>, signal: AbortSignal) => Promise<Answer>;
};

/** How the PDS asks for a new token. */
const STALE_TOKEN: ReadonlySet<string> = new Set(['ExpiredToken', 'InvalidToken']);
/** What Ozone says with 401 to someone it knows: about the role, not the token. */
const ABOUT_THE_ROLE: ReadonlySet<string> = new Set(['AuthenticationRequired', 'MemberDisabled']);

function isStale({ status, code }: XrpcRefused): boolean {
  return STALE_TOKEN.has(code) || (status === 401 && !ABOUT_THE_ROLE.has(code));
}

/** Makes the calls: the PDS forwards what carries `atproto-proxy` (https://atproto.com/specs/xrpc "Service Proxying"). */
export function makeClient(io: ConnectorIo, service: string, signIn: SignIn): Client {
  async function call<Answer>(
    labeler: string | null, request: { method: 'GET' | 'POST'; nsid: string; params?: Params; body?: unknown }, schema: z.ZodType<Answer>, signal: AbortSignal,
  ): Promise<Answer> {
    const proxy: Record<string, string> = labeler === null ? {} : { 'atproto-proxy': `${labeler}#atproto_labeler` };
    const send = (token: string): Promise<Answer> => xrpc(io.fetch, service, {
      ...request, headers: { ...proxy, authorization: `Bearer ${token}` }, schema,
    }, signal, io.now);
    const { accessJwt } = await signIn.tokens(signal);
    try {
      return await send(accessJwt);
    } catch (error) {
      if (!(error instanceof XrpcRefused)) throw error;
      if (!isStale(error)) throw inWords(error);
    }
    const renewed = await signIn.renew(accessJwt, signal);
    try {
      return await send(renewed.accessJwt);
    } catch (error) {
      if (!(error instanceof XrpcRefused)) throw error;
      if (!isStale(error)) throw inWords(error);
      throw new ConnectorError('sign-in', 'The server does not accept its own new token. Sign in again; if it stays so, ask its operator.', null, error);
    }
  }
  return {
    get: (labeler, nsid, params, schema, signal) => call(labeler, { method: 'GET', nsid, params }, schema, signal),
    post: (labeler, nsid, body, schema, signal) => call(labeler, { method: 'POST', nsid, body }, schema, signal),
  };
}

/** Refusals that concern the whole connection say what to do; others pass as they are. */
function inWords(refused: XrpcRefused): ConnectorError {
  if (refused.said === 'not a moderator account' || refused.code === 'MemberDisabled') {
    return new ConnectorError('refused', 'This account is not on the Ozone team, or is disabled there. An Ozone admin can add it in Ozone: Configure, Members.', null, refused);
  }
  if (refused.said.startsWith('could not resolve proxy did')) {
    return new ConnectorError('settings', 'There is no Ozone service under the labeler\'s DID. Check it in the connection\'s settings.', null, refused);
  }
  return refused;
}

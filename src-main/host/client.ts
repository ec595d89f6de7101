import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { HostClient } from '../contract/host.ts';
import { ERROR_CODES } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { Failure } from '../domain/failure.ts';

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

/** The backend's side of the host's contract: what the host refuses arrives as the same Failure again. */
export function connectHost(port: SupportedMessagePort): HostClient {
  const link = new RPCLink({
    port,
    interceptors: [async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        if (error instanceof ORPCError && isErrorCode(error.code) && error.code !== 'INTERNAL') {
          throw new Failure(error.code, error.message, { cause: error });
        }
        throw error;
      }
    }],
  });
  return createORPCClient(link);
}

import { ConnectorError } from '../connector.ts';
import type { ConnectorErrorKind } from '../connector.ts';

/** A request that a server understood and refused, with its own words. */
export class RefusedThere extends ConnectorError {
  readonly status: number;
  readonly said: string;
  /** The platform's own name for why; empty where it has none. */
  readonly code: string;
  constructor(kind: ConnectorErrorKind, message: string, { status, said, code = '' }: { readonly status: number; readonly said: string; readonly code?: string }, afterMs: number | null = null) {
    super(kind, message, afterMs);
    this.status = status;
    this.said = said;
    this.code = code;
  }
}

/** Refused, whatever the status is. */
export function refusedThere(host: string, status: number, said: string, code = ''): RefusedThere {
  return new RefusedThere('refused', said === '' ? `${host} refused the request (${code === '' ? status : code}).` : `${host} refused: ${said}`, { status, said, code });
}

/** Refused with what its status means, `error`, and what the server says of it. */
export function refusedAs(error: ConnectorError, status: number, said: string, code = ''): RefusedThere {
  return new RefusedThere(error.kind, said === '' ? error.message : `${error.message} It says: ${said}`, { status, said, code }, error.afterMs);
}

/** Whether a request was refused with one of these statuses. */
export function isRefused(error: unknown, ...statuses: readonly number[]): error is RefusedThere {
  return error instanceof RefusedThere && statuses.includes(error.status);
}

/** What is answered; null where it is refused with one of these statuses. */
export async function unlessRefused<Answer>(statuses: readonly number[], answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRefused(error, ...statuses)) return null;
    throw error;
  }
}

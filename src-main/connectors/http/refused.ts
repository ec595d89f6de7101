import { ConnectorError } from '../connector.ts';

/** A request that a server understood and refused, with its own words. */
export class RefusedThere extends ConnectorError {
  readonly status: number;
  readonly said: string;
  constructor(status: number, said: string, host: string) {
    super('refused', said === '' ? `${host} refused the request (${status}).` : `${host} refused: ${said}`);
    this.status = status;
    this.said = said;
  }
}

/** Whether a request was refused with one of these statuses. */
export function isRefused(error: unknown, ...statuses: readonly number[]): error is RefusedThere {
  return error instanceof RefusedThere && statuses.includes(error.status);
}

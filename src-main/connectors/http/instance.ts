import type { FormValues } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';

/**
 * An instance's address from checked form values, without a slash at its end. Throws ConnectorError `settings`, in which
 * `what` begins the sentence: "The forum's address".
 */
export function addressIn(value: FormValues[string] | undefined, what: string, example: string): string {
  const text = String(value ?? '').trim().replace(/\/+$/, '');
  if (!URL.canParse(text)) throw new ConnectorError('settings', `${what} is missing or is not an address. Write it like ${example}.`);
  return text;
}

/** What a connection's keys are made with: host, and the folder where the instance lies in one. */
export function instanceAt(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname.replace(/\/+$/, '')}`.toLowerCase();
}

import type { Mapping } from '../../contract/mapping.ts';
import type { FormValues } from '../../contract/setup.ts';
import type { Account, ConnectorIo, Session } from '../connector.ts';
import { makeOurs } from '../http/ours.ts';
import { capabilitiesFor } from './capabilities.ts';
import { deliverOrder } from './deliver.ts';
import { nameOf, pullInbox } from './pull.ts';
import { endpointIn, instanceNamed, labelsIn } from './settings.ts';

/** Nothing has to be asked for: what arrives says so itself. */
const POLL_MS = 10 * 60_000;

export type MappedSession = {
  readonly io: ConnectorIo;
  readonly values: FormValues;
  readonly mapping: Mapping | null;
  /** Who the account is: the address of a receiver, the name of what is imported. */
  readonly name: string;
  /** Before anything is taken: opens what it listens on, checks its secrets. */
  readonly begin: (signal: AbortSignal) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** What a connection of what arrives can do, whichever way it arrives. */
export function mappedSession({ io, values, mapping, name, begin, close }: MappedSession): Session {
  const endpoint = endpointIn(values);
  const ours = makeOurs();
  return {
    async verify(signal): Promise<Account> {
      const missing = [...await begin(signal)];
      if (endpoint !== null && await io.secret('deliverySecret') === null) missing.push('The delivery endpoint has no signing secret yet. Give it one in the connection’s settings: without it nothing is sent.');
      if (endpoint === null) missing.push('No delivery endpoint is set: decisions are recorded in Docket only, and carried out by hand.');
      return { name, instance: instanceNamed(values), scopes: [], missing, capabilities: capabilitiesFor(endpoint, labelsIn(values)), pollMs: POLL_MS };
    },
    async *pull(cursor, signal) {
      await begin(signal);
      yield* pullInbox(io, mapping, ours, cursor, signal);
    },
    context: () => Promise.resolve({ before: [], after: [], members: [], recent: [], record: [], subject: null, asStored: true }),
    async deliver(order, signal) {
      if (endpoint === null) return { kind: 'refused', why: 'This connection has no delivery endpoint any more. Give it one in its settings, then send again.' };
      // Before it is sent: what comes of it may be told here sooner than the endpoint answers. Who is asked by an escalation decides for themselves.
      if (order.reverse) ours.forget(nameOf(order.subject));
      else if (order.verb !== 'escalate') ours.note(nameOf(order.subject), order.id);
      return deliverOrder(io, { url: endpoint.url, secret: () => io.secret('deliverySecret') }, order, signal);
    },
    guidelines: () => Promise.resolve([]),
    close,
  };
}

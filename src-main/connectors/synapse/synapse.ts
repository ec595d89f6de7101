import type { Account, Connector, Session } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { CAPABILITIES } from './capabilities.ts';
import { makeClient } from './client.ts';
import type { Client } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { pull } from './pull.ts';
import { eventReports, whoami } from './schemas.ts';
import { fields, readSettings } from './settings.ts';
import { partsOfMxc } from './subjects.ts';

/** Reports are no events of a room: /sync, which a client would hold open, does not tell of them. They are asked for. */
const POLL_MS = 60_000;

async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const { user_id: name } = await client.get('/_matrix/client/v3/account/whoami', whoami, 'the account', signal);
  const account = { name, instance: client.settings.host, capabilities: CAPABILITIES, pollMs: POLL_MS };
  try {
    await client.get('/_synapse/admin/v1/event_reports?limit=1', eventReports, 'the event reports', signal);
    return { ...account, scopes: ['server admin'], missing: [] };
  } catch (error) {
    if (!isRefused(error, 403, 404)) throw error;
    const missing = isRefused(error, 404)
      ? 'The Admin API does not answer at this address. Whoever runs the server has to let /_synapse/admin through to where Docket runs.'
      : 'The account is no server admin. Whoever runs the server can make it one (Synapse\'s documentation, "Admin API"), or, with Matrix Authentication Service, issue a token with the scope urn:synapse:admin:*.';
    return { ...account, scopes: [], missing: [missing] };
  }
}

/** The event and user reports of a Synapse homeserver. */
export const synapse: Connector = {
  id: 'synapse',
  title: 'Matrix (Synapse)',
  summary: 'Reported messages and members of a Synapse homeserver. It keeps no state of reports, so what colleagues dealt with elsewhere does not show; encrypted messages stay unreadable.',
  fields,
  instance: (values) => readSettings(values).host,
  open(io, values): Session {
    const client = makeClient(io, readSettings(values));
    let me: string | null = null;
    const changed = new Set<string>();
    return {
      verify: (signal) => accountOf(client, signal),
      pull: (cursor, signal) => pull(client, io.now, cursor, signal),
      context: (subject, signal) => contextOf(client, io.now(), subject, signal),
      async deliver(order, signal) {
        me ??= (await client.get('/_matrix/client/v3/account/whoami', whoami, 'the account', signal)).user_id;
        return deliver({ client, me, changed }, order, signal);
      },
      // Homeservers publish no rules through an API.
      guidelines: () => Promise.resolve([]),
      async media(url, signal) {
        const file = partsOfMxc(url);
        if (file === null) return null;
        const path = `${encodeURIComponent(file.server)}/${encodeURIComponent(file.id)}`;
        try {
          return await client.bytes(`/_matrix/client/v1/media/download/${path}`, signal);
        } catch (error) {
          // Releases before 1.111 know only the open address (Matrix client-server API, changes in v1.11).
          if (!isRefused(error, 404) || error.code !== 'M_UNRECOGNIZED') throw error;
          return client.bytes(`/_matrix/media/v3/download/${path}`, signal);
        }
      },
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

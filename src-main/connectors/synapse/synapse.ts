import type { Account, Capabilities, Capability, Connector, Session } from '../connector.ts';
import { isRefused, makeClient } from './client.ts';
import type { Client } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { pull } from './pull.ts';
import { eventReports, whoami } from './schemas.ts';
import { fields, readSettings } from './settings.ts';

const POLL_MS = 60_000;
const no = (why: string): Capability => ({ can: false, why });
const common = {
  dismiss: { can: true, target: 'subject', reversible: false },
  suspend: { can: true, target: 'member', reversible: true, durations: [null] },
  warn: no('Matrix has no warnings. Write to the member in a room of your own.'),
  message: no('Matrix has no messages from moderators. Write to the member in a room of your own.'),
  label: no('Matrix has no labels for messages or members.'),
  lock: no('Closing a room is the room admins\' business; a server admin can block it through the Admin API.'),
} as const satisfies Capabilities['message'];

/** Muting is a ban from the room: the member stays able to read and write elsewhere. */
const CAPABILITIES: Capabilities = {
  message: {
    ...common,
    remove: { can: true, target: 'subject', reversible: false },
    mute: { can: true, target: 'member', reversible: true, durations: [null] },
    restore: no('A redacted message does not come back.'),
  },
  member: {
    ...common,
    remove: no('Deactivating an account cannot be taken back; a server admin does it through the Admin API.'),
    mute: no('A report of a member names no room to ban them from. Suspend the account instead.'),
    restore: no('Members are not removed: take the suspension back.'),
  },
};

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
    return {
      verify: (signal) => accountOf(client, signal),
      pull: (cursor, signal) => pull(client, io.now, cursor, signal),
      context: (subject, signal) => contextOf(client, io.now(), subject, signal),
      async deliver(order, signal) {
        me ??= (await client.get('/_matrix/client/v3/account/whoami', whoami, 'the account', signal)).user_id;
        return deliver(client, me, order, signal);
      },
      // Homeservers publish no rules through an API.
      guidelines: () => Promise.resolve([]),
      async media(url, signal) {
        const [, server, id] = /^mxc:\/\/([^/?#]+)\/([\w-]+)$/.exec(url) ?? [];
        if (server === undefined || id === undefined) return null;
        return client.bytes(`/_matrix/client/v1/media/download/${encodeURIComponent(server)}/${encodeURIComponent(id)}`, signal);
      },
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

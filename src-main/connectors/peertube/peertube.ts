import type { Account, Connector, Session } from '../connector.ts';
import { capabilitiesOf, MOST_ROLE } from './capabilities.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { publishedGuidelines } from './guidelines.ts';
import { neighbourMedium } from '../http/own-media.ts';
import { makeMemory } from '../http/session-memory.ts';
import { pull } from './pull.ts';
import { myself } from './schemas.ts';
import { fields, serverOf } from './settings.ts';
import { makeSignIn } from './sign-in.ts';

const POLL_MS = 60_000;

/** PeerTube: reports of videos, comments and accounts. */
export const peertube: Connector = {
  id: 'peertube',
  title: 'PeerTube',
  summary: 'Reports of videos, comments and accounts, with what reporter and moderators wrote to each other, and videos that the instance holds back until someone looks. PeerTube does not tell who closed a report, cannot write to who was reported, and does not keep a comment that is removed.',
  fields,
  instance: (values) => new URL(serverOf(values)).host,
  open(io, values): Session {
    const server = serverOf(values);
    const { host } = new URL(server);
    const client = makeClient(io, server, makeSignIn(io, server, String(values['username'] ?? '').trim()));
    const memory = makeMemory();
    return {
      async verify(signal): Promise<Account> {
        const { username, role } = await client.get('/users/me', myself, 'who is signed in', signal);
        const missing = role.id <= MOST_ROLE ? [] : [`The account is a plain user of ${host} and is shown no reports. An administrator can make it a moderator under Administration, Users, by editing its role.`];
        return { name: `@${username}@${host}`, instance: host, scopes: [['administrator', 'moderator', 'user'][role.id] ?? String(role.id)], missing, capabilities: capabilitiesOf(role.id), pollMs: POLL_MS };
      },
      async *pull(cursor, signal) {
        for await (const batch of pull({ io, client, memory }, cursor, signal)) {
          yield batch;
          signal.throwIfAborted();
        }
      },
      context: (subject, signal) => contextOf(client, io.now(), subject, signal),
      deliver: (order, signal) => deliver({ client, memory }, order, signal),
      guidelines: (signal) => publishedGuidelines(client, signal),
      media: (address, signal) => neighbourMedium(io, server, address, signal),
      // Nothing is held open: its live notifications go by socket.io, a protocol of its own (server/core/lib/peertube-socket.ts); the poll does without.
      close: () => Promise.resolve(),
    };
  },
};

import type { Connector, Session } from '../connector.ts';
import { makeOurs } from '../http/ours.ts';
import { accountOf } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { guidelinesOf } from './guidelines.ts';
import { mediumIn } from './held.ts';
import { attachmentIn } from './message.ts';
import { waitingIn } from './names.ts';
import { pull } from './pull.ts';
import { makeAsked } from './settled.ts';
import { fields, instanceOf, readSettings } from './settings.ts';
import { readHeld } from './waiting.ts';

/** The moderation queues of a Mailman 3 server: held messages, and requests to join or leave. */
export const mailman: Connector = {
  id: 'mailman',
  title: 'Mailman',
  summary: 'Held messages and subscription requests of the mailing lists of a Mailman 3 server. What is accepted, rejected or discarded cannot be taken back, and Mailman does not tell who decided in its own web interface.',
  fields,
  instance: (values) => instanceOf(readSettings(values)),
  open(io, values): Session {
    const client = makeClient(io, readSettings(values));
    const [ours, asked, session] = [makeOurs(), makeAsked(), { readAll: false }];
    return {
      verify: (signal) => accountOf(client, signal),
      pull: (cursor, signal) => pull({ io, client, ours, asked, session }, cursor, signal),
      context: (subject, signal) => contextOf(client, io.now(), subject, signal),
      deliver: (order, signal) => deliver({ client, ours, asked }, order, signal),
      guidelines: (signal) => guidelinesOf(client, signal),
      async media(url, signal) {
        const medium = mediumIn(url);
        const name = medium === null ? null : waitingIn(medium.remoteId);
        if (medium === null || name === null) return null;
        const glimpse = await readHeld(client, name.list, name.id, signal);
        return glimpse === null || glimpse.remoteId !== medium.remoteId ? null : attachmentIn(glimpse.one.msg ?? '', medium.place);
      },
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

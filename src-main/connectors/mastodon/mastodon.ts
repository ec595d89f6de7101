import { ConnectorError } from '../connector.ts';
import type { Account, Connector, Session } from '../connector.ts';
import { accountOf, whoAmI } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { detect } from './detect.ts';
import { publishedGuidelines } from './guidelines.ts';
import { makeMemory } from './memory.ts';
import { pull } from './pull.ts';
import type { Listener } from '../http/listener.ts';
import { neighbourMedium } from '../http/own-media.ts';
import { remembered } from '../http/remembered.ts';
import { fields, serverOf } from './settings.ts';
import { makeSignIn } from './sign-in.ts';
import { makeStream } from './stream.ts';
import type { Place } from './subjects.ts';

/** Mastodon and the servers that speak its API: GoToSocial, Akkoma and Pleroma, told apart when the connection is made. */
export const mastodon: Connector = {
  id: 'mastodon',
  title: 'Mastodon, GoToSocial, Akkoma',
  summary: 'Reports from your server, with threads, rules and what your team does there. Mastodon and GoToSocial cannot remove a single post by their API: each item links to the report there. Mastodon tells a member of its own server about every limit, with or without words of yours.',
  fields,
  instance: (values) => new URL(serverOf(values)).host,
  open(io, values): Session {
    const server = serverOf(values);
    const software = remembered((signal) => detect(io, server, signal));
    const signIn = makeSignIn(io, server, async (signal) => (await software.get(signal)).dialect);
    const client = makeClient(io, server, signIn);
    const me = remembered(async (signal) => whoAmI(client, (await software.get(signal)).dialect, signal));
    const memory = makeMemory();
    let stream: Listener | null = null;
    const place = async (signal: AbortSignal): Promise<Place> => ({ server, dialect: (await software.get(signal)).dialect });

    return {
      async verify(signal): Promise<Account> {
        software.forget();
        me.forget();
        const found = await software.get(signal);
        const { scopes } = await signIn.token(signal);
        return accountOf(client, found, await me.get(signal), scopes, signal);
      },
      async *pull(cursor, signal) {
        const here = await place(signal);
        try {
          for await (const batch of pull({ io, client, memory, place: here }, cursor, signal)) {
            yield batch;
            signal.throwIfAborted();
          }
        } catch (error) {
          // It may have moved to another version or other software meanwhile: that is asked before the next try.
          if (error instanceof ConnectorError && (error.kind === 'refused' || error.kind === 'unintelligible')) software.forget();
          throw error;
        }
        // Only once everything is here: before, there is nothing to be early for.
        if (here.dialect.stream === null) return;
        stream ??= makeStream(io, client, here.dialect.stream, async (until) => (await signIn.token(until)).value);
        stream.start();
      },
      async context(subject, signal) {
        return contextOf(client, await place(signal), memory, subject, signal);
      },
      async deliver(order, signal) {
        const { dialect } = await place(signal);
        return deliver({ client, dialect, memory, me: await me.get(signal) }, order, signal);
      },
      guidelines: (signal) => publishedGuidelines(client, signal),
      media: (address, signal) => neighbourMedium(io, server, address, signal),
      async close() {
        stream?.stop();
      },
    };
  },
};

import type { Connector, PublishedGuideline, Session } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { plainText } from '../http/html.ts';
import { remembered } from '../http/remembered.ts';
import { accountOf } from './account.ts';
import { makeClient } from './client.ts';
import { canAnnounce } from './announcing.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import type { DeliverInput } from './deliver.ts';
import { neighbourMedium } from '../http/own-media.ts';
import { makeOurs } from '../http/ours.ts';
import { pull } from './pull.ts';
import { meta, self } from './schemas.ts';
import { fields, readSettings } from './settings.ts';
import { silencerOf } from './silencing.ts';
import { makeStream } from './stream.ts';
import { isFromBrowser, signIn, tokenOf } from './sign-in.ts';

/** The abuse reports of a Misskey server, and of those that kept its API. */
export const misskey: Connector = {
  id: 'misskey',
  title: 'Misskey',
  summary: 'Abuse reports of a Misskey server. They are about members, and name a note only by its address in their text; a resolved report cannot be opened again.',
  fields,
  instance: (values) => readSettings(values).host,
  open(io, values): Session {
    const settings = readSettings(values);
    const client = makeClient(io, settings);
    const ours = makeOurs();
    const stream = makeStream(io, settings);
    const looks = { next: 0, at: io.now(), told: new Map<string, string>() };
    const me = remembered((signal) => client.ask('i', {}, self, 'the account', signal));
    const silencer = remembered(async (signal) => silencerOf(client, (await me.get(signal)).isAdmin, signal));
    const announces = remembered((signal) => canAnnounce(client, signal));
    const delivering: DeliverInput = {
      client, ours, now: io.now, tried: new Set(), silencer: silencer.get, announces: announces.get, me: async (signal) => (await me.get(signal)).id,
    };
    return {
      async verify(signal) {
        for (const known of [me, silencer, announces]) known.forget();
        const fresh = await tokenOf(io, settings) === null;
        if (fresh) await signIn(io, settings, signal);
        try {
          return await accountOf(client, signal);
        } catch (error) {
          // A revoked token from the browser: only here, where a person waits, is the browser opened again.
          if (fresh || !(error instanceof ConnectorError) || error.kind !== 'sign-in' || !await isFromBrowser(io)) throw error;
          await signIn(io, settings, signal);
          return accountOf(client, signal);
        }
      },
      async* pull(cursor, signal) {
        yield* pull({ io, client, ours, looks }, cursor, signal);
        // Only once everything is here: before, there is nothing to be early for.
        if (!signal.aborted) stream.start();
      },
      context: (subject, signal) => contextOf(client, io.now(), subject, signal),
      deliver: (order, signal) => deliver(delivering, order, signal),
      async guidelines(signal) {
        const { serverRules } = await client.ask('meta', { detail: true }, meta, 'the server\'s rules', signal);
        return serverRules.flatMap((rule, place): PublishedGuideline[] => {
          const body = plainText(rule);
          const title = (body.split('\n')[0] ?? '').slice(0, 120);
          return title === '' ? [] : [{ remoteId: String(place + 1), number: String(place + 1), title, body }];
        });
      },
      media: (address, signal) => neighbourMedium(io, settings.url, address, signal),
      async close() {
        stream.stop();
      },
    };
  },
};

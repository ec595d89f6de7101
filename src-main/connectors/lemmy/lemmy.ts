import { ConnectorError } from '../connector.ts';
import type { Account, Connector, Session } from '../connector.ts';
import { makeMemory } from '../http/session-memory.ts';
import { ownMedium } from '../http/own-media.ts';
import { remembered } from '../http/remembered.ts';
import { RefusedThere } from '../http/refused.ts';
import { accessOf, accountOf } from './account.ts';
import { isUnknownPath, makeClient } from './client.ts';
import type { Client } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { detect } from './detect.ts';
import type { Dialect } from './dialect.ts';
import { publishedGuidelines } from './guidelines.ts';
import { pull } from './pull.ts';
import type { Myself } from './schemas.ts';
import { fields, serverOf } from './settings.ts';
import { makeSignIn } from './sign-in.ts';

/** Where an instance keeps pictures, and where it passes on those of others (0.19: src/api_routes_http.rs; 1.0: crates/api/routes). */
const PICTURES: readonly string[] = ['/pictrs/image/', '/api/v3/image_proxy', '/api/v4/image/'];

type Place = { readonly client: Client; readonly dialect: Dialect };

/** Lemmy: 0.19 by API v3 and 1.0 by API v4, told apart when the connection is made. */
export const lemmy: Connector = {
  id: 'lemmy',
  title: 'Lemmy',
  summary: 'Reports of posts, comments, private messages and communities, with threads, sidebar rules and the moderation log. Private messages cannot be removed, and 0.19 has neither warnings nor locks for single comments.',
  fields,
  instance: (values) => new URL(serverOf(values)).host,
  open(io, values): Session {
    const server = serverOf(values);
    const memory = makeMemory();
    const signIn = makeSignIn(io, server, String(values['username'] ?? '').trim(), async (signal) => {
      const { dialect } = await place.get(signal);
      return `${server}${dialect.api}${dialect.login}`;
    });
    const place = remembered(async (signal): Promise<Place> => {
      const dialect = await detect(io, server, signal);
      return { dialect, client: makeClient(io, server, dialect.api, signIn) };
    });
    const me = remembered(async (signal): Promise<Myself> => {
      const { client, dialect } = await place.get(signal);
      return dialect.me(client, signal);
    });

    /** Does something; an instance that no longer knows the path may have moved to the other version, where `again` does it once more. */
    async function there<Value>(signal: AbortSignal, work: (at: Place & { readonly me: Myself; readonly admin: boolean }) => Promise<Value>, again = false): Promise<Value> {
      try {
        const at = await place.get(signal);
        const who = await me.get(signal);
        return await work({ ...at, me: who, admin: accessOf(who).admin });
      } catch (error) {
        if (error instanceof RefusedThere || (error instanceof ConnectorError && error.kind === 'unintelligible')) {
          place.forget();
          me.forget();
        }
        if (again && error instanceof RefusedThere && isUnknownPath(error)) return there(signal, work);
        throw error;
      }
    }

    return {
      async verify(signal): Promise<Account> {
        place.forget();
        me.forget();
        return there(signal, async ({ dialect, me: who }) => accountOf(server, dialect, who));
      },
      async *pull(cursor, signal) {
        const batches = await there(signal, async ({ client, dialect, admin }) => pull({ io, client, dialect, memory, admin }, cursor, signal));
        for (;;) {
          const { done, value } = await there(signal, () => batches.next());
          if (done === true) return;
          yield value;
          signal.throwIfAborted();
        }
      },
      context: (subject, signal) => there(signal, (at) => contextOf(at, subject, signal), true),
      deliver: (order, signal) => there(signal, ({ me: who, ...at }) => deliver({ ...at, memory, access: accessOf(who), me: who.local_user_view.person }, order, signal), true),
      guidelines: (signal) => there(signal, ({ client, dialect, me: who }) => publishedGuidelines(client, dialect, who, signal)),
      media: (address, signal) => ownMedium(io, { url: server, folders: PICTURES, headers: async (until) => ({ authorization: `Bearer ${await signIn.token(until)}` }) }, address, signal),
      // Nothing is held open: the API has had no stream since 0.18 took its WebSocket away (pull request 2878).
      close: () => Promise.resolve(),
    };
  },
};

import type { Connector, Session } from '../connector.ts';
import { ownMedium } from '../http/own-media.ts';
import { instanceAt } from '../http/instance.ts';
import { accountOf } from './account.ts';
import { makeBus } from './bus.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { publishedGuidelines } from './guidelines.ts';
import { makeOurs } from './ours.ts';
import { pull } from './pull.ts';
import type { PullMemory } from './pull.ts';
import { fields, readSettings } from './settings.ts';

/** Where uploads lie; with secure uploads only members get them (config/routes.rb, uploads#show_secure). */
const UPLOADS: readonly string[] = ['/uploads/', '/secure-uploads/', '/secure-media-uploads/'];

/** A Discourse forum's review queue: flags, held posts, new members, chat messages and what plugins add. */
export const discourse: Connector = {
  id: 'discourse',
  title: 'Discourse',
  summary: 'The review queue of a Discourse forum: flagged posts, posts and members that wait for approval, chat messages. A closed review cannot be opened again over its API.',
  fields,
  instance: (values) => instanceAt(readSettings(values).url),
  open(io, values): Session {
    const client = makeClient(io, readSettings(values));
    const { url } = client.settings;
    const ours = makeOurs();
    const memory: PullMemory = { known: null };
    const bus = makeBus(io, client);
    return {
      verify: (signal) => accountOf(client, signal),
      async* pull(cursor, signal) {
        yield* pull({ io, client, ours, memory }, cursor, signal);
        bus.start();
      },
      context: (subject, signal) => contextOf({ client, known: memory.known, now: io.now() }, subject, signal),
      deliver: (order, signal) => deliver({ io, client, ours }, order, signal),
      guidelines: (signal) => publishedGuidelines(client, signal),
      media: (address, signal) => ownMedium(io, { url, folders: UPLOADS, headers: async (until) => (await client.auth(until)).headers }, address, signal),
      close() {
        bus.stop();
        return Promise.resolve();
      },
    };
  },
};

import type { Account, Connector, Session } from '../connector.ts';
import { accountOf } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { policiesOf, publishedGuidelines } from './guidelines.ts';
import { findLabeler } from './labeler.ts';
import type { Labeler } from './labeler.ts';
import { readPosition, timeOf } from './position.ts';
import { makePullMemory, pull } from './pull.ts';
import { fields, readSettings } from './settings.ts';
import { makeSignIn } from './sign-in.ts';
import { makeState } from './state.ts';

/** Bluesky's moderation service, reached through the moderator's own server. */
export const ozone: Connector = {
  id: 'ozone',
  title: 'Bluesky Ozone',
  summary: 'Reports on Bluesky posts, accounts and chats from your Ozone labeler, with what your team does there. Ozone cannot lock threads or hide single chat messages.',
  fields,
  instance(values) {
    const { labeler, service } = readSettings(values);
    // The same labeler is the same instance for every moderator, wherever their account lives.
    return labeler ?? new URL(service).host;
  },
  open(io, values): Session {
    const settings = readSettings(values);
    const signIn = makeSignIn(io, settings.service, settings.handle);
    const client = makeClient(io, settings.service, signIn);
    const memory = makePullMemory();
    let known: Promise<Labeler> | null = null;
    let policies: Promise<ReadonlyMap<string, string>> | null = null;

    /** Found once; a failure is not remembered. */
    function labeler(signal: AbortSignal): Promise<Labeler> {
      known ??= findLabeler(client, signIn, settings, signal).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    }
    const labelerOf = async (signal: AbortSignal): Promise<string> => (await labeler(signal)).did;

    function policiesByName(did: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
      policies ??= policiesOf(client, did, signal).then((all) => new Map(all.map(({ name, slug }) => [name, slug]))).catch((error: unknown) => {
        policies = null;
        throw error;
      });
      return policies;
    }

    return {
      async verify(signal): Promise<Account> {
        known = null;
        policies = null;
        const found = await labeler(signal);
        const { handle } = await signIn.tokens(signal);
        return accountOf(client, found, handle, settings.service, signal);
      },
      async *pull(cursor, signal) {
        yield* pull({ io, client, labeler: await labelerOf(signal), images: settings.images, memory }, cursor, signal);
      },
      async context(subject, signal) {
        const seenUntil = timeOf(readPosition(memory.given).events) ?? Infinity;
        return contextOf({ client, labeler: await labelerOf(signal), images: settings.images, seenUntil, queues: memory.queues }, subject, signal);
      },
      async deliver(order, signal) {
        const did = await labelerOf(signal);
        const { did: createdBy } = await signIn.tokens(signal);
        return deliver({ io, client, labeler: did, createdBy, state: makeState(io, client, did), policies: await policiesByName(did, signal) }, order, signal);
      },
      async guidelines(signal) {
        policies = null;
        return publishedGuidelines(client, await labelerOf(signal), signal);
      },
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

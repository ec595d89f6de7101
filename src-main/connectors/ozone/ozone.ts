import type { Account, Connector, Session } from '../connector.ts';
import { accountOf } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { deskName } from './desk.ts';
import { publishedGuidelines } from './guidelines.ts';
import { findLabeler } from './labeler.ts';
import { readPosition, timeOf } from './position.ts';
import { makePullMemory, rememberQueue } from './pull-memory.ts';
import { pull } from './pull.ts';
import { hasQueues, queueOfSubject } from './queues.ts';
import { remembered } from '../http/remembered.ts';
import { fields, instanceOf, readSettings } from './settings.ts';
import { makeSignIn } from './sign-in.ts';
import { makeState } from './state.ts';
import { teamSettings } from './team-settings.ts';
import { messageTemplates } from './templates.ts';

/** Bluesky's moderation service, reached through the moderator's own server. */
export const ozone: Connector = {
  id: 'ozone',
  title: 'Bluesky Ozone',
  summary: 'Reports on Bluesky posts, accounts and chats from your Ozone labeler, with what your team does there. Ozone cannot lock threads or hide single chat messages; muting a reporter, diverting files and scores of priority stay in Ozone\'s own tool.',
  fields,
  instance: (values) => instanceOf(readSettings(values)),
  open(io, values): Session {
    const settings = readSettings(values);
    const signIn = makeSignIn(io, settings.service, settings.handle);
    const client = makeClient(io, settings.service, signIn);
    const memory = makePullMemory();
    const desk = remembered(() => deskName(io));
    const labeler = remembered((signal) => findLabeler(client, signIn, settings, signal));
    const queues = remembered(async (signal) => hasQueues(client, (await labeler.get(signal)).did, signal));
    const queueOf = async (remoteId: string, signal: AbortSignal): Promise<string | null> => {
      const known = memory.queues.get(remoteId);
      if (known !== undefined || !await queues.get(signal)) return known ?? null;
      const found = await queueOfSubject(client, (await labeler.get(signal)).did, remoteId, signal);
      if (found !== null) rememberQueue(memory, remoteId, found);
      return found;
    };
    const team = remembered(async (signal) => teamSettings(client, (await labeler.get(signal)).did, signal));

    return {
      async verify(signal): Promise<Account> {
        labeler.forget();
        team.forget();
        queues.forget();
        const found = await labeler.get(signal);
        return accountOf(client, found, await signIn.tokens(signal), await team.get(signal), settings.service, signal);
      },
      async *pull(cursor, signal) {
        const { did } = await labeler.get(signal);
        yield* pull({ io, client, labeler: did, desk: await desk.get(signal), images: settings.images, memory, queueOf }, cursor, signal);
      },
      async context(subject, signal) {
        const { did } = await labeler.get(signal);
        const seenUntil = timeOf(readPosition(memory.given).events) ?? Infinity;
        return contextOf({ client, labeler: did, images: settings.images, seenUntil, queueOf }, subject, signal);
      },
      async deliver(order, signal) {
        const { did } = await labeler.get(signal);
        const [{ did: createdBy }, name] = await Promise.all([signIn.tokens(signal), desk.get(signal)]);
        return deliver({
          io, client, labeler: did, desk: name, createdBy, state: makeState(name, client, did), team: await team.get(signal),
        }, order, signal);
      },
      async guidelines(signal) {
        team.forget();
        return publishedGuidelines(client, (await labeler.get(signal)).did, await team.get(signal), signal);
      },
      async templates(signal) {
        return messageTemplates(client, (await labeler.get(signal)).did, signal);
      },
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

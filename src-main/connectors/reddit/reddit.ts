import type { Connector, Session } from '../connector.ts';
import { makeOurs } from '../http/ours.ts';
import { remembered } from '../http/remembered.ts';
import { accountOf, coveredBy, whoAmI } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { publishedGuidelines } from './guidelines.ts';
import { pull } from './pull.ts';
import type { PullMemory } from './round.ts';
import { fields, instanceOf, readSettings } from './settings.ts';

/** The mod queue and reports of the subreddits that an account moderates. */
export const reddit: Connector = {
  id: 'reddit',
  title: 'Reddit',
  summary: 'Mod queue and reports of your subreddits, with removal reasons, mod notes and the mod log. Reddit names no reporters, and approves to dismiss, which discards the reports; muting keeps a member out of modmail only.',
  fields,
  instance: (values) => instanceOf(readSettings(values)),
  open(io, values): Session {
    const client = makeClient(io, readSettings(values));
    const ours = makeOurs();
    const sent = new Set<string>();
    const memory: PullMemory = { known: null };
    const me = remembered((signal) => whoAmI(client, signal));
    const covered = remembered((signal) => coveredBy(client, signal));
    return {
      async verify(signal) {
        me.forget();
        covered.forget();
        return accountOf(client, await me.get(signal), signal);
      },
      async *pull(cursor, signal) {
        yield* pull({ io, client, ours, memory, me: await me.get(signal), subreddits: covered.get }, cursor, signal);
      },
      context: (subject, signal) => contextOf({ client, known: memory.known }, subject, signal),
      deliver: (order, signal) => deliver({ io, client, ours, sent, me: me.get }, order, signal),
      guidelines: (signal) => publishedGuidelines(client, signal),
      // Nothing is held open: each call is a request of its own.
      close: () => Promise.resolve(),
    };
  },
};

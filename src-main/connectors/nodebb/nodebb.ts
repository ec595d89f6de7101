import type { Connector, Session } from '../connector.ts';
import { plainText, rulesIn } from '../http/html.ts';
import { instanceAt } from '../http/instance.ts';
import { ownMedium } from '../http/own-media.ts';
import { accountOf, whoAmI } from './account.ts';
import { makeClient } from './client.ts';
import { contextOf } from './context.ts';
import { deliver } from './deliver.ts';
import { makeOurs } from '../http/ours.ts';
import { pull } from './pull.ts';
import type { PullMemory } from './pull.ts';
import { terms } from './schemas.ts';
import { fields, readSettings } from './settings.ts';

/** A NodeBB forum's flags and post queue. */
export const nodebb: Connector = {
  id: 'nodebb',
  title: 'NodeBB',
  summary: 'Flags and the post queue of a NodeBB forum. It tells no one about edits of flagged posts, nor who accepted or rejected a queued one.',
  fields,
  instance: (values) => instanceAt(readSettings(values).url),
  open(io, values): Session {
    const client = makeClient(io, readSettings(values));
    const ours = makeOurs();
    const memory: PullMemory = { known: null };
    let me: string | null = null;
    const uid = async (signal: AbortSignal): Promise<string> => {
      me ??= (await whoAmI(client, signal)).uid;
      return me;
    };
    return {
      verify: (signal) => accountOf(client, signal),
      pull: (cursor, signal) => pull({ io, client, ours, uid, memory }, cursor, signal),
      context: (subject, signal) => contextOf({ client, known: memory.known, now: io.now() }, subject, signal),
      deliver: (order, signal) => deliver({ io, client, ours, uid }, order, signal),
      async guidelines(signal) {
        const page = await client.glance('/api/tos', [], terms, 'the terms of use', signal);
        const html = page?.termsOfUse ?? '';
        const rules = rulesIn(html);
        if (rules.length > 0 || plainText(html) === '') return rules;
        return [{ remoteId: 'terms', number: '1', title: 'Terms of use', body: plainText(html) }];
      },
      // Only members get them where the forum says so (src/middleware/uploads.js, privateUploads).
      media: (address, signal) => ownMedium(io, { url: client.settings.url, folders: ['/assets/'], headers: client.headers }, address, signal),
      // Nothing is held open: the forum's live events are for browsers, whose cookie they want, and know no tokens (src/socket.io/index.js, authorize).
      close: () => Promise.resolve(),
    };
  },
};

import type { Connector } from './connector.ts';
import { discord } from './discord/discord.ts';
import { discourse } from './discourse/discourse.ts';
import { file } from './file/file.ts';
import { lemmy } from './lemmy/lemmy.ts';
import { mailman } from './mailman/mailman.ts';
import { mastodon } from './mastodon/mastodon.ts';
import { misskey } from './misskey/misskey.ts';
import { nodebb } from './nodebb/nodebb.ts';
import { ozone } from './ozone/ozone.ts';
import { peertube } from './peertube/peertube.ts';
import { reddit } from './reddit/reddit.ts';
import { sampleConnector } from './sample/connector.ts';
import { synapse } from './synapse/synapse.ts';
import { webhook } from './webhook/webhook.ts';

export type Registry = {
  /** In the order in which a person is offered them. */
  readonly all: readonly Connector[];
  readonly byId: (platform: string) => Connector | null;
};

/** Makes a registry from a list; tests bring their own. */
export function makeRegistry(all: readonly Connector[]): Registry {
  const byId = new Map(all.map((connector) => [connector.id, connector]));
  if (byId.size !== all.length) throw new Error('two connectors have the same id');
  return { all, byId: (platform) => byId.get(platform) ?? null };
}

/** Every platform there is: a new connector is one line here. */
export const registry: Registry = makeRegistry([ozone, mastodon, discourse, lemmy, nodebb, mailman, misskey, peertube, synapse, reddit, webhook, file, discord, sampleConnector]);

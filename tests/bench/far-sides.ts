/**
 * The scripted platforms of the connectors' tests, in a process of their own: `far-sides.ts REPORTS [KIND]` prints one
 * line that says how each is reached, and lives until it is ended. A test's account on them is no secret.
 */
import type { FormValues } from '../../src-main/contract/setup.ts';
import { discourse } from '../../src-main/connectors/discourse/discourse.ts';
import { lemmy } from '../../src-main/connectors/lemmy/lemmy.ts';
import { mailman } from '../../src-main/connectors/mailman/mailman.ts';
import { mastodon } from '../../src-main/connectors/mastodon/mastodon.ts';
import { misskey } from '../../src-main/connectors/misskey/misskey.ts';
import { nodebb } from '../../src-main/connectors/nodebb/nodebb.ts';
import { peertube } from '../../src-main/connectors/peertube/peertube.ts';
import { reddit } from '../../src-main/connectors/reddit/reddit.ts';
import { synapse } from '../../src-main/connectors/synapse/synapse.ts';
import { startDiscourse } from '../connectors/discourse/far.ts';
import { startFar as startLemmy } from '../connectors/lemmy/far.ts';
import { startFar as startMailman } from '../connectors/mailman/far.ts';
import { startFar as startMastodon } from '../connectors/mastodon/far.ts';
import { startFar as startMisskey } from '../connectors/misskey/far.ts';
import { startFar as startNodebb } from '../connectors/nodebb/far.ts';
import { startFar as startPeertube } from '../connectors/peertube/far.ts';
import { startFar as startReddit } from '../connectors/reddit/far.ts';
import { startFar as startSynapse } from '../connectors/synapse/far.ts';
import { makeConnectorIo } from '../support/connector-io.ts';

/** One connection that can be made to a far side. */
export type Side = { readonly kind: string; readonly platform: string; readonly settings: FormValues; readonly secrets: Readonly<Record<string, string>> };

/** Twelve communities on every kind of server that is scripted over plain HTTP. */
const SIDES = [
  ['mastodon', mastodon, (reports, io) => startMastodon('mastodon', reports, io)],
  ['gotosocial', mastodon, (reports, io) => startMastodon('gotosocial', reports, io)],
  ['akkoma', mastodon, (reports, io) => startMastodon('akkoma', reports, io)],
  ['discourse', discourse, (reports, io) => startDiscourse({ reports, io })],
  ['lemmy', lemmy, (reports, io) => startLemmy('v3', reports, io)],
  ['lemmy-1', lemmy, (reports, io) => startLemmy('v4', reports, io)],
  ['nodebb', nodebb, (reports, io) => startNodebb({ reports, io }, 'text')],
  ['misskey', misskey, (reports, io) => startMisskey({ reports, io })],
  ['peertube', peertube, (reports, io) => startPeertube(reports, io)],
  ['synapse', synapse, (reports, io) => startSynapse({ reports, io })],
  ['reddit', reddit, (reports, io) => startReddit({ reports, io })],
  ['mailman', mailman, (reports, io) => startMailman({ reports, io })],
] as const satisfies readonly (readonly [string, { readonly id: string; readonly fields: Parameters<typeof makeConnectorIo>[0] }, (reports: number, io: ReturnType<typeof makeConnectorIo>) => Promise<Pick<Side, 'secrets'> & { readonly values: FormValues }>])[];

const [reports = '1000', only] = process.argv.slice(2);
const sides: Side[] = [];
for (const [kind, connector, start] of SIDES) {
  if (only !== undefined && only !== kind) continue;
  const { values, secrets } = await start(Number(reports), makeConnectorIo(connector.fields));
  sides.push({ kind, platform: connector.id, settings: values, secrets });
}
process.stdout.write(`${JSON.stringify(sides)}\n`);

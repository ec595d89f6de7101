import type { Account } from '../connector.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Client } from './client.ts';
import { labelers } from './schemas.ts';
import type { LabelDefinition } from './schemas.ts';
import type { Labeler } from './labeler.ts';
import { tagChoices } from './tags.ts';
import type { TeamSettings } from './team-settings.ts';
import { XrpcRefused } from './xrpc.ts';

const POLL_MS = 10_000;

/** Who the moderator is at this Ozone, and what the role allows. */
export async function accountOf(
  client: Client, labeler: Labeler, me: { readonly did: string; readonly handle: string }, team: TeamSettings, service: string, signal: AbortSignal,
): Promise<Account> {
  const { values } = await publishedLabels(client, labeler.did, signal);
  const tags = await tagChoices(client, labeler.did, { did: me.did, role: labeler.role }, team, signal);
  const missing = labeler.role === 'moderator' || labeler.role === 'admin' ? [] : [
    `Your role at this Ozone is ${labeler.role === '' ? 'not known' : labeler.role}: you can dismiss, escalate, mute, tag and write to members. To take down, suspend and label, ask an Ozone admin for the moderator role (Configure, Members).`,
  ];
  return {
    name: `@${me.handle}`,
    instance: new URL(service).host,
    scopes: [labeler.role === '' ? 'member' : labeler.role],
    missing,
    capabilities: capabilitiesOf(labeler.role, values, tags),
    pollMs: POLL_MS,
  };
}

/** The labels the labeler declares, with its words for them; empty where it has published none. */
export async function publishedLabels(
  client: Client, did: string, signal: AbortSignal,
): Promise<{ readonly values: readonly string[]; readonly definitions: readonly LabelDefinition[] }> {
  try {
    const { views } = await client.get(null, 'app.bsky.labeler.getServices', { dids: [did], detailed: true }, labelers, signal);
    const policies = views[0]?.policies;
    return { values: policies?.labelValues ?? [], definitions: policies?.labelValueDefinitions ?? [] };
  } catch (error) {
    // An Ozone that labels nothing has no labeler record.
    if (error instanceof XrpcRefused) return { values: [], definitions: [] };
    throw error;
  }
}

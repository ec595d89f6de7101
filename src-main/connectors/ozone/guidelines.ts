import type { PublishedGuideline } from '../connector.ts';
import { publishedLabels } from './account.ts';
import type { Client } from './client.ts';
import type { TeamSettings } from './team-settings.ts';

/** The rules the community publishes: the team's policies, or else what its labels mean. Their order is their number. */
export async function publishedGuidelines(client: Client, labeler: string, { policies }: TeamSettings, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  if (policies.length > 0) {
    return policies.map(({ slug, name, description }, index) => ({ remoteId: slug, number: String(index + 1), title: name, body: description }));
  }
  const { definitions } = await publishedLabels(client, labeler, signal);
  return definitions.map(({ identifier, locales }, index) => {
    const locale = locales.find(({ lang }) => lang?.startsWith('en') === true) ?? locales[0];
    return { remoteId: `label:${identifier}`, number: String(index + 1), title: locale?.name ?? identifier, body: locale?.description ?? '' };
  });
}

import type { PublishedGuideline } from '../connector.ts';
import { publishedLabels } from './account.ts';
import type { Client } from './client.ts';
import { options } from './schemas.ts';
import { XrpcRefused } from './xrpc.ts';

const POLICIES = 'tools.ozone.setting.policyList';

type Policy = { readonly slug: string; readonly name: string; readonly description: string };

/** The team's policies (Ozone: Configure, Policies) by name; empty where there are none, or the Ozone is older. */
export async function policiesOf(client: Client, labeler: string, signal: AbortSignal): Promise<readonly Policy[]> {
  try {
    const listed = await client.get(labeler, 'tools.ozone.setting.listOptions', { scope: 'instance', keys: [POLICIES], limit: 10 }, options, signal);
    const value = listed.options.find(({ key }) => key === POLICIES)?.value ?? {};
    return Object.entries(value).map(([slug, { name, description }]) => ({ slug, name: name ?? slug, description: description ?? '' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}

/** The rules the community publishes: the team's policies, or else what its labels mean. Their order is their number. */
export async function publishedGuidelines(client: Client, labeler: string, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const policies = await policiesOf(client, labeler, signal);
  if (policies.length > 0) {
    return policies.map(({ slug, name, description }, index) => ({ remoteId: slug, number: String(index + 1), title: name, body: description }));
  }
  const { definitions } = await publishedLabels(client, labeler, signal);
  return definitions.map(({ identifier, locales }, index) => {
    const locale = locales.find(({ lang }) => lang?.startsWith('en') === true) ?? locales[0];
    return { remoteId: `label:${identifier}`, number: String(index + 1), title: locale?.name ?? identifier, body: locale?.description ?? '' };
  });
}

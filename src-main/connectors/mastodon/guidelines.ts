import { ConnectorError } from '../connector.ts';
import type { PublishedGuideline } from '../connector.ts';
import type { Client } from './client.ts';
import { instanceRules, publishedRules } from './schemas.ts';

/** A rule's first sentence is its title where it is longer than this. */
const TITLE = 100;

/** The server's rules (docs.joinmastodon.org/methods/instance#rules), from the instance page where they have none of their own. */
export async function publishedGuidelines(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const rules = await client.find('/api/v1/instance/rules', publishedRules, 'the rules', signal) ?? await ofInstance(client, signal);
  return rules.filter(({ text }) => text.trim() !== '').map(({ id, text, hint }, index) => {
    const { title, rest } = titled(text.trim());
    return { remoteId: id, number: String(index + 1), title, body: [rest, hint.trim()].filter((part) => part !== '').join('\n\n') };
  });
}

async function ofInstance(client: Client, signal: AbortSignal): Promise<typeof publishedRules._output> {
  try {
    return (await client.find('/api/v1/instance', instanceRules, 'the rules', signal))?.rules ?? [];
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'refused') return [];
    throw error;
  }
}

function titled(text: string): { readonly title: string; readonly rest: string } {
  const end = text.search(/[.!?\n](?:\s|$)/);
  if (text.length <= TITLE && !text.includes('\n')) return { title: text, rest: '' };
  const cut = end > 0 && end < TITLE ? end + 1 : TITLE;
  return { title: text.slice(0, cut).trim(), rest: text };
}

import type { PublishedGuideline } from '../connector.ts';
import type { Client } from './client.ts';
import { watchedLists } from './lists.ts';
import { listConfig } from './schemas.ts';

/** What each list publishes of itself: `info`, which its page shows, is where a list's rules stand. */
export async function guidelinesOf(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const rules: PublishedGuideline[] = [];
  for (const list of await watchedLists(client, signal)) {
    const config = await client.glance(`/lists/${encodeURIComponent(list.id)}/config`, {}, listConfig, 'the list\'s settings', signal);
    const body = [config?.description ?? list.description, config?.info ?? ''].map((part) => part.trim()).filter((part) => part !== '').join('\n\n');
    if (body !== '') rules.push({ remoteId: list.id, number: String(rules.length + 1), title: list.title, body });
  }
  return rules;
}

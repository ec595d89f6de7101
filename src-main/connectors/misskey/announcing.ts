import type { Order } from '../connector.ts';
import type { Client } from './client.ts';
import { announcement, announcements, endpoint } from './schemas.ts';

/** Clocks differ by less than this. */
const SKEW_MS = 5 * 60_000;
const TITLES = { warn: 'Warning from the moderators', message: 'Message from the moderators' } as const;

/**
 * Whether the server can show an announcement to one member alone (since Misskey 2023.9). Servers that cannot would
 * show it to everybody, so that they are asked what the endpoint takes.
 */
export async function canAnnounce(client: Client, signal: AbortSignal): Promise<boolean> {
  const found = await client.glance('endpoint', { endpoint: 'admin/announcements/create' }, endpoint, 'what the server can do', signal);
  return found?.params.some(({ name }) => name === 'userId') === true;
}

/** What the member is told; null where there is nothing to tell. The reason stays with the team. */
export function wordsFor({ message, guideline }: Order): string | null {
  const words = [message?.trim() ?? '', guideline ?? ''].filter((part) => part !== '').join('\n\n');
  return words === '' ? null : words;
}

/** Writes to a member as an announcement that is theirs alone, once; answers its id. */
export async function announce(client: Client, userId: string, verb: 'warn' | 'message', words: string, decidedAt: number, signal: AbortSignal): Promise<string> {
  const before = await client.glance('admin/announcements/list', { userId, limit: 30 }, announcements, 'the announcements', signal) ?? [];
  const again = before.find(({ text, createdAt }) => text === words && (createdAt ?? 0) > decidedAt - SKEW_MS);
  if (again !== undefined) return again.id;
  const params = { title: TITLES[verb], text: words, imageUrl: null, icon: verb === 'warn' ? 'warning' : 'info', display: 'dialog', needConfirmationToRead: true, userId };
  return (await client.ask('admin/announcements/create', params, announcement, 'the announcement', signal)).id;
}

import { ConnectorError } from '../connector.ts';
import type { Client } from './client.ts';
import type { List } from './names.ts';
import { list as listSchema } from './schemas.ts';

/** The lists that are moderated here, in the order of their ids. */
export async function watchedLists(client: Client, signal: AbortSignal): Promise<readonly List[]> {
  const { lists: wanted, host } = client.settings;
  const lists = new Map<string, List>();
  for (const row of await client.all('/lists', {}, 'the mailing lists', signal)) {
    const one = readList(row);
    if (one === null) throw new ConnectorError('unintelligible', `${host} sent a mailing list without a name. Nothing is lost: Docket waits before it and tries again. If it stays so, update Docket.`);
    if (wanted.length === 0 || wanted.includes(one.id.toLowerCase()) || wanted.includes(one.address.toLowerCase())) lists.set(one.id, one);
  }
  return [...lists.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Which of the lists that the settings name are not there. */
export function unknownLists(client: Client, lists: readonly List[]): readonly string[] {
  const known = new Set(lists.flatMap(({ id, address }) => [id.toLowerCase(), address.toLowerCase()]));
  return client.settings.lists.filter((name) => !known.has(name));
}

/** A list answers to its id and to its address alike. */
function readList(row: unknown): List | null {
  const one = listSchema.safeParse(row).data;
  const id = one?.list_id || /\/lists\/([^/]+)$/.exec(one?.self_link ?? '')?.[1] || one?.fqdn_listname;
  if (!id) return null;
  return { id, address: one?.fqdn_listname || id, title: one?.display_name || id, description: one?.description ?? '' };
}

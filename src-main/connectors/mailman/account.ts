import type { Account } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { CAPABILITIES } from './capabilities.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { unknownLists, watchedLists } from './lists.ts';
import type { List } from './names.ts';
import { versions } from './schemas.ts';
import { instanceOf } from './settings.ts';

const POLL_MS = 60_000;
const MOST_NAMED = 5;
/** The first version that tells who wants to leave a list (core NEWS, 3.3.3, REST). */
const TELLS_LEAVING = [3, 3, 3];

/** Who we are there, which version answers, and which lists. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const { settings } = client;
  const version = (await client.glance('/system/versions', {}, versions, 'its version', signal))?.mailman_version ?? 'Mailman core';
  const lists = await listsOf(client, signal);
  const unknown = unknownLists(client, lists);
  const named = lists.slice(0, MOST_NAMED).map(({ address }) => address);
  return {
    name: settings.user,
    instance: instanceOf(settings),
    scopes: [version, ...named, ...(lists.length > named.length ? [`and ${lists.length - named.length} more lists`] : [])],
    missing: [
      ...(lists.length === 0 && unknown.length === 0 ? ['This server has no mailing lists yet. What is held on one that is made there appears here by itself.'] : []),
      ...unknown.map((name) => `There is no list ${name} on this server. Check "Only these lists" in the connection's settings.`),
      ...(isOlder(version) ? [`This Mailman core (${version}) does not show who asks to leave a list, and refuses some decisions that later versions take. Whoever runs the server can bring it to 3.3.3 or later.`] : []),
    ],
    capabilities: CAPABILITIES,
    pollMs: POLL_MS,
  };
}

/** What answers must be a core: one that does not tell its version has lists all the same. */
async function listsOf(client: Client, signal: AbortSignal): Promise<readonly List[]> {
  try {
    return await watchedLists(client, signal);
  } catch (error) {
    if (!isRefused(error, 404)) throw error;
    throw new ConnectorError('settings', `What answers at ${client.settings.url} is not the REST API of Mailman 3. It is the address in [webservice] of mailman.cfg, usually http://localhost:8001, not the web interface's.`);
  }
}

function isOlder(version: string): boolean {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? TELLS_LEAVING;
  const place = TELLS_LEAVING.findIndex((number, at) => numbers[at] !== number);
  return place !== -1 && (numbers[place] ?? 0) < (TELLS_LEAVING[place] ?? 0);
}

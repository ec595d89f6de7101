import type { z } from 'zod';
import type { Account } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { capabilitiesOf } from './capabilities.ts';
import { isRefused } from '../http/refused.ts';
import { instanceAt } from '../http/instance.ts';
import type { Client } from './client.ts';
import { notNodebb } from './pull.ts';
import { config, flagList, self } from './schemas.ts';

export type Self = z.infer<typeof self>;

const POLL_MS = 30_000;
/** Whose token it is: GET /api/self (src/controllers/user.js, getCurrentUser), else /api/config. */
export async function whoAmI(client: Client, signal: AbortSignal): Promise<Self> {
  try {
    const me = await client.glance('/api/self', [], self, 'the account', signal)
      ?? { uid: (await client.glance('/api/config', [], config, 'the account', signal))?.uid ?? '', username: null, isAdmin: null, isGlobalModerator: null, isModerator: null, canBan: null, canMute: null };
    if (me.uid !== '0') return me;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'sign-in') throw error;
  }
  throw new ConnectorError('sign-in', `${client.settings.host} does not know whose token this is; it may be deleted there. For a master token, give the moderator's user id in the connection's settings; else ask an admin for a token of your own (admin panel, Settings, API access).`);
}

async function maySeeFlags(client: Client, uid: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.get('/api/flags', [['state', 'open'], ['page', 1]], flagList, 'the list of flags', signal);
    return true;
  } catch (error) {
    if (uid === '' && isRefused(error, 404)) throw notNodebb(client);
    if (isRefused(error, 400, 403, 404)) return false;
    throw error;
  }
}

/** Who we are there, and whether the flags may be seen. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const me = await whoAmI(client, signal);
  const seen = await maySeeFlags(client, me.uid, signal);
  const role = me.isAdmin === true ? 'administrator' : me.isGlobalModerator === true ? 'global moderator' : me.isModerator === true ? 'moderator of some categories' : null;
  return {
    name: me.username ? `@${me.username}` : me.uid === '' ? 'The token\'s owner' : `Member ${me.uid}`,
    instance: instanceAt(client.settings.url),
    scopes: role === null ? [] : [role],
    missing: !seen ? ['This account may not see flags. An admin can make it a global moderator (admin panel, Manage, Groups, Global Moderators), or a moderator of some categories (Manage, Privileges).'] : [],
    capabilities: capabilitiesOf(me),
    pollMs: POLL_MS,
  };
}

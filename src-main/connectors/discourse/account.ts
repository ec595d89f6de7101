import type { Account } from '../connector.ts';
import { capabilitiesOf } from './capabilities.ts';
import { isRefused, keyRefused } from './client.ts';
import type { Client } from './client.ts';
import { reviewList, userShow } from './schemas.ts';
import { instanceOf } from './settings.ts';

/** An API key may ask 60 times a minute (config/discourse_defaults.conf, max_admin_api_reqs_per_minute). */
const POLL_MS = 60_000;

/** Who we are there. The review queue itself tells whether the key is good: it is refused with 403, never 401. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const { settings } = client;
  try {
    await client.get('/review', { status: 'pending' }, reviewList, 'the review queue', signal);
  } catch (error) {
    if (isRefused(error, 403)) throw keyRefused(settings);
    throw error;
  }
  const shown = await client.glance(`/u/${encodeURIComponent(settings.username)}`, {}, userShow, 'the account', signal);
  const role = shown === null ? null : shown.user.admin === true ? 'admin' : shown.user.moderator === true ? 'moderator' : 'category reviewer';
  const staff = role !== 'category reviewer';
  return {
    name: `@${shown?.user.username ?? settings.username}`,
    instance: instanceOf(settings),
    scopes: role === null ? ['review'] : ['review', role],
    missing: staff ? [] : ['This account is neither moderator nor admin: it reviews what its categories allow and cannot silence, suspend or warn. An admin can change that in Admin, Users, Grant moderation.'],
    capabilities: capabilitiesOf(staff),
    pollMs: POLL_MS,
  };
}

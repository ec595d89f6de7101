import type { Account } from '../connector.ts';
import { instanceAt } from '../http/instance.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Client } from './client.ts';
import { reviewList } from './schemas.ts';

/** An admin's API key may ask 60 times a minute, a member's own 20 times and 2880 times a day (config/discourse_defaults.conf). */
const POLL_MS = { admin: 60_000, user: 120_000 } as const;

/** Who we are there. The review queue itself tells whether the key is good: it is refused with 403, never 401. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const { settings } = client;
  try {
    await client.get('/review', { status: 'pending' }, reviewList, 'the review queue', signal);
  } catch (error) {
    throw await client.shutOut(error, signal, true);
  }
  const { username, role } = await client.me(signal);
  const staff = role !== 'category reviewer';
  return {
    name: `@${username}`,
    instance: instanceAt(settings.url),
    scopes: role === null ? ['review'] : ['review', role],
    missing: staff ? [] : ['This account is neither moderator nor admin: it reviews what its categories allow and cannot silence, suspend or warn. An admin can change that in Admin, Users, Grant moderation.'],
    capabilities: capabilitiesOf(staff),
    pollMs: POLL_MS[(await client.auth(signal)).kind],
  };
}

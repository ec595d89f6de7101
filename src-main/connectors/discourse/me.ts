import type { Client } from './client.ts';
import { currentSession, userShow } from './schemas.ts';

/** Who the key belongs to, as far as the forum tells. */
export type Me = { readonly id: string | null; readonly username: string; readonly role: 'admin' | 'moderator' | 'category reviewer' | null };

/** GET /session/current.json, else the profile: forums before 2.0 and keys with single scopes have the first not. */
export async function whoAmI(client: Pick<Client, 'glance' | 'settings'>, signal: AbortSignal): Promise<Me> {
  const { username } = client.settings;
  const session = await client.glance('/session/current', {}, currentSession, 'the account', signal);
  const user = session?.current_user ?? (username === '' ? null : (await client.glance(`/u/${encodeURIComponent(username)}`, {}, userShow, 'the account', signal))?.user) ?? null;
  if (user === null) return { id: null, username, role: null };
  return { id: user.id, username: user.username, role: user.admin === true ? 'admin' : user.moderator === true ? 'moderator' : 'category reviewer' };
}

/** Whether a review is by the account itself. */
export function isMe(by: string | null, username: string): boolean {
  return by?.toLowerCase() === `@${username.toLowerCase()}`;
}

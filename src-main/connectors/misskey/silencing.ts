import type { Client } from './client.ts';
import { roles } from './schemas.ts';

/** A role that takes the right to post publicly, which is what silencing is in Misskey (RoleService.ts, policy canPublicNote). */
export type Silencer = { readonly id: string; readonly name: string };

/** The first such role that this account may give; null where there is none, or where the roles are not to be seen. */
export async function silencerOf(client: Client, isAdmin: boolean, signal: AbortSignal): Promise<Silencer | null> {
  const all = await client.glance('admin/roles/list', {}, roles, 'the roles', signal) ?? [];
  const found = all.find(({ target, policies, isModerator, isAdministrator, canEditMembersByModerator }) => (
    target === 'manual' && policies?.canPublicNote?.useDefault === false && policies.canPublicNote.value === false
    && !isModerator && !isAdministrator && (isAdmin || canEditMembersByModerator)
  ));
  return found === undefined ? null : { id: found.id, name: found.name ?? found.id };
}

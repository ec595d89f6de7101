import type { RemoteMember } from '../connector.ts';
import type { AdminUser, WireUser } from './schemas.ts';

/** An account as a side-loaded user tells it; one that is not told is named by its number. */
export function memberOf(id: string, user: Pick<WireUser, 'username' | 'name'> & Partial<WireUser> | undefined, url: string, trustLevel?: number | null): RemoteMember {
  const username = user?.username ?? null;
  const trust = trustLevel ?? user?.trust_level ?? null;
  return {
    remoteId: id,
    name: user?.name?.trim() || username || `Member ${id}`,
    handle: username === null ? `#${id}` : `@${username}`,
    joinedAt: null,
    postCount: null,
    standing: [...rolesOf(user), ...(trust === null ? [] : [`trust level ${trust}`])],
    url: username === null ? null : profileUrl(url, username),
  };
}

/** An account as staff sees it. */
export function memberOfAdmin(user: AdminUser, url: string, now: number): RemoteMember {
  const penalties = user.penalty_counts;
  return {
    ...memberOf(user.id, { ...user, trust_level: user.trust_level }, url),
    joinedAt: user.created_at ?? null,
    postCount: user.post_count ?? null,
    standing: [
      ...rolesOf(user),
      ...(user.trust_level === null || user.trust_level === undefined ? [] : [`trust level ${user.trust_level}`]),
      ...runs('suspended', user.suspended_till, now), ...runs('silenced', user.silenced_till, now),
      ...(user.warnings_received_count ? [`warned ${times(user.warnings_received_count)}`] : []),
      ...counted(penalties?.suspended, 'suspended'), ...counted(penalties?.silenced, 'silenced'),
      ...(user.flags_received_count ? [`reported ${times(user.flags_received_count)}`] : []),
    ],
  };
}

export function profileUrl(url: string, username: string): string {
  return `${url}/u/${encodeURIComponent(username)}`;
}

function rolesOf(user: Partial<Pick<WireUser, 'admin' | 'moderator'>> | undefined): string[] {
  return user?.admin === true ? ['admin'] : user?.moderator === true ? ['moderator'] : [];
}

function runs(what: string, till: number | null | undefined, now: number): string[] {
  return till === null || till === undefined || till < now ? [] : [`${what} until ${new Date(till).toISOString().slice(0, 10)}`];
}

/** Penalties of the last half year (User#penalty_counts). */
function counted(count: number | null | undefined, what: string): string[] {
  return count ? [`${what} ${times(count)} lately`] : [];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

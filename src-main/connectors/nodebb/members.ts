import type { RemoteMember } from '../connector.ts';
import type { WireUser } from './schemas.ts';

/** An account as NodeBB tells it; one that is not told is named by its number. */
export function memberOf(uid: string, user: WireUser | null | undefined, url: string, now: number): RemoteMember {
  const username = spoken(user?.username);
  const until = bannedUntil(user);
  return {
    remoteId: uid,
    name: spoken(user?.displayname) ?? spoken(user?.fullname) ?? username ?? (uid === '0' ? 'Guest or former member' : `Member ${uid}`),
    handle: username === null ? `#${uid}` : `@${username}`,
    joinedAt: user?.joindate ?? null,
    postCount: user?.postcount ?? null,
    standing: [
      ...(user?.banned === true ? [until === null || until === 0 ? 'banned' : `banned until ${day(until)}`] : []),
      ...(isMuted(user, now) ? [`muted until ${day(user?.mutedUntil ?? 0)}`] : []),
      ...(typeof user?.reputation === 'number' ? [`reputation ${user.reputation}`] : []),
    ],
    url: user?.userslug ? `${url}/user/${encodeURIComponent(user.userslug)}` : null,
  };
}

/** A name; guests and deleted accounts have a language key for one, such as `[[global:former-user]]` (src/user/data.js). */
function spoken(name: string | null | undefined): string | null {
  return name && !name.startsWith('[[') ? name : null;
}

/** What people there call an account, `@rosa`; null where it has no name, as a guest or who is gone. */
export function handleOf(user: WireUser | null | undefined): string | null {
  const username = spoken(user?.username);
  return username === null ? null : `@${username}`;
}

/** The number of an account, also of one that is gone; 0 for a guest. */
export function numberOf({ uid, oldUid }: WireUser): string {
  return uid === '0' && oldUid ? oldUid : uid;
}

/** When a ban ends; 0 where never, null where the forum does not say. */
export function bannedUntil(user: WireUser | null | undefined): number | null {
  return user?.['banned:expire'] ?? user?.banned_until ?? null;
}

export function isMuted(user: WireUser | null | undefined, now: number): boolean {
  return typeof user?.mutedUntil === 'number' && user.mutedUntil > now;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

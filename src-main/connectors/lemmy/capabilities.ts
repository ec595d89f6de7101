import type { Capabilities, Capability } from '../connector.ts';
import type { Dialect } from './dialect.ts';

/** What the account is there: an admin of the instance, and a moderator of how many of its communities. */
export type Access = { readonly admin: boolean; readonly communities: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Bans end at any time that is given; these are offered. */
const DURATIONS: readonly (number | null)[] = [DAY, 3 * DAY, 7 * DAY, 30 * DAY, 365 * DAY, null];

const ON: Capability = { can: true, target: 'subject', reversible: true };
/** The log of what moderators do is public, with its reasons. */
const LOGGED: Capability = { ...ON, reasonShown: true };

function no(why: string): Capability {
  return { can: false, why };
}

/** What the account can do, as the version of the instance and its role there allow. */
export function capabilitiesOf(dialect: Dialect, access: Access): Capabilities {
  if (!access.admin && access.communities === 0) {
    const why = no('The account is neither an admin of the instance nor a moderator of a community.');
    return { post: { remove: why, mute: why, warn: why, suspend: why, dismiss: why, lock: why, restore: why }, message: { dismiss: why, suspend: why }, community: { dismiss: why, remove: why } };
  }
  const onMember: Capability = { can: true, target: 'member', reversible: true, durations: DURATIONS, reasonShown: true };
  const suspend = access.admin ? onMember : no('Only an admin of the instance can ban from all of it. Muting bans from the community.');
  const label = no('Lemmy has no labels that moderators set.');
  const message: Capability = { can: true, target: 'member', reversible: false, message: true };
  const adminsOnly = 'Only an admin of the instance can do this.';
  const dismissPm = access.admin ? ON : no(adminsOnly);
  const onCommunity = (can: Capability): Capability => (access.admin && dialect.id === 'v4' ? can : no(dialect.id === 'v4' ? adminsOnly : 'Lemmy 0.19 has no reports of communities.'));
  return {
    post: {
      remove: LOGGED, restore: LOGGED, dismiss: ON, lock: LOGGED, mute: onMember, suspend, label, message,
      warn: dialect.calls.warn === null ? no('Lemmy 0.19 has no warnings; 1.0 has.') : { can: true, target: 'subject', reversible: false, message: true, reasonShown: true },
    },
    message: {
      remove: no('Lemmy has no way to remove a private message.'), dismiss: dismissPm, suspend, label, message,
      lock: no('A private message cannot be locked.'), mute: no('A private message belongs to no community.'), warn: no('Lemmy warns about posts and comments only.'),
    },
    community: {
      remove: onCommunity(LOGGED), restore: onCommunity(LOGGED), dismiss: onCommunity(ON), label, message: no('A community has no author to write to. Write to its moderators on the instance.'), lock: no('Lemmy has no lock for a whole community.'),
      suspend: no('A community has no author to ban. Open its moderators on the instance.'), mute: no('A community has no author to ban.'), warn: no('Lemmy warns about posts and comments only.'),
    },
  };
}

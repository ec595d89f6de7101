import type { Capabilities, Capability } from '../connector.ts';
import type { Self } from './account.ts';

const DAY = 24 * 3_600_000;
const DURATIONS: readonly (number | null)[] = [DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, null];

const NO_LABELS: Capability = { can: false, why: 'NodeBB has no labels for posts or members; a topic\'s tags say what it is about.' };
const ON_SUBJECT: Capability = { can: true, target: 'subject', reversible: true };
/** Who is banned or muted is told why (src/user/bans.js, getReason). */
const PENALTY: Capability = { can: true, target: 'member', reversible: true, durations: DURATIONS, reasonShown: true };
const WRITTEN: Capability = { can: true, target: 'member', reversible: false, message: true };

/** A global privilege that the account's own page denies (src/controllers/accounts/helpers.js); there admins are told that they cannot ban themselves. */
function granted(isAdmin: boolean | null | undefined, can: boolean | null | undefined, name: string): Capability {
  return can !== false || isAdmin === true ? PENALTY : { can: false, why: `This account lacks the privilege “${name}”. An admin grants it in the admin panel, Manage, Privileges, Global.` };
}

/** What NodeBB's write API can do for an account; its privileges in a category decide when an order is sent. */
export function capabilitiesOf({ isAdmin, canBan, canMute }: Self): Capabilities {
  const both = { dismiss: ON_SUBJECT, escalate: ON_SUBJECT, mute: granted(isAdmin, canMute, 'Mute'), suspend: granted(isAdmin, canBan, 'Ban'), warn: WRITTEN, message: WRITTEN, label: NO_LABELS } as const;
  return {
    post: { ...both, remove: ON_SUBJECT, restore: ON_SUBJECT, lock: ON_SUBJECT },
    member: {
      ...both,
      // usersAPI.deleteAccount (src/api/users.js, processDeletion) asks for the admin privilege "users".
      remove: isAdmin === false ? { can: false, why: 'Only administrators delete accounts. A ban keeps the member out.' } : { can: true, target: 'subject', reversible: false },
      lock: { can: false, why: 'Topics are locked, members are muted or banned.' },
      restore: { can: false, why: 'A deleted account does not come back; take a ban back in the item\'s history.' },
    },
  };
}

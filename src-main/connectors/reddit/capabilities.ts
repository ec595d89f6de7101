import type { Capabilities, Capability } from '../connector.ts';

/** Why a kind of work cannot be done; null where it can. */
export type Lacks = { readonly posts: string | null; readonly access: string | null; readonly mail: string | null };

const DAY = 24 * 3_600_000;
/** Bans last from 1 to 999 days, or for good (moderation.rst, "Ban user"). */
const BAN: readonly (number | null)[] = [1, 3, 7, 14, 30, 90, 365].map((days): number | null => days * DAY).concat(null);
/** A mute lasts 72 hours unless it is made longer in modmail. */
const MUTE: readonly number[] = [3 * DAY];

/** What Reddit can mark a post as; its API does the same for no comment. */
export const LABELS = ['NSFW', 'spoiler'] as const;

/** What this account can do to posts and comments, and to who wrote them. */
export function capabilitiesOf({ posts, access, mail }: Lacks): Capabilities {
  const onSubject: Capability = { can: true, target: 'subject', reversible: true };
  const written: Capability = { can: true, target: 'member', reversible: false, message: true };
  return {
    post: {
      // Approving discards the reports: there is no way back to them.
      dismiss: unless(posts, { ...onSubject, reversible: false }),
      remove: unless(posts, { ...onSubject, message: mail === null }),
      restore: unless(posts, onSubject),
      lock: unless(posts, onSubject),
      label: unless(posts, { ...onSubject, labels: LABELS }),
      suspend: unless(access, { can: true, target: 'member', reversible: true, durations: BAN, message: true }),
      mute: unless(access, { can: true, target: 'member', reversible: true, durations: MUTE }),
      warn: unless(mail, written),
      message: unless(mail, written),
    },
  };
}

function unless(why: string | null, capability: Capability): Capability {
  return why === null ? capability : { can: false, why };
}

import type { Capabilities, Capability } from '../connector.ts';

const DAY = 24 * 3_600_000;
const DURATIONS: readonly (number | null)[] = [DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, null];

const NO_LABELS: Capability = { can: false, why: 'Discourse has no labels for posts or members; a topic\'s tags say what it is about.' };
const NEEDS_STAFF: Capability = { can: false, why: 'Only moderators and admins may do this; this account reviews for some categories. An admin can make it a moderator.' };
const NOT_HELD: Capability = { can: false, why: 'There is nothing to restore: a held member is approved with Dismiss.' };

/** What an account may do. Which of it one item offers is Discourse's to say, and is asked when an order is sent. */
export function capabilitiesOf(staff: boolean): Capabilities {
  const forStaff = (capability: Capability): Capability => (staff ? capability : NEEDS_STAFF);
  const onSubject: Capability = { can: true, target: 'subject', reversible: false };
  // The reason stands on the member's page and in the mail about it (app/services/user/suspend.rb, silence.rb).
  const penalty = forStaff({ can: true, target: 'member', reversible: true, durations: DURATIONS, message: true, reasonShown: true });
  const written = forStaff({ can: true, target: 'member', reversible: false, message: true });
  const both = { dismiss: onSubject, mute: penalty, suspend: penalty, warn: written, message: written, label: NO_LABELS, escalate: forStaff({ can: true, target: 'subject', reversible: true }) } as const;
  return {
    post: {
      ...both,
      remove: { can: true, target: 'subject', reversible: true },
      restore: onSubject,
      lock: forStaff({ can: true, target: 'subject', reversible: true }),
    },
    message: {
      ...both,
      remove: { can: true, target: 'subject', reversible: true },
      restore: onSubject,
      lock: { can: false, why: 'A chat channel is closed in Discourse itself: its API does not offer it with a report.' },
    },
    member: {
      ...both,
      remove: onSubject,
      restore: NOT_HELD,
      lock: { can: false, why: 'Topics are closed, members are silenced or suspended.' },
    },
  };
}

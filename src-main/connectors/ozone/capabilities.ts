import type { Capabilities, Capability } from '../connector.ts';
import { WITH_BLOBS } from './orders.ts';
import { DELAY_NAMES } from './schedule.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The global label values every app knows (https://atproto.com/specs/label "Special Label Values"). */
const GLOBAL_LABELS: readonly string[] = ['!hide', '!warn', 'porn', 'sexual', 'nudity', 'graphic-media'];

const NO_LOCK: Capability = { can: false, why: 'Bluesky lets only the author close a thread.' };
const NEEDS_MODERATOR: Capability = { can: false, why: 'Your Ozone role is triage. An Ozone admin can make you a moderator in Configure, Members.' };

/** What Ozone lets a role do (bluesky-social/atproto packages/ozone/src/api/moderation/emitEvent.ts). */
export function capabilitiesOf(role: string, labels: readonly string[], tags: readonly string[]): Capabilities {
  const full = role === 'moderator' || role === 'admin';
  const forFull = (capability: Capability): Capability => (full ? capability : NEEDS_MODERATOR);
  const mute: Capability = { can: true, target: 'subject', reversible: true, durations: [DAY, 3 * DAY, 7 * DAY, 30 * DAY] };
  const suspend = forFull({ can: true, target: 'member', reversible: true, durations: [DAY, 3 * DAY, 7 * DAY, 30 * DAY, null], labels: DELAY_NAMES });
  // Triage may tag, but not label.
  const offered = full ? [...new Set([...labels, ...tags, ...GLOBAL_LABELS])] : tags;
  const label: Capability = offered.length === 0 ? NEEDS_MODERATOR : { can: true, target: 'subject', reversible: true, labels: offered };
  const mail: Capability = { can: true, target: 'member', reversible: false, message: true };
  const restore = forFull({ can: true, target: 'subject', reversible: true });
  const always = {
    dismiss: { can: true, target: 'subject', reversible: false },
    escalate: { can: true, target: 'subject', reversible: false },
    lock: NO_LOCK,
  } as const satisfies Record<string, Capability>;
  const inChat: Capability = { can: false, why: 'Ozone cannot hide a chat message. Suspend the account, or dismiss the report.' };
  return {
    post: {
      ...always, mute, suspend, label, restore, warn: mail, message: mail,
      remove: forFull({ can: true, target: 'subject', reversible: true, labels: [WITH_BLOBS] }),
    },
    member: {
      ...always, mute, suspend, label, restore, warn: mail, message: mail,
      remove: { can: false, why: 'An account is suspended rather than removed: use Suspend, for a time or for good.' },
    },
    message: {
      ...always, suspend, warn: mail, message: mail,
      mute: { can: false, why: 'Ozone mutes posts and accounts, not chat messages.' },
      label: { can: false, why: 'Ozone labels posts and accounts, not chat messages.' },
      remove: inChat, restore: inChat,
    },
  };
}

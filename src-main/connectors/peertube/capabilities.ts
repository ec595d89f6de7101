import type { Capabilities, Capability } from '../connector.ts';

/** Only administrators and moderators may see and decide reports (packages/core-utils: user-role rights). */
export const MOST_ROLE = 1;

const ON: Capability & { can: true } = { can: true, target: 'subject', reversible: true };
/** Whose video is blocked, and who is, is told why by mail (server/core/lib/emailer.ts). */
const TOLD: Capability = { ...ON, reasonShown: true };
const ON_MEMBER: Capability & { can: true } = { can: true, target: 'member', reversible: true };

function no(why: string): Capability {
  return { can: false, why };
}

const NO_WARNING = no('PeerTube lets moderators write to who reported, not to who was reported.');
/** The conversation under a report (docs.joinpeertube.org/admin/moderation, "Reports"). */
const TO_REPORTER: Capability = { can: true, target: 'reporter', reversible: false, message: true };
const NO_LABEL = no('PeerTube marks videos as sensitive, not comments or accounts.');
const NO_LOCK = no('Comments are closed for a whole video: at an item about the video.');

/** What a moderator can do; nothing for who is none. */
export function capabilitiesOf(role: number): Capabilities {
  if (role > MOST_ROLE) {
    const why = no('The account is neither a moderator nor an administrator.');
    return { post: { remove: why, dismiss: why, mute: why, suspend: why }, message: { remove: why, dismiss: why, mute: why, suspend: why }, member: { dismiss: why, mute: why, suspend: why } };
  }
  return {
    post: { remove: TOLD, restore: ON, dismiss: ON, mute: ON_MEMBER, suspend: { ...ON_MEMBER, reasonShown: true }, lock: ON, warn: NO_WARNING, message: TO_REPORTER, label: { ...ON, labels: ['sensitive'] } },
    message: {
      // A comment that was removed cannot be brought back.
      remove: { can: true, target: 'subject', reversible: false }, restore: no('PeerTube does not keep a comment that was removed.'), dismiss: ON, mute: ON_MEMBER, suspend: { ...ON_MEMBER, reasonShown: true },
      lock: NO_LOCK, warn: NO_WARNING, message: TO_REPORTER, label: NO_LABEL,
    },
    member: { remove: no('An account is not removed from here. Suspend it, or delete it on the instance.'), dismiss: ON, mute: ON, suspend: TOLD, warn: NO_WARNING, message: TO_REPORTER, label: NO_LABEL },
  };
}

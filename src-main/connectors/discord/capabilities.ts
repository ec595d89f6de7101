import type { Capabilities, Capability } from '../connector.ts';
import { has, PERMISSION } from './permissions.ts';
import type { PermissionName } from './permissions.ts';
import type { DiscordSettings } from './settings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** "Up to 28 days in the future" (resources/guild, "Modify Guild Member"). */
export const LONGEST_TIMEOUT_MS = 28 * DAY_MS;
/** Those of Discord's own menu, and the longest. */
const TIMEOUTS = [MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS, 7 * DAY_MS, LONGEST_TIMEOUT_MS];

const no = (why: string): Capability => ({ can: false, why });

/** What the bot can do with these permissions. Those that a channel may give or take by itself are not judged by the server's. */
export function capabilitiesFor(bits: bigint, { marks }: DiscordSettings): Capabilities {
  const needing = (name: PermissionName, can: Capability): Capability => (
    has(bits, name) ? can : no(`The bot's role lacks “${PERMISSION[name].name}”. Grant it in Discord: Server settings, Roles.`)
  );
  const common = {
    dismiss: { can: true, target: 'subject', reversible: marks },
    mute: needing('timeOut', { can: true, target: 'member', reversible: true, durations: TIMEOUTS }),
    suspend: needing('ban', { can: true, target: 'member', reversible: true, durations: [null] }),
    warn: { can: true, target: 'member', reversible: false, message: true },
    message: { can: true, target: 'member', reversible: false, message: true },
    label: no('Discord has no labels for messages or members.'),
  } as const satisfies Capabilities['message'];
  return {
    message: {
      ...common,
      remove: { can: true, target: 'subject', reversible: false },
      lock: { can: true, target: 'subject', reversible: true },
      restore: no('A deleted message does not come back, and a blocked one was never posted.'),
    },
    member: {
      ...common,
      remove: needing('kick', { can: true, target: 'member', reversible: false }),
      lock: no('Members have no threads of their own. Lock a thread at a message in it.'),
      restore: no('A member who was removed comes back by a new invite only; a ban is lifted by taking it back.'),
    },
  };
}

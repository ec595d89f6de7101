import type { Capabilities, Capability } from '../connector.ts';

/** What can be chosen beside a decision; the desk shows it under a verb's labels. */
export const OPTION = {
  quarantine: 'quarantine its media',
  kick: 'kick only',
  lock: 'lock the account',
  shadowBan: 'shadow-ban',
  redactAll: 'redact all messages',
  quarantineAll: 'quarantine all media',
  erase: 'erase',
} as const;

const no = (why: string): Capability => ({ can: false, why });
const common = {
  dismiss: { can: true, target: 'subject', reversible: false },
  // Redactions and bans carry their reason to everybody in the room.
  suspend: { can: true, target: 'member', reversible: true, reasonShown: true, durations: [null], labels: [OPTION.lock, OPTION.shadowBan, OPTION.redactAll, OPTION.quarantineAll] },
  // docs/admin_api/server_notices.md: where the server has them turned on.
  warn: { can: true, target: 'member', reversible: false, message: true },
  message: { can: true, target: 'member', reversible: false, message: true },
  label: no('Matrix has no labels for messages or members.'),
  lock: no('Closing a room is the room admins\' business; a server admin can block it through the Admin API.'),
} as const satisfies Capabilities['message'];

/** Muting is a ban from the room: the member stays able to read and write elsewhere. */
export const CAPABILITIES: Capabilities = {
  message: {
    ...common,
    remove: { can: true, target: 'subject', reversible: false, reasonShown: true, labels: [OPTION.quarantine] },
    mute: { can: true, target: 'member', reversible: true, reasonShown: true, durations: [null], labels: [OPTION.kick] },
    restore: no('A redacted message does not come back.'),
  },
  member: {
    ...common,
    // docs/admin_api/user_admin_api.md, "Deactivate Account": it removes sessions, rooms and e-mails, and does not give them back.
    remove: { can: true, target: 'member', reversible: false, reasonShown: true, labels: [OPTION.erase, OPTION.redactAll] },
    mute: no('A report of a member names no room to ban them from. Suspend the account instead.'),
    restore: no('A deactivated account does not come back; take a suspension back with undo.'),
  },
};

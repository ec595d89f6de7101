import type { Account, Capabilities, Capability, PublishedGuideline } from '../connector.ts';
import { DAY, HOUR } from './world/world.ts';

/** Who we are in the sample community. */
export const ACCOUNT_NAME = 'you@openharbor';

const MUTES = [HOUR, DAY, 3 * DAY, 7 * DAY];
const SUSPENSIONS = [3 * DAY, 14 * DAY, 30 * DAY, null];
const LABELS = ['needs source', 'content note', 'spoiler', 'off-topic', 'settled', 'satire', 'repost', 'unverified', 'translated', 'self-promotion', 'sensitive', 'duplicate'];

const no = (why: string): Capability => ({ can: false, why });

/** What can be done to whoever wrote or is what was reported. */
const ABOUT_MEMBER = {
  mute: { can: true, target: 'member', reversible: true, durations: MUTES, message: true },
  warn: { can: true, target: 'member', reversible: false, message: true },
  suspend: { can: true, target: 'member', reversible: true, durations: SUSPENSIONS, message: true },
  message: { can: true, target: 'member', reversible: false, message: true },
} as const satisfies Capabilities['post'];

const ALWAYS = {
  dismiss: { can: true, target: 'subject', reversible: true },
  escalate: { can: true, target: 'subject', reversible: true },
} as const satisfies Capabilities['post'];

const NO_MEMBER = 'A board has no single author. Report the posts in it instead.';

/** Honest limits, so that a person sees greyed verbs with their reasons here too. */
export const CAPABILITIES = {
  post: {
    ...ALWAYS,
    ...ABOUT_MEMBER,
    remove: { can: true, target: 'subject', reversible: true, message: true },
    restore: { can: true, target: 'subject', reversible: true },
    label: { can: true, target: 'subject', reversible: true, labels: LABELS },
    lock: { can: true, target: 'subject', reversible: true },
  },
  message: {
    ...ALWAYS,
    ...ABOUT_MEMBER,
    remove: { can: true, target: 'subject', reversible: true, message: true },
    restore: no('A removed chat message comes back by undoing its removal, not on its own.'),
    label: no('Labels go on forum posts, not on chat messages.'),
    lock: no('Only forum threads can be locked. A chat room has no thread.'),
  },
  member: {
    ...ALWAYS,
    ...ABOUT_MEMBER,
    remove: no('A member cannot be removed here. Suspend the account instead.'),
    restore: no('To lift a suspension, undo the decision that set it.'),
    label: no('Labels go on forum posts, not on members.'),
    lock: no('Only forum threads can be locked.'),
  },
  community: {
    ...ALWAYS,
    remove: no('Only the harbour office closes a board. Escalate it.'),
    mute: no(NO_MEMBER),
    warn: no(NO_MEMBER),
    suspend: no(NO_MEMBER),
    message: no(NO_MEMBER),
    restore: no('Only forum posts can be restored.'),
    label: no('Labels go on forum posts, not on boards.'),
    lock: no('Only forum threads can be locked.'),
  },
} as const satisfies Capabilities;

export function accountAt(instance: string): Account {
  return { name: ACCOUNT_NAME, instance, scopes: ['read reports', 'moderate posts', 'moderate members'], missing: [], capabilities: CAPABILITIES, pollMs: 5000 };
}

/** The community's published rules. */
export const RULES: readonly PublishedGuideline[] = [
  { remoteId: 'rule-1', number: '1', title: 'No spam', body: 'No advertising from new accounts, no repeated posts, no links that lead elsewhere than they say. Selling your own gear in **For sale** is fine.' },
  { remoteId: 'rule-2', number: '2', title: 'No harassment', body: 'Don’t target a person: threats, pile-ons, following someone from thread to thread, demeaning them for who they are.\n\nA quarrel belongs to the organisers, not under every post.' },
  { remoteId: 'rule-3', number: '3', title: 'No pretending', body: 'Don’t pose as another member, the harbour office or the team. Don’t spread what you know to be wrong, least of all about safety on the water.' },
  { remoteId: 'rule-4', number: '4', title: 'Privacy', body: 'No home addresses, phone numbers, private messages or pictures of people without their consent, whoever started it.' },
  { remoteId: 'rule-5', number: '5', title: 'On topic', body: 'Each board has its subject. What fits none goes to **Galley**. Off-topic posts are moved or removed without a strike.' },
  { remoteId: 'rule-6', number: '6', title: 'No dodging', body: 'Whoever is muted or suspended waits it out. A second account made to get round it is suspended, and the time starts again.' },
];

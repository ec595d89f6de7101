import type { Capabilities, Capability } from '../connector.ts';

const no = (why: string): Capability => ({ can: false, why });
const once: Capability = { can: true, target: 'subject', reversible: false };
/** Nothing in Mailman ends by itself. */
const onSender: Capability = { can: true, target: 'member', reversible: true, durations: [null] };

const common = {
  // Rejecting carries the message to who wrote or asked; without one, what is removed goes without a word.
  remove: { ...once, message: true },
  // Deferring leaves it in the queue, where it is still to be decided.
  escalate: { can: true, target: 'subject', reversible: true },
  suspend: onSender,
  warn: no('Mailman writes to a sender only when it rejects: use Remove with a message, which is sent along as the reason.'),
  message: no('Mailman has no messages from moderators: use Remove with a message, or write an e-mail.'),
  label: no('Mailman has no labels; a list\'s topics only sort what it delivers.'),
} as const satisfies Capabilities['post'];

/** What Mailman core can do to a held message (post) and to a request to join or leave (member). */
export const CAPABILITIES: Capabilities = {
  post: {
    ...common,
    dismiss: once,
    restore: once,
    // The member's or nonmember's moderation action; "reject" is the one that tells the sender each time.
    mute: onSender,
    lock: no('A mailing list has no threads to close. To hold everything, switch on emergency moderation in the list\'s settings.'),
  },
  member: {
    ...common,
    // Taken back, who was let in is unsubscribed, and who was let go is subscribed again.
    dismiss: { can: true, target: 'subject', reversible: true },
    mute: no('A request to join or leave is about membership. What someone writes is moderated with their held messages.'),
    restore: no('There is nothing to restore: a request is accepted with Dismiss.'),
    lock: no('A mailing list has no threads to close.'),
  },
};

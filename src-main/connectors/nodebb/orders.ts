import { assertNever } from '../../contract/words.ts';
import type { Order } from '../connector.ts';

/** What is done beside the flag, before its state is set. */
export type Deed = 'delete-post' | 'restore-post' | 'ban' | 'unban' | 'mute' | 'unmute' | 'lock' | 'unlock' | 'delete-account' | 'chat';

/** An order about something flagged, in NodeBB's terms. */
export type Plan = { readonly deed: Deed | null; readonly state: 'open' | 'wip' | 'resolved' | 'rejected' };

/** What NodeBB is asked for an order; a sentence where it has no word for it. An order taken back leaves the flag open. */
export function planOf(order: Pick<Order, 'verb' | 'reverse' | 'subject'>): Plan | string {
  const plan = (deed: Deed | null, undo: Deed | null, state: Plan['state']): Plan => (order.reverse ? { deed: undo, state: 'open' } : { deed, state });
  const onMember = order.subject.type === 'member';
  switch (order.verb) {
    case 'dismiss': return plan(null, null, 'rejected');
    case 'escalate': return plan(null, null, 'wip');
    case 'remove':
      if (!onMember) return plan('delete-post', 'restore-post', 'resolved');
      return order.reverse ? 'A deleted account does not come back.' : plan('delete-account', null, 'resolved');
    case 'restore': return onMember ? 'Members are not removed and restored: take their ban back.' : plan('restore-post', 'delete-post', 'rejected');
    case 'mute': return plan('mute', 'unmute', 'resolved');
    case 'suspend': return plan('ban', 'unban', 'resolved');
    case 'lock': return onMember ? 'Topics are locked, members are muted or banned.' : plan('lock', 'unlock', 'resolved');
    case 'warn':
    case 'message': return order.reverse ? 'A message that was sent cannot be taken back.' : plan('chat', null, 'resolved');
    case 'label': return 'NodeBB has no labels for posts or members; a topic\'s tags say what it is about.';
    case 'snooze': return 'Snoozing stays on this machine.';
    default: return assertNever(order.verb, 'a verb without a plan');
  }
}

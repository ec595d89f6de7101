import type { Order } from '../connector.ts';

/** User::Suspend and User::Silence take no longer one (app/services/user/suspend.rb). */
const LONGEST_REASON = 300;

/** The reason that staff sees, and the member with it. */
export function reasonOf(order: Order): string {
  const said = [order.guideline, order.reason].filter((part) => part !== null && part !== '').join(': ');
  return said === '' ? 'Decided by the moderators' : said.slice(0, LONGEST_REASON);
}

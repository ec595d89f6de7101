import { assertNever } from '../../contract/words.ts';
import type { DeliveryResult, Order } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { lacksPermission } from './client.ts';
import { sendMail } from './mail.ts';
import { mark } from './marks.ts';
import { writeNote } from './notes.ts';
import { refuse } from './orders.ts';
import type { DeliverInput, Target } from './orders.ts';
import { ban, mute } from './penalties.ts';
import { review } from './review.ts';

/** Sends one order; what stands there is read first wherever a repeat would be logged or sent twice. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const subreddit = order.subject.extra['sub'];
  if (subreddit === undefined) return refuse('Reddit did not say in which subreddit this is. It comes with the next sync: decide again then.');
  const target = { name: order.subject.remoteId, subreddit, author: order.subject.authorId };
  try {
    const result = await carryOut(input, order, target, signal);
    if (result.kind !== 'done' || order.reverse || !input.client.settings.notes || target.author === null) return result;
    const noted = await writeNote(input.client, order, target, target.author, signal);
    return { ...result, said: [result.said, noted].filter((part) => part !== null).join(' · ') };
  } catch (error) {
    if (lacksPermission(error)) return refuse(`Reddit does not allow this to the account in r/${subreddit}. It may lack a permission: someone with all of them can give it under Mod tools, Moderators.`);
    if (error instanceof RefusedThere) return refuse(error.message);
    throw error;
  }
}

async function carryOut(input: DeliverInput, order: Order, target: Target, signal: AbortSignal): Promise<DeliveryResult> {
  switch (order.verb) {
    // Reports that are made later still come: `ignore_reports` would hide them from the whole team.
    case 'dismiss': return order.reverse ? refuse('Reddit discards the reports of what is approved: they do not come back.') : review(input, order, target, 'approved', signal);
    case 'restore': return review(input, order, target, order.reverse ? 'removed' : 'approved', signal);
    case 'remove': return review(input, order, target, order.reverse ? 'approved' : 'removed', signal);
    case 'lock': return mark(input, order, target, ['locked'], signal);
    case 'label': return mark(input, order, target, order.labels, signal);
    case 'suspend': return ban(input, order, target, signal);
    case 'mute': return mute(input, order, target, signal);
    case 'warn':
    case 'message': return order.reverse ? refuse('A message that was sent cannot be taken back.') : sendMail(input, order, target, signal);
    case 'escalate': return refuse('Reddit has no second queue: escalating stays in Docket.');
    case 'snooze': return refuse('Snoozing stays on this machine.');
    default: return assertNever(order.verb, 'a verb without a plan');
  }
}

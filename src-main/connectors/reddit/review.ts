import type { DeliveryResult, Order } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { reasonFor, removalReasonsOf } from './guidelines.ts';
import { latestIn, named, settles } from './log.ts';
import { sendRemovalMessage } from './mail.ts';
import { isSpam } from './orders.ts';
import type { DeliverInput, Target } from './orders.ts';
import type { Thing } from './schemas.ts';
import { changedAt, isDeleted, isFiltered, moderatorOf, outcomeOf, revisionOf, standingOf } from './state.ts';
import { lookUp } from './things.ts';

/**
 * Approves or removes. Each call is one more line in the moderation log, so that what stands already is left alone; what
 * someone did since the person looked is a conflict.
 */
export async function review(input: DeliverInput, order: Order, target: Target, wish: 'approved' | 'removed', signal: AbortSignal): Promise<DeliveryResult> {
  const { client, ours } = input;
  const thing = (await lookUp(client, [target.name], signal)).get(target.name)?.thing;
  if (thing === undefined) return { kind: 'conflict', by: null, what: 'gone from Reddit', at: null };
  // Reddit does nothing to what is deleted, and does not say so.
  if (isDeleted(thing)) return { kind: 'already', by: null, what: outcomeOf(thing), at: null };
  const isSo = standingOf(thing) === wish;
  const changed = revisionOf(thing) !== (order.expected ?? 'neither');
  const noted = ours.orderOf(target.name);
  if (changed || order.reverse || noted === order.id) {
    const by = standingOf(thing) === 'neither' ? null : await whoDid(input, thing, target, signal);
    const mine = by !== null && by.toLowerCase() === `u/${await input.me(signal)}`.toLowerCase();
    const theirs = { by, what: outcomeOf(thing), at: changedAt(thing) };
    // This order's first try, or another action of the same person: what goes with it may still be owed.
    if (isSo && (mine || noted === order.id)) return order.reverse ? { kind: 'done', remoteId: target.name, said: `was ${wish} before` } : { kind: 'done', remoteId: target.name, said: await afterwards(input, order, target, thing, `${wish}, as it was already`, signal) };
    // What a filter took waits for just this decision.
    if (isSo && !isFiltered(thing)) return { kind: 'already', ...theirs };
    // A decision of ours that this one changes or takes back stands in nobody's way.
    const isOurs = mine ? order.reverse || noted !== null : order.reverse && by === null;
    if (changed && !isSo && !order.force && !isOurs) return { kind: 'conflict', ...theirs };
  }
  const spam = wish === 'removed' && isSpam(order);
  if (wish === 'approved') await client.change('/api/approve', { id: target.name }, 'the approval', signal);
  else await client.change('/api/remove', { id: target.name, spam }, 'the removal', signal);
  ours.note(target.name, order.id);
  const said = spam ? 'removed as spam' : wish;
  return { kind: 'done', remoteId: target.name, said: order.reverse ? said : await afterwards(input, order, target, thing, said, signal) };
}

/** What goes with a removal: its reason, for the team and the member's page, and a message to the member. What fails of it undoes nothing. */
async function afterwards(input: DeliverInput, order: Order, target: Target, before: Thing, said: string, signal: AbortSignal): Promise<string> {
  if (order.verb !== 'remove') return said;
  const parts = [said];
  const attempt = async (work: () => Promise<string | null>, what: string): Promise<void> => {
    try {
      const done = await work();
      if (done !== null) parts.push(done);
    } catch (error) {
      if (!(error instanceof RefusedThere)) throw error;
      parts.push(`${what}: ${error.message}`);
    }
  };
  const reason = order.guideline === null ? null : reasonFor(await removalReasonsOf(input.client, target.subreddit, signal), order.guideline);
  if (reason !== null && before.mod_reason_title !== reason.title) {
    await attempt(async () => {
      // Both keys are wanted, even where one is empty (comment.rst, "Set removal reason").
      await input.client.change('/api/v1/modactions/removal_reasons', { json: JSON.stringify({ item_ids: [target.name], reason_id: reason.id, mod_note: '' }) }, 'the removal reason', signal);
      input.ours.note(`${target.name} addremovalreason`, order.id);
      return `reason "${reason.title}"`;
    }, 'no removal reason was set');
  }
  await attempt(() => sendRemovalMessage(input, order, target, reason?.title ?? null, signal), 'the message was not sent');
  return parts.join(' · ');
}

/** Older answers only say that someone removed it; the log knows who. */
async function whoDid({ client }: DeliverInput, thing: Thing, { subreddit }: Target, signal: AbortSignal): Promise<string | null> {
  const by = moderatorOf(thing);
  if (by !== null) return named(by);
  return (await latestIn(client, subreddit, (action) => action.target_fullname === thing.name && settles(action), signal))?.by ?? null;
}

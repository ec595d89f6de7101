import type { Capability, DeliveryResult, Order } from '../connector.ts';
import { CAPABILITIES } from './account.ts';
import { subjectNow, tell, untilWords } from './community.ts';
import type { Community } from './community.ts';
import { standing } from './journal.ts';
import type { Mark } from './journal.ts';
import { keepPlan } from './live.ts';
import { DONE } from './world/moderators.ts';
import type { Told } from './world/subjects.ts';

/** Carries one order out, or says who was first. The same order twice is carried out once. */
export function carryOutOrder(community: Community, order: Order, now: number): DeliveryResult {
  const { journal } = community;
  const told = tell(community, order.subject);
  if (told === null) return { kind: 'refused', why: 'The sample community knows no such post or member.' };
  const before = journal.byId(order.id);
  if (before !== null) return done(before);
  const capability = capabilityOf(order);
  if (!capability.can) return { kind: 'refused', why: capability.why };

  const marks = (): readonly Mark[] => journal.aboutSubject(told.subject.type, told.subject.remoteId);
  if (order.reverse) {
    const reversed = order.reverses === null ? null : standing(marks()).find((mark) => mark.id === order.reverses?.orderId) ?? null;
    if (reversed === null) return { kind: 'already', by: null, what: 'no longer in force', at: null };
    return done(journal.add({ ...reversed, id: order.id, reverses: reversed.id, by: null, at: now }));
  }
  if (!order.force) {
    keepPlan(community, told, now);
    const theirs = marks().filter((mark, index) => unseen(mark, marks().slice(0, index + 1), order)).findLast((mark) => mark.did !== 'edit');
    if (theirs !== undefined) {
      const met = { by: theirs.did === 'delete' ? 'its author' : theirs.by, what: theirs.did === 'delete' || theirs.did === 'edit' ? 'deleted' : DONE[theirs.did], at: theirs.at };
      const same = theirs.did === order.verb || (theirs.did === 'delete' && order.verb === 'remove');
      return { kind: same ? 'already' : 'conflict', ...met };
    }
  }
  return alreadySo(community, told, order) ?? done(journal.add({
    id: order.id,
    type: told.subject.type,
    remoteId: told.subject.remoteId,
    index: told.index,
    reportedAt: told.reportedAt,
    memberId: capability.target === 'member' ? told.authorId : null,
    did: order.verb,
    reverses: null,
    by: null,
    at: now,
    until: order.durationMs === null ? null : now + order.durationMs,
    labels: [...order.labels],
  }));
}

function capabilityOf({ verb, subject }: Order): Capability {
  const all: { readonly [name in Order['verb']]?: Capability } = CAPABILITIES[subject.type];
  return all[verb] ?? { can: false, why: 'Nothing has to be sent to the community for this.' };
}

/** Whether someone else did `mark` after what the person saw; `upTo` are the marks up to it. */
function unseen(mark: Mark, upTo: readonly Mark[], order: Order): boolean {
  if (mark.by === null) return false;
  if (order.expected === null) return mark.at > order.decidedAt;
  // A subject's revision counts what others did to it, from 1.
  return upTo.filter((each) => each.by !== null).length >= Number(order.expected);
}

function alreadySo(community: Community, told: Told, { verb }: Order): DeliveryResult | null {
  const { removed, deletedAt } = subjectNow(community, told);
  if (verb === 'remove' && deletedAt !== null) return { kind: 'already', by: 'its author', what: 'deleted', at: deletedAt };
  if (verb === 'remove' && removed) return { kind: 'already', by: null, what: 'removed', at: null };
  if (verb === 'restore' && !removed) return { kind: 'already', by: null, what: 'not removed', at: null };
  return null;
}

function done(mark: Mark): DeliveryResult {
  const what = mark.did === 'edit' || mark.did === 'delete' ? mark.did : DONE[mark.did];
  const end = mark.reverses === null && (mark.did === 'mute' || mark.did === 'suspend') ? ` ${untilWords(mark.until ?? Infinity)}` : '';
  return { kind: 'done', remoteId: `act-${mark.id.slice(0, 8)}`, said: mark.reverses === null ? `Open Harbor: ${what}${end}.` : `Open Harbor: took back “${what}”.` };
}

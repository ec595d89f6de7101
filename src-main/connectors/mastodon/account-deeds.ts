import type { DeliveryResult, Order } from '../connector.ts';
import { saidOf } from '../http/said.ts';
import { asStood } from '../http/stood.ts';
import type { AccountDeed } from './dialect.ts';
import { citeRule } from './cite-rule.ts';
import { rememberOurs } from './memory.ts';
import type { Report } from './model.ts';
import { already, goneAccount, idsOf, isOurs, leavesOpen, resolveAll } from './outcome.ts';
import type { DeliverInput } from './outcome.ts';
import type { State } from './state.ts';
import { lettersOf, seenIn } from './subjects.ts';

/** Clocks differ by less than this, where one server's time is held against this machine's. */
const SKEW_MS = 5 * 60_000;

/** Limits, suspends or warns an account, and sees to it that the subject's reports are closed with it. */
export async function actOnAccount(input: DeliverInput, order: Order, deed: AccountDeed, state: State, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, memory } = input;
  const { open, about, person } = state;
  if (person === null) return goneAccount();
  if (deed.notRemote !== null && !person.local) return { kind: 'refused', why: `@${person.acct} ${deed.notRemote}` };
  const said = `${deed.said} @${person.acct}`;
  // Each action makes a new strike, even one that changes nothing (app/models/admin/account_action.rb, process_strike!).
  const isSo = deed.limit === null ? wasSent(input, order, state) : person.limits.includes(deed.limit);
  if (isSo === 'unsure') {
    return { kind: 'refused', why: 'The server did not say whether the warning was sent, and a second one would be sent again. Look at the account\'s strikes there; decide again if there is none.' };
  }
  if (isSo) {
    if (open.length === 0) return deed.limit === null ? { kind: 'done', remoteId: null, said } : already(state, deed.said);
    await resolveAll(input, order, open, signal);
    return { kind: 'done', remoteId: asStood(idsOf(input, order), deed.limit !== null && !memory.tried.has(order.id) && order.begunBy !== 'itself'), said: saidOf(`${said}, as it was already`, open) };
  }

  const cited = await citeRule(input, order, open, signal);
  const [first, ...others] = open;
  const named = first?.id ?? null;
  // The report that it names is closed by the action itself and last: as long as it is open, the action has not arrived.
  if (deed.closes === 'named') await resolveAll(input, order, others, signal);
  memory.tried.set(order.id, named === null ? 'unanchored' : 'anchored');
  try {
    await client.act(deed.call(person, { reportId: named, text: wordsFor(order) }), deed.said, signal);
  } catch (error) {
    if (!leavesOpen(error)) memory.tried.delete(order.id);
    throw error;
  }
  const closedThere: readonly Report[] = { all: about, named: open.slice(0, 1), none: [] }[deed.closes];
  for (const { id } of closedThere) rememberOurs(memory, id, order.id);
  if (deed.closes === 'none') await resolveAll(input, order, open, signal);
  memory.tried.delete(order.id);
  const all = deed.closes === 'all' ? about : open;
  return { kind: 'done', remoteId: idsOf(input, order), said: saidOf(`${said}${cited}`, all) };
}

/**
 * Whether a warning, which leaves nothing on the account, went out already: it closes the report that it names. Without
 * a report to name there is nothing to tell it by.
 */
function wasSent(input: DeliverInput, order: Order, { open, closed, person }: State): boolean | 'unsure' {
  const tried = input.memory.tried.get(order.id);
  if (tried === 'unanchored') return 'unsure';
  if (closed === null || open.length > 0 || !isOurs(input, closed)) return false;
  if (tried === 'anchored') return true;
  // Another order of this session closed the report; or this one did, in a session before.
  if (input.memory.ours.has(closed.id) || (closed.handled?.at ?? 0) <= order.decidedAt - SKEW_MS) return false;
  // Another action of the same decision may have closed it then: the account stands otherwise since.
  return seenIn(order.expected)?.limits === lettersOf(person) ? true : 'unsure';
}

/** What the member is told; the reason stays with the team. */
function wordsFor({ message, guideline }: Order): string {
  const words = message?.trim() ?? '';
  if (words !== '') return guideline === null ? words : `${words}\n\n${guideline}`;
  return '';
}

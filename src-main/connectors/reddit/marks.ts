import type { DeliveryResult, Order } from '../connector.ts';
import { LABELS } from './capabilities.ts';
import { colleagueWho, latestIn } from './log.ts';
import { refuse } from './orders.ts';
import type { DeliverInput, Target } from './orders.ts';
import type { Thing } from './schemas.ts';
import { NO_COMMENT_LABELS } from './subjects.ts';
import { lookUp } from './things.ts';

/** Its two actions go by the same names in the API and in the log. */
type Mark = { readonly set: string; readonly unset: string; readonly is: (thing: Thing) => boolean; readonly done: string; readonly undone: string };

const MARKS: Readonly<Record<string, Mark>> = {
  locked: { set: 'lock', unset: 'unlock', is: ({ locked }) => locked === true, done: 'locked', undone: 'unlocked' },
  NSFW: { set: 'marknsfw', unset: 'unmarknsfw', is: ({ over_18: nsfw }) => nsfw === true, done: 'marked NSFW', undone: 'NSFW taken off' },
  spoiler: { set: 'spoiler', unset: 'unspoiler', is: ({ spoiler }) => spoiler === true, done: 'marked as spoiler', undone: 'spoiler taken off' },
};

/** Sets what can be set and taken off again, where it is not so already: each call is one more line in the log. */
export async function mark(input: DeliverInput, order: Order, target: Target, names: readonly string[], signal: AbortSignal): Promise<DeliveryResult> {
  const { client, ours } = input;
  const wanted = names.flatMap((name) => (Object.hasOwn(MARKS, name) ? MARKS[name] ?? [] : []));
  if (wanted.length === 0 || wanted.length < names.length) return refuse(`Reddit knows these marks: ${LABELS.join(', ')}.`);
  if (order.verb === 'label' && target.name.startsWith('t1_')) return refuse(NO_COMMENT_LABELS);
  const thing = (await lookUp(client, [target.name], signal)).get(target.name)?.thing;
  if (thing === undefined) return { kind: 'conflict', by: null, what: 'gone from Reddit', at: null };
  const owed = wanted.filter((one) => one.is(thing) === order.reverse);
  const words = (some: readonly Mark[]): string => some.map(({ done, undone }) => (order.reverse ? undone : done)).join(', ');
  const actionOf = ({ set, unset }: Mark): string => (order.reverse ? unset : set);
  if (owed.length === 0) {
    if (wanted.every((one) => ours.orderOf(`${target.name} ${actionOf(one)}`) === order.id)) return { kind: 'done', remoteId: target.name, said: words(wanted) };
    const actions = wanted.map(actionOf);
    const theirs = await latestIn(client, target.subreddit, ({ action, target_fullname: about }) => about === target.name && actions.includes(action), signal);
    return { kind: 'already', by: theirs?.by ?? null, what: words(wanted), at: theirs?.at ?? null };
  }
  for (const { set, done } of order.reverse && !order.force ? owed : []) {
    const theirs = await colleagueWho(input, target.subreddit, set, ({ target_fullname: about }) => about === target.name, signal);
    if (theirs !== null) return { kind: 'conflict', ...theirs, what: done };
  }
  for (const one of owed) {
    await client.change(`/api/${actionOf(one)}`, { id: target.name }, words([one]), signal);
    ours.note(`${target.name} ${actionOf(one)}`, order.id);
  }
  return { kind: 'done', remoteId: target.name, said: words(owed) };
}

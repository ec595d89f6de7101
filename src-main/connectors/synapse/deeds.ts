import type { Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import { stoodBefore } from '../http/stood.ts';
import { OPTION } from './capabilities.ts';
import type { Client } from './client.ts';
import { membership, user } from './schemas.ts';
import { accountRevision, partsOfMxc } from './subjects.ts';
import { reasonOf, redactAll, redactOne } from './redact.ts';

/** What came of an order: done, in words, or refused, why; or so already or otherwise, by whom. `stood`: it stood there before. */
export type Said =
  | { readonly kind: 'done'; readonly words: string; readonly stood?: boolean }
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'already' | 'conflict'; readonly by: string | null; readonly what: string; readonly at: number | null };

export type DeedInput = {
  readonly client: Client;
  /** The account that signs in. */
  readonly me: string;
  /** Accounts whose standing this session has changed: what is found so afterwards is ours. */
  readonly changed: Set<string>;
};

const no = (words: string): Said => ({ kind: 'refused', words });
const yes = (...words: readonly string[]): Said => ({ kind: 'done', words: words.filter((part) => part !== '').join('; ') });

/** Carries an order out on the server. Every step looks first, or does no harm when repeated. */
export async function carryOut(input: DeedInput, order: Order, signal: AbortSignal): Promise<Said> {
  const { subject, verb, reverse } = order;
  const target = subject.type === 'member' ? subject.remoteId : subject.authorId;
  switch (verb) {
    case 'dismiss': return reverse ? no('A deleted report does not come back.') : yes('');
    case 'remove':
      if (reverse) return no(subject.type === 'member' ? 'A deactivated account does not come back.' : 'A redacted message does not come back.');
      return subject.type === 'member' ? deactivate(input, order, subject.remoteId, signal) : redactOne(input.client, input.me, order, signal).then(async (words) => yes(words, await quarantine(input.client, order, signal)));
    case 'mute': return target === null ? no('The server does not say who wrote this.') : banOrKick(input, order, target, signal);
    case 'suspend': return target === null ? no('The server does not say who wrote this.') : suspend(input, order, target, signal);
    case 'warn':
    case 'message': return reverse ? no('A message that was sent cannot be taken back.') : target === null ? no('The server does not say who wrote this.') : notice(input.client, order, target, signal);
    default: return no('Matrix has no word for this.');
  }
}

async function quarantine(client: Client, { subject, labels }: Order, signal: AbortSignal): Promise<string> {
  if (!labels.includes(OPTION.quarantine)) return '';
  const file = partsOfMxc(subject.extra['media'] ?? '');
  if (file === null) return 'it has no media to quarantine';
  await client.change('POST', `/_synapse/admin/v1/media/quarantine/${encodeURIComponent(file.server)}/${encodeURIComponent(file.id)}`, {}, 'the quarantine', signal);
  return 'its media quarantined';
}

/** A ban keeps a member out of the room, a kick does not, and is taken back by an invitation (Matrix client-server API, "Room membership"). */
async function banOrKick({ client, me }: DeedInput, order: Order, target: string, signal: AbortSignal): Promise<Said> {
  const { subject, reverse, labels } = order;
  const room = subject.extra['room'];
  if (room === undefined) return no('The server does not say in which room this is.');
  const at = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
  const kicks = labels.includes(OPTION.kick);
  const now = await client.glance(`${at}/state/m.room.member/${encodeURIComponent(target)}?format=event`, membership, 'the membership', signal);
  const isOut = kicks ? ['leave', 'ban'].includes(now?.membership ?? '') : now?.membership === 'ban';
  const what = kicks ? 'kicked from the room' : 'banned from the room';
  if (reverse && !isOut) return yes(kicks ? 'was in the room again' : 'was not banned from the room any more');
  if (!reverse && isOut) {
    const by = now?.sender ?? null;
    // Who left by themselves needs no kick; what someone else did is theirs.
    if (by !== null && by !== me) return { kind: 'already', by, what: by === target ? 'left the room' : what, at: now?.at ?? null };
    return yes(`was ${what} already`);
  }
  // The latest change of a membership names who made it: what a colleague did, before ours was to be or since, is theirs.
  if (reverse && !order.force && now !== null && now.sender !== null && now.sender !== me) return { kind: 'conflict', by: now.sender, what: now.sender === target ? 'left the room' : what, at: now.at };
  if (reverse && now?.membership === 'ban' && kicks) return no('The member was banned from the room meanwhile. Take that back instead.');
  const deed = reverse ? kicks ? 'invite' : 'unban' : kicks ? 'kick' : 'ban';
  await client.change('POST', `${at}/${deed}`, { user_id: target, reason: reasonOf(order) }, 'the ban', signal);
  return yes(reverse ? kicks ? 'invited back to the room' : 'no longer banned from the room' : what);
}

/** Suspends an account of this server, and what was chosen beside it (docs/admin_api/user_admin_api.md). */
async function suspend({ client, changed }: DeedInput, order: Order, target: string, signal: AbortSignal): Promise<Said> {
  const { reverse, labels, subject, expected } = order;
  const name = encodeURIComponent(target);
  const now = await client.glance(`/_synapse/admin/v2/users/${name}`, user, 'the account', signal);
  if (now === null) return no(`${target} has no account on this server: only its own accounts can be suspended. Ban them from the room instead.`);
  if (now.deactivated) return { kind: 'already', by: null, what: accountRevision(now), at: null };
  const words: string[] = [];
  const stood = !reverse && now.suspended && !changed.has(target) && order.begunBy !== 'itself';
  // The server does not tell who suspended an account.
  const before = reverse && now.suspended ? stoodBefore(order, 'suspended') : null;
  if (before !== null) return before;
  if (now.suspended === reverse) {
    changed.add(target);
    await client.change('PUT', `/_synapse/admin/v1/suspend/${name}`, { suspend: !reverse }, 'the suspension', signal);
    words.push(reverse ? 'no longer suspended' : 'account suspended');
  } else if (!reverse && subject.type === 'member' && expected !== null && expected !== accountRevision(now) && !changed.has(target)) {
    return { kind: 'already', by: null, what: `account ${accountRevision(now)}`, at: null };
  } else {
    words.push(reverse ? 'was not suspended any more' : 'was suspended already');
  }
  if (labels.includes(OPTION.lock) && now.locked === reverse) {
    await client.change('PUT', `/_synapse/admin/v2/users/${name}`, { locked: !reverse }, 'the lock', signal);
    words.push(reverse ? 'unlocked' : 'locked');
  }
  if (labels.includes(OPTION.shadowBan) && now.shadow_banned === reverse) {
    await client.change(reverse ? 'DELETE' : 'POST', `/_synapse/admin/v1/users/${name}/shadow_ban`, reverse ? null : {}, 'the shadow ban', signal);
    words.push(reverse ? 'no longer shadow-banned' : 'shadow-banned');
  }
  if (!reverse && labels.includes(OPTION.redactAll)) words.push(await redactAll(client, order, target, signal));
  if (!reverse && labels.includes(OPTION.quarantineAll)) {
    await client.change('POST', `/_synapse/admin/v1/user/${name}/media/quarantine`, {}, 'the quarantine', signal);
    words.push('all media quarantined');
  }
  return { kind: 'done', words: words.filter((part) => part !== '').join('; '), stood };
}

async function deactivate({ client, changed }: DeedInput, order: Order, target: string, signal: AbortSignal): Promise<Said> {
  const name = encodeURIComponent(target);
  const now = await client.glance(`/_synapse/admin/v2/users/${name}`, user, 'the account', signal);
  if (now === null) return no(`${target} has no account on this server: only its own accounts can be deactivated.`);
  const erases = order.labels.includes(OPTION.erase);
  // The rooms a member is in are what redacting goes by, and deactivating leaves them all.
  const redacted = order.labels.includes(OPTION.redactAll) ? await redactAll(client, order, target, signal) : '';
  if (now.deactivated && (now.erased || !erases)) {
    return changed.has(target) || order.begunBy === 'itself' || redacted !== '' ? yes('was deactivated already', redacted) : { kind: 'already', by: null, what: `account ${accountRevision(now)}`, at: null };
  }
  changed.add(target);
  await client.change('POST', `/_synapse/admin/v1/deactivate/${name}`, { erase: erases }, 'the deactivation', signal);
  return yes(erases ? 'account deactivated and erased' : 'account deactivated', redacted);
}

/** A server notice; a repeat with the same transaction id sends nothing (docs/admin_api/server_notices.md). */
async function notice(client: Client, order: Order, target: string, signal: AbortSignal): Promise<Said> {
  const body = order.message?.trim() ?? '';
  if (body === '') return no('Write the message first.');
  try {
    await client.change('PUT', `/_synapse/admin/v1/send_server_notice/${encodeURIComponent(order.id)}`, { user_id: target, content: { msgtype: 'm.text', body } }, 'the notice', signal);
  } catch (error) {
    if (isRefused(error, 400, 404)) return no(`${error.message} Messages go as server notices: whoever runs the server turns them on in homeserver.yaml ("server_notices"), and only its own accounts get them.`);
    throw error;
  }
  return yes('server notice sent');
}

import { z } from 'zod';
import type { DeliveryResult, Order } from '../connector.ts';
import type { Act, ActKind } from './acts.ts';
import { isMissing } from './client.ts';
import type { Change, Client } from './client.ts';
import { LONGEST_TIMEOUT_MS } from './capabilities.ts';
import { auditReason } from './mark.ts';
import { actsSince, latestActs, latestLock } from './meanwhile.ts';
import { ban as banShape, channel as channelShape, member as memberShape } from './schemas.ts';
import { messageIn, shownTime } from './subjects.ts';

export type DeedInput = { readonly client: Client; /** The audit log's entries up to here are known to the desk. */ readonly seen: string | null };

export const no = (why: string): DeliveryResult => ({ kind: 'refused', why });
export const yes = (remoteId: string | null, said: string): DeliveryResult => ({ kind: 'done', remoteId, said });
const already = (act: Act | undefined, what: string): DeliveryResult => ({ kind: 'already', by: act?.by ?? null, what, at: act?.at ?? null });
const conflict = ({ by, what, at }: Act): DeliveryResult => ({ kind: 'conflict', by, what, at });
const nothing = z.unknown();
/** An end of a timeout is told in seconds at times. */
const SAME_MS = 2000;

/** What stands in the audit log as the reason; colleagues read it there. */
function reasonOf({ id, guideline, reason }: Order): string {
  return auditReason([guideline, reason].filter((part) => part !== null && part !== '').join(': '), id);
}

function change(order: Order, method: Change['method'], path: string, body?: unknown): Change {
  return { method, path, reason: reasonOf(order), ...(body === undefined ? {} : { body }) };
}

/** What others did meanwhile that this would go against; null where nothing, or where a person insists. */
async function against(input: DeedInput, order: Order, userId: string, kinds: readonly ActKind[], signal: AbortSignal): Promise<Act | null> {
  if (order.force) return null;
  return (await actsSince(input.client, order, userId, input.seen, signal)).findLast(({ kind }) => kinds.includes(kind)) ?? null;
}

/** This order's own act of an earlier try, whose answer was lost. */
async function earlier(input: DeedInput, order: Order, kind: ActKind, userId: string, signal: AbortSignal): Promise<Act | null> {
  return (await latestActs(input.client, kind, userId, signal)).find(({ orderId }) => orderId === order.id) ?? null;
}

export async function deleteMessage(input: DeedInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { channel } = order.subject.extra;
  const id = messageIn(order.subject);
  if (channel === undefined || id === null) return no('There is no message to delete: AutoMod did not let it through, or Discord does not tell which it was. Nothing was sent.');
  try {
    await input.client.change(change(order, 'DELETE', `/channels/${channel}/messages/${id}`), nothing, 'the deletion', signal);
    return yes(id, 'message deleted');
  } catch (error) {
    if (!isMissing(error)) throw error;
    const acts = order.subject.authorId === null ? [] : await latestActs(input.client, 'delete', order.subject.authorId, signal);
    // A ban may have taken it along.
    const act = acts.find((one) => one.channel === channel) ?? (order.subject.authorId === null ? [] : await latestActs(input.client, 'ban', order.subject.authorId, signal))[0];
    return act?.orderId === order.id ? yes(id, 'message deleted') : already(act, act?.kind === 'ban' ? 'message deleted with a ban' : 'message deleted');
  }
}

export async function timeOut(input: DeedInput, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const ms = order.durationMs ?? LONGEST_TIMEOUT_MS;
  if (ms > LONGEST_TIMEOUT_MS) return no('Discord\'s timeouts last 28 days at most. Choose a shorter one, or ban the member. Nothing was sent.');
  const path = `/guilds/${client.settings.guild}/members/${userId}`;
  // A second less at the longest, since Discord's clock goes on while the request travels.
  const until = client.serverNow() + Math.min(ms, LONGEST_TIMEOUT_MS - 1000);
  if (await earlier(input, order, 'timeout', userId, signal) !== null) return yes(userId, 'member timed out');
  const theirs = await against(input, order, userId, ['ban', 'kick', 'timeout', 'untimeout'], signal);
  if (theirs !== null) return theirs.kind === 'timeout' && Math.abs((theirs.until ?? 0) - until) < SAME_MS ? already(theirs, theirs.what) : conflict(theirs);
  if (await client.glance(path, memberShape, 'the member', signal) === null) return no('The member is not in the server, so that they cannot be timed out. Ban them to keep them out. Nothing was sent.');
  const now = await client.change(change(order, 'PATCH', path, { communication_disabled_until: new Date(until).toISOString() }), memberShape.extend({ communication_disabled_until: z.string() }), 'the timeout', signal);
  return yes(userId, `member timed out until ${shownTime(Date.parse(now.communication_disabled_until) || until)}`);
}

export async function endTimeOut(input: DeedInput, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const path = `/guilds/${client.settings.guild}/members/${userId}`;
  const now = await client.glance(path, memberShape, 'the member', signal);
  if (now === null) return already(undefined, 'the member is not in the server');
  if ((now.communication_disabled_until ?? 0) <= client.serverNow()) {
    const ours = await earlier(input, order, 'untimeout', userId, signal);
    return ours === null ? already((await latestActs(client, 'untimeout', userId, signal)).find(({ kind }) => kind === 'untimeout'), 'the timeout has ended') : yes(userId, 'timeout lifted');
  }
  const latest = (await latestActs(client, 'timeout', userId, signal)).find(({ kind }) => kind === 'timeout');
  if (latest !== undefined && latest.orderId !== order.reverses?.orderId && !order.force) return conflict(latest);
  await client.change(change(order, 'PATCH', path, { communication_disabled_until: null }), memberShape.required({ roles: true }), 'the end of the timeout', signal);
  return yes(userId, 'timeout lifted');
}

export async function ban(input: DeedInput, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const { guild, banDeletesSeconds: seconds } = client.settings;
  if (order.durationMs !== null) return no('Discord\'s bans have no end: choose a ban for good, or a timeout of up to 28 days. Nothing was sent.');
  // Repeating a ban would add an entry under our name.
  if (await client.glance(`/guilds/${guild}/bans/${userId}`, banShape, 'the ban', signal) !== null) {
    const [latest] = await latestActs(client, 'ban', userId, signal);
    return latest?.orderId === order.id ? yes(userId, 'member banned') : already(latest, 'member banned');
  }
  const theirs = await against(input, order, userId, ['unban', 'kick', 'timeout', 'untimeout'], signal);
  if (theirs !== null) return conflict(theirs);
  await client.change(change(order, 'PUT', `/guilds/${guild}/bans/${userId}`, { delete_message_seconds: seconds }), nothing, 'the ban', signal);
  return yes(userId, seconds === 0 ? 'member banned' : `member banned, and their messages of the last ${seconds / 3600} hours deleted`);
}

export async function unban(input: DeedInput, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const path = `/guilds/${client.settings.guild}/bans/${userId}`;
  if (await client.glance(path, banShape, 'the ban', signal) === null) {
    const [latest] = await latestActs(client, 'unban', userId, signal);
    return latest?.orderId === order.id ? yes(userId, 'ban lifted') : already(latest, 'no ban any more');
  }
  const [latest] = await latestActs(client, 'ban', userId, signal);
  if (latest !== undefined && latest.orderId !== order.reverses?.orderId && !order.force) return conflict(latest);
  await client.change(change(order, 'DELETE', path), nothing, 'the end of the ban', signal);
  return yes(userId, 'ban lifted; they come back by a new invite');
}

export async function kick(input: DeedInput, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const path = `/guilds/${client.settings.guild}/members/${userId}`;
  if (await client.glance(path, memberShape, 'the member', signal) === null) {
    const [latest] = await latestActs(client, 'kick', userId, signal);
    return latest?.orderId === order.id ? yes(userId, 'member removed from the server') : already(latest, 'not in the server any more');
  }
  const theirs = await against(input, order, userId, ['timeout', 'untimeout', 'unban'], signal);
  if (theirs !== null) return conflict(theirs);
  await client.change(change(order, 'DELETE', path), nothing, 'the removal', signal);
  return yes(userId, 'member removed from the server; they can come back by an invite');
}

/** "Locked: only users with MANAGE_THREADS can unarchive it"; changing it needs the thread unarchived (resources/channel, "JSON Params (Thread)"). */
export async function lockThread(input: DeedInput, order: Order, locked: boolean, signal: AbortSignal): Promise<DeliveryResult> {
  const { client } = input;
  const { channel } = order.subject.extra;
  const now = channel === undefined ? null : await client.glance(`/channels/${channel}`, channelShape, 'the thread', signal);
  const thread = now?.thread_metadata ?? null;
  if (channel === undefined || thread === null) return no('This was not written in a thread that the bot can see; whole channels are not locked. Nothing was sent.');
  if (thread.locked === locked) return yes(channel, locked ? 'thread was locked already' : 'thread was not locked any more');
  const latest = locked || order.force ? null : await latestLock(client, channel, signal);
  if (latest !== null && latest.orderId !== order.reverses?.orderId) return { kind: 'conflict', by: latest.by, what: 'thread locked', at: latest.at };
  const after = await client.change(change(order, 'PATCH', `/channels/${channel}`, { locked, archived: false }), channelShape, 'the thread', signal);
  return yes(after.id, locked ? 'thread locked' : 'thread no longer locked');
}

import type { DeliveryResult, Order } from '../connector.ts';
import type { ServerClock } from '../http/server-clock.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { bannedUntil, isMuted } from './members.ts';
import type { Deed } from './orders.ts';
import { chatMessages, chatRoom, chatRooms, enveloped, post, topicPage, user } from './schemas.ts';
import type { WireUser } from './schemas.ts';
import { whoDeleted, whoLocked, whoPenalised } from './theirs.ts';
import type { Theirs, Uid } from './theirs.ts';

/** What came of it; `met` where what someone else did stands in its way. */
export type DeedResult = { readonly said: string; readonly refused: boolean; readonly met?: Extract<DeliveryResult, { readonly kind: 'conflict' }> };

/** Carries out what an order does beside the flag. Repeating one changes nothing: the state is read first where NodeBB would do it twice. */
export async function carryOut(client: Client, deed: Deed, order: Order, me: Uid, signal: AbortSignal): Promise<DeedResult> {
  const { subject } = order;
  const uid = subject.type === 'member' ? subject.remoteId : subject.authorId;
  // What a colleague did, before ours was to be or since, is theirs to take back.
  const isTakenBack = order.reverse && !order.force;
  switch (deed) {
    case 'delete-post':
    case 'restore-post': {
      const theirs = isTakenBack && deed === 'restore-post' ? await whoDeleted(client, subject.remoteId, me, signal) : null;
      if (theirs !== null) return met(theirs, 'post deleted');
      return setPost(client, subject.remoteId, deed === 'delete-post', signal);
    }
    case 'lock':
    case 'unlock': {
      const tid = subject.extra['topic'];
      if (tid === undefined) return no('The forum does not say in which topic this stands.');
      const topic = await client.glance(`/api/topic/${encodeURIComponent(tid)}`, [], topicPage, 'the topic', signal);
      if (typeof topic?.locked === 'boolean' && topic.locked === (deed === 'lock')) return yes(deed === 'lock' ? 'topic was locked already' : 'topic was open already');
      const theirs = isTakenBack && deed === 'unlock' ? await whoLocked(client, tid, me, signal) : null;
      if (theirs !== null) return met(theirs, 'topic locked');
      await client.change(deed === 'lock' ? 'PUT' : 'DELETE', `/api/v3/topics/${encodeURIComponent(tid)}/lock`, {}, 'the lock', signal);
      return yes(deed === 'lock' ? 'topic locked' : 'topic unlocked');
    }
    case 'delete-account': {
      if (uid === null) return no(NOBODY);
      if (await memberOf(client, uid, signal) === null) return yes('account was deleted already');
      await client.change('DELETE', `/api/v3/users/${encodeURIComponent(uid)}/account`, {}, 'the deletion', signal);
      return yes('account deleted');
    }
    case 'ban':
    case 'unban':
    case 'mute':
    case 'unmute': return uid === null ? no(NOBODY) : penalise(client, deed, uid, order, me, signal);
    case 'chat': return uid === null ? no(NOBODY) : write(client, uid, order, signal);
  }
}

const NOBODY = 'The forum does not say whose this is.';
const GONE_ALREADY = /already been deleted|already been restored|already restored|post-already/i;

export async function setPost(client: Client, pid: string, gone: boolean, signal: AbortSignal): Promise<DeedResult> {
  try {
    await client.change(gone ? 'DELETE' : 'PUT', `/api/v3/posts/${encodeURIComponent(pid)}/state`, {}, gone ? 'the deletion' : 'the restoring', signal);
    return yes(gone ? 'post deleted' : 'post restored');
  } catch (error) {
    // "This post has already been deleted": by whoever, it is so. Refusals come in the account's language (src/controllers/helpers.js, generateError).
    if (isRefused(error, 400) && (GONE_ALREADY.test(error.said) || await isDeleted(client, pid, signal) === gone)) return yes(gone ? 'post was deleted already' : 'post was there already');
    if (isRefused(error, 404) && gone) return yes('post was purged already');
    throw error;
  }
}

/** Whether a post is deleted; null where the forum does not say (openapi/write/posts/pid.yaml). */
async function isDeleted(client: Client, pid: string, signal: AbortSignal): Promise<boolean | null> {
  const answer = await client.glance(`/api/v3/posts/${encodeURIComponent(pid)}`, [], enveloped(post), 'the post', signal);
  return answer?.response.deleted ?? null;
}

/** PUT and DELETE /users/:uid/ban and /mute; a repeated ban would stand in the member's record twice. */
async function penalise(client: Client, deed: 'ban' | 'unban' | 'mute' | 'unmute', uid: string, order: Order, me: Uid, signal: AbortSignal): Promise<DeedResult> {
  const member = await memberOf(client, uid, signal);
  const name = member?.username ? `@${member.username}` : 'member';
  const path = `/api/v3/users/${encodeURIComponent(uid)}/${deed.endsWith('ban') ? 'ban' : 'mute'}`;
  const reason = reasonOf(order);
  if (deed === 'unban' || deed === 'unmute') {
    // The record would tell of an end of what had ended, as where one member's items are taken back together.
    const isOver = deed === 'unban' ? member?.banned === false : member?.mutedUntil !== undefined && !isMuted(member, client.clock.now());
    if (isOver) return yes(`${name} was ${deed === 'unban' ? 'not banned' : 'not muted'} any more`);
    const theirs = order.force ? null : await whoPenalised(client, deed === 'unban' ? 'bans' : 'mutes', member, me, signal);
    if (theirs !== null) return met(theirs, deed === 'unban' ? 'banned' : 'muted');
    await client.change('DELETE', path, { reason }, 'the end of the penalty', signal);
    return yes(`${name} ${deed === 'unban' ? 'no longer banned' : 'no longer muted'}`);
  }
  const until = untilOf(order, client.clock, deed);
  const is = deed === 'ban' ? member?.banned === true ? bannedUntil(member) ?? (until === 0 ? 0 : null) : null : isMuted(member, client.clock.now()) ? member?.mutedUntil ?? null : null;
  const words = (end: number): string => `${deed === 'ban' ? 'banned' : 'muted'}${end === 0 || end === MUTED_FOR_GOOD ? ' for good' : ` until ${new Date(end).toISOString().slice(0, 10)}`}`;
  // The forum takes every end for the new one: a longer penalty, which a colleague gave, is not made shorter.
  if (is !== null && !order.force && (is === 0 || (until !== 0 && is >= until - SAME_END_MS))) return yes(`${name} was ${words(is)} already`);
  await client.change('PUT', path, { until, reason }, deed === 'ban' ? 'the ban' : 'the mute', signal);
  return yes(`${name} ${words(until)}`);
}

/** Why, as the member or colleagues read it. */
export function reasonOf({ guideline, reason }: Order): string {
  return [guideline, reason].filter((part) => part !== null && part !== '').join(': ');
}

/** A mute has no end that means for good. */
const MUTED_FOR_GOOD = Date.UTC(2126, 0, 1);
/** The forum's clock is told to the second, so that a repeat may ask for a moment next to the first. */
const SAME_END_MS = 2 * 60_000;

/**
 * Counted from the decision, so that a repeat asks for the same moment, and by the forum's clock: an end that is past there
 * makes a ban for good (src/user/bans.js). A ban for good is 0; a mute has none and gets a century.
 */
function untilOf(order: Order, clock: ServerClock, deed: 'ban' | 'mute'): number {
  if (order.durationMs === null) return deed === 'ban' ? 0 : MUTED_FOR_GOOD;
  const until = order.decidedAt + clock.aheadMs() + order.durationMs;
  return until > clock.now() ? until : clock.now() + order.durationMs;
}

/** A chat named after the order, by which it is found again (POST /chats, POST /chats/:roomId). */
async function write(client: Client, uid: string, order: Order, signal: AbortSignal): Promise<DeedResult> {
  if (order.message === null || order.message.trim() === '') return no('Write the message first.');
  const roomName = `${order.verb === 'warn' ? 'A warning' : 'A message'} from the moderators · ${order.id.slice(0, 8)}`;
  const chats = await client.glance('/api/v3/chats', [], enveloped(chatRooms), 'the chats', signal);
  let roomId = chats?.response.rooms.find((room) => room.roomName === roomName)?.roomId ?? null;
  if (roomId !== null) {
    const sent = await client.glance(`/api/v3/chats/${encodeURIComponent(roomId)}/messages`, [], enveloped(chatMessages), 'the chat', signal);
    // The forum itself says in it who joined.
    if (sent?.response.messages.some(({ system }) => system !== true) === true) return yes('message was sent before');
  }
  roomId ??= (await client.send('POST', '/api/v3/chats', { uids: [/^\d+$/.test(uid) ? Number(uid) : uid], roomName }, enveloped(chatRoom), 'the chat', signal)).response.roomId;
  await client.change('POST', `/api/v3/chats/${encodeURIComponent(roomId)}`, { message: order.message }, 'the message', signal);
  return yes(`message sent · chat ${roomId}`);
}

/** An account as the write API shows it; null where it is gone. */
async function memberOf(client: Client, uid: string, signal: AbortSignal): Promise<WireUser | null> {
  const answer = await client.glance(`/api/v3/users/${encodeURIComponent(uid)}`, [], enveloped(user), 'the member', signal);
  return answer?.response ?? null;
}

function met({ by, at }: Theirs, what: string): DeedResult {
  return { said: `${what}${by === null ? '' : ` by ${by}`}`, refused: true, met: { kind: 'conflict', by, what, at } };
}

function yes(said: string): DeedResult {
  return { said, refused: false };
}

function no(said: string): DeedResult {
  return { said, refused: true };
}

import type { DeliveryResult, Order } from '../connector.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { bansPath, membershipId } from './names.ts';
import { anything, member } from './schemas.ts';
import type { WireMember } from './schemas.ts';

/** The moderation action of those who are muted: what they send comes back to them (core docs, "Membership", moderation). */
const MUTED = 'reject';
/** A membership list by list: who is subscribed, and who only wrote there. */
const ROLES = ['member', 'nonmember'] as const;

const SITE = 'site';
const NOBODY: DeliveryResult = { kind: 'refused', why: 'Mailman does not say whose it is, so nobody can be muted or banned for it.' };

/** Bans an address, from the list or from all of them. A ban that is there already is left as it is. */
export async function ban(client: Client, list: string, email: string | null, signal: AbortSignal): Promise<DeliveryResult> {
  if (email === null) return NOBODY;
  const where = client.settings.bans === SITE ? null : list;
  const already: DeliveryResult = { kind: 'already', by: null, what: 'banned', at: null };
  if (await isBanned(client, where, email, signal)) return already;
  try {
    await client.change('POST', bansPath(where), { email }, 'the ban', signal);
  } catch (error) {
    // "Address is already banned": someone was first between the look and the word.
    if (isRefused(error, 400) && /already/i.test(error.said)) return already;
    throw error;
  }
  return { kind: 'done', remoteId: `ban ${where ?? SITE} ${email}`, said: `${email} banned from ${where ?? 'every list'}` };
}

/** Takes a ban back where it was set. */
export async function unban(client: Client, list: string, email: string | null, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const [, at, address] = /^ban (\S+) (.+)$/.exec(order.reverses?.remoteId ?? '') ?? [];
  const who = address ?? email;
  if (who === null) return NOBODY;
  const place = at ?? (client.settings.bans === SITE ? SITE : list);
  const where = place === SITE ? null : place;
  const path = `${bansPath(where)}/${encodeURIComponent(who)}`;
  try {
    await client.change('DELETE', path, {}, 'the end of the ban', signal);
  } catch (error) {
    if (isRefused(error, 404)) return { kind: 'already', by: null, what: 'not banned', at: null };
    throw error;
  }
  // A list answers for the bans of the whole server, too, and for patterns: those stay.
  const still = await isBanned(client, where, who, signal);
  return { kind: 'done', remoteId: null, said: still ? `${who} no longer banned by address; a pattern or a ban from every list still holds` : `${who} no longer banned from ${where ?? 'every list'}` };
}

export async function isBanned(client: Client, list: string | null, email: string, signal: AbortSignal): Promise<boolean> {
  return await client.glance(`${bansPath(list)}/${encodeURIComponent(email)}`, {}, anything, 'the ban', signal) !== null;
}

/** Has what an address sends to the list rejected from now on. */
export async function mute(client: Client, list: string, email: string | null, signal: AbortSignal): Promise<DeliveryResult> {
  if (email === null) return NOBODY;
  const one = await membershipOf(client, list, email, signal) ?? await madeNonmember(client, list, email, signal);
  const id = one === null ? null : membershipId(one);
  if (one === null || id === null) return { kind: 'refused', why: `Mailman has no membership of ${email} at ${list} that could be moderated.` };
  if (one.moderation_action === MUTED) return { kind: 'already', by: null, what: 'posts are rejected', at: null };
  await client.change('PATCH', `/members/${id}`, { moderation_action: MUTED }, 'the moderation action', signal);
  return { kind: 'done', remoteId: `moderation ${id} ${one.moderation_action ?? ''}`, said: `posts of ${email} to ${list} are rejected (before: ${one.moderation_action ?? 'the list\'s default'})` };
}

/** Gives a member the moderation action back that they had. */
export async function unmute(client: Client, list: string, email: string | null, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const [, known, before = ''] = /^moderation (\S+) (\w*)$/.exec(order.reverses?.remoteId ?? '') ?? [];
  const one = known === undefined
    ? email === null ? null : await membershipOf(client, list, email, signal)
    : await client.glance(`/members/${known}`, {}, member, 'the membership', signal);
  const id = one === null ? null : membershipId(one);
  if (one === null || id === null) return { kind: 'already', by: null, what: 'no longer known to the list', at: null };
  const now = one.moderation_action ?? '';
  if (now === before) return { kind: 'already', by: null, what: 'moderated as before', at: null };
  if (now !== MUTED && !order.force) return { kind: 'conflict', by: null, what: `moderation action set to ${now === '' ? 'the list\'s default' : now}`, at: null };
  // Empty means the list's default again.
  await client.change('PATCH', `/members/${id}`, { moderation_action: before }, 'the moderation action', signal);
  return { kind: 'done', remoteId: null, said: `posts are moderated as before (${before === '' ? 'the list\'s default' : before})` };
}

async function membershipOf(client: Client, list: string, email: string, signal: AbortSignal): Promise<WireMember | null> {
  for (const role of ROLES) {
    const one = await client.glance(`/lists/${encodeURIComponent(list)}/${role}/${encodeURIComponent(email)}`, {}, member, 'the membership', signal);
    if (one !== null) return one;
  }
  return null;
}

/** Who wrote without being checked as a sender is no nonmember yet. */
async function madeNonmember(client: Client, list: string, email: string, signal: AbortSignal): Promise<WireMember | null> {
  try {
    await client.change('POST', '/members', { list_id: list, subscriber: email, role: 'nonmember' }, 'the nonmember', signal);
  } catch (error) {
    if (isRefused(error, 400, 409)) return null;
    throw error;
  }
  return membershipOf(client, list, email, signal);
}

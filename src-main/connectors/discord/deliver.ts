import { z } from 'zod';
import type { DeliveryResult, Order } from '../connector.ts';
import { DiscordRefused, isForbidden, isMissing } from './client.ts';
import { CODE } from './codes.ts';
import { ban, deleteMessage, endTimeOut, kick, lockThread, no, timeOut, unban, yes } from './deeds.ts';
import type { DeedInput } from './deeds.ts';
import { tellMember } from './direct.ts';
import { PERMISSION } from './permissions.ts';
import type { PermissionName } from './permissions.ts';

export type DeliverInput = DeedInput & {
  /** The bot's own id, and the server's name. */
  readonly who: (signal: AbortSignal) => Promise<{ readonly me: string; readonly server: string }>;
};

const MARK = encodeURIComponent('✅');

/** Sends one order. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  try {
    return await carryOut(input, order, signal);
  } catch (error) {
    if (isForbidden(error)) return no(forbidden(order, error));
    if (isMissing(error, CODE.unknownUser)) return no('Discord does not know this member any more. Nothing was sent.');
    if (error instanceof DiscordRefused) return no(`${error.message} Nothing was sent.`);
    throw error;
  }
}

async function carryOut(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { verb, reverse, subject } = order;
  const userId = subject.type === 'member' ? subject.remoteId : subject.authorId;
  if (verb === 'dismiss') {
    const said = await mark(input, order, !reverse, signal);
    return yes(subject.remoteId, said ?? 'Nothing is told to Discord, which keeps no state of reports.');
  }
  if (verb === 'lock') return lockThread(input, order, !reverse, signal);
  if (verb === 'remove' && subject.type === 'message') return reverse ? no('A deleted message does not come back.') : deleteMessage(input, order, signal);
  if (userId === null) return no('Discord does not say whose this is. Nothing was sent.');
  switch (verb) {
    case 'mute': return reverse ? endTimeOut(input, order, userId, signal) : timeOut(input, order, userId, signal);
    case 'suspend': return reverse ? unban(input, order, userId, signal) : ban(input, order, userId, signal);
    case 'remove': return reverse ? no('A member who was removed comes back by a new invite only.') : kick(input, order, userId, signal);
    case 'warn': case 'message': {
      if (reverse) return no('A message that was sent is read, and does not come back.');
      const { me, server } = await input.who(signal);
      return tellMember(input.client, me, server, order, userId, signal);
    }
    default: return no('Discord has no word for this.');
  }
}

/** Puts the mark on the alert, or takes it off (resources/message, "Create Reaction"); null where there is nothing to mark. */
async function mark({ client }: DeliverInput, { subject }: Order, wished: boolean, signal: AbortSignal): Promise<string | null> {
  const [channel, alert] = subject.extra['alert']?.split(':') ?? [];
  if (!client.settings.marks || channel === undefined || alert === undefined) return null;
  try {
    await client.change({ method: wished ? 'PUT' : 'DELETE', path: `/channels/${channel}/messages/${alert}/reactions/${MARK}/@me` }, z.unknown(), 'the mark on the alert', signal);
  } catch (error) {
    // Someone deleted the alert, or took the mark off.
    if (isMissing(error)) return null;
    throw error;
  }
  return wished ? 'alert marked with ✅' : 'mark taken off the alert';
}

const NEEDS: Readonly<Partial<Record<Order['verb'], PermissionName>>> = { mute: 'timeOut', suspend: 'ban', remove: 'manageMessages', lock: 'manageThreads' };

/** Why Discord does not let the bot do it, as what a person can do about it; where it is no matter of permissions, in its own words. */
function forbidden({ verb, subject }: Order, { code, message }: DiscordRefused): string {
  if (code === CODE.needsTwoFactor) return 'This server asks its moderators for two-factor authentication (Server settings, Safety), and of a bot that its owner has it. Whoever owns the app in the Developer Portal switches it on in their own account: User settings, My account. Nothing was sent.';
  const name = verb === 'remove' && subject.type === 'member' ? 'kick' : verb === 'dismiss' ? 'react' : NEEDS[verb];
  if (name === undefined || ![0, CODE.missingAccess, CODE.missingPermissions].includes(code)) return `${message} Nothing was sent.`;
  if (name === 'kick' || name === 'ban' || name === 'timeOut') {
    return `Discord does not let the bot do this. It needs “${PERMISSION[name].name}”, and its role must stand above the member's highest role; the owner and administrators cannot be timed out: Server settings, Roles. Nothing was sent.`;
  }
  const lacks = code === CODE.missingAccess ? 'viewChannels' : name;
  return `Discord does not let the bot do this. It needs “${lacks === 'react' ? 'Add Reactions' : PERMISSION[lacks].name}” ${verb === 'dismiss' ? 'in the alert channel, to mark alerts' : 'in that channel'}: the channel's settings, Permissions, or Server settings, Roles. Nothing was sent.`;
}

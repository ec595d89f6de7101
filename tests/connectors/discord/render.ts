import type { FarEntry, FarMessage, FarUser, World } from './world.ts';

export function userShown({ id, username }: FarUser): Record<string, unknown> {
  return { id, username, global_name: username.toUpperCase(), discriminator: '0', avatar: null, public_flags: 0 };
}

export function memberShown(user: FarUser, roles: readonly string[]): Record<string, unknown> {
  return {
    user: userShown(user), nick: user.nick, avatar: null, roles, joined_at: new Date(user.joinedAt).toISOString(), deaf: false, mute: false, flags: 0, pending: false,
    communication_disabled_until: user.timedOutUntil === null ? null : new Date(user.timedOutUntil).toISOString(),
  };
}

/** Without the Message Content Intent what members wrote is left empty (events/gateway, "Message Content Intent"). */
export function messageShown(world: World, message: FarMessage, content: boolean): Record<string, unknown> {
  const author = world.users.get(message.author);
  const open = content || message.author === world.bot.id;
  return {
    id: message.id, channel_id: message.channel, type: message.type, author: author === undefined ? null : userShown(author), content: open ? message.content : '',
    timestamp: new Date(Number((BigInt(message.id) >> 22n) + 1_420_070_400_000n)).toISOString(), edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    embeds: open ? message.embeds : [], attachments: open ? message.attachments : [], components: [], mentions: [], mention_roles: [], mention_everyone: false, pinned: false, tts: false, flags: 0,
    ...(message.nonce === null ? {} : { nonce: message.nonce }), ...(open ? message.more : {}),
  };
}

export function entryShown(entry: FarEntry): FarEntry {
  return { ...entry };
}

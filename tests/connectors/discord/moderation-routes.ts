import type { Routes, WireAnswer, WireRequest } from '../../support/wire-server.ts';
import { memberShown, messageShown, userShown } from './render.ts';
import { refused } from './server.ts';
import type { Permission, ScriptedDiscord } from './server.ts';
import { GUILD } from './world.ts';
import type { FarUser } from './world.ts';

type Answer = (request: WireRequest) => WireAnswer;

/** The header is URL-encoded, 1-512 characters. */
function reasonIn({ headers }: WireRequest): string | undefined {
  const sent = headers['x-audit-log-reason'];
  if (typeof sent !== 'string') return undefined;
  if (sent.length > 512) throw new Error('the reason is too long');
  return decodeURIComponent(sent);
}

function dm(user: string): string {
  return String(BigInt(user) + 1n);
}

/** What changes something, as resources/guild, channel, message and user say. */
export function moderationRoutes(farOf: () => ScriptedDiscord, needing: (permission: Permission, answer: Answer) => Answer): Routes {
  const member = ({ at }: WireRequest): FarUser | null => {
    const user = farOf().world.users.get(at['user'] ?? '');
    return at['guild'] === GUILD && user?.here === true ? user : null;
  };
  const done = (work: () => void): WireAnswer => {
    work();
    farOf().deeds += 1;
    return { status: 204 };
  };

  return {
    'DELETE /channels/:channel/messages/:message': needing('manageMessages', (request) => {
      const { world } = farOf();
      const message = world.messages.get(request.at['message'] ?? '');
      if (message?.channel !== request.at['channel']) return refused(404, 10_008, 'Unknown Message');
      return done(() => world.remove(world.bot, message?.id ?? '', reasonIn(request)));
    }),
    'PATCH /guilds/:guild/members/:user': needing('timeOut', (request) => {
      const far = farOf();
      const user = member(request);
      if (user === null) return refused(404, 10_007, 'Unknown Member');
      // "Will throw a 403 error if the user has the ADMINISTRATOR permission or is the owner of the guild".
      if (user === far.world.tomas) return refused(403, 50_013, 'Missing Permissions');
      const wished = request.body['communication_disabled_until'];
      const until = typeof wished === 'string' ? Date.parse(wished) : null;
      if (until !== null && until > far.world.now() + 28 * 86_400_000) return refused(400, 50_035, 'Invalid Form Body');
      done(() => far.world.timeOut(far.world.bot, user, until, reasonIn(request)));
      return { json: memberShown(user, user.roles) };
    }),
    'DELETE /guilds/:guild/members/:user': needing('kick', (request) => {
      const { world } = farOf();
      const user = member(request);
      return user === null ? refused(404, 10_007, 'Unknown Member') : done(() => world.kick(world.bot, user, reasonIn(request)));
    }),
    'GET /guilds/:guild/bans/:user': needing('ban', ({ at }) => {
      const { world } = farOf();
      const user = world.users.get(at['user'] ?? '');
      return user !== undefined && world.bans.has(user.id) ? { json: { reason: world.bans.get(user.id), user: userShown(user) } } : refused(404, 10_026, 'Unknown Ban');
    }),
    'PUT /guilds/:guild/bans/:user': needing('ban', (request) => {
      const { world } = farOf();
      const user = world.users.get(request.at['user'] ?? '');
      const seconds = Number(request.body['delete_message_seconds'] ?? 0);
      if (user === undefined) return refused(404, 10_013, 'Unknown User');
      if (!(seconds >= 0 && seconds <= 604_800)) return refused(400, 50_035, 'Invalid Form Body');
      return done(() => {
        world.ban(world.bot, user, reasonIn(request));
        for (const one of world.messages.values()) if (seconds > 0 && one.author === user.id) world.unwrite(one.id);
      });
    }),
    'DELETE /guilds/:guild/bans/:user': needing('ban', (request) => {
      const { world } = farOf();
      const user = request.at['user'] ?? '';
      if (!world.bans.has(user)) return refused(404, 10_026, 'Unknown Ban');
      return done(() => {
        const reason = reasonIn(request);
        world.bans.delete(user);
        world.log(23, world.bot.id, user, reason === undefined ? {} : { reason });
      });
    }),
    'PATCH /channels/:channel': needing('manageThreads', (request) => {
      const { at, body } = request;
      const { world } = farOf();
      const channel = world.channels.get(at['channel'] ?? '');
      if (channel === undefined || channel.thread === null) return refused(404, 10_003, 'Unknown Channel');
      // "Requires the thread to have `archived` set to `false` or be set to `false` in the request".
      if (channel.thread.archived && body['archived'] !== false) return refused(400, 50_083, 'Thread is archived');
      const thread = { archived: body['archived'] === true, locked: body['locked'] === true };
      done(() => {
        world.lock(world.bot, channel, thread, reasonIn(request));
      });
      return { json: { id: channel.id, name: channel.name, type: channel.type, guild_id: GUILD, thread_metadata: thread } };
    }),
    'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': (request) => {
      const message = farOf().world.messages.get(request.at['message'] ?? '');
      if (message === undefined) return refused(404, 10_008, 'Unknown Message');
      if (message.reactions.has(request.at['emoji'] ?? '')) return { status: 204 };
      return done(() => message.reactions.add(request.at['emoji'] ?? ''));
    },
    'DELETE /channels/:channel/messages/:message/reactions/:emoji/@me': (request) => {
      const message = farOf().world.messages.get(request.at['message'] ?? '');
      if (message?.reactions.has(request.at['emoji'] ?? '') !== true) return refused(404, 10_008, 'Unknown Message');
      return done(() => message.reactions.delete(request.at['emoji'] ?? ''));
    },
    'POST /users/@me/channels': ({ body }) => {
      const { world, saying } = farOf();
      if (saying !== null) return refused(403, saying.code, saying.message);
      const user = world.users.get(String(body['recipient_id']));
      if (user === undefined) return refused(400, 50_033, 'Invalid Recipient(s)');
      const id = dm(user.id);
      world.channels.set(id, { id, name: '', type: 1, thread: null, overwrites: [] });
      return { json: { id, type: 1, recipients: [userShown(user)] } };
    },
    'POST /channels/:channel/messages': ({ at, body }) => {
      const { world } = farOf();
      const channel = at['channel'] ?? '';
      const user = [...world.users.values()].find(({ id }) => dm(id) === channel);
      if (user?.takesMessages !== true) return refused(403, 50_007, 'Cannot send messages to this user');
      const before = (world.byChannel.get(channel) ?? []).find(({ nonce }) => nonce !== null && nonce === body['nonce']);
      if (before !== undefined && body['enforce_nonce'] === true) return { json: messageShown(world, before, true) };
      const message = world.write(channel, world.bot.id, String(body['content']), { nonce: typeof body['nonce'] === 'string' ? body['nonce'] : null });
      farOf().deeds += 1;
      return { json: messageShown(world, message, true) };
    },
  };
}

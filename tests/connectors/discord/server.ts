import { startWireServer } from '../../support/wire-server.ts';
import type { Routes, WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { startGateway } from './gateway-server.ts';
import type { ScriptedGateway } from './gateway-server.ts';
import { moderationRoutes } from './moderation-routes.ts';
import { entryShown, memberShown, messageShown, userShown } from './render.ts';
import { BOT, GUILD, makeWorld } from './world.ts';
import type { FarEntry, FarMessage, World } from './world.ts';

export const TOKEN = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.secret';
export const BITS = {
  kick: 1n << 1n, ban: 1n << 2n, manageServer: 1n << 5n, auditLog: 1n << 7n, view: 1n << 10n, manageMessages: 1n << 13n, history: 1n << 16n, manageThreads: 1n << 34n, timeOut: 1n << 40n,
} as const;
export type Permission = keyof typeof BITS;

export type ScriptedDiscord = {
  readonly world: World;
  readonly server: WireServer;
  readonly gateway: ScriptedGateway;
  /** What the bot's role does not allow. */
  readonly lacks: Set<Permission>;
  /** What Discord says to every moderation action instead of carrying it out. */
  saying: { readonly code: number; readonly message: string } | null;
  /** Message Content Intent: null where the app's endpoint does not answer. */
  content: boolean | null;
  /** Moderation actions that the bot carried out. */
  deeds: number;
  /** Requests that went over a bucket's limit. */
  limited: number;
  /** Tells the gateway, where someone listens. */
  readonly close: () => Promise<void>;
};

/** An error as Discord words it. */
export function refused(status: number, code: number, message: string): WireAnswer {
  return { status, json: { message, code } };
}

function inGuild(answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
  return (request) => (request.at['guild'] === GUILD ? answer(request) : refused(404, 10_004, 'Unknown Guild'));
}

/** Discord's REST API as its documentation says; each route has a bucket of its own of so many requests in a second. */
export async function startDiscord(now: () => number, perSecond = 10): Promise<ScriptedDiscord> {
  const world = makeWorld(now);
  const gateway = await startGateway(TOKEN);
  const buckets = new Map<string, { left: number; resetAt: number }>();
  const ROLE = '200000000000000001';
  const bits = (): bigint => (Object.keys(BITS) as Permission[]).reduce((all, name) => (far.lacks.has(name) ? all : all | BITS[name]), 0n);

  function limitedBy(name: string, answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
    return (request) => {
      if (request.headers.authorization !== `Bot ${TOKEN}`) return { status: 401, json: { message: '401: Unauthorized', code: 0 } };
      if (!request.headers['user-agent']?.startsWith('DiscordBot (')) return { status: 403, text: 'error code: 1010' };
      const top = request.at['channel'] ?? GUILD;
      const key = `${name} ${top}`;
      const known = buckets.get(key);
      const bucket = known === undefined || known.resetAt <= now() ? { left: perSecond, resetAt: now() + 1000 } : known;
      buckets.set(key, bucket);
      bucket.left -= 1;
      const after = ((bucket.resetAt - now()) / 1000).toFixed(3);
      const headers = { 'x-ratelimit-limit': String(perSecond), 'x-ratelimit-remaining': String(Math.max(0, bucket.left)), 'x-ratelimit-reset': (bucket.resetAt / 1000).toFixed(3), 'x-ratelimit-reset-after': after, 'x-ratelimit-bucket': name.replaceAll(/\W+/g, '').slice(0, 20), date: new Date(now()).toUTCString() };
      if (bucket.left < 0) {
        far.limited += 1;
        return { status: 429, headers: { ...headers, 'retry-after': String(Math.ceil(Number(after))), 'x-ratelimit-scope': 'user' }, json: { message: 'You are being rate limited.', retry_after: Number(after), global: false } };
      }
      const ready = answer(request);
      return { ...ready, headers: { ...headers, ...ready.headers } };
    };
  }

  function needing(permission: Permission, answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
    return (request) => {
      if (request.method !== 'GET' && far.saying !== null) return refused(403, far.saying.code, far.saying.message);
      return far.lacks.has(permission) ? refused(403, 50_013, 'Missing Permissions') : answer(request);
    };
  }

  const inChannel = (answer: (request: WireRequest, channel: string) => WireAnswer) => (request: WireRequest): WireAnswer => {
    const channel = request.at['channel'] ?? '';
    if (!world.channels.has(channel)) return refused(404, 10_003, 'Unknown Channel');
    return far.lacks.has('view') ? refused(403, 50_001, 'Missing Access') : answer(request, channel);
  };
  const shown = (message: FarMessage): unknown => messageShown(world, message, far.content !== false);

  const routes: Routes = {
    'GET /users/@me': () => ({ json: { ...userShown(world.bot), bot: true, email: 'secret@mail.example', verified: true } }),
    'GET /applications/@me': () => (far.content === null ? refused(404, 0, '404: Not Found') : { json: { id: BOT, name: 'Docket', flags: far.content ? 1 << 19 : 0 } }),
    'GET /gateway/bot': () => ({ json: { url: gateway.url, shards: 1, session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 } } }),
    'GET /guilds/:guild': inGuild(() => ({ json: {
      id: GUILD, name: 'Mason\'s Test Server', owner_id: world.tomas.id, rules_channel_id: world.rulesChannel.id,
      roles: [{ id: GUILD, name: '@everyone', permissions: '0', position: 0 }, { id: ROLE, name: 'Docket', permissions: String(bits()), position: 5 }],
    } })),
    'GET /guilds/:guild/members/:user': inGuild(({ at }) => {
      const user = world.users.get(at['user'] ?? '');
      return user?.here === true ? { json: memberShown(user, user === world.bot ? [ROLE] : user.roles) } : refused(404, 10_007, 'Unknown Member');
    }),
    'GET /guilds/:guild/channels': inGuild(() => ({ json: [...world.channels.values()].filter(({ thread }) => thread === null).map(({ id, name, type }) => ({ id, name, type, guild_id: GUILD, permission_overwrites: [] })) })),
    'GET /guilds/:guild/threads/active': inGuild(() => ({ json: { threads: [...world.channels.values()].filter(({ thread }) => thread !== null).map(({ id, name, type }) => ({ id, name, type })), members: [] } })),
    'GET /guilds/:guild/auto-moderation/rules': inGuild(needing('manageServer', () => ({ json: world.rules.map(({ keywords, ...rule }) => ({ ...rule, guild_id: GUILD, creator_id: world.tomas.id, event_type: 1, enabled: true, exempt_roles: [], exempt_channels: [], trigger_metadata: { keyword_filter: keywords, regex_patterns: [], allow_list: [] } })) }))),
    'GET /guilds/:guild/audit-logs': inGuild(needing('auditLog', ({ query }) => ({ json: auditPage(world, query) }))),
    'GET /channels/:channel': inChannel((_request, id) => {
      const channel = world.channels.get(id);
      return { json: { id, name: channel?.name, type: channel?.type, guild_id: GUILD, permission_overwrites: channel?.overwrites ?? [], ...((channel?.thread ?? null) === null ? {} : { thread_metadata: channel?.thread }) } };
    }),
    // "If the current user is missing READ_MESSAGE_HISTORY, then no messages will be returned."
    'GET /channels/:channel/messages': inChannel(({ query }, channel) => ({ json: far.lacks.has('history') ? [] : messagePage(world.byChannel.get(channel) ?? [], query).map(shown) })),
    'GET /channels/:channel/messages/:message': inChannel(({ at }, channel) => {
      const message = world.messages.get(at['message'] ?? '');
      return message === undefined || message.channel !== channel ? refused(404, 10_008, 'Unknown Message') : { json: shown(message) };
    }),
    ...moderationRoutes(() => far, needing),
  };
  const server = await startWireServer(Object.fromEntries(Object.entries(routes).map(([name, answer]) => [name, limitedBy(name, answer as (request: WireRequest) => WireAnswer)])));
  const far: ScriptedDiscord = {
    world, server, gateway, lacks: new Set(), saying: null, content: true, deeds: 0, limited: 0,
    async close() {
      await Promise.all([server.close(), gateway.close()]);
    },
  };
  return far;
}

function older(a: { readonly id: string }, b: { readonly id: string }): number {
  return BigInt(a.id) < BigInt(b.id) ? -1 : 1;
}

/** `after` is oldest first, else newest first (resources/audit-log, "Get Guild Audit Log"). */
function auditPage(world: World, query: URLSearchParams): unknown {
  const limit = Number(query.get('limit') ?? 50);
  const [after, before, type, user] = ['after', 'before', 'action_type', 'user_id'].map((name) => query.get(name)) as [string | null, string | null, string | null, string | null];
  const fitting = world.entries.filter((one) => (type === null || one.action_type === Number(type)) && (user === null || one.user_id === user)
    && (after === null || BigInt(one.id) > BigInt(after)) && (before === null || BigInt(one.id) < BigInt(before))).toSorted(older);
  const page: FarEntry[] = after === null ? fitting.slice(-limit).toReversed() : fitting.slice(0, limit);
  const named = new Set(page.flatMap(({ target_id, user_id }) => [target_id, user_id]));
  return {
    audit_log_entries: page.map(entryShown), users: [...world.users.values()].filter(({ id }) => named.has(id)).map(userShown),
    application_commands: [], auto_moderation_rules: [], guild_scheduled_events: [], integrations: [], threads: [], webhooks: [],
  };
}

/** Newest first; `after` gives those right after it (resources/message, "Get Channel Messages"). */
function messagePage(list: readonly FarMessage[], query: URLSearchParams): FarMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  const [after, around] = ['after', 'around'].map((name) => query.get(name)) as [string | null, string | null];
  const sorted = list.toSorted(older);
  if (after !== null) return sorted.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, limit).toReversed();
  if (around !== null) {
    const at = sorted.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const from = Math.max(0, (at === -1 ? sorted.length : at) - Math.floor(limit / 2));
    return sorted.slice(from, from + limit).toReversed();
  }
  return sorted.slice(-limit).toReversed();
}

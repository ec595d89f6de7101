import { createHash } from 'node:crypto';
import { startWireServer } from '../../support/wire-server.ts';
import type { Routes, WireAnswer, WireRequest, WireServer, WireSockets } from '../../support/wire-server.ts';
import { akkomaRoutes } from './akkoma-routes.ts';
import { adminRoutes } from './admin-routes.ts';
import { accountJson, statusJson } from './render.ts';
import { makeWorld } from './world.ts';
import type { FarAccount, Kind, World } from './world.ts';

export const TOKEN = 'rosas-token';
export const RULES = [{ id: '1', text: 'No spam', hint: 'Also no links without words.' }, { id: '2', text: 'Don\'t be a meanie!', hint: '' }];
const ADMIN_SCOPES = ['read', 'admin:read', 'admin:write'];

/** What the signed-in moderator may do, and how the server is set up; tests change it as they go. */
export type Setup = {
  token: string;
  scopes: readonly string[] | null;
  permissions: string;
  privileges: readonly string[] | null;
  software: { name: string; version: string } | null;
  /** Akkoma's rewriting policies, as its nodeinfo names them. */
  policies: readonly string[];
  /** Requests in five minutes (docs.joinmastodon.org/api/rate-limits). */
  limit: number;
  /** How often someone went over the limit. */
  tooMany: number;
  /** The list of reports is empty, although there are some: a replica that lags, a search index that is being made. */
  emptyList: boolean;
  /** Another host that the server names for its stream. */
  streamingAt: string | null;
  /** What is done with a WebSocket that was asked for; 404 where the server has none. */
  socket: WireSockets;
  /** Refresh tokens that still work. */
  readonly refresh: Set<string>;
};

export type FarServer = { readonly server: WireServer; readonly world: World; readonly setup: Setup; readonly me: FarAccount; readonly ines: FarAccount; readonly close: () => Promise<void> };

const WINDOW_MS = 5 * 60_000;
const SOFTWARE = { mastodon: { name: 'mastodon', version: '4.5.2' }, gotosocial: { name: 'gotosocial', version: '0.20.1' }, akkoma: { name: 'akkoma', version: '3.17.0' } } as const;

const SIGNED_OUT: WireAnswer = { status: 401, json: { error: 'The access token is invalid' } };
/** No path of Akkoma's answers 401 (lib/pleroma/web/plugs/ensure_authenticated_plug.ex). */
const INVALID: WireAnswer = { status: 403, json: { error: 'Invalid credentials.' } };
/** What an unknown token is answered: by Mastodon's admin API as a missing permission is. */
const UNKNOWN_TOKEN = {
  mastodon: { signedIn: SIGNED_OUT, moderating: { status: 403, json: { error: 'This action is not allowed' } } },
  gotosocial: { signedIn: SIGNED_OUT, moderating: SIGNED_OUT },
  akkoma: { signedIn: INVALID, moderating: INVALID },
} as const;

/** Mastodon, GoToSocial or Akkoma as their documentation says, in one process, on this machine only. */
export async function startFarServer(kind: Kind, now: () => number): Promise<FarServer> {
  const world = makeWorld(kind, now);
  const me = world.account('rosa');
  const ines = world.account('ines');
  const setup: Setup = { token: TOKEN, scopes: ADMIN_SCOPES, permissions: String(0x10 | 0x400), privileges: null, software: SOFTWARE[kind], policies: ['TagPolicy'], limit: 1_000_000, tooMany: 0, emptyList: false, streamingAt: null, socket: () => 404, refresh: new Set() };
  if (kind === 'gotosocial') setup.permissions = '546033';
  let windowFrom = now();
  let used = 0;

  function counted(answer: (request: WireRequest) => WireAnswer): (request: WireRequest) => WireAnswer {
    return (request) => {
      if (now() - windowFrom >= WINDOW_MS || now() < windowFrom) [windowFrom, used] = [now(), 0];
      used += 1;
      const headers = {
        date: new Date(now()).toUTCString(), 'x-ratelimit-limit': String(setup.limit), 'x-ratelimit-remaining': String(Math.max(0, setup.limit - used)),
        'x-ratelimit-reset': new Date(windowFrom + WINDOW_MS).toISOString(),
      };
      if (used > setup.limit) {
        setup.tooMany += 1;
        return { status: 429, headers, json: { error: 'Too many requests' } };
      }
      const made = answer(request);
      return { ...made, headers: { ...headers, ...made.headers } };
    };
  }

  const knowing = (unknown: WireAnswer) => (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest): WireAnswer => (
    request.headers.authorization === `Bearer ${setup.token}` ? answer(request) : unknown);
  const { signedIn, moderating } = UNKNOWN_TOKEN[kind];

  const routes: Routes = {
    ...openRoutes(world, setup),
    ...mapped(memberRoutes(world, setup, me), knowing(signedIn)),
    ...mapped(kind === 'akkoma' ? akkomaRoutes(world, setup, me) : adminRoutes(world, setup, me), knowing(moderating)),
  };
  const server = await startWireServer(mapped(routes as Record<string, (request: WireRequest) => WireAnswer>, counted), { sockets: (asked) => setup.socket(asked) });
  return { server, world, setup, me, ines, close: () => server.close() };
}

type Sync = Readonly<Record<string, (request: WireRequest) => WireAnswer>>;

function mapped(routes: Sync, wrap: (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest) => WireAnswer): Sync {
  return Object.fromEntries(Object.entries(routes).map(([name, answer]) => [name, wrap(answer)]));
}

function openRoutes(world: World, setup: Setup): Sync {
  const apps = new Map<string, { readonly secret: string; readonly redirect: string; readonly scopes: string }>();
  let made = 0;
  const refused = { status: 400, json: { error: 'invalid_grant', error_description: 'The provided authorization grant is invalid.' } };
  const tokens = (scope: string): WireAnswer => {
    made += 1;
    setup.token = `token-${made}`;
    const next = `refresh-${made}`;
    setup.refresh.add(next);
    // Mastodon's tokens never end; Akkoma's do, and come with another to renew them.
    return { json: { access_token: setup.token, token_type: 'Bearer', scope, created_at: 1, ...(world.kind === 'akkoma' ? { expires_in: 3600, refresh_token: next } : {}) } };
  };
  return {
    'GET /.well-known/nodeinfo': () => (setup.software === null ? { status: 404 } : { json: { links: [{ rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: 'https://web.far.example/nodeinfo/2.0' }] } }),
    'GET /nodeinfo/2.0': () => ({ json: { version: '2.0', software: setup.software, protocols: ['activitypub'], usage: {}, metadata: { federation: { enabled: true, mrf_policies: setup.policies } } } }),
    'GET /api/v1/instance': () => ({ json: { uri: 'far.example', title: 'Far', version: world.kind === 'akkoma' ? '2.7.2 (compatible; Akkoma 3.17.0)' : world.kind === 'gotosocial' ? '0.20.1' : '4.5.2', rules: RULES } }),
    'GET /api/v2/instance': () => (world.kind === 'akkoma' ? { status: 404, json: { error: 'Not implemented' } } : { json: { version: '4.5.2', configuration: { urls: { streaming: setup.streamingAt } } } }),
    'GET /api/v1/instance/rules': () => (world.kind === 'akkoma' ? { status: 404, json: { error: 'Not implemented' } } : { json: RULES }),
    'POST /api/v1/apps': ({ body }) => {
      const id = `app-${apps.size + 1}`;
      apps.set(id, { secret: `secret-${id}`, redirect: String(body['redirect_uris']), scopes: String(body['scopes']) });
      return { json: { id: '1', name: body['client_name'], client_id: id, client_secret: `secret-${id}`, redirect_uri: body['redirect_uris'] } };
    },
    'POST /oauth/token': ({ body }) => {
      const app = apps.get(String(body['client_id']));
      if (app === undefined || app.secret !== body['client_secret']) return { status: 401, json: { error: 'invalid_client' } };
      if (body['grant_type'] === 'refresh_token') return setup.refresh.delete(String(body['refresh_token'])) ? tokens(app.scopes) : refused;
      // The page that the browser is sent to hands the challenge on as the code.
      const challenge = createHash('sha256').update(String(body['code_verifier'])).digest('base64url');
      return body['code'] === challenge && body['redirect_uri'] === app.redirect ? tokens(app.scopes) : refused;
    },
  };
}

function memberRoutes(world: World, setup: Setup, me: FarAccount): Sync {
  const visible = (id: string | undefined) => {
    const post = world.posts.get(id ?? '');
    return post === undefined || post.author.suspended || post.visibility === 'private' || post.visibility === 'direct' ? null : post;
  };
  const gone = { status: 404, json: { error: 'Record not found' } };
  return {
    'GET /api/v1/accounts/verify_credentials': () => (setup.scopes?.some((scope) => /^(?:read(?::accounts)?|profile)$/.test(scope)) === false ? { status: 403, json: { error: 'This action is outside the authorized scopes' } } : {
      json: {
        ...accountJson(me), source: { note: '' },
        ...(world.kind === 'akkoma' ? { pleroma: { is_admin: false, is_moderator: true, ...(setup.privileges === null ? {} : { privileges: setup.privileges }) } } : { role: { id: '3', name: 'Moderator', permissions: setup.permissions, color: '', highlighted: true } }),
      },
    }),
    'GET /api/v1/apps/verify_credentials': () => ({ json: { name: 'Docket', website: null, ...(setup.scopes === null ? {} : { scopes: setup.scopes }) } }),
    'GET /api/v1/streaming/user/notification': () => ({ status: 404 }),
    'GET /api/v1/statuses/:id': ({ at }) => {
      const post = visible(at['id']);
      return post === null ? gone : { json: statusJson(post) };
    },
    'GET /api/v1/statuses/:id/context': ({ at }) => {
      const post = visible(at['id']);
      // Akkoma's fallback for what it does not find there (mastodon_api/controllers/status_controller.ex, context).
      if (post === null) return world.kind === 'akkoma' ? { status: 500, json: 'Something went wrong' } : gone;
      const parent = visible(post.replyTo ?? '');
      const replies = [...world.posts.values()].filter(({ replyTo }) => replyTo === post.id);
      return { json: { ancestors: parent === null ? [] : [statusJson(parent)], descendants: replies.map(statusJson) } };
    },
    'GET /api/v1/accounts/:id/statuses': ({ at, query }) => ({
      json: [...world.posts.values()].filter((post) => post.author.id === at['id'] && visible(post.id) !== null).toReversed().slice(0, Number(query.get('limit') ?? 20)).map(statusJson),
    }),
  };
}

import { startWireServer } from '../../support/wire-server.ts';
import type { Routes, WireAnswer, WireRequest, WireServer } from '../../support/wire-server.ts';
import { moderationRoutes } from './moderation-routes.ts';
import { readRoutes } from './read-routes.ts';
import { renderer } from './render.ts';
import type { Version } from './render.ts';
import { makeWorld } from './world.ts';
import type { FarPerson, World } from './world.ts';

/** Who moderates and how the instance is set up; tests change it as they go. */
export type Setup = {
  version: Version;
  admin: boolean;
  /** Communities that the account moderates. */
  moderates: string[];
  readonly tokens: Set<string>;
  password: string;
  /** The one-time code that is good now; null where there is no two-factor sign-in. */
  totp: string | null;
  /** Requests in a minute. */
  limit: number;
};

export type FarServer = { readonly server: WireServer; readonly world: World; readonly setup: Setup; readonly me: FarPerson; readonly ines: FarPerson; readonly close: () => Promise<void> };
export type Guarded = (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest) => WireAnswer;

export const PASSWORD = 'a long pass phrase';

/** The error as 0.19 says it; 1.0 adds the cause (crates/utils/src/error.rs). */
export function refusal(version: Version, error: string, status = 400): WireAnswer {
  return { status, json: version === 'v3' ? { error } : { error, cause: error } };
}

/** A Lemmy instance of one version as its source behaves, in one process, on this machine only; it can be upgraded while it runs. */
export async function startFarServer(version: Version, now: () => number): Promise<FarServer> {
  const world = makeWorld(now);
  const me = world.person('rosa');
  const ines = world.person('ines');
  world.community('main');
  const setup: Setup = { version, admin: true, moderates: ['main'], tokens: new Set(), password: PASSWORD, totp: null, limit: 1_000_000 };
  let [windowFrom, used] = [now(), 0];

  /** Only the version that runs answers, and not without end: 0.19 says so with 400, and neither says for how long. */
  const of = (its: Version): Guarded => (answer) => (request) => {
    if (setup.version !== its) return { status: 404, text: '' };
    if (now() - windowFrom >= 60_000 || now() < windowFrom) [windowFrom, used] = [now(), 0];
    used += 1;
    if (used > setup.limit) return its === 'v3' ? refusal(its, 'rate_limit_error') : refusal(its, 'too_many_requests', 429);
    return answer(request);
  };
  const signedIn = (its: Version): Guarded => (answer) => (request) => (
    setup.tokens.has((request.headers.authorization ?? '').replace('Bearer ', '')) ? answer(request) : its === 'v3' ? refusal(its, 'incorrect_login', 401) : refusal(its, 'not_logged_in'));

  const routesOf = (its: Version): (readonly [string, Routes[string]])[] => {
    const render = renderer(its, world);
    const within = { version: its, world, setup, me, render };
    const named = (entries: Routes, guard: Guarded): (readonly [string, Routes[string]])[] => Object.entries(entries)
      .map(([name, answer]) => [name.replace(' ', ` /api/${its}`), guard(answer as (request: WireRequest) => WireAnswer)] as const);
    return [
      ...named(openRoutes(its, world, setup, me), of(its)),
      ...named({ ...readRoutes(within), ...moderationRoutes(within) }, (answer) => of(its)(signedIn(its)(answer))),
    ];
  };
  const server = await startWireServer(Object.fromEntries([...routesOf('v3'), ...routesOf('v4')]), { now });
  return { server, world, setup, me, ines, close: () => server.close() };
}

function openRoutes(version: Version, world: World, setup: Setup, me: FarPerson): Routes {
  const render = renderer(version, world);
  const who = () => ({
    local_user_view: { local_user: { id: 1, person_id: me.id, admin: setup.admin }, person: render.person(me) },
    moderates: world.communities.filter(({ name }) => setup.moderates.includes(name)).map((community) => ({ community: render.community(community), moderator: render.person(me) })),
  });
  const siteView = { site: { id: 1, name: 'Far', sidebar: 'Welcome.\n\n# Rules\n\n- Be kind\n- No adverts' }, local_site: { legal_information: 'Run by nobody in particular.' } };
  const login = ({ body }: WireRequest): WireAnswer => {
    if (body['username_or_email'] !== me.name || body['password'] !== setup.password) return refusal(version, 'incorrect_login', 401);
    if (setup.totp !== null && body['totp_2fa_token'] === undefined) return refusal(version, 'missing_totp_token');
    if (setup.totp !== null && body['totp_2fa_token'] !== setup.totp) return refusal(version, 'incorrect_totp_token');
    const jwt = `jwt-${version}-${setup.tokens.size + 1}`;
    setup.tokens.add(jwt);
    return { json: { jwt, registration_created: false, verify_email_sent: false } };
  };
  if (version === 'v4') {
    return {
      'GET /site': () => ({ json: { site_view: siteView, admins: [], version: '1.0.0', all_languages: [] } }),
      'POST /account/auth/login': login,
      'GET /account': ({ headers }) => (setup.tokens.has((headers.authorization ?? '').replace('Bearer ', '')) ? { json: who() } : refusal('v4', 'not_logged_in')),
    };
  }
  return {
    'GET /site': ({ headers }) => ({ json: { site_view: siteView, admins: [], version: '0.19.11', ...(setup.tokens.has((headers.authorization ?? '').replace('Bearer ', '')) ? { my_user: who() } : {}) } }),
    'POST /user/login': login,
  };
}

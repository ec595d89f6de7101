import type { WireAnswer, WireRequest } from '../../support/wire-server.ts';
import { acctOf, akkomaAccountJson, akkomaReportJson, statusJson } from './render.ts';
import type { Setup } from './server.ts';
import type { FarAccount, World } from './world.ts';

type Sync = Readonly<Record<string, (request: WireRequest) => WireAnswer>>;

const FORBIDDEN: WireAnswer = { status: 403, json: { error: 'User isn\'t privileged.' } };
const GONE: WireAnswer = { status: 404, json: { error: 'Not found' } };

/** /api/v1/pleroma/admin (docs/development/API/admin_api.md). */
export function akkomaRoutes(world: World, setup: Setup, me: FarAccount): Sync {
  const having = (privilege: string, answer: (request: WireRequest) => WireAnswer) => (request: WireRequest): WireAnswer => (
    setup.privileges !== null && !setup.privileges.includes(privilege) ? FORBIDDEN : answer(request));

  const activation = (active: boolean) => having('users_manage_activation_state', ({ body }) => {
    const nicknames: readonly unknown[] = Array.isArray(body['nicknames']) ? body['nicknames'] : [];
    const found = [...world.accounts.values()].filter((account) => nicknames.includes(acctOf(account)));
    for (const account of found) {
      account.suspended = !active;
      world.deeds.push(`${active ? 'activate' : 'deactivate'} ${account.username} by ${me.username}`);
    }
    return { json: { users: found.map(akkomaAccountJson) } };
  });

  const tagging = (on: boolean) => having('users_manage_tags', ({ body }) => {
    for (const account of [...world.accounts.values()].filter((one) => Array.isArray(body['nicknames']) && body['nicknames'].includes(acctOf(one)))) {
      for (const tag of Array.isArray(body['tags']) ? body['tags'] : []) {
        if (tag === 'mrf_tag:sandbox') account.silenced = on;
        if (tag === 'mrf_tag:media-force-nsfw') account.sensitized = on;
        world.deeds.push(`${on ? 'tag' : 'untag'} ${account.username} ${tag} by ${me.username}`);
      }
    }
    return { status: 204 };
  });

  function states({ body }: WireRequest): WireAnswer {
    const wanted = (Array.isArray(body['reports']) ? body['reports'] : []) as readonly { readonly id: string; readonly state: string }[];
    const errors = wanted.filter(({ id }) => !world.reports.has(id)).map(({ id }) => ({ id, error: 'not_found' }));
    for (const { id, state } of wanted) {
      if (state === 'open') world.reopen(id, me);
      else world.resolve(id, me, state);
    }
    return errors.length === 0 ? { status: 204 } : { status: 400, json: errors };
  }

  return {
    'GET /api/v1/pleroma/admin/reports': having('reports_manage_reports', ({ query }) => {
      const state = query.get('state');
      const size = Number(query.get('page_size') ?? 50);
      const from = (Number(query.get('page') ?? 1) - 1) * size;
      const found = [...world.reports.values()].filter(({ closed }) => state === null || (closed?.state ?? 'open') === state).toReversed();
      // lib/pleroma/pagination.ex, @max_limit: the offset goes by what was asked for all the same.
      return { json: { total: found.length, reports: found.slice(from, from + Math.min(size, 40)).map((report) => akkomaReportJson(world, report)) } };
    }),
    'GET /api/v1/pleroma/admin/reports/:id': having('reports_manage_reports', ({ at }) => {
      const report = world.reports.get(at['id'] ?? '');
      return report === undefined ? GONE : { json: akkomaReportJson(world, report) };
    }),
    'PATCH /api/v1/pleroma/admin/reports': having('reports_manage_reports', states),
    'GET /api/v1/pleroma/admin/moderation_log': having('moderation_log_read', ({ query }) => {
      const found = world.log.filter(({ report }) => report.includes(query.get('search') ?? ''));
      const items = found.map(({ by, action, report, at }, index) => ({
        id: index, data: { actor: { id: 1, nickname: by }, action }, time: Math.floor(at / 1000), message: `@${by} updated report #${report} with 'resolved' state`,
      }));
      return { json: { items, total: items.length } };
    }),
    'GET /api/v1/pleroma/admin/users/:id': ({ at }) => {
      const account = [...world.accounts.values()].find((one) => one.id === at['id'] || acctOf(one) === at['id']);
      return account === undefined ? GONE : { json: akkomaAccountJson(account) };
    },
    'PATCH /api/v1/pleroma/admin/users/deactivate': activation(false),
    'PATCH /api/v1/pleroma/admin/users/activate': activation(true),
    'PUT /api/v1/pleroma/admin/users/tag': tagging(true),
    'DELETE /api/v1/pleroma/admin/users/tag': tagging(false),
    'GET /api/v1/pleroma/admin/statuses/:id': ({ at }) => {
      const post = world.posts.get(at['id'] ?? '');
      // Posts of deactivated members are not found, and can be changed and deleted (lib/pleroma/activity.ex, get_by_id).
      return post === undefined || post.author.suspended ? GONE : { json: statusJson(post) };
    },
    'PUT /api/v1/pleroma/admin/statuses/:id': ({ at, body }) => {
      const post = world.posts.get(at['id'] ?? '');
      if (post === undefined) return GONE;
      post.sensitive = body['sensitive'] === true;
      world.deeds.push(`sensitive ${post.sensitive} ${post.id} by ${me.username}`);
      return { json: statusJson(post) };
    },
    'DELETE /api/v1/pleroma/admin/statuses/:id': having('messages_delete', ({ at }) => {
      if (!world.posts.delete(at['id'] ?? '')) return GONE;
      world.deeds.push(`delete ${at['id']} by ${me.username}`);
      return { json: {} };
    }),
  };
}

import type { WireAnswer, WireRequest } from '../../support/wire-server.ts';
import { adminJson, reportJson } from './render.ts';
import type { Setup } from './server.ts';
import type { FarAccount, FarReport, World } from './world.ts';

type Sync = Readonly<Record<string, (request: WireRequest) => WireAnswer>>;

const FORBIDDEN: WireAnswer = { status: 403, json: { error: 'This action is not allowed' } };
const OUTSIDE: WireAnswer = { status: 403, json: { error: 'This action is outside the authorized scopes' } };
const GONE: WireAnswer = { status: 404, json: { error: 'Record not found' } };
const TYPES: ReadonlySet<string> = new Set(['none', 'sensitive', 'disable', 'silence', 'suspend']);

function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** /api/v1/admin of Mastodon (app/controllers/api/v1/admin) and of GoToSocial, which has a part of it. */
export function adminRoutes(world: World, setup: Setup, me: FarAccount): Sync {
  const gotosocial = world.kind === 'gotosocial';

  function may(bit: number, scope: string): WireAnswer | null {
    if (setup.scopes !== null && !setup.scopes.some((has) => has === scope || scope.startsWith(`${has}:`))) return OUTSIDE;
    return (BigInt(setup.permissions) & BigInt(gotosocial ? 1 : bit | 1)) === 0n ? FORBIDDEN : null;
  }
  const reading = (answer: (request: WireRequest) => WireAnswer) => (request: WireRequest): WireAnswer => may(0x10, 'admin:read:reports') ?? answer(request);
  const writing = (answer: (report: FarReport, request: WireRequest) => void) => (request: WireRequest): WireAnswer => {
    const report = world.reports.get(request.at['id'] ?? '');
    const no = may(0x10, 'admin:write:reports');
    if (no !== null || report === undefined) return no ?? GONE;
    answer(report, request);
    return { json: reportJson(world, report) };
  };

  function list({ query, path }: WireRequest): WireAnswer {
    const most = gotosocial ? 100 : 200;
    const limit = Math.min(most, Number(query.get('limit') ?? (gotosocial ? 20 : 100)) || most);
    const resolved = query.get('resolved');
    // GoToSocial: unset is both. Mastodon: unset is open, and older versions take any value for true.
    const wanted = (report: FarReport): boolean => (resolved === null ? gotosocial || report.closed === null : (resolved === 'true') === (report.closed !== null));
    const target = query.get('target_account_id');
    const [max, since, min] = [query.get('max_id'), query.get('since_id'), query.get('min_id')];
    const fits = (report: FarReport): boolean => wanted(report) && (target === null || report.target.id === target)
      && (max === null || compare(report.id, max) < 0) && (since === null || compare(report.id, since) > 0) && (min === null || compare(report.id, min) > 0);
    // Ids grow, so that the map is in their order; a page of 100,000 reports is found without sorting them.
    const inOrder = setup.emptyList ? [] : [...world.reports.values()];
    const page: FarReport[] = [];
    for (const report of min === null ? inOrder.toReversed() : inOrder) {
      if (page.length === limit) break;
      if (fits(report)) page.push(report);
    }
    page.sort((a, b) => compare(b.id, a.id));
    const last = page.at(-1);
    const link = last === undefined || (!gotosocial && page.length < limit) ? {} : { link: `<https://far.example${path}?limit=${limit}&max_id=${last.id}>; rel="next"` };
    return { headers: link, json: page.map((report) => reportJson(world, report)) };
  }

  function action({ at, body }: WireRequest): WireAnswer {
    const account = world.accounts.get(at['id'] ?? '');
    const type = String(body['type']);
    const no = may(0x400, 'admin:write:accounts') ?? may(0x10, 'admin:write:reports');
    if (no !== null) return no;
    if (account === undefined) return gotosocial ? { status: 500, json: { error: 'Internal Server Error' } } : GONE;
    if (!TYPES.has(type) || (gotosocial && type !== 'suspend')) return { status: gotosocial ? 400 : 422, json: { error: 'Validation failed: Type is not included in the list' } };
    if (type === 'suspend') account.suspended = true;
    if (type === 'silence') account.silenced = true;
    if (type === 'sensitive') account.sensitized = true;
    if (type === 'disable') account.disabled = true;
    account.strikes.push({ type, text: String(body['text'] ?? ''), mailed: body['send_email_notification'] === 'true' });
    world.deeds.push(`${type} ${account.username} by ${me.username}`);
    if (gotosocial) return { json: { message: 'OK' } };
    for (const report of world.open()) {
      if (type === 'none' ? report.id === body['report_id'] : report.target.id === account.id) report.closed = { at: world.now(), by: me, state: 'resolved', comment: null };
    }
    return { json: {} };
  }

  const lifting = (flag: 'suspended' | 'silenced' | 'sensitized' | 'disabled') => ({ at }: WireRequest): WireAnswer => {
    const account = world.accounts.get(at['id'] ?? '');
    const no = may(0x400, 'admin:write:accounts');
    if (no !== null || account === undefined) return no ?? GONE;
    account[flag] = false;
    world.deeds.push(`lift ${flag} ${account.username} by ${me.username}`);
    return { json: adminJson(world, account) };
  };

  return {
    'GET /api/v1/admin/reports': reading(list),
    'GET /api/v1/admin/reports/:id': reading(({ at }) => {
      const report = world.reports.get(at['id'] ?? '');
      return report === undefined ? GONE : { json: reportJson(world, report) };
    }),
    ...(gotosocial ? {} : {
      'PUT /api/v1/admin/reports/:id': writing((report, { body }) => {
        const ids = Array.isArray(body['rule_ids[]']) ? body['rule_ids[]'].map(String) : [];
        // Rules go with the category `violation` alone (app/models/report.rb, validates :rule_ids).
        if (ids.length > 0 && body['category'] !== 'violation') throw new Error('Validation failed: Rules must be blank');
        Object.assign(report, { category: body['category'], rules: ids });
      }),
    }),
    'POST /api/v1/admin/reports/:id/resolve': writing((report, { body }) => world.resolve(report.id, me, 'resolved', typeof body['action_taken_comment'] === 'string' ? body['action_taken_comment'] : null)),
    'GET /api/v1/admin/accounts/:id': ({ at }) => {
      const account = world.accounts.get(at['id'] ?? '');
      return may(0x400, 'admin:read:accounts') ?? (account === undefined ? GONE : { json: adminJson(world, account) });
    },
    'POST /api/v1/admin/accounts/:id/action': action,
    ...(gotosocial ? {} : {
      'POST /api/v1/admin/reports/:id/reopen': writing((report) => world.reopen(report.id, me)),
      'POST /api/v1/admin/accounts/:id/unsuspend': lifting('suspended'),
      'POST /api/v1/admin/accounts/:id/unsilence': lifting('silenced'),
      'POST /api/v1/admin/accounts/:id/unsensitive': lifting('sensitized'),
      'POST /api/v1/admin/accounts/:id/enable': lifting('disabled'),
    }),
  };
}

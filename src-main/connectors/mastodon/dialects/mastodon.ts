import type { AccountDeed, Dialect, Way } from '../dialect.ts';
import { part } from '../dialect.ts';
import type { Limit, Person } from '../model.ts';
import { adminPersonOf, readAdminReport } from '../read.ts';
import { adminAccount, closedReport, done, named, openReport } from '../schemas.ts';
import type { Credentials } from '../schemas.ts';

/** Permission flags (docs.joinmastodon.org/entities/Role, "Permission flags"). */
const ADMINISTRATOR = 0x1n;
const MANAGE_REPORTS = 0x10n;
const MANAGE_USERS = 0x400n;

const ROLE = 'under Administration, Roles';

function action(type: string, undo: string | null, limit: Limit | null, said: string, notRemote: string | null): AccountDeed {
  return {
    // docs.joinmastodon.org/methods/admin/accounts, "Perform an action against an account".
    call: ({ id }, { reportId, text }) => ({
      method: 'POST', path: `/api/v1/admin/accounts/${part(id)}/action`,
      // Without it the member is not told at all, on the site neither, and learns of no way to appeal (app/models/admin/account_action.rb,
      // process_notification!). Mastodon's own page ticks it whatever is written (app/controllers/admin/account_actions_controller.rb, new).
      form: { type, report_id: reportId, text, send_email_notification: true },
      answer: done,
    }),
    undo: undo === null ? null : ({ id }) => ({ method: 'POST', path: `/api/v1/admin/accounts/${part(id)}/${undo}`, answer: named }),
    limit, said, notRemote,
    // app/models/admin/account_action.rb, process_reports!: with `none` only the report that is named, else all.
    closes: type === 'none' ? 'named' : 'all',
  };
}

const ELSEWHERE = 'lives on another server, where Mastodon can neither freeze nor warn anybody. Limit or suspend the account here instead.';

export const suspend = action('suspend', 'unsuspend', 'suspended', 'suspended', null);
const silence = action('silence', 'unsilence', 'limited', 'limited', null);
const sensitive = action('sensitive', 'unsensitive', 'media marked as sensitive', 'media marked as sensitive', null);
const freeze = action('disable', 'enable', 'frozen', 'frozen', ELSEWHERE);
const warning = action('none', null, null, 'warned', ELSEWHERE);

const common = {
  dismiss: { by: 'reports' },
  mute: { by: 'account', deed: silence, message: true },
  suspend: { by: 'account', deed: suspend, message: true },
  label: { by: 'account', deed: sensitive, label: 'sensitive', message: true },
  warn: { by: 'account', deed: warning, message: true },
  message: { by: 'nothing', why: 'Mastodon writes to members only as a warning: use Warn.' },
} as const satisfies Record<string, Way>;

/** The permissions of a role's bit mask; a server that does not say is believed until it refuses. */
export function maskOf(me: Credentials): bigint {
  return me.role?.permissions === null || me.role === null ? ADMINISTRATOR : BigInt(me.role.permissions);
}

/** Mastodon 4 (docs.joinmastodon.org/methods/admin). */
export const mastodon: Dialect = {
  title: 'Mastodon',
  names: ['mastodon', 'hometown', 'fedibird', 'kmyblue'],
  scopes: ['read', 'admin:read:reports', 'admin:write:reports', 'admin:read:accounts', 'admin:write:accounts'],
  needs: {
    reports: ['admin:read:reports', 'admin:write:reports'],
    accounts: ['admin:read:accounts', 'admin:write:accounts', 'admin:write:reports'],
    posts: [],
    tags: [],
  },
  sight: ['read:accounts', 'read:statuses', 'read:notifications'],
  access(me) {
    const mask = maskOf(me);
    const may = (bit: bigint): boolean => (mask & (ADMINISTRATOR | bit)) !== 0n;
    return { reports: may(MANAGE_REPORTS), accounts: may(MANAGE_USERS) && may(MANAGE_REPORTS), posts: false, tags: false };
  },
  grant: {
    reports: `Your role lacks Manage Reports. An administrator grants it ${ROLE}.`,
    accounts: `Your role lacks Manage Users, without which accounts cannot be limited or suspended. An administrator grants it ${ROLE}.`,
    posts: '',
    tags: '',
  },
  tokenPage: 'under Preferences, Development',
  list: {
    path: '/api/v1/admin/reports',
    // Older versions take any value of `resolved` for true: open reports are what comes without it.
    open: {},
    closed: { resolved: 'true' },
    paging: 'ids', sizeName: 'limit', size: 200, byTarget: true, read: readAdminReport,
  },
  report: (id) => `/api/v1/admin/reports/${part(id)}`,
  resolve: (id) => ({ method: 'POST', path: `/api/v1/admin/reports/${part(id)}/resolve`, answer: closedReport }),
  // methods/admin/reports#update, since 3.5; rules go with the category `violation` alone.
  classify: (id, ruleIds) => ({ method: 'PUT', path: `/api/v1/admin/reports/${part(id)}`, form: { category: 'violation', 'rule_ids[]': ruleIds }, answer: named }),
  reopen: (id) => ({ method: 'POST', path: `/api/v1/admin/reports/${part(id)}/reopen`, answer: openReport }),
  account: {
    path: (id) => `/api/v1/admin/accounts/${part(id)}`,
    read: (answer): Person | null => adminPersonOf(adminAccount.nullable().catch(null).parse(answer)),
  },
  post: (id) => `/api/v1/statuses/${part(id)}`,
  pages: { report: (id) => `/admin/reports/${part(id)}`, account: ({ id }) => `/admin/accounts/${part(id)}` },
  closer: null,
  // docs.joinmastodon.org/methods/streaming#notification and #authorization.
  stream: { events: '/api/v1/streaming/user/notification', tokenIn: ['header', 'protocol'] },
  ways: {
    post: {
      ...common,
      // There is no admin API for statuses; DELETE /api/v1/statuses/:id is the author's alone (docs.joinmastodon.org/methods/statuses#delete).
      remove: { by: 'nothing', why: 'Mastodon\'s API cannot remove a single post. Follow the item\'s link to the report in Mastodon and remove it there, or limit the account.' },
      restore: { by: 'nothing', why: 'Mastodon does not bring back a post that was removed.' },
      lock: { by: 'nothing', why: 'Mastodon cannot close a thread. A member can be frozen at an item about the member.' },
    },
    member: {
      ...common,
      remove: { by: 'nothing', why: 'An account is suspended rather than removed: use Suspend.' },
      restore: { by: 'lifting' },
      lock: { by: 'account', deed: freeze, message: true },
    },
  },
};

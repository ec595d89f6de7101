import type { Dialect, Way } from '../dialect.ts';
import { part } from '../dialect.ts';
import { closedReport } from '../schemas.ts';
import { maskOf, mastodon, suspend } from './mastodon.ts';

const ONLY_SUSPEND = 'GoToSocial can only suspend accounts so far.';
const FOR_GOOD = 'GoToSocial cannot take a suspension back.';
const ADMIN = 'GoToSocial shows reports to administrators only. Someone with access to the server makes you one with "gotosocial admin account promote".';

const common = {
  dismiss: { by: 'reports' },
  // internal/processing/admin/accountaction.go: a suspension deletes what the account has; nothing takes it back, and reports stay open.
  suspend: { by: 'account', deed: { ...suspend, undo: null, closes: 'none' } },
  mute: { by: 'nothing', why: ONLY_SUSPEND },
  label: { by: 'nothing', why: ONLY_SUSPEND },
  warn: { by: 'nothing', why: 'GoToSocial cannot write to members as a moderator.' },
  message: { by: 'nothing', why: 'GoToSocial cannot write to members as a moderator.' },
  restore: { by: 'nothing', why: FOR_GOOD },
} as const satisfies Record<string, Way>;

/** GoToSocial (docs.gotosocial.org, API documentation): Mastodon's paths with a part of its powers. */
export const gotosocial: Dialect = {
  ...mastodon,
  title: 'GoToSocial',
  names: ['gotosocial'],
  // Servers before 0.18 know no narrower scope than `admin`.
  scopes: ['read', 'admin'],
  access(me) {
    const admin = (maskOf(me) & 1n) !== 0n;
    return { reports: admin, accounts: admin, posts: false, tags: false };
  },
  grant: { reports: ADMIN, accounts: ADMIN, posts: '', tags: '' },
  tokenPage: 'under Settings, Applications',
  list: {
    ...mastodon.list,
    // Unset is both open and closed here (internal/api/client/admin/reportsget.go, `resolved`).
    open: { resolved: 'false' },
    size: 100,
  },
  // No action_taken_comment: whoever reported would be sent it.
  resolve: (id) => ({ method: 'POST', path: `/api/v1/admin/reports/${part(id)}/resolve`, answer: closedReport }),
  classify: null,
  reopen: null,
  // Its streams are WebSockets, and no report is told in them (internal/processing/workers, surfacenotify.go).
  stream: null,
  pages: { report: (id) => `/settings/moderation/reports/${part(id)}`, account: ({ id }) => `/settings/moderation/accounts/${part(id)}` },
  ways: {
    post: {
      ...common,
      remove: { by: 'nothing', why: 'GoToSocial\'s API cannot remove a single post of somebody else. The item\'s link leads to the report there; suspending the account removes all its posts.' },
      lock: { by: 'nothing', why: 'GoToSocial cannot close a thread.' },
    },
    member: {
      ...common,
      remove: { by: 'nothing', why: 'An account is suspended rather than removed: use Suspend.' },
      lock: { by: 'nothing', why: ONLY_SUSPEND },
    },
  },
};

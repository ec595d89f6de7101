import { z } from 'zod';
import type { AccountDeed, Call, Dialect, PostDeed, Way } from '../dialect.ts';
import { part } from '../dialect.ts';
import type { Limit, Person } from '../model.ts';
import { FORCE_NSFW, personOf, readAkkomaReport, SANDBOX } from '../read.ts';
import { account, done, named, users } from '../schemas.ts';
import type { Credentials } from '../schemas.ts';

/** Akkoma's admin API (docs.akkoma.dev, development/API/admin_api.md); Pleroma's is the same. */
const ADMIN = '/api/v1/pleroma/admin';

const deactivate: AccountDeed = {
  call: ({ acct }) => ({ method: 'PATCH', path: `${ADMIN}/users/deactivate`, json: { nicknames: [acct] }, answer: users }),
  undo: ({ acct }) => ({ method: 'PATCH', path: `${ADMIN}/users/activate`, json: { nicknames: [acct] }, answer: users }),
  limit: 'suspended', notRemote: null, closes: 'none', said: 'deactivated',
};

const remove: PostDeed = {
  call: (id) => ({ method: 'DELETE', path: `${ADMIN}/statuses/${part(id)}`, answer: done }),
  undo: null,
  isSo: (post) => post === null,
  said: 'post deleted',
};

const hide: PostDeed = {
  call: (id) => ({ method: 'PUT', path: `${ADMIN}/statuses/${part(id)}`, json: { sensitive: true }, answer: named }),
  undo: (id) => ({ method: 'PUT', path: `${ADMIN}/statuses/${part(id)}`, json: { sensitive: false }, answer: named }),
  isSo: (post) => post?.sensitive === true,
  said: 'post marked as sensitive',
};

/** A limit that is a tag (admin_api.md, "Tag a list of users"); both calls answer 204. */
function tagging(tag: string, limit: Limit): AccountDeed {
  const call = (method: 'PUT' | 'DELETE') => ({ acct }: Person): Call => ({ method, path: `${ADMIN}/users/tag`, json: { nicknames: [acct], tags: [tag] }, answer: z.never() });
  return { call: call('PUT'), undo: call('DELETE'), limit, notRemote: null, closes: 'none', said: limit };
}

const NO_WORDS = 'Akkoma cannot write to members as a moderator.';

const common = {
  dismiss: { by: 'reports' },
  suspend: { by: 'account', deed: deactivate },
  mute: { by: 'nothing', why: 'Akkoma limits members by tags, and this server does not say that its tag policy is on. An administrator turns on TagPolicy in the server\'s settings, MRF.' },
  warn: { by: 'nothing', why: NO_WORDS },
  message: { by: 'nothing', why: NO_WORDS },
  lock: { by: 'nothing', why: 'Akkoma cannot close a thread.' },
} as const satisfies Record<string, Way>;

/** Whether the account may do something, by its privileges or, on servers that name none, by its role. */
function may({ pleroma }: Credentials, privilege: string): boolean {
  if (pleroma === null) return true;
  return pleroma.privileges === null ? pleroma.is_admin || pleroma.is_moderator : pleroma.privileges.includes(privilege);
}

export const akkoma: Dialect = {
  title: 'Akkoma',
  names: ['akkoma', 'pleroma', 'rebased', 'soapbox'],
  scopes: [
    // The moderation log, which says who closed a report, is for the whole of `admin:read` (admin_api_controller.ex, list_log).
    'read', 'admin:read', 'admin:write:reports', 'admin:write:accounts', 'admin:write:statuses',
  ],
  sight: ['read:accounts', 'read:statuses', 'read:notifications'],
  needs: {
    reports: ['admin:read:reports', 'admin:write:reports'],
    accounts: ['admin:read:accounts', 'admin:write:accounts'],
    posts: ['admin:read:statuses', 'admin:write:statuses'],
    tags: ['admin:write:accounts'],
  },
  access: (me) => ({ reports: may(me, 'reports_manage_reports'), accounts: may(me, 'users_manage_activation_state'), posts: may(me, 'messages_delete'), tags: may(me, 'users_manage_tags') }),
  grant: {
    reports: 'Your account may not manage reports. An administrator makes it a moderator on its profile, or adds reports_manage_reports to the moderators\' privileges.',
    accounts: 'Your account may not deactivate accounts. An administrator adds users_manage_activation_state to the moderators\' privileges.',
    posts: 'Your account may not delete posts. An administrator adds messages_delete to the moderators\' privileges.',
    tags: 'Your account may not tag accounts. An administrator adds users_manage_tags to the moderators\' privileges.',
  },
  tokenPage: null,
  list: {
    path: `${ADMIN}/reports`, open: { state: 'open' }, closed: { state: 'resolved' }, paging: 'pages', sizeName: 'page_size', byTarget: false,
    // A page has 40 at most, and begins where it would had it all that were asked for (lib/pleroma/pagination.ex, @max_limit): what lies between is never shown.
    size: 40,
    read: readAkkomaReport,
  },
  report: (id) => `${ADMIN}/reports/${part(id)}`,
  // "On success: 204, empty response."
  resolve: (id, dismissed) => ({ method: 'PATCH', path: `${ADMIN}/reports`, json: { reports: [{ id, state: dismissed ? 'closed' : 'resolved' }] }, answer: z.never() }),
  classify: null,
  reopen: (id) => ({ method: 'PATCH', path: `${ADMIN}/reports`, json: { reports: [{ id, state: 'open' }] }, answer: z.never() }),
  account: { path: (id) => `${ADMIN}/users/${part(id)}`, read: (answer): Person | null => personOf(account.nullable().catch(null).parse(answer)) },
  post: (id) => `${ADMIN}/statuses/${part(id)}`,
  pages: { report: (id) => `/pleroma/admin/#/reports/${part(id)}`, account: ({ id }) => `/pleroma/admin/#/users/${part(id)}` },
  // A WebSocket only (lib/pleroma/web/mastodon_api/websocket_handler.ex); reports are notifications of type `pleroma:report` (differences_in_mastoapi_responses.md).
  stream: { events: null, tokenIn: ['protocol'] },
  closer: (id) => ({ method: 'GET', path: `${ADMIN}/moderation_log`, query: { search: id, page_size: 20 } }),
  ways: {
    post: {
      ...common,
      remove: { by: 'post', deed: remove },
      label: { by: 'post', deed: hide, label: 'sensitive' },
      restore: { by: 'nothing', why: 'Akkoma does not bring back a post that was deleted.' },
    },
    member: {
      ...common,
      remove: { by: 'nothing', why: 'An account is deactivated rather than removed: use Suspend.' },
      label: { by: 'nothing', why: 'Akkoma marks single posts as sensitive, not members.' },
      restore: { by: 'lifting' },
    },
  },
};

const sandbox = { by: 'account', deed: tagging(SANDBOX, 'limited'), permission: 'tags' } as const;

/** The same where the server's tag policy is on: then members can be limited, too (lib/pleroma/web/activity_pub/mrf/tag_policy.ex). */
export const akkomaWithTags: Dialect = {
  ...akkoma,
  ways: {
    post: { ...akkoma.ways.post, mute: sandbox },
    member: {
      ...akkoma.ways.member, mute: sandbox,
      label: { by: 'account', deed: tagging(FORCE_NSFW, 'media marked as sensitive'), label: 'sensitive', permission: 'tags' },
    },
  },
};

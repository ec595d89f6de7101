import type { Account } from '../connector.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Access } from './capabilities.ts';
import type { Dialect } from './dialect.ts';
import type { Myself } from './schemas.ts';

const POLL_MS = 60_000;

export function accessOf({ local_user_view: view, moderates }: Myself): Access {
  return { admin: view.local_user.admin, communities: moderates.length };
}

/** Who the moderator is there, and what their role allows. Lemmy has no scopes: a token can all that its account can. */
export function accountOf(server: string, dialect: Dialect, me: Myself): Account {
  const { host } = new URL(server);
  const access = accessOf(me);
  const missing = access.admin || access.communities > 0 ? [] : [
    `The account is neither an admin of ${host} nor a moderator of a community, so it is shown no reports. An admin can make it one under Settings, Site admins; a community's moderators can add it beside any of its posts.`,
  ];
  return {
    name: `@${me.local_user_view.person.name || me.local_user_view.person.id}@${host}`, instance: host,
    scopes: access.admin ? ['admin'] : access.communities > 0 ? ['moderator'] : [], missing, capabilities: capabilitiesOf(dialect, access), pollMs: POLL_MS,
  };
}

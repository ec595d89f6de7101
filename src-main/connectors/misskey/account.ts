import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { Account } from '../connector.ts';
import { canAnnounce } from './announcing.ts';
import { capabilitiesOf } from './capabilities.ts';
import { FORBIDDEN, isRefused } from './client.ts';
import type { Client } from './client.ts';
import { logs, reports, self } from './schemas.ts';
import { silencerOf } from './silencing.ts';

const POLL_MS = 30_000;

/** Which call proves which permission. Permissions are looked at before parameters, so those without any change nothing. */
const PROOFS = [
  ['admin/abuse-user-reports', 'read:admin:abuse-user-reports', { limit: 1 }, reports],
  ['admin/show-moderation-logs', 'read:admin:show-moderation-log', { limit: 1 }, logs],
  ['admin/resolve-abuse-user-report', 'write:admin:resolve-abuse-user-report', {}, z.unknown()],
  ['admin/suspend-user', 'write:admin:suspend-user', {}, z.unknown()],
  ['admin/unsuspend-user', 'write:admin:unsuspend-user', {}, z.unknown()],
  ['notes/delete', 'write:notes', {}, z.unknown()],
  ['admin/roles/list', 'read:admin:roles', {}, z.unknown()],
  ['admin/roles/assign', 'write:admin:roles', {}, z.unknown()],
  ['admin/announcements/list', 'read:admin:announcements', { limit: 1 }, z.unknown()],
  ['admin/announcements/create', 'write:admin:announcements', {}, z.unknown()],
] as const;

/** Moderators are not enough for it (packages/backend/src/server/api/endpoints/admin/show-moderation-logs.ts, requireAdmin). */
const NO_LOG = 'The account\'s role does not allow read:admin:show-moderation-log: the moderation log is open to administrators alone. One of them can make it an administrator in Control panel, Roles. Until then Docket reads the whole list of open reports each time, to notice what colleagues resolve.';

/** Who we are there, and what account and token may do. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const me = await whoAmI(client, signal);
  const scopes: string[] = [];
  const denied = new Map<string, string>();
  for (const [endpoint, permission, params, schema] of PROOFS) {
    const refusal = await refusalOf(client, endpoint, params, schema, signal);
    if (refusal === null) scopes.push(permission);
    else if (/^PERMISSION_DENIED$/.test(refusal)) denied.set(permission, `The token lacks ${permission}. Sign in again with the browser, or make a new token with it in Settings, Service integration.`);
    else denied.set(permission, endpoint === 'admin/show-moderation-logs' ? NO_LOG : `The account's role does not allow ${permission}. An admin can make it a moderator in Control panel, Roles.`);
  }
  const [silencer, announces] = [await silencerOf(client, me.isAdmin, signal), await canAnnounce(client, signal)];
  return {
    name: `@${me.username ?? me.id}`, instance: client.settings.host, scopes, missing: [...denied.values()],
    capabilities: capabilitiesOf(denied, silencer, announces), pollMs: POLL_MS,
  };
}

/** Since 2024 who the account is, too, is told to a token with the permission for it alone (endpoints/i.ts, kind). */
async function whoAmI(client: Client, signal: AbortSignal): Promise<z.infer<typeof self>> {
  try {
    return await client.ask('i', {}, self, 'the account', signal);
  } catch (error) {
    if (!isRefused(error, /^PERMISSION_DENIED$/)) throw error;
    throw new ConnectorError('sign-in', 'The token lacks read:account, the permission to view the account\'s information. Sign in again with the browser, or make a new token with it in Settings, Service integration.');
  }
}

async function refusalOf(client: Client, endpoint: string, params: Readonly<Record<string, number>>, schema: z.ZodType, signal: AbortSignal): Promise<string | null> {
  try {
    await client.ask(endpoint, params, schema, 'what the account may do', signal);
    return null;
  } catch (error) {
    if (isRefused(error, FORBIDDEN)) return error.code;
    if (isRefused(error)) return null;
    throw error;
  }
}

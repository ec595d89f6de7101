import { z } from 'zod';
import type { Account, Capabilities, Capability } from '../connector.ts';
import { FORBIDDEN, isRefused } from './client.ts';
import type { Client } from './client.ts';
import { logs, reports, self } from './schemas.ts';

const POLL_MS = 30_000;

const no = (why: string): Capability => ({ can: false, why });
const onSubject: Capability = { can: true, target: 'subject', reversible: false };
const common = {
  dismiss: onSubject,
  suspend: { can: true, target: 'member', reversible: true, durations: [null] },
  mute: no('Silencing goes by roles in Misskey: assign one on the member\'s page in the control panel.'),
  warn: no('Misskey has no warnings. A personal announcement can be written on the member\'s page in the control panel.'),
  message: no('Misskey has no messages from moderators. A personal announcement can be written on the member\'s page in the control panel.'),
  label: no('Misskey has no labels for notes or members.'),
  lock: no('Misskey has no threads that could be closed.'),
} as const satisfies Capabilities['post'];

export const CAPABILITIES: Capabilities = {
  post: { ...common, remove: onSubject, restore: no('A deleted note does not come back.') },
  member: {
    ...common,
    remove: no('Deleting an account cannot be taken back; an admin does it in the control panel.'),
    restore: no('Members are not removed: take the suspension back.'),
  },
};

/** Which call proves which permission. Permissions are looked at before parameters, so those without any change nothing. */
const PROOFS = [
  ['admin/abuse-user-reports', 'read:admin:abuse-user-reports', { limit: 1 }, reports],
  ['admin/show-moderation-logs', 'read:admin:show-moderation-log', { limit: 1 }, logs],
  ['admin/resolve-abuse-user-report', 'write:admin:resolve-abuse-user-report', {}, z.unknown()],
  ['admin/suspend-user', 'write:admin:suspend-user', {}, z.unknown()],
] as const;

/** Who we are there, and what account and token may do. */
export async function accountOf(client: Client, signal: AbortSignal): Promise<Account> {
  const me = await client.ask('i', {}, self, 'the account', signal);
  const scopes: string[] = [];
  const missing: string[] = [];
  for (const [endpoint, permission, params, schema] of PROOFS) {
    const denied = await refusalOf(client, endpoint, params, schema, signal);
    if (denied === null) scopes.push(permission);
    else if (/^PERMISSION_DENIED$/.test(denied)) missing.push(`The token lacks ${permission}. Sign in again with the browser, or make a new token with it in Settings, Service integration.`);
    else missing.push(`The account's role does not allow ${permission}. An admin can make it a moderator in Control panel, Roles.${endpoint === 'admin/show-moderation-logs' ? ' Until then Docket reads the whole list of open reports each time, to notice what colleagues resolve.' : ''}`);
  }
  return { name: `@${me.username ?? me.id}`, instance: client.settings.host, scopes, missing, capabilities: CAPABILITIES, pollMs: POLL_MS };
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

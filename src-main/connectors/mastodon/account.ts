import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { Account } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Refusals } from './capabilities.ts';
import { ME } from './client.ts';
import type { Client } from './client.ts';
import type { Software } from './detect.ts';
import type { Dialect, Permission } from './dialect.ts';
import { application, credentials } from './schemas.ts';
import type { Credentials } from './schemas.ts';

const POLL_MS = 30_000;
const PERMISSIONS: readonly Permission[] = ['reports', 'accounts', 'posts', 'tags'];

/** Who the token belongs to. */
export async function whoAmI(client: Client, dialect: Dialect, signal: AbortSignal): Promise<Credentials> {
  try {
    return await client.get(ME, credentials, 'who is signed in', signal);
  } catch (error) {
    // "This action is outside the authorized scopes"; Akkoma: "Insufficient permissions". Accounts that are disabled get 403, too.
    if (!(error instanceof RefusedThere) || error.status !== 403 || !/scope|insufficient/i.test(error.said)) throw error;
    throw new ConnectorError('refused', `The token lacks read:accounts, so that ${new URL(client.server).host} does not say whose it is. ${howToGet(dialect)}`);
  }
}

function howToGet({ tokenPage, scopes }: Dialect): string {
  return `Sign in again and allow it all${tokenPage === null ? '' : `, or make a token with the scopes ${scopes.join(' ')} ${tokenPage}`}.`;
}

/** Who the moderator is there, and what token and role allow. */
export async function accountOf(client: Client, software: Software, me: Credentials, scopes: readonly string[] | null, signal: AbortSignal): Promise<Account> {
  const { dialect } = software;
  const granted = scopes ?? await scopesOfToken(client, signal);
  const role = dialect.access(me);
  const lacking = granted === null ? [] : [...new Set(PERMISSIONS.flatMap((permission) => (role[permission] ? lackingScopes(dialect, permission, granted) : [])))];
  const lacks = `The sign-in lacks ${lacking.join(', ')}. ${howToGet(dialect)}`;
  const unseen = granted === null ? [] : lackingOf(dialect.sight, granted);
  const refusalOf = (permission: Permission): string | null => {
    if (!role[permission]) return dialect.grant[permission];
    return granted !== null && lackingScopes(dialect, permission, granted).length > 0 ? lacks : null;
  };
  const refusals: Refusals = { reports: refusalOf('reports'), accounts: refusalOf('accounts'), posts: refusalOf('posts'), tags: refusalOf('tags') };
  const missing = PERMISSIONS.flatMap((permission) => refusals[permission] ?? []).filter((sentence) => sentence !== '');
  if (unseen.length > 0) missing.push(`The sign-in lacks ${unseen.join(', ')}: threads, members' other posts or the news of a report may stay out. ${howToGet(dialect)}`);
  if (missing.length === 0) missing.push(...await refusedReports(client, dialect, signal));
  const { host } = new URL(client.server);
  return {
    name: `@${me.acct.includes('@') ? me.acct : `${me.acct || me.id}@${host}`}`, instance: host, scopes: granted ?? [], missing: [...new Set(missing)],
    capabilities: capabilitiesOf(dialect, refusals), pollMs: POLL_MS,
  };
}

/** Scopes that a permission needs and the token has not; `admin:write` has all that begin with it (docs.joinmastodon.org/api/oauth-scopes). */
function lackingScopes(dialect: Dialect, permission: Permission, granted: readonly string[]): readonly string[] {
  return lackingOf(dialect.needs[permission], granted);
}

function lackingOf(wanted: readonly string[], granted: readonly string[]): readonly string[] {
  return wanted.filter((one) => !granted.some((has) => has === one || one.startsWith(`${has}:`)));
}

/** What the token's app was given, since Mastodon 4.3; null where the server does not say. */
async function scopesOfToken(client: Client, signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    return (await client.get('/api/v1/apps/verify_credentials', application, 'the scopes of the token', signal)).scopes;
  } catch (error) {
    if (error instanceof RefusedThere || (error instanceof ConnectorError && error.kind === 'unintelligible')) return null;
    throw error;
  }
}

/** Where neither role nor scopes are told, one look at the reports tells. */
async function refusedReports(client: Client, { list, title }: Dialect, signal: AbortSignal): Promise<readonly string[]> {
  try {
    await client.get(list.path, z.unknown(), 'the list of reports', signal, { ...list.open, [list.sizeName]: 1 });
    return [];
  } catch (error) {
    if (!(error instanceof RefusedThere)) throw error;
    return [`${title} does not show the reports to this account: ${error.said === '' ? 'it may lack the role or the scope for it' : error.said}. It needs a role that may manage reports and a token with the admin scopes.`];
  }
}

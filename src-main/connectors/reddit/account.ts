import { ConnectorError } from '../connector.ts';
import type { Account } from '../connector.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Lacks } from './capabilities.ts';
import type { Client } from './client.ts';
import { listing, me as meSchema, moderated, moderators } from './schemas.ts';
import { instanceOf } from './settings.ts';
import { SCOPES } from './sign-in.ts';
import type { Scope } from './sign-in.ts';

const POLL_MS = 60_000;
/** Nobody moderates more; a list that leads round and round ends here. */
const MOST_PAGES = 50;
/** Subreddits that are asked for one by one. */
const MOST_ASKED = 25;

/** A subreddit that the account moderates; null permissions where Reddit does not say. */
export type Moderated = { readonly name: string; readonly permissions: readonly string[] | null };

/** The account's own name. */
export async function whoAmI(client: Client, signal: AbortSignal): Promise<string> {
  const { name, is_suspended: suspended } = await client.get('/api/v1/me', {}, meSchema, 'who is signed in', signal);
  if (suspended === true) throw new ConnectorError('sign-in', `Reddit has suspended u/${name}. Sign in with another moderator's account, or have the suspension lifted.`);
  client.name(name);
  return name;
}

/** What the account moderates; null where the sign-in does not let it be read. */
async function moderatedBy(client: Client, signal: AbortSignal): Promise<readonly Moderated[] | null> {
  const found: Moderated[] = [];
  for (let page = 1, after: string | undefined; page <= MOST_PAGES; page += 1) {
    const answer = await client.glance('/subreddits/mine/moderator', { limit: 100, after }, listing, 'the moderated subreddits', signal);
    if (answer === null) return null;
    const { data } = answer;
    found.push(...data.children.flatMap((entry) => {
      const read = moderated.safeParse(entry).data?.data;
      return read === undefined ? [] : [{ name: read.display_name, permissions: read.mod_permissions ?? null }];
    }));
    if (!data.after) break;
    ({ after } = data);
  }
  return found;
}

/** An empty list of permissions may only mean that Reddit left them out: the list of moderators has them. */
async function asModerator(client: Client, one: Moderated, name: string, signal: AbortSignal): Promise<Moderated> {
  const answer = await client.glance(`/r/${encodeURIComponent(one.name)}/about/moderators`, { user: name }, moderators, 'the moderators', signal);
  const row = answer?.data.children.find((each) => same(each.name, name));
  return { ...one, permissions: row === undefined ? null : row.mod_permissions };
}

/** What each kind of work needs: a scope of the sign-in, and a moderator's permission, as the API and as Reddit's pages call it (mods.reddithelp.com, "Moderator permissions"). */
const NEEDS: readonly { readonly what: keyof Lacks; readonly scopes: readonly Scope[]; readonly permission: string; readonly title: string; readonly words: string }[] = [
  { what: 'posts', scopes: ['read', 'modposts'], permission: 'posts', title: 'Manage Posts & Comments', words: 'approve, remove and lock' },
  { what: 'access', scopes: ['modcontributors'], permission: 'access', title: 'Manage Users', words: 'ban and mute' },
  { what: 'mail', scopes: ['modmail'], permission: 'mail', title: 'Manage Mod Mail', words: 'warn and write to members' },
];

/** Who the moderator is there, where, and what scopes and permissions allow. */
export async function accountOf(client: Client, name: string, signal: AbortSignal): Promise<Account> {
  const { settings } = client;
  const granted = await client.scopes(signal);
  const lacking = granted.includes('*') ? [] : SCOPES.filter((scope) => !granted.includes(scope));
  const mine = await moderatedBy(client, signal);
  const missing: string[] = [];
  if (lacking.length > 0) missing.push(`The sign-in lacks ${lacking.join(', ')}. Sign in again and allow everything that is asked for, or make the refresh token with these scopes.`);
  const listed = mine === null || settings.subreddits.length === 0 ? mine : mine.filter((one) => settings.subreddits.some((wanted) => same(wanted, one.name)));
  const chosen = listed === null ? null : await Promise.all(listed.map((one, place) => (place < MOST_ASKED && one.permissions?.length === 0 ? asModerator(client, one, name, signal) : one)));
  if (mine !== null) {
    const strange = settings.subreddits.filter((wanted) => !mine.some((one) => same(wanted, one.name)));
    if (strange.length > 0) missing.push(`u/${name} does not moderate ${inWords(strange)}. Someone with all permissions there can invite the account under Mod tools, Moderators.`);
    else if (mine.length === 0) missing.push(`u/${name} does not moderate any subreddit. Sign in with a moderator's account.`);
  }
  const nowhere = chosen?.length === 0 ? missing.at(-1) ?? null : null;
  const lacks: Record<keyof Lacks, string | null> = { posts: nowhere, access: nowhere, mail: nowhere };
  for (const { what, scopes, permission, title, words } of NEEDS) {
    const without = (chosen ?? []).filter(({ permissions }) => permissions !== null && !permissions.includes('all') && !permissions.includes(permission)).map((one) => one.name);
    const said = `u/${name} has no "${permission}" permission (${title}) in ${inWords(without)}, and cannot ${words} there. Someone with all permissions can give it under Mod tools, Moderators.`;
    if (without.length > 0) missing.push(said);
    const lacksScope = scopes.filter((scope) => lacking.includes(scope));
    if (lacksScope.length > 0) lacks[what] = `The sign-in lacks ${lacksScope.join(', ')}. Sign in again and allow everything that is asked for.`;
    else if (chosen !== null && chosen.length > 0 && without.length === chosen.length) lacks[what] = said;
  }
  return { name: `u/${name}`, instance: instanceOf(settings), scopes: granted, missing, capabilities: capabilitiesOf(lacks), pollMs: POLL_MS };
}

/** The subreddits that the connection covers, by name. */
export async function coveredBy(client: Client, signal: AbortSignal): Promise<readonly string[]> {
  if (client.settings.subreddits.length > 0) return client.settings.subreddits;
  return (await moderatedBy(client, signal) ?? []).map(({ name }) => name);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A few by name, the rest by number. */
function inWords(names: readonly string[]): string {
  const some = names.slice(0, 5).map((name) => `r/${name}`).join(', ');
  return names.length > 5 ? `${some} and ${names.length - 5} more` : some;
}

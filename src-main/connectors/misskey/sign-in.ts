import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { waitForRedirect } from '../http/oauth-redirect.ts';
import { readJson } from '../http/read-json.ts';
import { checked } from './schemas.ts';
import type { MisskeySettings } from './settings.ts';

/** What Docket asks for, in the server's names (packages/misskey-js/src/consts.ts, permissions). */
export const PERMISSIONS: readonly string[] = [
  'read:account', 'write:notes', 'read:admin:abuse-user-reports', 'write:admin:resolve-abuse-user-report', 'write:admin:suspend-user',
  'write:admin:unsuspend-user', 'read:admin:show-moderation-log', 'read:admin:stream',
  'read:admin:roles', 'write:admin:roles', 'read:admin:announcements', 'write:admin:announcements',
];

/** The secret under which a token from the browser is kept; a pasted one is the form's own `token`. */
const KEPT = 'sign-in';
const kept = z.object({ server: z.string(), token: z.string().min(1) });

/** The token, pasted or from the browser; null where there is none yet. */
export async function tokenOf(io: ConnectorIo, settings: MisskeySettings): Promise<string | null> {
  const pasted = (await io.secret('token'))?.trim() ?? '';
  if (pasted !== '') return pasted;
  try {
    const read = kept.parse(JSON.parse(await io.secret(KEPT) ?? ''));
    return read.server === settings.url ? read.token : null;
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    return null;
  }
}

/** Whether a new token can be had in the browser: not where a person chose one. */
export async function isFromBrowser(io: ConnectorIo): Promise<boolean> {
  return ((await io.secret('token'))?.trim() ?? '') === '';
}

/** MiAuth (misskey-hub.net, "Getting an access token", MiAuth): a page of the server, back to this machine, then the token. */
export async function signIn(io: ConnectorIo, settings: MisskeySettings, signal: AbortSignal): Promise<void> {
  const session = randomUUID();
  const state = randomUUID();
  const redirect = await waitForRedirect(state, signal);
  try {
    const page = new URL(`${settings.url}/miauth/${session}`);
    page.searchParams.set('name', 'Docket');
    // The server only adds the session to this address; `code` is what the redirect's receiver waits for.
    page.searchParams.set('callback', `${redirect.uri}?state=${state}&code=miauth`);
    page.searchParams.set('permission', PERMISSIONS.join(','));
    await io.openExternal(page.href);
    await redirect.code;
  } finally {
    redirect.close();
  }
  const response = await io.fetch(`${settings.url}/api/miauth/${session}/check`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', signal });
  const { ok, token } = await readJson(response, checked, { host: settings.host, what: 'the sign-in', now: io.now() });
  if (!ok || token === null || token === '') throw new ConnectorError('sign-in', `${settings.host} did not confirm the sign-in. Try again, and allow the access in the browser.`);
  await io.keepSecret(KEPT, JSON.stringify({ server: settings.url, token }));
}

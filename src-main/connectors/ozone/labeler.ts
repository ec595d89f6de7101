import { ConnectorError } from '../connector.ts';
import type { Client } from './client.ts';
import { config, described, preferences, resolved } from './schemas.ts';
import type { OzoneSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import { XrpcRefused } from './xrpc.ts';

export type Labeler = { readonly did: string; readonly role: string };

/** How many subscribed labelers are asked whether this account is on their team. */
const ASKED = 20;

/** The Ozone service of the settings, or the first that knows this account: its own, then those it subscribes to. */
export async function findLabeler(client: Client, signIn: SignIn, settings: OzoneSettings, signal: AbortSignal): Promise<Labeler> {
  if (settings.labeler !== null) {
    const did = settings.labeler.startsWith('did:') ? settings.labeler : await resolve(client, settings.labeler, signal);
    return { did, role: await roleAt(client, did, signal) };
  }
  const { did: own } = await signIn.tokens(signal);
  const { didDoc } = await client.get(null, 'com.atproto.repo.describeRepo', { repo: own }, described, signal);
  const isLabeler = didDoc.service.some(({ id }) => id.endsWith('#atproto_labeler'));
  const known = await client.get(null, 'app.bsky.actor.getPreferences', {}, preferences, signal);
  const subscribed = known.preferences.flatMap(({ $type, labelers }) => ($type === 'app.bsky.actor.defs#labelersPref' ? labelers ?? [] : []));
  for (const did of new Set([...(isLabeler ? [own] : []), ...subscribed.map((one) => one.did)].slice(0, ASKED))) {
    try {
      return { did, role: await roleAt(client, did, signal) };
    } catch (error) {
      // Not on that team, or no Ozone behind it: another one may be right.
      if (!(error instanceof ConnectorError) || !['refused', 'settings', 'unintelligible', 'unreachable'].includes(error.kind)) throw error;
    }
  }
  throw new ConnectorError('settings', 'Docket found no Ozone service whose team this account is on. Write the labeler\'s DID or handle into the settings.');
}

async function resolve(client: Client, handle: string, signal: AbortSignal): Promise<string> {
  try {
    return (await client.get(null, 'com.atproto.identity.resolveHandle', { handle }, resolved, signal)).did;
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    throw new ConnectorError('settings', `There is no account ${handle}. Write the labeler's DID or its handle.`, null, error);
  }
}

/** The viewer's role by tools.ozone.server.getConfig, without its name space; empty where it says none. */
async function roleAt(client: Client, did: string, signal: AbortSignal): Promise<string> {
  const { viewer } = await client.get(did, 'tools.ozone.server.getConfig', {}, config, signal);
  return viewer?.role?.replace(/^.*#role/, '').toLowerCase() ?? '';
}

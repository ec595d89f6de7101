import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { RefusedThere } from '../http/refused.ts';
import { send } from '../http/call.ts';
import type { Dialect } from './dialect.ts';
import { akkoma, akkomaWithTags } from './dialects/akkoma.ts';
import { gotosocial } from './dialects/gotosocial.ts';
import { mastodon } from './dialects/mastodon.ts';
import { readAnswer } from './http.ts';
import { instance, nodeinfo, nodeinfoLinks } from './schemas.ts';

export const DIALECTS: readonly Dialect[] = [mastodon, gotosocial, akkoma];

/** What a server runs, as it says itself. */
export type Software = { readonly name: string; readonly version: string; readonly dialect: Dialect };

/** Software that answers some of Mastodon's API and has no part of its moderation. */
const OTHERS: ReadonlySet<string> = new Set(['misskey', 'firefish', 'sharkey', 'iceshrimp', 'lemmy', 'peertube', 'friendica', 'pixelfed', 'writefreely', 'wordpress']);

/** Finds out what a server runs: by nodeinfo, or else by the version that its instance page writes. */
export async function detect(io: ConnectorIo, server: string, signal: AbortSignal): Promise<Software> {
  const { name, version, policies } = await byNodeinfo(io, server, signal) ?? { ...await byInstance(io, server, signal), policies: [] };
  const known = DIALECTS.find(({ names }) => names.includes(name.toLowerCase()));
  if (known === undefined && OTHERS.has(name.toLowerCase())) {
    const host = new URL(server).host;
    throw new ConnectorError('settings', `${host} runs ${name}, which this kind of connection does not speak with. Choose another platform for it.`);
  }
  // A fork that goes by a name of its own speaks Mastodon's language, or its answers will say that it does not.
  return { name, version, dialect: known === akkoma && policies.includes('TagPolicy') ? akkomaWithTags : known ?? mastodon };
}

async function byNodeinfo(io: ConnectorIo, server: string, signal: AbortSignal): Promise<{ readonly name: string; readonly version: string; readonly policies: readonly string[] } | null> {
  try {
    const found = await readAnswer(io, server, await send(io, server, { method: 'GET', path: '/.well-known/nodeinfo' }, null, signal), nodeinfoLinks, 'what it runs');
    const href = found.links.find(({ rel }) => rel.includes('/ns/schema/2'))?.href ?? '';
    if (!URL.canParse(href, server)) return null;
    // The document may name the server's other domain; it is read from where the person pointed.
    const { pathname } = new URL(href, server);
    const { software, metadata } = await readAnswer(io, server, await send(io, server, { method: 'GET', path: pathname }, null, signal), nodeinfo, 'what it runs');
    return { ...software, policies: metadata?.federation?.mrf_policies ?? [] };
  } catch (error) {
    if (error instanceof RefusedThere || (error instanceof ConnectorError && error.kind === 'unintelligible')) return null;
    throw error;
  }
}

/** Akkoma and Pleroma write "2.7.2 (compatible; Akkoma 3.13.2)"; Mastodon and GoToSocial only their own version. */
async function byInstance(io: ConnectorIo, server: string, signal: AbortSignal): Promise<{ readonly name: string; readonly version: string }> {
  const version = await versionAt(io, server, '/api/v1/instance', signal) ?? await versionAt(io, server, '/api/v2/instance', signal) ?? '';
  const compatible = /\(compatible; (\w+) ?([^)]*)\)/.exec(version);
  if (compatible?.[1] !== undefined) return { name: compatible[1].toLowerCase(), version: compatible[2] ?? '' };
  // Mastodon's first number is 2 or more since 2017; GoToSocial's is 0 so far.
  return { name: version.startsWith('0.') ? 'gotosocial' : 'mastodon', version };
}

/** Null where the page is not there, or not for those who are not signed in. */
async function versionAt(io: ConnectorIo, server: string, path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return (await readAnswer(io, server, await send(io, server, { method: 'GET', path }, null, signal), instance, 'what it runs')).version;
  } catch (error) {
    if (error instanceof RefusedThere) return null;
    throw error;
  }
}

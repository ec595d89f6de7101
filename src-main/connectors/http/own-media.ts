import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { isInnerHost } from './addresses.ts';
import { statusError } from './errors.ts';

export type OwnMedia = {
  /** The instance's address without a slash at its end, and below it the folders of uploads, `/uploads/`. */
  readonly url: string;
  readonly folders: readonly string[];
  readonly headers: (signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
};

type Medium = { readonly mime: string; readonly bytes: Uint8Array };

const MOST_HOPS = 5;

/**
 * A medium that lies on the instance itself, as the signed-in account: it may be shown to members only, or the instance
 * may stand in a private network. Only from the folders of uploads, since a post may name any address there, and asking
 * for it in the moderator's name must do nothing. Null for what lies elsewhere, which the media cache fetches itself.
 */
export async function ownMedium(io: ConnectorIo, { url: instance, folders, headers }: OwnMedia, address: string, signal: AbortSignal): Promise<Medium | null> {
  if (!URL.canParse(address)) return null;
  const { href, host } = new URL(address);
  if (!folders.some((folder) => href.startsWith(new URL(`${instance}${folder}`).href))) return null;
  return mediumIn(io, host, await fetchOwn(io, href, await headers(signal), signal));
}

/**
 * A medium that everybody may see, of an instance in a private network or without encryption, where the media cache does
 * not go; as nobody, so that what is named there does nothing. Null for all others, which the media cache fetches itself.
 */
export async function neighbourMedium(io: ConnectorIo, instance: string, address: string, signal: AbortSignal): Promise<Medium | null> {
  const { origin, protocol, hostname, host } = new URL(instance);
  if (!URL.canParse(address) || new URL(address).origin !== origin || (protocol === 'https:' && !isInnerHost(hostname))) return null;
  return mediumIn(io, host, await io.fetch(address, { headers: { accept: MEDIA }, signal }));
}

const MEDIA = 'image/*, video/*, audio/*';

/**
 * Fetches a file of the instance as the account. Where the instance sends on to a store of files elsewhere, whose address
 * is itself the permission, the sign-in stays behind.
 */
export async function fetchOwn(io: ConnectorIo, address: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  let at = new URL(address);
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const response = await io.fetch(at, { headers: { accept: MEDIA, ...headers }, redirect: 'manual', signal });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null || !URL.canParse(location, at.href)) return response;
    await response.body?.cancel();
    const to = new URL(location, at);
    if (to.origin !== at.origin) return io.fetch(to, { headers: { accept: MEDIA }, signal });
    at = to;
  }
  throw new ConnectorError('unintelligible', `${at.host} sends on and on without giving the file.`);
}

async function mediumIn(io: ConnectorIo, host: string, response: Response): Promise<Medium> {
  if (!response.ok) {
    await response.body?.cancel();
    throw statusError(response, host, io.now());
  }
  return { mime: response.headers.get('content-type') ?? '', bytes: new Uint8Array(await response.arrayBuffer()) };
}

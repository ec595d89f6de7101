import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from './errors.ts';

export type OwnMedia = {
  /** The instance's address without a slash at its end, and below it the folders of uploads, `/uploads/`. */
  readonly url: string;
  readonly folders: readonly string[];
  readonly headers: (signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
};

type Medium = { readonly mime: string; readonly bytes: Uint8Array };

/**
 * A medium that lies on the instance itself, as the signed-in account: it may be shown to members only, or the instance
 * may stand in a private network. Only from the folders of uploads, since a post may name any address there, and asking
 * for it in the moderator's name must do nothing. Null for what lies elsewhere, which the media cache fetches itself.
 */
export async function ownMedium(io: ConnectorIo, { url: instance, folders, headers }: OwnMedia, address: string, signal: AbortSignal): Promise<Medium | null> {
  if (!URL.canParse(address)) return null;
  const { href, host } = new URL(address);
  if (!folders.some((folder) => href.startsWith(new URL(`${instance}${folder}`).href))) return null;
  try {
    const response = await io.fetch(href, { headers: { accept: 'image/*, video/*, audio/*', ...await headers(signal) }, signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw statusError(response, host, io.now());
    }
    return { mime: response.headers.get('content-type') ?? '', bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    // Sent on to another server, where the sign-in must not go: a store of uploads, which gives them to everyone.
    if (error instanceof ConnectorError && error.kind === 'settings') return null;
    throw error;
  }
}

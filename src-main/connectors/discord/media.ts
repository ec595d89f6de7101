import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import type { Client } from './client.ts';
import { message } from './schemas.ts';
import { attachmentsOf } from './subjects.ts';

/** An address is asked for anew a little before it ends. */
const MARGIN_MS = 60_000;

/**
 * Bytes of an attachment whose signed address has ended (reference, "Signed Attachment CDN URLs": `ex` is the hour in hex): its
 * message is asked for a new one. Null while the address holds, for the media cache to fetch.
 */
export async function mediumOf(io: ConnectorIo, client: Client, url: string, signal: AbortSignal): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
  const [, channel, messageId] = /#(\d+)\/(\d+)$/.exec(url) ?? [];
  if (channel === undefined || messageId === undefined || !URL.canParse(url)) return null;
  const address = new URL(url);
  const ends = Number.parseInt(address.searchParams.get('ex') ?? '', 16) * 1000;
  const holds = Number.isNaN(ends) || ends > client.serverNow() + MARGIN_MS;
  // What stands on the API's own server, as in a community's private network, is fetched here.
  if (holds && address.origin !== new URL(client.settings.url).origin) return null;
  const found = await client.glance(`/channels/${channel}/messages/${messageId}`, message, 'the message of a picture', signal);
  const fresh = (found === null ? [] : attachmentsOf(found)).find((one) => pathOf(one.url) === address.pathname);
  if (fresh === undefined) throw new ConnectorError('refused', 'The picture is gone from Discord together with its message.');
  const response = await io.fetch(fresh.url, { signal, headers: { accept: 'image/*, video/*, audio/*' } });
  if (!response.ok) {
    await response.body?.cancel();
    throw statusError(response, new URL(fresh.url).host, io.now());
  }
  return { mime: fresh.content_type ?? response.headers.get('content-type') ?? 'application/octet-stream', bytes: new Uint8Array(await response.arrayBuffer()) };
}

function pathOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).pathname : null;
}

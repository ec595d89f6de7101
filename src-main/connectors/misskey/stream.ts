import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { makeListener } from '../http/listener.ts';
import type { Listener } from '../http/listener.ts';
import type { MisskeySettings } from './settings.ts';
import { tokenOf } from './sign-in.ts';

/** Messages of a channel (misskey-hub.net, "Streaming API"). */
const message = z.object({ type: z.literal('channel'), body: z.object({ id: z.literal('docket'), type: z.string() }) });

/** The `admin` channel, which tells each moderator of new reports (packages/backend/src/server/api/stream/channels/admin.ts). */
export function makeStream(io: ConnectorIo, settings: MisskeySettings): Listener {
  return makeListener(io, 'misskey-stream-ended', async (signal, { found, news }) => {
    const token = await tokenOf(io, settings);
    if (token === null) throw new ConnectorError('sign-in', 'There is no token yet.');
    const socket = await io.socket(`${settings.url}/streaming?${new URLSearchParams({ i: token })}`, { signal });
    found();
    socket.send(JSON.stringify({ type: 'connect', body: { channel: 'admin', id: 'docket', params: {} } }));
    for await (const text of socket.messages) if (isReport(text)) news();
  });
}

function isReport(text: string): boolean {
  try {
    return message.safeParse(JSON.parse(text)).data?.body.type === 'newAbuseUserReport';
  } catch {
    return false;
  }
}

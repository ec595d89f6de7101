import { z } from 'zod';
import { ConnectorError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { makeListener } from '../http/listener.ts';
import type { Listen, Listener } from '../http/listener.ts';
import { send } from '../http/call.ts';
import type { Client } from './client.ts';
import type { StreamOf } from './dialect.ts';
import { streamingAt } from './schemas.ts';

/** An event is a notification with a report in it; nothing is longer. */
const MOST_LINE = 1_000_000;

const notification = z.object({ type: z.string() });
const event = z.object({ event: z.literal('notification'), payload: z.string() });

/**
 * The stream of the account's notifications (docs.joinmastodon.org/methods/streaming), as server-sent events or else by
 * WebSocket, from the host that the server names for it or else from the server itself: a report among them wakes sync.
 */
export function makeStream(io: ConnectorIo, client: Client, how: StreamOf, token: (signal: AbortSignal) => Promise<string>): Listener {
  /** Each listens to its end and answers whether there was a stream at all. */
  const byEvents = async (host: string, path: string, news: () => void, signal: AbortSignal): Promise<boolean> => {
    const response = await send(io, host, { method: 'GET', path }, await token(signal), signal);
    if (!response.ok || response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel();
      return false;
    }
    try {
      for await (const line of linesOf(response.body)) {
        if (line.startsWith('data:') && isReport(line.slice('data:'.length))) news();
      }
    } catch (error) {
      // What breaks an open stream only ends it.
      passOver(error, signal);
    }
    return true;
  };
  const bySocket = async (host: string, tokenIn: 'header' | 'protocol', news: () => void, signal: AbortSignal): Promise<boolean> => {
    const value = await token(signal);
    const signedIn = tokenIn === 'header' ? { headers: { authorization: `Bearer ${value}` } } : { protocols: [value] };
    const socket = await io.socket(`${host}/api/v1/streaming?stream=user:notification`, { signal, ...signedIn });
    for await (const text of socket.messages) {
      const payload = event.safeParse(parsed(text)).data?.payload;
      if (payload !== undefined && isReport(payload)) news();
    }
    return true;
  };

  const listen: Listen = async (signal, { found, news }) => {
    for (const host of new Set([await hostNamed(client, signal) ?? client.server, client.server])) {
      const ways = [...(how.events === null ? [] : [() => byEvents(host, how.events ?? '', news, signal)]), ...how.tokenIn.map((tokenIn) => () => bySocket(host, tokenIn, news, signal))];
      for (const way of ways) {
        if (await way().catch((error: unknown) => passOver(error, signal))) return found();
      }
    }
  };

  return makeListener(io, 'mastodon-stream-ended', listen);
}

/** A way that does not lead to a stream is none, unless listening was to end. */
function passOver(error: unknown, signal: AbortSignal): false {
  if (signal.aborted || !(error instanceof ConnectorError)) throw error;
  return false;
}

/** The origin of the streaming server (methods/streaming, "Hostname discovery"), over https; null where the server names none. */
async function hostNamed(client: Client, signal: AbortSignal): Promise<string | null> {
  for (const path of ['/api/v2/instance', '/api/v1/instance']) {
    const named = await client.find(path, streamingAt, 'its stream', signal).catch((error: unknown) => passOver(error, signal)) || null;
    if (named !== null) return new URL(named.replace(/^ws/, 'http')).origin;
  }
  return null;
}

function isReport(data: string): boolean {
  const { type } = notification.catch({ type: '' }).parse(parsed(data));
  return type === 'admin.report' || type === 'pleroma:report';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The lines of an event stream; one that is too long to be an event is left out. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MOST_LINE) rest = '';
  }
}

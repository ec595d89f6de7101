import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { ConnectorError } from '../connector.ts';
import type { Socket, SocketOptions } from '../connector.ts';
import { isInnerHost, isLoopbackHost } from './addresses.ts';
import { networkError, statusError, timeoutError } from './errors.ts';
import { guardedLookup, innerAddressError } from './guarded-fetch.ts';

export type LimitedSocketOptions = {
  /** The origins that the person named in the connection's settings, as http or https. */
  readonly origins: readonly string[];
  readonly now: () => number;
  /** A socket over which not even a ping came for so long is dead, though nobody said so, ms. */
  readonly silentMs?: number;
};

/** Servers ping within a minute, and Discord's heartbeats are answered; a line that sleep or a router cut stays open for ever. */
const SILENT_MS = 5 * 60_000;
const OPENS_WITHIN_MS = 15_000;
/** One message; larger ones close the socket (RFC 6455, 7.4.1: 1009). */
const MAX_BYTES = 4_000_000;
/** What came and was not read yet; a sender that is faster than its reader is not kept in memory. */
const MOST_WAITING = 5_000;

/** Opens WebSockets where `limitedFetch` would ask: what the person named, else public hosts with encryption. */
export function limitedSocket({ origins, now, silentMs = SILENT_MS }: LimitedSocketOptions): (url: string, options: SocketOptions) => Promise<Socket> {
  const named = new Set(origins);
  const innerAllowed = origins.some((origin) => isInnerHost(new URL(origin).hostname));

  return async function open(text, { signal, headers = {}, protocols = [] }) {
    signal.throwIfAborted();
    if (!URL.canParse(text)) throw new ConnectorError('unintelligible', 'The address of the stream is not an address.');
    const url = new URL(text.replace(/^http/, 'ws'));
    const isNamed = named.has(url.origin.replace(/^ws/, 'http'));
    if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && (isNamed || isLoopbackHost(url.hostname)))) {
      throw new ConnectorError('refused', `${url.hostname} was to be asked without encryption. Docket asks over https only.`);
    }
    const inner = isInnerHost(url.hostname);
    if (inner && !isNamed && !innerAllowed) throw innerAddressError(url.hostname);
    const socket = made(url, protocols, {
      headers, handshakeTimeout: OPENS_WITHIN_MS, maxPayload: MAX_BYTES, followRedirects: false, perMessageDeflate: false,
      ...(isNamed || inner ? {} : { lookup: guardedLookup() }),
    });
    return opened(socket, url.host, { signal, now, silentMs });
  };
}

/** A socket, or a refusal that does not quote what it was made with. */
function made(url: URL, protocols: readonly string[], options: ClientOptions): WebSocket {
  try {
    return new WebSocket(url, [...protocols], options);
  } catch {
    throw new ConnectorError('settings', 'What was entered for this connection holds a character that cannot be sent, as a line break within a token. Enter it again.');
  }
}

function opened(socket: WebSocket, host: string, { signal, now, silentMs }: { readonly signal: AbortSignal; readonly now: () => number; readonly silentMs: number }): Promise<Socket> {
  const { messages, push, end } = queue();
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  const stop = (): void => socket.terminate();
  signal.addEventListener('abort', stop, { once: true });
  const silence = setTimeout(stop, silentMs).unref();
  for (const sign of ['open', 'message', 'ping', 'pong']) socket.on(sign, () => silence.refresh());
  return new Promise((resolve, reject) => {
    socket.on('message', (data, isBinary) => {
      if (!isBinary && !push(String(data))) socket.close(1008, 'too fast');
    });
    socket.on('open', () => resolve({
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      messages,
      closed: closed.promise,
      close: (code = 1000) => socket.close(code),
    }));
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      const headers = new Headers(Object.entries(response.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
      reject(statusError(new Response(null, { status: Math.max(200, Math.min(599, response.statusCode ?? 502)), headers }), host, now()));
    });
    // What breaks an open socket ends in `close` as well.
    socket.on('error', (error) => {
      if (signal.aborted) return reject(signal.reason);
      reject(/timed out/.test(error.message) ? timeoutError(host, OPENS_WITHIN_MS) : networkError(error.cause ?? error, host));
    });
    socket.on('close', (code, reason) => {
      signal.removeEventListener('abort', stop);
      clearTimeout(silence);
      end();
      closed.resolve({ code, reason: reason.toString('utf8') });
    });
  });
}

/** What came, in order, for one reader. */
function queue(): { readonly messages: AsyncIterable<string>; readonly push: (text: string) => boolean; readonly end: () => void } {
  const waiting: string[] = [];
  let ended = false;
  let news = Promise.withResolvers<void>();
  return {
    messages: {
      async* [Symbol.asyncIterator]() {
        for (;;) {
          const next = waiting.shift();
          if (next !== undefined) yield next;
          else if (ended) return;
          else await news.promise;
        }
      },
    },
    push(text) {
      if (waiting.length >= MOST_WAITING) return false;
      waiting.push(text);
      news.resolve();
      news = Promise.withResolvers<void>();
      return true;
    },
    end() {
      ended = true;
      news.resolve();
    },
  };
}

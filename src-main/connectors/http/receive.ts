import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectorError } from '../connector.ts';
import type { Listening, ListenOptions, Received, Reply } from '../connector.ts';

/** One message; a list of several hundred reports fits. */
const MAX_BYTES = 5_000_000;
/** A sender that is slower than this is not one (node:http, server.requestTimeout). */
const REQUEST_MS = 30_000;
const MOST_CONNECTIONS = 64;

/** Receives HTTP requests on 127.0.0.1 alone. See ConnectorIo.listen; `failed` hears what a handler threw. */
export async function receive({ port, hosts }: ListenOptions, handle: (request: Received) => Promise<Reply>, failed: (error: unknown) => void): Promise<Listening> {
  const own = new Set([`127.0.0.1:${port}`, `localhost:${port}`, ...hosts]);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request, own);
    if (refused !== null) return reply(request, response, refused);
    const body = await bodyOf(request);
    if (body === null) return reply(request, response, tooLarge());
    const [path = '/'] = (request.url ?? '/').split('?');
    reply(request, response, await handle({ method: request.method ?? 'GET', path, headers: headersOf(request), body }));
  }

  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: REQUEST_MS }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!request.destroyed || request.complete) failed(error);
      if (response.headersSent) response.destroy();
      else reply(request, response, { status: 503, text: said('This could not be stored. Send it again later.'), headers: { 'retry-after': '30' } });
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', failed);
  return {
    async close() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeIdleConnections();
      // What is being stored is still answered; who keeps sending is let go.
      const timer = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** A JSON answer of one sentence. */
export function said(sentence: string): string {
  return JSON.stringify({ said: sentence });
}

/**
 * What no sender does: a browser names its page (Origin, Sec-Fetch-Site), and a name that was bent towards this machine
 * (DNS rebinding) shows in Host. No answer carries a CORS header.
 */
function refusal(request: IncomingMessage, own: ReadonlySet<string>): Reply | null {
  if (!own.has(request.headers.host?.toLowerCase() ?? '')) return { status: 403, text: said('This receiver does not go by that host. Where a tunnel or proxy leads here, put its address into the connection’s settings.') };
  if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) return { status: 403, text: said('This receiver takes nothing from web pages.') };
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return tooLarge();
  return null;
}

function tooLarge(): Reply {
  return { status: 413, text: said(`A message may have ${MAX_BYTES / 1_000_000} MB. Send fewer reports at a time.`) };
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    if (!(part instanceof Buffer)) return null;
    bytes += part.length;
    if (bytes > MAX_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  return headers;
}

function reply(request: IncomingMessage, response: ServerResponse, { status, text, headers = {} }: Reply): void {
  // Messages come now and then: a connection that is kept for the next one would be closed just when it comes.
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'close', ...headers }).end(text);
  if (!request.complete) {
    request.resume();
    response.once('finish', () => setTimeout(() => request.destroy(), 500).unref());
  }
}

function portError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code === 'EADDRINUSE') return new ConnectorError('settings', `Port ${port} is in use by another program or connection. Choose another one, here and at the sender.`, null, error);
  if (error.code === 'EACCES') return new ConnectorError('settings', `This machine does not let Docket use port ${port}. Choose one above 1023.`, null, error);
  return error;
}

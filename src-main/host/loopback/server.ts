import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { Failure } from '../../domain/failure.ts';
import type { Log } from '../../services/context.ts';
import { contentPolicy, SAFE_HEADERS } from '../content-policy.ts';
import { rendererFile } from '../renderer-files.ts';
import { ENTER_PAGE, ENTER_SCRIPT, ENTER_STYLE } from './enter.ts';
import { callerOf, cookieNamed, refusal } from './guard.ts';
import { answerMedia } from './media.ts';
import { readBody } from './read-body.ts';
import { makeSessions } from './session.ts';

/** The largest message a desk may send; its largest legitimate one is a note. */
const MOST_MESSAGE_BYTES = 4 * 1024 * 1024;
const MOST_BODY_BYTES = 1024;

export type Loopback = {
  readonly port: number;
  /** An address that opens one window, once. */
  readonly windowUrl: () => string;
  readonly close: () => Promise<void>;
};

export type LoopbackInput = {
  /** 0 for a free one. */
  readonly port: number;
  readonly rendererRoot: string;
  readonly dataDir: string;
  readonly log: Log;
  /** A desk arrived. */
  readonly connect: (socket: WebSocket) => void;
};

type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string | Uint8Array };

function plain(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** Serves the desk and its socket on 127.0.0.1 alone, to windows that spent a token alone. No CORS header, ever. */
export async function startLoopback({ port, rendererRoot, dataDir, log, connect }: LoopbackInput): Promise<Loopback> {
  const sessions = makeSessions();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has('docket') ? 'docket' : false),
  });
  let authority = '';
  let policy = '';

  /** Cookies are shared between the ports of a host, so the name holds the port. */
  const cookieName = (): string => `docket-${authority.split(':')[1]}`;

  async function redeem(request: IncomingMessage): Promise<Answer> {
    const token = await readBody(request, MOST_BODY_BYTES);
    const session = token === null ? null : sessions.redeem(token);
    if (session === null) return plain(401, 'This address was used before or is not one of Docket.');
    const cookie = `${cookieName()}=${session.cookie}; Path=/; HttpOnly; SameSite=Strict`;
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8', 'set-cookie': cookie }, body: session.key };
  }

  async function answer(request: IncomingMessage, path: string, signedIn: boolean): Promise<Answer> {
    if (path === '/session' && request.method === 'POST') return await redeem(request);
    if (request.method !== 'GET') return plain(405, 'Not possible.');
    if (path === '/') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: ENTER_PAGE };
    if (path === '/enter.js') return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: ENTER_SCRIPT };
    if (path === '/enter.css') return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: ENTER_STYLE };
    // Browsers ask for it by themselves.
    if (path === '/favicon.ico') return { status: 204, body: '' };
    if (!signedIn) return path === '/desk' ? { status: 302, headers: { location: '/#expired' }, body: '' } : plain(401, 'Not signed in.');
    const file = await rendererFile(rendererRoot, path === '/desk' ? '/' : path);
    if (file === null) return plain(404, 'Not found.');
    const caching = file.immutable ? 'private, max-age=31536000, immutable' : 'no-store';
    return { status: 200, headers: { 'content-type': file.type, 'cache-control': caching }, body: file.bytes };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(callerOf(request), authority, request.method !== 'GET');
    const common = { ...SAFE_HEADERS, 'content-security-policy': policy, 'cache-control': 'no-store' };
    if (refused !== null) {
      log.warn('request-refused', { why: refused });
      response.writeHead(403, { ...common, 'content-type': 'text/plain; charset=utf-8' }).end('Refused.');
      return;
    }
    const path = new URL(request.url ?? '/', `http://${authority}`).pathname;
    const signedIn = sessions.hasCookie(cookieNamed(request, cookieName()));
    if (path.startsWith('/media/') && signedIn && request.method === 'GET') {
      await answerMedia(dataDir, path.slice('/media/'.length), request, response);
      return;
    }
    const { status, headers, body } = await answer(request, path, signedIn);
    response.writeHead(status, { ...common, ...headers }).end(body);
  }

  const server: Server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const traceId = log.error('request-failed', error);
      if (!response.headersSent) response.writeHead(500, SAFE_HEADERS);
      response.end(`Something went wrong. The log has it under ${traceId}.`);
    });
  });

  server.on('upgrade', (request, stream, head) => {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const key = protocols.find((name) => name !== 'docket') ?? null;
    const refused = refusal(callerOf(request), authority, true)
      ?? (request.url === '/socket' ? null : 'wrong path')
      ?? (sessions.hasKey(cookieNamed(request, cookieName()), key) ? null : 'not signed in');
    if (refused !== null) {
      log.warn('socket-refused', { why: refused });
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, connect);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Failure('INVALID_INPUT', `Port ${port} is in use by another program. Leave --port out for a free one.`, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback server has no port');
  authority = `127.0.0.1:${address.port}`;
  policy = contentPolicy({ connect: ["'self'", `ws://${authority}`], media: [] });

  return {
    port: address.port,
    windowUrl: () => `http://${authority}/#${sessions.issueToken()}`,
    async close() {
      for (const socket of sockets.clients) socket.close(1001, 'Docket stops');
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

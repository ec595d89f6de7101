import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Ready, WireFault } from './wire-faults.ts';

/** A request as a route sees it. */
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The parts of the path that the route's pattern names. */
  readonly at: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON, or as the fields of a form; an empty object where it is neither. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** What a route answers: `json` or `text`, 200 unless said otherwise. */
export type WireAnswer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly json?: unknown; readonly text?: string };

/** Routes by method and path, `'GET /api/v1/reports/:id'`; they keep whatever state they close over. */
export type Routes = Readonly<Record<string, (request: WireRequest) => WireAnswer | Promise<WireAnswer>>>;

/** What happens to a WebSocket that was asked for; a number refuses it with that status. */
export type WireSockets = (asked: { readonly path: string; readonly query: URLSearchParams; readonly headers: IncomingMessage['headers'] }) => number | ((socket: WebSocket) => void);

export type WireOptions = {
  /** Which paths change nothing although they are asked by another method than GET. */
  readonly reads?: (path: string) => boolean;
  /** The platform's clock, by which its answers are dated; else they are by this machine's. */
  readonly now?: () => number;
  readonly sockets?: WireSockets;
};

/** Which requests a fault meets. */
export type FaultPlan = {
  readonly fault: WireFault;
  /** Only this route, `'POST /reports/:id/resolve'`; all where left out. */
  readonly route?: string;
  /** Only requests that change something (true) or only those that read (false). */
  readonly writes?: boolean;
  /** The how-manieth of those requests is the first to fail, from 1. */
  readonly from?: number;
  /** How many fail; all from then on where left out. */
  readonly times?: number;
  /** True: the route runs and what it did stays; only its answer is spoilt. */
  readonly afterwards?: boolean;
};

export type WireServer = {
  readonly origin: string;
  /** Every request in order, failed ones included. */
  readonly requests: readonly (Pick<WireRequest, 'method' | 'path' | 'headers' | 'text'> & { readonly route: string | null; readonly failed: string | null })[];
  /** Plans a fault; answers how to take it off again. */
  readonly plan: (plan: FaultPlan) => () => void;
  readonly close: () => Promise<void>;
};

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A scripted platform: a real HTTP server on this machine whose routes behave as the platform's documentation says. */
export async function startWireServer(routes: Routes, { reads, now, sockets }: WireOptions = {}): Promise<WireServer> {
  // Some platforms ask by POST what changes nothing.
  const isRead = (method: string, path: string): boolean => READS.has(method) || reads?.(path) === true;
  const patterns = Object.entries(routes).map(([name, answer]) => ({ name, answer, match: matcher(name) }));
  const requests: WireServer['requests'][number][] = [];
  const plans = new Map<FaultPlan, { met: number }>();

  function faultFor(method: string, path: string, route: string | null): FaultPlan | null {
    for (const [plan, seen] of plans) {
      if (plan.route !== undefined && plan.route !== route) continue;
      if (plan.writes !== undefined && plan.writes === isRead(method, path)) continue;
      seen.met += 1;
      const from = plan.from ?? 1;
      if (seen.met >= from && seen.met < from + (plan.times ?? Infinity)) return plan;
    }
    return null;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://wire.example');
    const method = incoming.method ?? 'GET';
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString('utf8');
    const found = patterns.find((pattern) => pattern.match(method, url.pathname) !== null);
    const plan = faultFor(method, url.pathname, found?.name ?? null);
    requests.push({ method, path: url.pathname + url.search, headers: incoming.headers, text, route: found?.name ?? null, failed: plan?.fault.name ?? null });
    // A read changes nothing, and what spoils its answer needs one.
    const runs = plan === null || plan.afterwards === true || plan.fault.intact === true || isRead(method, url.pathname);
    const at = found?.match(method, url.pathname) ?? {};
    const request = { method, path: url.pathname, query: url.searchParams, headers: incoming.headers, at, text, body: bodyOf(incoming, text) };
    const ready = readyFrom(!runs ? {} : await found?.answer(request) ?? { status: 404, json: { error: 'not found' } });
    if (now !== undefined) response.setHeader('date', new Date(now()).toUTCString());
    if (plan !== null) await plan.fault.send(response, ready);
    else response.writeHead(ready.status, ready.headers).end(ready.body);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A bug of the script: said in the answer, so that the test shows it.
      if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const streams = new WebSocketServer({ noServer: true });
  if (sockets !== undefined) {
    server.on('upgrade', (incoming, connection, head) => {
      const url = new URL(incoming.url ?? '/', 'http://wire.example');
      const answer = sockets({ path: url.pathname, query: url.searchParams, headers: incoming.headers });
      // Whoever asked may be gone already.
      connection.on('error', () => connection.destroy());
      if (typeof answer === 'number') connection.end(`HTTP/1.1 ${answer} Refused\r\ncontent-length: 0\r\n\r\n`);
      else streams.handleUpgrade(incoming, connection, head, answer);
    });
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    plan(plan) {
      plans.set(plan, { met: 0 });
      return () => plans.delete(plan);
    },
    async close() {
      for (const stream of streams.clients) stream.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Matches `'GET /a/:b'`; answers the named parts, null where it does not fit. `*` at the end takes the rest. */
function matcher(name: string): (method: string, path: string) => Readonly<Record<string, string>> | null {
  const [wanted = '', pattern = ''] = name.split(' ');
  const parts = pattern.split('/');
  return (method, path) => {
    const given = path.split('/');
    const open = parts.at(-1) === '*';
    if (method !== wanted || (open ? given.length < parts.length - 1 : given.length !== parts.length)) return null;
    const at: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
      const value = given[index] ?? '';
      if (part === '*') return at;
      if (part.startsWith(':')) at[part.slice(1)] = decodeURIComponent(value);
      else if (part !== value) return null;
    }
    return at;
  };
}

function bodyOf(incoming: IncomingMessage, text: string): Readonly<Record<string, unknown>> {
  const type = incoming.headers['content-type'] ?? '';
  if (type.includes('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    return Object.fromEntries([...new Set(form.keys())].map((key) => [key, key.endsWith('[]') ? form.getAll(key) : form.get(key)]));
  }
  if (!type.includes('json') || text === '') return {};
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function readyFrom({ status = 200, headers = {}, json, text }: WireAnswer): Ready {
  const body = Buffer.from(text ?? (json === undefined ? '' : JSON.stringify(json)), 'utf8');
  return { status, body, headers: { 'content-type': text === undefined ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8', ...headers } };
}

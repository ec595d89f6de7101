import { ConnectorError } from '../connector.ts';
import { isInnerHost, isLoopbackHost } from './addresses.ts';
import { isOfOneBucket, laneOf } from './buckets.ts';
import type { Lane } from './buckets.ts';
import { isDropped, networkError, rateLimitedError, timeoutError } from './errors.ts';
import type { Gate } from './gate.ts';
import { innerAddressError } from './guarded-fetch.ts';
import { limitBody } from './limit-body.ts';
import { readBodyRetryAfter, readRateLimit } from './rate-limit.ts';

export type LimitedFetchOptions = {
  /** Reaches the instance that the person named. */
  readonly fetch: typeof globalThis.fetch;
  /** Reaches everything else, and no private address: see makeGuardedFetch. */
  readonly guardedFetch: typeof globalThis.fetch;
  readonly gate: Gate;
  /** The origins that the person named in the connection's settings. */
  readonly origins: readonly string[];
  readonly now: () => number;
  /** For the answer and its whole body, ms. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
};

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 20_000_000;
const MAX_REDIRECTS = 5;
/** Without Retry-After, a 429 closes the gate for this long. */
const UNSAID_RETRY_MS = 30_000;
/** A wait up to this is kept inside the request; a longer one is told, so that the person sees why nothing moves. */
const PATIENCE_MS = 15_000;
/** Enough of a refusal's body to find a waiting time in. */
const REFUSAL_BYTES = 100_000;

/**
 * The fetch that a session gets: paced by the instance's gate, limited in time and size, careful with redirects.
 * Every failure to get an answer, and 429, is a ConnectorError in plain words; other statuses are answers for the connector.
 * Event streams are let run: they have no time limit and no size limit. With `redirect: 'manual'` a redirect is an answer.
 */
export function limitedFetch(options: LimitedFetchOptions): typeof globalThis.fetch {
  const { gate, now, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
  const named = new Set(options.origins);
  // A community whose own server stands in a private network may have its other services there too.
  const innerAllowed = options.origins.some((origin) => isInnerHost(new URL(origin).hostname));

  function fetchFor(url: URL, redirected: boolean): typeof globalThis.fetch {
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (named.has(url.origin) || isLoopbackHost(url.hostname)))) {
      throw new ConnectorError('refused', `${url.hostname} was to be asked without encryption. Docket asks over https only.`);
    }
    if (named.has(url.origin)) return options.fetch;
    if (!isInnerHost(url.hostname)) return options.guardedFetch;
    if (redirected || !innerAllowed) throw innerAddressError(url.hostname);
    return options.fetch;
  }

  async function hops(first: Request, signal: AbortSignal): Promise<Response> {
    let request = first;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const url = new URL(request.url);
      const again = hop < MAX_REDIRECTS ? request.clone() : request;
      const response = await ask(fetchFor(url, hop > 0), request, signal);
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null || first.redirect === 'manual') return response;
      await response.body?.cancel();
      request = nextHop(again, response.status, location);
    }
    throw new ConnectorError('unintelligible', `${new URL(first.url).host} sends on and on without answering. Check the address.`);
  }

  async function limited(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
    const request = requestOf(input, init);
    const url = new URL(request.url);
    const { host } = url;
    const lane = laneOf(request.method, url);
    const closedMs = gate.closedFor(lane);
    if (closedMs > PATIENCE_MS) throw rateLimitedError(host, closedMs);
    const leave = await gate.enter(request.signal, lane);
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(timeoutError(host, timeoutMs)), timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      leave();
    };
    const signal = AbortSignal.any([request.signal, timeout.signal]);
    const told = (error: unknown): unknown => {
      if (request.signal.aborted) return request.signal.reason;
      return timeout.signal.aborted ? timeout.signal.reason : networkError(error, host);
    };
    timeout.signal.addEventListener('abort', leave, { once: true });
    try {
      const response = await hops(request, signal);
      gate.observe(response.headers, lane);
      const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (streams) end();
      const answer = limitBody(response, { host, maxBytes: streams ? Infinity : maxBytes, end, told });
      if (answer.status === 429) throw await refusal(answer, host, lane);
      return answer;
    } catch (error) {
      end();
      throw told(error);
    }
  }

  async function refusal(answer: Response, host: string, lane: Lane): Promise<ConnectorError> {
    const body = await answer.text().then((text): unknown => JSON.parse(text.slice(0, REFUSAL_BYTES))).catch(() => null);
    const seen = readRateLimit(answer.headers, now());
    const untilReset = seen.remaining === 0 && seen.resetAt !== null ? Math.max(0, seen.resetAt - now()) : null;
    const afterMs = seen.retryAfterMs ?? readBodyRetryAfter(body) ?? untilReset ?? UNSAID_RETRY_MS;
    if (isOfOneBucket(answer.headers)) gate.holdFor(afterMs, lane);
    else gate.holdFor(afterMs);
    return rateLimitedError(host, afterMs);
  }

  return limited;
}

/**
 * A request, or a refusal that does not quote it: fetch names the value of a header that cannot be sent in its error,
 * and the address in another, which may be a token with a stray character.
 */
function requestOf(...[input, init]: Parameters<typeof fetch>): Request {
  try {
    return new Request(input, init);
  } catch {
    if (init?.signal?.aborted === true) throw init.signal.reason;
    throw new ConnectorError('settings', 'What was entered for this connection holds a character that cannot be sent, as a line break or a sign from a word processor within a token. Enter it again.');
  }
}

/** Sends one request; one that only reads is sent once more where a kept-alive connection turned out to be closed. */
async function ask(send: typeof globalThis.fetch, request: Request, signal: AbortSignal): Promise<Response> {
  const how: RequestInit = { redirect: 'manual', signal };
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(request, how);
  const again = request.clone();
  try {
    return await send(request, how);
  } catch (error) {
    if (signal.aborted || !isDropped(error)) throw error;
    return send(again, how);
  }
}

/**
 * The request that a redirect asks for. Off the origin only what carries no credentials and no body goes on: a token
 * must not reach a server that the person did not name.
 */
function nextHop(request: Request, status: number, location: string): Request {
  const from = new URL(request.url);
  if (!URL.canParse(location, from.href)) throw new ConnectorError('unintelligible', `${from.host} sends on to something that is no address.`);
  const to = new URL(location, from);
  const keepsMethod = status === 307 || status === 308 || request.method === 'GET' || request.method === 'HEAD';
  if (to.origin === from.origin) {
    if (keepsMethod) return new Request(to.href, request);
    const headers = new Headers(request.headers);
    headers.delete('content-type');
    return new Request(to.href, { headers, signal: request.signal });
  }
  const personal = ['authorization', 'cookie', 'api-key', 'x-api-key', 'user-api-key'].some((name) => request.headers.has(name));
  if (personal || request.method !== 'GET') {
    throw new ConnectorError('settings', `${from.host} sends on to ${to.origin}. If that is the right server, put this address into the connection's settings.`);
  }
  return new Request(to.href, { headers: { accept: request.headers.get('accept') ?? '*/*' }, signal: request.signal });
}

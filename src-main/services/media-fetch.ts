import { ConnectorError } from '../connectors/connector.ts';
import { networkError, statusError, timeoutError } from '../connectors/http/errors.ts';
import { limitBody } from '../connectors/http/limit-body.ts';

const TIMEOUT_MS = 20_000;
const MAX_REDIRECTS = 3;

/**
 * Fetches a medium that content names: over https only, without credentials or referrer, never from a private address,
 * also not by redirect (`guardedFetch` sees to it at each hop), within a limit of time and size. Throws ConnectorError.
 */
export async function fetchMedium(guardedFetch: typeof globalThis.fetch, url: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  if (!URL.canParse(url)) throw new ConnectorError('refused', 'Its address is none.');
  const { host } = new URL(url);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(timeoutError(host, TIMEOUT_MS)), TIMEOUT_MS);
  const both = AbortSignal.any([signal, timeout.signal]);
  try {
    const response = await follow(guardedFetch, url, both);
    const limited = limitBody(response, { host, maxBytes, end: () => undefined, told: (error) => error });
    return new Uint8Array(await limited.arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    throw timeout.signal.aborted ? timeout.signal.reason : networkError(error, host);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(guardedFetch: typeof globalThis.fetch, first: string, signal: AbortSignal): Promise<Response> {
  let url = new URL(first);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (url.protocol !== 'https:' || url.username !== '') throw new ConnectorError('refused', 'Docket loads media over https only.');
    const response = await guardedFetch(url.href, { redirect: 'manual', signal, headers: { accept: 'image/*, video/*, audio/*' } });
    if (response.ok) return response;
    const location = response.headers.get('location');
    await response.body?.cancel();
    if (response.status < 300 || response.status > 399 || location === null || !URL.canParse(location, url.href)) throw statusError(response, url.host, 0);
    url = new URL(location, url.href);
  }
  throw new ConnectorError('unreachable', `${url.host} sends on and on without giving the medium.`);
}

import type { IncomingMessage } from 'node:http';

/** What a request says about where it comes from. */
export type Caller = { readonly host: string | undefined; readonly origin: string | undefined; readonly fetchSite: string | undefined; readonly method: string };

/** Reads a request's own claims. */
export function callerOf(request: IncomingMessage): Caller {
  const site = request.headers['sec-fetch-site'];
  return {
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: Array.isArray(site) ? site[0] : site,
    method: request.method ?? 'GET',
  };
}

/**
 * Why a request is refused before anything else is looked at, or null. The exact Host stops DNS rebinding;
 * Origin and Sec-Fetch-Site stop other pages; `mustName` is for what only a page of ours may ask (socket, POST),
 * where a browser always sends Origin.
 */
export function refusal(caller: Caller, authority: string, mustName: boolean): string | null {
  if (caller.host !== authority) return 'wrong host';
  if (caller.origin !== undefined ? caller.origin !== `http://${authority}` : mustName) return 'wrong origin';
  // `none` is the address typed or opened from outside; `same-site` would be another port of this machine.
  if (caller.fetchSite !== undefined && caller.fetchSite !== 'same-origin' && caller.fetchSite !== 'none') return 'other site';
  return null;
}

/** The value of one cookie of a request, or null. */
export function cookieNamed(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

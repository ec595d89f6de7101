import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { ConnectorError } from '../connector.ts';
import { isInnerAddress, isInnerHost } from './addresses.ts';

/** Resolves a name; the system's own unless a test says otherwise. */
export type Lookup = (hostname: string, done: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

/** An answer of which nothing comes for so long is dead, though nobody said so: fetch itself gives up after as much (undici, bodyTimeout). */
const SILENT_MS = 5 * 60_000;

const bySystem: Lookup = (hostname, done) => systemLookup(hostname, { all: true }, (error, addresses) => done(error, addresses));

/** A refusal to go where content, not the person, points. */
export function innerAddressError(hostname: string): ConnectorError {
  return new ConnectorError('refused', `${hostname} leads into a private network, where content may not send Docket.`);
}

/** Resolves names for a connection that must not reach a private address: the check is made on the very address that is connected to. */
export function guardedLookup(lookup: Lookup = bySystem): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      if (addresses.length === 0 || addresses.some(({ address }) => isInnerAddress(address))) return done(innerAddressError(hostname), '', 0);
      const first = addresses[0];
      if (options.all === true) return done(null, [...addresses]);
      return done(null, first?.address ?? '', first?.family);
    });
  };
}

/**
 * A fetch for addresses that came from content: it never reaches a private address, since the check is made on the very
 * address that is connected to (a name that resolves differently a second later gains nothing). Follows no redirects,
 * sends no cookies, takes bodies as they come (no decompression).
 */
export function makeGuardedFetch(lookup: Lookup = bySystem): typeof globalThis.fetch {
  const guarded = guardedLookup(lookup);

  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (isInnerHost(url.hostname)) throw innerAddressError(url.hostname);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise<Response>((resolve, reject) => {
      const outgoing = start(url, {
        method: request.method,
        headers: { ...Object.fromEntries(request.headers), 'accept-encoding': 'identity' },
        lookup: guarded,
        signal: request.signal,
        agent: false,
      }, (incoming) => {
        // What is thrown here would end the whole process.
        try {
          resolve(asResponse(incoming, url.host));
        } catch (error) {
          incoming.destroy();
          reject(error);
        }
      });
      outgoing.setTimeout(SILENT_MS, () => outgoing.destroy(new Error('nothing comes any more')));
      outgoing.on('error', (error) => reject(error.cause instanceof ConnectorError ? error.cause : error));
      outgoing.end(body ?? undefined);
    });
  };
}

/** An answer in fetch's form. Throws ConnectorError where its status is none that HTTP knows. */
export function asResponse(incoming: IncomingMessage, host: string): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one);
  }
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status > 599) throw new ConnectorError('unintelligible', `${host} answered with status ${status}, which HTTP does not know. Check the address.`);
  if (status === 204 || status === 205 || status === 304) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  // Node's web stream and fetch's are the same objects under two type names.
  return new Response(Readable.toWeb(incoming) as unknown as ReadableStream<Uint8Array>, { status, headers });
}

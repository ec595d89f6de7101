import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What a route answered, ready to be sent or spoilt. */
export type Ready = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** What a connector has to make of a fault: the kinds of ConnectorError that fit, or nothing at all. */
export type FaultKind = 'unreachable' | 'unintelligible' | 'rate-limited' | 'sign-in' | 'refused' | 'survives';

/** One way in which a server or the network between fails. */
export type WireFault = {
  readonly name: string;
  readonly means: readonly FaultKind[];
  /** The true answer still arrives, so that what was asked is done. */
  readonly intact?: boolean;
  /** No answer comes at all. */
  readonly silent?: boolean;
  readonly send: (response: ServerResponse, ready: Ready) => void | Promise<void>;
};

function plain(name: string, means: readonly FaultKind[], status: number, headers: Readonly<Record<string, string>>, body: string): WireFault {
  return {
    name,
    means,
    send(response) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    },
  };
}

const HTML = '<!doctype html><html><body><h1>Welcome</h1><form>Please log in</form></body></html>';

/** Cuts the answer's body and lets the connection end as if that were all of it. */
const truncated: WireFault = {
  name: 'half a JSON',
  means: ['unintelligible'],
  send(response, { status, headers, body }) {
    const half = body.subarray(0, Math.floor(body.length / 2));
    response.writeHead(status, { ...headers, 'content-length': String(half.length) }).end(half);
  },
};

const reset: WireFault = {
  name: 'connection reset',
  means: ['unreachable', 'unintelligible'],
  send(response) {
    response.socket?.resetAndDestroy();
  },
};

const resetInBody: WireFault = {
  name: 'connection reset within the body',
  means: ['unreachable', 'unintelligible'],
  async send(response, { status, headers, body }) {
    response.writeHead(status, { ...headers, 'content-length': String(body.length + 10) });
    response.write(body.subarray(0, Math.ceil(body.length / 2)));
    await pause(5);
    response.socket?.resetAndDestroy();
  },
};

const hangs: WireFault = { name: 'no answer at all', means: ['unreachable'], silent: true, send: () => undefined };

const slow: WireFault = {
  name: 'a slow answer',
  means: ['survives'],
  intact: true,
  async send(response, { status, headers, body }) {
    response.writeHead(status, headers);
    for (let at = 0; at < 3; at += 1) {
      response.write(body.subarray(Math.floor((body.length * at) / 3), Math.floor((body.length * (at + 1)) / 3)));
      await pause(5);
    }
    response.end();
  },
};

/** Every fault that a connector must live with, by name; `LOST` is the one for answers that never arrive. */
export const FAULTS: readonly WireFault[] = [
  plain('429 with Retry-After in seconds', ['rate-limited', 'survives'], 429, { 'retry-after': '17' }, '{"error":"slow down"}'),
  plain('429 with Retry-After as a date', ['rate-limited', 'survives'], 429, { 'retry-after': 'Sat, 21 Nov 2099 09:00:00 GMT' }, '{"error":"slow down"}'),
  plain('429 without a time', ['rate-limited', 'survives'], 429, {}, ''),
  plain('500 with HTML', ['unreachable'], 500, { 'content-type': 'text/html' }, HTML),
  plain('502 from a proxy', ['unreachable'], 502, { 'content-type': 'text/html' }, HTML),
  plain('503 with Retry-After', ['unreachable', 'rate-limited'], 503, { 'retry-after': '9' }, ''),
  plain('a web page instead of data', ['unintelligible'], 200, { 'content-type': 'text/html; charset=utf-8' }, HTML),
  plain('nothing where data should be', ['unintelligible', 'survives'], 200, {}, ''),
  plain('JSON of another shape', ['unintelligible', 'survives'], 200, {}, '{"surprise":[1,2,3]}'),
  plain('null', ['unintelligible', 'survives'], 200, {}, 'null'),
  truncated, reset, resetInBody, hangs, slow,
];

/** An answer that is lost on the way although the server did what was asked. */
export const LOST: WireFault = reset;

/** A sign-in that no longer holds. */
export const SIGNED_OUT: WireFault = plain('401', ['sign-in'], 401, { 'www-authenticate': 'Bearer' }, '{"error":"The access token is invalid"}');

/** A way in which an answer can be wrong in one place, or merely other than usual. */
export const SPOILERS = ['a field is missing', 'a field is null', 'a field has another type', 'a field is unknown', 'entries are doubled', 'entries are reversed'] as const;
export type Spoiler = (typeof SPOILERS)[number];

/** Spoils one place of a JSON answer; `place` chooses which, so that a test can go through many. */
export function spoilt(spoiler: Spoiler, place: number): WireFault {
  return {
    name: `${spoiler} (${place})`,
    means: ['unintelligible', 'survives'],
    send(response, { status, headers, body }) {
      let value: unknown = null;
      try {
        value = JSON.parse(body.toString('utf8'));
      } catch {
        // No JSON, nothing to spoil.
      }
      const places = spoiler.startsWith('entries') ? arraysIn(value) : fieldsIn(value);
      places[place % Math.max(1, places.length)]?.(spoiler);
      response.writeHead(status, headers).end(places.length === 0 ? body : JSON.stringify(value));
    },
  };
}

type Spoil = (spoiler: Spoiler) => void;

/** Every field of every object in a value, outermost first. */
function fieldsIn(value: unknown): Spoil[] {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  if (typeof value !== 'object' || value === null) return [];
  const fields: Record<string, unknown> = Object.assign(value);
  const own = Object.entries(fields).map(([name, inner]): Spoil => (spoiler) => {
    if (spoiler === 'a field is missing') delete fields[name];
    else if (spoiler === 'a field is unknown') fields[`${name}_of_tomorrow`] = { since: 'version 99' };
    else fields[name] = spoiler === 'a field is null' ? null : typeof inner === 'object' ? 7 : { of: inner };
  });
  return own.concat(Object.values(fields).flatMap(fieldsIn));
}

function arraysIn(value: unknown): Spoil[] {
  if (Array.isArray(value)) {
    const entries: unknown[] = value;
    const spoil: Spoil = (spoiler) => {
      if (spoiler === 'entries are reversed') entries.reverse();
      else entries.splice(0, entries.length, ...entries.flatMap((entry) => [entry, entry]));
    };
    return [spoil].concat(entries.flatMap(arraysIn));
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(arraysIn) : [];
}

import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConnectorError } from '../../../src-main/connectors/connector.ts';
import { makeGate } from '../../../src-main/connectors/http/gate.ts';
import { asResponse, makeGuardedFetch } from '../../../src-main/connectors/http/guarded-fetch.ts';
import { limitedFetch } from '../../../src-main/connectors/http/limited-fetch.ts';
import { readJson } from '../../../src-main/connectors/http/read-json.ts';
import { startFarSide } from '../../support/http-far-side.ts';
import type { FarSide } from '../../support/http-far-side.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');
let far: FarSide;
beforeEach(async () => {
  far = await startFarSide();
});
afterEach(() => far.close());

function connect(more: { readonly timeoutMs?: number; readonly maxBytes?: number; readonly origins?: readonly string[] } = {}) {
  const gate = makeGate({ now: () => NOW, sleep: () => Promise.resolve() });
  return { gate, fetch: limitedFetch({ fetch, guardedFetch: makeGuardedFetch(), gate, origins: [far.origin], now: () => NOW, ...more }) };
}

/** What the person is told when the list of reports is asked for. */
async function told(ask: Promise<Response>): Promise<{ kind: string; afterMs: number | null; message: string }> {
  try {
    await readJson(await ask, z.object({ reports: z.array(z.object({ id: z.string() })) }), { host: 'tidepool.example', what: 'the list of reports', now: NOW });
  } catch (error) {
    if (error instanceof ConnectorError) return { kind: error.kind, afterMs: error.afterMs, message: error.message };
    throw error;
  }
  throw new Error('the answer was understood');
}

describe('a platform that answers something else', () => {
  test('a good answer is parsed', async () => {
    far.answer((_request, response) => response.end('{"reports":[{"id":"1","more":true}]}'));
    const response = await connect().fetch(far.origin);
    expect(await readJson(response, z.object({ reports: z.array(z.object({ id: z.string() })) }), { host: 'h', what: 'w', now: NOW }))
      .toEqual({ reports: [{ id: '1' }] });
  });

  test.each([
    ['a web page', (r) => r.setHeader('content-type', 'text/html').end('<html>Sign in</html>'), 'unintelligible', /web page instead of data. Check the address/],
    ['a web page under a false type', (r) => r.end('<!DOCTYPE html><p>hello'), 'unintelligible', /web page/],
    ['half a JSON', (r) => r.end('{"reports":[{"id":"1"'), 'unintelligible', /ends early/],
    ['nothing', (r) => r.end(), 'unintelligible', /with nothing/],
    ['another shape', (r) => r.end('{"reports":[{"id":"1"},{"id":77,"text":"private words"}]}'), 'unintelligible', /"reports.1.id" is not as expected/],
    ['500', (r) => r.writeHead(500).end('oops'), 'unreachable', /trouble of its own \(500\)/],
    ['503 with a time', (r) => r.writeHead(503, { 'retry-after': '7' }).end(), 'unreachable', /503/],
    ['a refused token', (r) => r.writeHead(401).end('{}'), 'sign-in', /Sign in again/],
    ['a missing role', (r) => r.writeHead(403).end('{}'), 'refused', /role or a scope/],
    ['a wrong path', (r) => r.writeHead(404).end('{}'), 'refused', /404/],
    ['a status that is none', (r) => r.writeHead(700).end('{}'), 'unintelligible', /Check the address/],
  ] as [string, (response: import('node:http').ServerResponse) => unknown, string, RegExp][])('%s', async (_name, answer, kind, message) => {
    far.answer((_request, response) => void answer(response));
    const said = await told(connect().fetch(far.origin));
    expect(said.kind).toBe(kind);
    expect(said.message).toMatch(message);
    expect(said.message).not.toContain('private words');
  });

  test('a body cut off in the middle', async () => {
    far.answer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"reports":');
      setImmediate(() => response.destroy());
    });
    expect(await told(connect().fetch(far.origin))).toMatchObject({ kind: 'unreachable' });
  });

  test('a connection that the server had closed meanwhile is no trouble for what only reads, and is told for what acts', async () => {
    const { fetch } = connect();
    let dropped = 0;
    far.answer((_request, response) => {
      dropped += 1;
      if (dropped % 2 === 1) response.destroy();
      else response.end('{"reports":[]}');
    });
    expect(await (await fetch(far.origin)).json()).toEqual({ reports: [] });
    expect(await told(fetch(far.origin, { method: 'POST', body: 'x' }))).toMatchObject({ kind: 'unreachable' });
    expect(far.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  test('an answer that never ends is given up on', async () => {
    far.answer((_request, response) => void response.writeHead(200).write('{'));
    expect(await told(connect({ timeoutMs: 60 }).fetch(far.origin))).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('did not answer within') });
  });

  test('no answer at all is given up on', async () => {
    far.answer(() => undefined);
    expect(await told(connect({ timeoutMs: 60 }).fetch(far.origin))).toMatchObject({ kind: 'unreachable' });
  });

  test('an answer beyond the size limit is not read to its end, whether it says its length or not', async () => {
    far.answer((_request, response) => response.end('x'.repeat(5000)));
    expect(await told(connect({ maxBytes: 1000 }).fetch(far.origin))).toMatchObject({ kind: 'unintelligible' });
    far.answer((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('y'.repeat(400)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await told(connect({ maxBytes: 1000 }).fetch(far.origin))).toMatchObject({ kind: 'unintelligible' });
  });
});

describe('an address that leads nowhere', () => {
  test('a closed port, a name without an address, a server that is not HTTP', async () => {
    const { fetch } = connect({ origins: ['http://127.0.0.1:1', 'https://nowhere.invalid'] });
    expect(await told(fetch('http://127.0.0.1:1/'))).toMatchObject({ kind: 'unreachable' });
    expect(await told(fetch('https://nowhere.invalid/'))).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('nowhere.invalid') });
    const other = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await told(connect({ origins: [origin] }).fetch(origin))).toMatchObject({ kind: 'unintelligible', message: expect.stringContaining('does not speak HTTP') });
    expect(await told(connect({ origins: [origin.replace('http', 'https')] }).fetch(origin.replace('http', 'https'))))
      .toMatchObject({ kind: 'unreachable', message: expect.stringContaining('could not prove who it is') });
    other.close();
  });
});

describe('429', () => {
  test.each([
    ['Retry-After in seconds', { 'retry-after': '12' }, '', 12_000],
    ['Retry-After as a date', { 'retry-after': 'Fri, 01 May 2026 12:00:30 GMT' }, '', 30_000],
    ['an ISO reset', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-05-01T12:01:00.000Z' }, '', 60_000],
    ['epoch seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 5) }, '', 5000],
    ['seconds to go', { 'ratelimit-remaining': '0', 'ratelimit-reset': '40' }, '', 40_000],
    ['the body alone', {}, '{"retry_after":1.5}', 1500],
    ['wait_seconds', {}, '{"extras":{"wait_seconds":9}}', 9000],
    ['nothing said', {}, 'Too many', 30_000],
  ])('%s', async (_name, headers, body, afterMs) => {
    far.answer((_request, response) => response.writeHead(429, { date: new Date(NOW).toUTCString(), ...headers }).end(body));
    const { fetch, gate } = connect();
    expect(await told(fetch(far.origin))).toMatchObject({ kind: 'rate-limited', afterMs });
    expect(gate.closedFor()).toBe(afterMs);
  });

  test('while the instance asks for a long wait, nothing is asked at all', async () => {
    far.answer((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const { fetch } = connect();
    await told(fetch(far.origin));
    expect(await told(fetch(far.origin))).toMatchObject({ kind: 'rate-limited', afterMs: 3_600_000 });
    expect(far.requests).toHaveLength(1);
  });
});

describe('redirects', () => {
  test('on the same origin they are followed, with method and body where the status keeps them', async () => {
    far.answer((request, response) => {
      if (request.url === '/a') response.writeHead(308, { location: '/b' }).end();
      else request.pipe(response);
    });
    const response = await connect().fetch(`${far.origin}/a`, { method: 'POST', body: 'kept', headers: { authorization: 'Bearer x' } });
    expect(await response.text()).toBe('kept');
  });

  test.each([
    ['a private address', 'http://127.0.0.1:9/', 'refused'],
    ['a private https address', 'https://192.168.1.1/', 'refused'],
    ['a private name', 'https://router.local/', 'refused'],
    ['unencrypted http', 'http://elsewhere.example/', 'refused'],
    ['no address', 'http://[', 'unintelligible'],
  ])('to %s they are refused', async (_name, location, kind) => {
    far.answer((_request, response) => response.writeHead(302, { location }).end());
    expect(await told(connect().fetch(far.origin))).toMatchObject({ kind });
  });

  test('a token is never carried to another origin: the person is told the new address', async () => {
    far.answer((_request, response) => response.writeHead(301, { location: 'https://moved.example/' }).end());
    expect(await told(connect().fetch(far.origin, { headers: { authorization: 'Bearer x' } })))
      .toMatchObject({ kind: 'settings', message: expect.stringContaining('https://moved.example') });
  });

  test('a circle ends', async () => {
    far.answer((_request, response) => response.writeHead(302, { location: '/' }).end());
    expect(await told(connect().fetch(far.origin))).toMatchObject({ kind: 'unintelligible' });
    expect(far.requests).toHaveLength(6);
  });
});

test('a name that content gave is refused where it resolves to a private address', async () => {
  const guarded = makeGuardedFetch((_name, done) => done(null, [{ address: '10.0.0.5', family: 4 }]));
  await expect(guarded('https://innocent.example/x')).rejects.toMatchObject({ kind: 'refused' });
  await expect(guarded('https://[::ffff:127.0.0.1]/x')).rejects.toMatchObject({ kind: 'refused' });
});

test.each(['::127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'fe80::1', 'fd00::1', '::'])('%s is no public address, however it is written', async (address) => {
  const guarded = makeGuardedFetch((_name, done) => done(null, [{ address, family: 6 }]));
  await expect(guarded('https://innocent.example/x')).rejects.toMatchObject({ kind: 'refused' });
  await expect(guarded(`https://[${address}]/x`)).rejects.toMatchObject({ kind: 'refused' });
});

test.each(['http://0x7f.1/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://127.0.0.1./', 'https://localhost./', 'https://[::1]/'])('%s is this machine, however it is written', async (address) => {
  await expect(makeGuardedFetch()(address)).rejects.toMatchObject({ kind: 'refused' });
});

test.each(['Bearer hunter2\nx', 'Bearer hunter2\u200bx', 'Bearer hunter2…x'])('a token with a stray character (%j) is told of, and never quoted', async (authorization) => {
  const error: unknown = await connect().fetch(far.origin, { headers: { authorization } }).catch((problem: unknown) => problem);
  expect(error).toMatchObject({ name: 'ConnectorError', kind: 'settings' });
  expect(inspect(error)).not.toContain('hunter2');
  const wrong: unknown = await connect().fetch('https://user:hunter2@[').catch((problem: unknown) => problem);
  expect(inspect(wrong)).not.toContain('hunter2');
});

test.each([999, 600, 799])('what content points at may answer %i, and nothing breaks', async (status) => {
  far.answer((_request, response) => response.socket?.end(`HTTP/1.1 ${status} What\r\ncontent-length: 2\r\n\r\nno`));
  const incoming = await new Promise<IncomingMessage>((resolve) => { httpRequest(far.origin, resolve).end(); });
  expect(() => asResponse(incoming, 'cdn.example')).toThrow(expect.objectContaining({ name: 'ConnectorError', kind: 'unintelligible' }));
  incoming.destroy();
});

test('an abort by the caller stays an abort', async () => {
  far.answer(() => undefined);
  const stop = new AbortController();
  const asked = connect().fetch(far.origin, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('stopping')), 20);
  await expect(asked).rejects.toThrow('stopping');
});

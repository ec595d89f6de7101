import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registry } from '../../src-main/connectors/registry.ts';
import { startTestBackend } from '../support/backend.ts';
import { startFarSide } from '../support/http-far-side.ts';
import type { FarSide } from '../support/http-far-side.ts';

let far: FarSide;
beforeEach(async () => {
  far = await startFarSide();
});
afterEach(() => far.close());

const answers: readonly (readonly [string, (response: ServerResponse) => unknown, string, RegExp])[] = [
  ['a web page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>'), 'PLATFORM_UNINTELLIGIBLE', /web page|address/i],
  ['half a JSON', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"accessJwt":"ey'), 'PLATFORM_UNINTELLIGIBLE', /ends early|not JSON/i],
  ['another shape', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}'), 'PLATFORM_UNINTELLIGIBLE', /form|expected|understand/i],
  ['500', (response) => response.writeHead(500).end('oops'), 'PLATFORM_UNREACHABLE', /trouble|500/],
  ['429', (response) => response.writeHead(429, { 'retry-after': '60' }).end(), 'RATE_LIMITED', /60 seconds/],
  ['nothing', (response) => response.destroy(), 'PLATFORM_UNREACHABLE', /did not answer/],
  ['a refusal of the token', (response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"AuthenticationRequired","message":"Invalid identifier or password"}'), 'SIGN_IN_NEEDED', /password|sign in/i],
];

/** Answers to the form of the one platform here that is reached over HTTP. */
const values = (url: string) => ({ service: url, handle: 'mod.tidepool.example', password: 'abcd-efgh-ijkl-mnop' });

describe('a platform that answers badly', () => {
  test.each(answers)('with %s: testing it tells what to do, in a typed error with a trace id', async (_name, answer, code, message) => {
    far.answer((_request, response) => void answer(response));
    await using backend = await startTestBackend({ connectors: registry.all });
    const told: unknown = await backend.client.connections.test({ platform: 'ozone', values: values(far.origin) }).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(ORPCError);
    expect(told).toMatchObject({ code, message: expect.stringMatching(message), data: { traceId: expect.stringMatching(/./) } });
    expect(JSON.stringify(backend.logged.map(({ event, facts }) => ({ event, facts })))).not.toMatch(/abcd-efgh|Welcome|hello/);
  });

  test.each(answers)('with %s: the connection says so, and everything else works', async (_name, answer, _code, message) => {
    far.answer((_request, response) => void answer(response));
    await using backend = await startTestBackend({
      connectors: registry.all,
      provisioned: [{ at: 'connections[0]', id: 'tide', platform: 'ozone', title: 'Tide', settings: { service: far.origin, handle: 'mod.tidepool.example' }, secrets: { password: 'abcd-efgh-ijkl-mnop' } }],
    });
    await expect.poll(async () => (await backend.client.connections.list())[0]?.health.problem ?? '', { timeout: 10_000 }).toMatch(message);
    expect(await backend.client.queue.page({ filter: {} })).toMatchObject({ rows: [] });
  });

  test('a refusal that quotes what it was sent: nobody is shown the password or a token, nor is a log', async () => {
    far.answer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => { body += part.toString(); }).on('end', () => {
        if (far.requests.length === 1) {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"accessJwt":"access-token-of-rosa","refreshJwt":"refresh-token-of-rosa","did":"did:plc:rosa","handle":"rosa.test"}');
          return;
        }
        const message = `I do not like ${body} with ${request.headers.authorization ?? 'nothing'}`;
        response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'InvalidRequest', message }));
      });
    });
    await using backend = await startTestBackend({
      connectors: registry.all,
      provisioned: [{ at: 'connections[0]', id: 'tide', platform: 'ozone', title: 'Tide', settings: { service: far.origin, handle: 'mod.tidepool.example', labeler: 'did:plc:labeler' }, secrets: { password: 'abcd-efgh-ijkl-mnop' } }],
    });
    await expect.poll(async () => (await backend.client.connections.list())[0]?.health.problem ?? '', { timeout: 10_000 }).toContain('I do not like  with Bearer •••');
    const seen = inspect([await backend.client.connections.list(), backend.logged], { depth: 12 });
    expect(seen).not.toMatch(/abcd-efgh|access-token|refresh-token/);
  });

  test('a wrong address', async () => {
    await using backend = await startTestBackend({ connectors: registry.all });
    await expect(backend.client.connections.test({ platform: 'ozone', values: values('https://tidepool.invalid') }))
      .rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE', message: expect.stringContaining('Check the address') });
    await expect(backend.client.connections.test({ platform: 'ozone', values: values('http://tidepool.example') }))
      .rejects.toMatchObject({ code: 'INVALID_INPUT', data: { fields: [{ path: 'values.service', problem: expect.stringContaining('https://') }] } });
  });
});

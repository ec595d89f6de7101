import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { limitedSocket } from '../../../src-main/connectors/http/socket.ts';

let server: WebSocketServer;
let origin: string;
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

const open = limitedSocket({ origins: [], now: Date.now });
const named = (url: string, signal = new AbortController().signal) => limitedSocket({ origins: [origin], now: Date.now })(url, { signal, headers: { authorization: 'Bearer t' } });

async function all(messages: AsyncIterable<string>): Promise<string[]> {
  const seen: string[] = [];
  for await (const message of messages) seen.push(message);
  return seen;
}

describe('a stream', () => {
  test('brings what comes in order, takes what is sent, and says how it ended', async () => {
    const asked = once(server, 'connection') as Promise<[import('ws').WebSocket, IncomingMessage]>;
    const socket = await named(`${origin}/stream`);
    const [far, request] = await asked;
    const heard = once(far, 'message');
    socket.send('hello');
    expect(String((await heard)[0])).toBe('hello');
    for (const word of ['one', 'two', 'three']) far.send(word);
    far.close(4004, 'no such token');
    expect({ seen: await all(socket.messages), closed: await socket.closed, path: request.url, token: request.headers.authorization })
      .toEqual({ seen: ['one', 'two', 'three'], closed: { code: 4004, reason: 'no such token' }, path: '/stream', token: 'Bearer t' });
  });

  test('may stand on another port of this machine, where what the person named stands on it too', async () => {
    const socket = await limitedSocket({ origins: ['http://127.0.0.1:9'], now: Date.now })(origin.replace('http', 'ws'), { signal: new AbortController().signal });
    socket.close(4000);
    expect((await socket.closed).code).toBe(4000);
  });

  test('ends with its signal', async () => {
    const stop = new AbortController();
    const socket = await named(origin, stop.signal);
    stop.abort();
    expect({ seen: await all(socket.messages), code: (await socket.closed).code }).toEqual({ seen: [], code: 1006 });
  });

  test('ends where nothing comes any more, not even a ping', async () => {
    const silent = await limitedSocket({ origins: [origin], now: Date.now, silentMs: 100 })(origin, { signal: new AbortController().signal });
    expect({ seen: await all(silent.messages), code: (await silent.closed).code }).toEqual({ seen: [], code: 1006 });
  });

  test('stays while pings come', async () => {
    server.on('connection', (far) => {
      let pings = 0;
      far.on('pong', () => {
        pings += 1;
        if (pings < 10) setTimeout(() => far.ping(), 50);
        else far.close(4000);
      });
      far.ping();
    });
    const socket = await limitedSocket({ origins: [origin], now: Date.now, silentMs: 300 })(origin, { signal: new AbortController().signal });
    expect((await socket.closed).code).toBe(4000);
  });

  test('closes on a message that is too large to be one', async () => {
    server.on('connection', (far) => far.send('x'.repeat(5_000_000)));
    const socket = await named(origin);
    expect({ seen: await all(socket.messages), code: (await socket.closed).code }).toEqual({ seen: [], code: 1006 });
  });
});

describe('a stream is not opened', () => {
  const { signal } = new AbortController();
  test.each([
    ['to this machine, where content points', 'wss://127.0.0.1:9', /private network/],
    ['to a private network', 'wss://192.168.1.1/stream', /private network/],
    ['without encryption', 'ws://stream.example', /over https only/],
    ['to what is no address', 'nonsense', /not an address/],
  ])('%s', async (_name, url, message) => {
    await expect(open(url, { signal })).rejects.toMatchObject({ name: 'ConnectorError', message: expect.stringMatching(message) });
  });

  test('where nothing answers, or refuses', async () => {
    server.close();
    await expect(named(origin)).rejects.toMatchObject({ name: 'ConnectorError', kind: 'unreachable' });
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: (_info, done) => done(false, 401, 'no') });
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(named(origin)).rejects.toMatchObject({ kind: 'sign-in' });
  });
});

test('a token with a stray character is told of, and never quoted', async () => {
  const error: unknown = await limitedSocket({ origins: [origin], now: Date.now })(origin, { signal: new AbortController().signal, headers: { authorization: 'Bearer hunter2\nx' } }).catch((problem: unknown) => problem);
  expect(error).toMatchObject({ name: 'ConnectorError', kind: 'settings' });
  expect(inspect(error)).not.toContain('hunter2');
});

import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mastodon } from '../../../src-main/connectors/mastodon/mastodon.ts';
import type { Session } from '../../../src-main/connectors/connector.ts';
import { startWireServer } from '../../support/wire-server.ts';
import { startFarDesk } from './desk.ts';
import type { FarDesk } from './desk.ts';
import type { Kind } from './world.ts';

const STREAM = '/api/v1/streaming/user/notification';
let at: FarDesk;
let session: Session;
/** Resolves each time that sync is woken. */
let woken: PromiseWithResolvers<void>;
let ended: PromiseWithResolvers<void>;
let open: PromiseWithResolvers<ServerResponse>;
let wakes = 0;

function wake(): void {
  wakes += 1;
  woken.resolve();
}

async function start(kind: Kind): Promise<void> {
  at = await startFarDesk(kind);
  wakes = 0;
  [woken, ended, open] = [Promise.withResolvers(), Promise.withResolvers(), Promise.withResolvers()];
  session = mastodon.open({ ...at.io, wake, log: (event) => { if (event === 'mastodon-stream-ended') ended.resolve(); } }, { server: at.far.server.origin });
}
beforeEach(() => start('mastodon'));
afterEach(async () => {
  await session.close();
  await at.far.close();
});

/** The server keeps the stream's connection open. */
function streaming(): void {
  at.far.server.plan({
    route: `GET ${STREAM}`,
    fault: {
      name: 'a stream', means: ['survives'],
      send(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(':)\n\n');
        open.resolve(response);
      },
    },
  });
}

function requested(): number {
  return at.far.server.requests.filter(({ path }) => path === STREAM).length;
}

async function pull(): Promise<void> {
  for await (const batch of session.pull(null, at.desk.signal)) expect(batch.cursor).not.toBe('');
}

describe('Mastodon\'s stream', () => {
  test('wakes sync when a report comes, whatever else is said, in whatever pieces', async () => {
    streaming();
    await pull();
    const response = await open.promise;
    response.write('event: notification\ndata: {"type":"mention"}\n\nevent: notification\ndata: not json\n\n');
    response.write('event: notification\nda');
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(wakes).toBe(0);
    response.write('ta: {"type":"admin.re');
    response.write('port","report":{"id":"1"}}\n\n');
    await woken.promise;
  });

  test('is opened once, and again only some time after it ended', async () => {
    streaming();
    await pull();
    const response = await open.promise;
    await pull();
    expect(requested()).toBe(1);
    response.destroy();
    await ended.promise;
    await pull();
    expect(requested()).toBe(1);
    at.io.pass(11 * 60_000);
    await pull();
    await expect.poll(requested).toBe(2);
  });

  test('is looked for at the host that the server names for it, and at the server itself where that does not answer', async () => {
    const other = await startWireServer({
      [`GET ${STREAM}`]: () => ({ headers: { 'content-type': 'text/event-stream' }, text: 'data: {"type":"admin.report"}\n\n' }),
    });
    at.far.setup.streamingAt = other.origin.replace('http', 'ws');
    await pull();
    await woken.promise;
    expect([other.requests.length, requested()]).toEqual([1, 0]);
    await other.close();
    await expect.poll(async () => {
      at.io.pass(60_000);
      await pull();
      return requested();
    }).toBe(1);
  });

  test('ends with the session', async () => {
    streaming();
    await pull();
    const response = await open.promise;
    const closed = Promise.withResolvers<void>();
    response.on('close', closed.resolve);
    await session.close();
    await closed.promise;
    expect(requested()).toBe(1);
  });

  test('comes by WebSocket where the server has no other', async () => {
    const token = Promise.withResolvers<string>();
    at.far.setup.socket = ({ path, query, headers }) => {
      if (path !== '/api/v1/streaming' || query.get('stream') !== 'user:notification') return 404;
      token.resolve(String(headers.authorization));
      return (socket) => {
        socket.send('{"stream":["user","notification"],"event":"filters_changed"}');
        socket.send(JSON.stringify({ stream: ['user', 'notification'], event: 'notification', payload: JSON.stringify({ id: '3', type: 'admin.report', report: { id: '1' } }) }));
      };
    };
    await pull();
    await woken.promise;
    expect([wakes, await token.promise]).toEqual([1, 'Bearer rosas-token']);
  });

  test('a server behind a proxy that lets no Authorization header through is given the token as the protocol', async () => {
    const asked: (string | undefined)[][] = [];
    at.far.setup.socket = ({ headers }) => {
      asked.push([headers.authorization, headers['sec-websocket-protocol']]);
      return headers['sec-websocket-protocol'] === 'rosas-token' ? (socket) => socket.send(JSON.stringify({ event: 'notification', payload: '{"type":"admin.report"}' })) : 401;
    };
    await pull();
    await woken.promise;
    expect(asked).toEqual([['Bearer rosas-token', undefined], [undefined, 'rosas-token']]);
  });

  test('Akkoma takes the token as the protocol, and names a report in its own way', async () => {
    await session.close();
    await at.far.close();
    await start('akkoma');
    at.far.setup.socket = ({ headers }) => (headers['sec-websocket-protocol'] === 'rosas-token'
      ? (socket) => socket.send(JSON.stringify({ event: 'notification', payload: '{"type":"pleroma:report"}' }))
      : 401);
    await pull();
    await woken.promise;
    expect(requested()).toBe(0);
  });

  test('a server without one is pulled from all the same', async () => {
    const { id } = at.far.world.report({ about: at.far.world.account('piet') });
    const got: string[] = [];
    for await (const batch of session.pull(null, at.desk.signal)) got.push(...batch.reports.map(({ remoteId }) => remoteId));
    expect(got).toEqual([id]);
  });
});

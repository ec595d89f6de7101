import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeLog } from '../../src-main/host/log.ts';
import { runLoopback } from '../../src-main/host/loopback/run.ts';
import type { Running } from '../../src-main/host/loopback/run.ts';
import { enter } from '../support/raw-http.ts';
import { ROOT, temporaryDataDir } from '../support/serve.ts';

type Host = Running & { readonly said: string[]; readonly lines: () => readonly Record<string, unknown>[] };

async function start(data: object = {}): Promise<Host> {
  const dataDir = temporaryDataDir();
  const said: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const running = await runLoopback({
    root: ROOT,
    rendererRoot: path.join(ROOT, 'out/renderer'),
    backendEntry: pathToFileURL(path.join(ROOT, 'tests/support/crashing-backend.mjs')),
    dataDir, port: 0, useKeyring: false, passphrase: null, quiet: true,
    backendData: { ...data },
    log: makeLog({ dataDir, name: 'host', now: () => 0, random: () => 0.5, echo: (line) => lines.push(JSON.parse(line)) }),
    now: () => 0,
    onEnd: (message) => said.push(message),
  });
  return { ...running, said, lines: () => lines };
}

type Desk = { readonly socket: WebSocket; readonly closed: Promise<number>; readonly ask: (text: string | Uint8Array) => Promise<unknown> };

async function openDesk(host: Host): Promise<Desk> {
  const url = host.windowUrl();
  const { origin } = new URL(url);
  const { cookie, key } = await enter(url);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['docket', key], { headers: { origin, cookie } });
  socket.binaryType = 'nodebuffer';
  const closed = new Promise<number>((resolve) => { socket.on('close', resolve); });
  await new Promise((resolve) => { socket.on('open', resolve); });
  return {
    socket,
    closed,
    ask: (text) => new Promise((resolve) => {
      socket.once('message', (data, binary) => resolve(binary ? data : String(data)));
      socket.send(text);
    }),
  };
}

test('frames pass untouched, text as text and bytes as bytes', async () => {
  const host = await start();
  const desk = await openDesk(host);
  const bytes = Uint8Array.from([0, 255, 10, 13]);
  expect(await desk.ask('{"i":"1","p":"héllo ✓"}')).toBe('{"i":"1","p":"héllo ✓"}');
  expect(Buffer.from(bytes).equals(await desk.ask(bytes) as Buffer)).toBe(true);
  await host.stop();
  expect(await desk.closed).toBe(1001);
});

test('a backend that crashes is started again, desks are told and come back', async () => {
  const host = await start();
  const desk = await openDesk(host);
  desk.socket.send('crash');
  expect(await desk.closed).toBe(1012);
  await expect.poll(() => host.lines().some(({ event }) => event === 'backend-restarted')).toBe(true);
  const again = await openDesk(host);
  expect(await again.ask('here')).toBe('here');
  expect(host.said).toEqual([]);
  await host.stop();
});

test('a backend that keeps crashing ends the host with a sentence and a trace id', async () => {
  const host = await start();
  for (let crash = 1; crash <= 4; crash += 1) {
    const desk = await openDesk(host);
    desk.socket.send('crash');
    await desk.closed;
    await expect.poll(() => host.said.length > 0 || host.lines().filter(({ event }) => event === 'backend-restarted').length === crash).toBe(true);
  }
  expect(host.said).toEqual([expect.stringMatching(/could not be started again.*[2-9A-Z]{4}-[2-9A-Z]{4}/)]);
});

test('a backend that refuses to start says why', async () => {
  await expect(start({ refuses: 'The database is of a newer Docket.' })).rejects.toMatchObject({ name: 'BackendRefused', message: 'The database is of a newer Docket.' });
});

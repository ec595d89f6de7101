import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Client } from '../../src-main/contract/contract.ts';
import { enter } from '../support/raw-http.ts';
import type { Session } from '../support/raw-http.ts';
import { runServe, startServe } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { timedAsync } from './measure.ts';

export type ServedClient = { readonly served: Served; readonly client: Client; readonly close: () => void };

/** A real Docket process on that data, and a client on its WebSocket as the desk's. */
export async function openServed(dataDir: string): Promise<ServedClient> {
  const served = await startServe({ dataDir });
  return { served, ...await connectSocket(served.origin, await enter(served.url)) };
}

/** A client on the loopback host's WebSocket, with what a window has after it spent its token. */
export async function connectSocket(origin: string, { cookie, key }: Session): Promise<{ readonly client: Client; readonly close: () => void }> {
  // Node's own WebSocket takes headers beside the protocols, which the web's types do not know of.
  const socket: WebSocket = Reflect.construct(WebSocket, [`${origin.replace('http', 'ws')}/socket`, { protocols: ['docket', key], headers: { origin, cookie } }]);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
  return { client, close: () => socket.close() };
}

/** Resident memory of a process now and at its highest, MB (Linux). */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

/** From starting the built host's process to its ready line, several times, ms. */
export async function startTimes(dataDir: string, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const { child, exit } = await runServe({ dataDir });
    // Looking whether the build is fresh came before the process and is no part of its start.
    const start = performance.now();
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      void exit.then(reject);
    });
    took.push(performance.now() - start);
    child.kill('SIGTERM');
    await exit;
  }
  return took;
}

/** The floor of a start: a Node process that opens the database and reads one row. */
export async function bareStartTimes(dataDir: string, times: number): Promise<number[]> {
  const script = `const D=require('better-sqlite3');const d=new D(process.argv[1],{readonly:true});console.log(d.prepare('SELECT count(*) FROM connections').pluck().get())`;
  const took: number[] = [];
  for (let run = 0; run < times; run += 1) {
    took.push(await timedAsync(() => new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['-e', script, path.join(dataDir, 'docket.db')], { cwd: path.resolve(import.meta.dirname, '../..') });
      child.once('error', reject);
      child.stdout.once('data', resolve);
    })));
  }
  return took;
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { Client } from '../../src-main/contract/contract.ts';
import { enter } from '../support/raw-http.ts';
import { startServe } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';
import { timedAsync } from './measure.ts';

export type ServedClient = { readonly served: Served; readonly client: Client; readonly close: () => void };

/** A real Docket process on that data, and a client on its WebSocket as the desk's. */
export async function openServed(dataDir: string): Promise<ServedClient> {
  const served = await startServe({ dataDir });
  const { cookie, key } = await enter(served.url);
  const socket = new WebSocket(`${served.origin.replace('http', 'ws')}/socket`, ['docket', key], { headers: { origin: served.origin, cookie } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
  return { served, client, close: () => socket.close() };
}

/** Resident memory of a process now and at its highest, MB (Linux). */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

/** From starting the process to its ready line, several times, ms. */
export async function startTimes(dataDir: string, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let run = 0; run < times; run += 1) {
    let served: Served | null = null;
    took.push(await timedAsync(async () => {
      served = await startServe({ dataDir });
    }));
    await (served as Served | null)?.stop();
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

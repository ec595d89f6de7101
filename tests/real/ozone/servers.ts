import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { answering, ended, freePort } from '../processes.ts';
import type { Installed } from './install.ts';

const said = z.object({
  pds: z.string(), labeler: z.string(), password: z.string(),
  accounts: z.record(z.string(), z.object({ did: z.string(), handle: z.string(), jwt: z.string() })),
});

/** A running network of PLC, PDS, AppView and Ozone. Team: rosa and tomas (moderators), ines (triage), ada (admin). */
export type OzoneServers = z.infer<typeof said> & { readonly stop: () => Promise<void> };

const START_MS = 90_000;

/** Starts PostgreSQL, Redis and the AT Protocol servers, empty, on loopback ports of their own. */
export async function startOzone(installed: Installed): Promise<OzoneServers> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'docket-ozone-'));
  const children: ChildProcess[] = [];
  const start = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    children.unshift(child);
    // A full pipe would halt the server.
    child.stderr?.resume();
    return child;
  };
  const stop = async (): Promise<void> => {
    // The network first, then what it stands on.
    for (const child of children) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [sqlPort, redisPort] = [await freePort(), await freePort()];
    const asPostgres = postgresUser();
    if ('uid' in asPostgres) chownSync(folder, asPostgres['uid'] ?? 0, asPostgres['gid'] ?? 0);
    const data = path.join(folder, 'sql');
    execFileSync(path.join(installed.postgresBin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync'], { stdio: 'ignore', cwd: folder, ...asPostgres });
    const sql = start(path.join(installed.postgresBin, 'postgres'), [
      '-D', data, '-h', '127.0.0.1', '-p', String(sqlPort), '-k', folder, '-c', 'fsync=off', '-c', 'max_connections=300',
    ], { cwd: folder, ...asPostgres });
    sql.stdout?.resume();
    start(installed.redis, ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { cwd: folder }).stdout?.resume();
    await Promise.all([answering(sqlPort), answering(redisPort)]);
    const network = start(process.execPath, ['--import', './bind-loopback.mjs', 'network.mjs'], {
      cwd: installed.folder,
      env: {
        ...process.env, LOG_ENABLED: 'false', DB_POSTGRES_SCHEMA: 'docket',
        DB_POSTGRES_URL: `postgres://postgres@127.0.0.1:${sqlPort}/postgres`, REDIS_HOST: `127.0.0.1:${redisPort}`,
      },
    });
    return { ...await ready(network), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root: then it runs as Debian's own user for it. */
function postgresUser(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  return { uid: postgresId('-u'), gid: postgresId('-g') };
}

function postgresId(flag: string): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

async function ready(network: ChildProcess): Promise<z.infer<typeof said>> {
  let complaint = '';
  network.stderr?.on('data', (bytes: Buffer) => { complaint = (complaint + bytes.toString()).slice(-4000); });
  if (network.stdout === null) throw new Error('the network has no output');
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The AT Protocol servers did not start in ${START_MS / 1000} s.\n${complaint}`)), START_MS);
    network.once('exit', (code) => reject(new Error(`The AT Protocol servers ended with ${code}.\n${complaint}`)));
    if (network.stdout === null) return;
    createInterface(network.stdout).on('line', (line) => {
      if (!line.startsWith('{"ready":true')) return;
      clearTimeout(late);
      resolve(said.parse(JSON.parse(line)));
    });
  });
}

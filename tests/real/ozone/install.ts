import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { debianInstall } from '../debian.ts';

const VERSION = '0.6.7';

export type Installed = {
  /** Holds @atproto/dev-env and the scripts that run it; outside the project, kept between runs. */
  readonly folder: string;
  readonly postgresBin: string;
  readonly redis: string;
};

/** Has everything a real Ozone needs: npm packages in a cache folder, PostgreSQL and Redis from Debian. Throws with what to do. */
export function installOzone(say: (text: string) => void): Installed {
  const folder = process.env['DOCKET_OZONE_CACHE'] ?? path.join(os.homedir(), '.cache', 'docket', `ozone-${VERSION}`);
  mkdirSync(folder, { recursive: true });
  for (const script of ['bind-loopback.mjs', 'network.mjs']) copyFileSync(path.join(import.meta.dirname, script), path.join(folder, script));
  const installed = path.join(folder, 'node_modules/@atproto/dev-env/package.json');
  if (!existsSync(installed) || !readFileSync(installed, 'utf8').includes(`"version": "${VERSION}"`)) {
    say('Installing the AT Protocol servers, once…');
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({
      private: true, type: 'module',
      dependencies: { '@atproto/dev-env': VERSION, '@atproto/api': '0.20.44' },
      // Its own range resolves 12.x, which aborts Node 24.19 and later at a statement's first garbage collection.
      overrides: { 'better-sqlite3': '13.2.0' },
    }));
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const missing = [...(postgresBin() === null ? ['postgresql'] : []), ...(redisServer() === null ? ['redis-server'] : [])];
  if (missing.length > 0) debianInstall('Ozone', missing, say);
  const [bin, redis] = [postgresBin(), redisServer()];
  if (bin === null || redis === null) throw new Error('PostgreSQL 15 or later and Redis are needed. Install them, then run this again.');
  return { folder, postgresBin: bin, redis };
}

function postgresBin(): string | null {
  const newest = globSync('/usr/lib/postgresql/*/bin/initdb').toSorted().at(-1);
  return newest === undefined ? null : path.dirname(newest);
}

function redisServer(): string | null {
  const found = spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim();
  return found === '' ? null : found;
}

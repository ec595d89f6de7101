import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What the build is made of; tests are not. */
const SOURCES = ['src-main/**/*', 'src-renderer/**/*', 'electron.vite.config.ts', 'package-lock.json', '.config/tsconfig.base.json'];
const PARTS = ['main', 'preload', 'renderer'] as const;
/** A lock that is older was left by a build whose process number something else has by now. */
const LONGEST_MS = 180_000;

function markPath(root: string): string {
  return path.join(root, 'out', '.built');
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether `out/` is there and no source is newer. */
export function isBuilt(root: string): boolean {
  const builtAt = modified(markPath(root));
  if (builtAt === 0 || !PARTS.every((part) => existsSync(path.join(root, 'out', part)))) return false;
  return globSync(SOURCES, { cwd: root }).every((file) => modified(path.join(root, file)) <= builtAt);
}

function run(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const cli = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [cli, 'build'], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed:\n${lines.join('')}`));
    });
  });
}

/**
 * Builds beside `out/` and then swaps, so that a failed build leaves the former one and a running desk finds its
 * files. The mark carries the time the build began: what changed meanwhile makes it old.
 */
export async function build(root: string): Promise<void> {
  const next = path.join('out', `.next-${process.pid}`);
  const begun = new Date();
  try {
    await run(root, { DOCKET_OUT: next });
    const old = path.join(root, 'out', `.old-${process.pid}`);
    mkdirSync(old, { recursive: true });
    for (const part of PARTS) {
      const place = path.join(root, 'out', part);
      if (existsSync(place)) renameSync(place, path.join(old, part));
      renameSync(path.join(root, next, part), place);
    }
    rmSync(old, { recursive: true, force: true });
    writeFileSync(markPath(root), begun.toISOString());
    utimesSync(markPath(root), begun, begun);
  } finally {
    rmSync(path.join(root, next), { recursive: true, force: true });
  }
}

/** Whether the build that made a lock has died. */
function isLeft(lock: string): boolean {
  if (Date.now() - modified(lock) > LONGEST_MS) return true;
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Builds where `out/` is missing or older than the sources; of two at once, one builds and the other waits. */
export async function ensureBuilt(root: string, say: (text: string) => void): Promise<void> {
  const lock = path.join(root, 'out', '.building');
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!isBuilt(root)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      if (isLeft(lock)) rmSync(lock, { force: true });
      await wait(200);
      continue;
    }
    try {
      say('Building Docket, once…');
      await build(root);
      return;
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

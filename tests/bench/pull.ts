import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startFarProcess } from './far-process.ts';
import { single } from './measure.ts';
import type { Result } from './measure.ts';

type Pulled = { readonly reports: number; readonly rate: number; readonly floor: number | null; readonly heldMb: number; readonly peakMb: number };

async function pullOnce(dir: string, reports: number, alone: boolean): Promise<Pulled> {
  const far = await startFarProcess(reports, 'mastodon');
  const dataDir = mkdtempSync(path.join(dir, 'pull-'));
  try {
    const script = path.join(import.meta.dirname, 'pull-run.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, dataDir, JSON.stringify(far.sides[0]), ...(alone ? ['alone'] : [])]);
    return JSON.parse(stdout) as Pulled;
  } finally {
    await far.stop();
    rmSync(dataDir, { recursive: true });
  }
}

/** A first pull over HTTP from the scripted Mastodon, and what it holds in memory beside a pull of a quarter of the reports. */
export async function measurePull(dir: string, reports: number): Promise<Result[]> {
  const { rate, floor } = await pullOnce(dir, reports, false);
  const few = await pullOnce(dir, reports / 4, true);
  const many = await pullOnce(dir, reports, true);
  return [
    single('pull', 'reports/s', rate, floor, `${many.reports} reports over HTTP from the scripted Mastodon, no pace kept, into a new database; floor: the same pages fetched, parsed and checked, not stored`),
    single('pull-memory', 'MB', many.heldMb, few.heldMb, `held after a collection at the end of ${many.reports} reports; floor: the same after ${few.reports}; resident at the highest ${Math.round(many.peakMb)} MB beside ${Math.round(few.peakMb)} MB`),
  ];
}

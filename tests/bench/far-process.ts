import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { Side } from './far-sides.ts';

export type FarProcess = { readonly sides: readonly Side[]; readonly stop: () => Promise<void> };

/** Scripted platforms with that many reports each, beside this process so that their work is not counted as Docket's. */
export async function startFarProcess(reports: number, only?: string): Promise<FarProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'far-sides.ts'), String(reports), ...(only === undefined ? [] : [only])], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    void ended.then(() => reject(new Error('the scripted platforms ended before they were ready')));
  });
  return {
    sides: JSON.parse(line) as readonly Side[],
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from '../../src-main/host/launch/build.ts';
import { ROOT } from '../support/serve.ts';

const here = import.meta.dirname;

/** Runs the built shell in Node against the stand-in for Electron; returns what the scenario found out. */
export async function runScenario(name: string, dataDir: string): Promise<Readonly<Record<string, unknown>>> {
  await ensureBuilt(ROOT, (text) => process.stderr.write(`${text}\n`));
  const child = spawn(process.execPath, ['--import', path.join(here, 'hooks.ts'), path.join(here, 'scenarios', `${name}.ts`), dataDir], {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  const code = await new Promise((resolve) => { child.once('close', resolve); });
  if (code !== 0) throw new Error(`the scenario ended with ${String(code)}:\n${err}${out}`);
  return JSON.parse(out);
}

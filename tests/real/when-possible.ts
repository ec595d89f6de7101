/**
 * For machines that may or may not have the real servers: has each within two minutes and runs Docket against it, or says
 * in one line why not and leaves the word to the recorded exchanges. Ends with the tests' own exit code.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATIENCE_MS = 120_000;
const SERVERS = [
  { name: 'Ozone', folder: 'ozone', install: 'installOzone' },
  { name: 'Mailman', folder: 'mailman', install: 'installMailman' },
] as const;

for (const { name, folder, install } of SERVERS) {
  const script = `const { ${install} } = await import(${JSON.stringify(path.join(import.meta.dirname, folder, 'install.ts'))}); ${install}((text) => process.stderr.write(text + '\\n'));`;
  const had = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: PATIENCE_MS });
  if (had.status === 0) {
    const ran = spawnSync(process.execPath, [
      path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', '.config/vitest.real.config.ts', `tests/real/${folder}/docket.test.ts`,
    ], { cwd: ROOT, stdio: 'inherit' });
    process.exitCode = Math.max(Number(process.exitCode ?? 0), ran.status ?? 1);
  } else {
    const why = had.error === undefined ? had.stderr.trim().split('\n').findLast((line) => /Error: /.test(line))?.replace(/^.*Error: /, '') : 'it took longer than two minutes';
    process.stderr.write(`No real ${name} here (${why ?? 'it could not be installed'}); its recorded exchanges stand in.\n`);
  }
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from './domain/failure.ts';
import { chooseDataDir } from './host/data-dir.ts';
import { verifyDatabase } from './store/verify.ts';
import type { Verdict } from './store/verify.ts';

/** `npm run verify -- --data-dir DIR`: one line on stdout; exit code 0 where all is whole, else 1. */
function verify(args: readonly string[]): Verdict {
  try {
    const { values } = parseArgs({ args: [...args], options: { 'data-dir': { type: 'string' } } });
    const dataDir = chooseDataDir(values['data-dir']);
    const file = path.join(dataDir, 'docket.db');
    if (!existsSync(file)) return { whole: false, said: `There is no Docket database in ${dataDir}. Name the data directory with --data-dir.` };
    return verifyDatabase(file, Date.now());
  } catch (error) {
    if (error instanceof Failure) return { whole: false, said: error.message };
    if (error instanceof TypeError && 'code' in error) return { whole: false, said: `${error.message.split('\n')[0]}. Use it as: npm run verify -- --data-dir DIR` };
    throw error;
  }
}

const { whole, said } = verify(process.argv.slice(2));
process.stdout.write(`${said}\n`);
process.exitCode = whole ? 0 : 1;

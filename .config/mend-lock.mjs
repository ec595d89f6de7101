// `npm run lock`, after every `npm install`: npm forgets in the lock file that better-sqlite3 brings its binaries
// ("gypfile": false in its package.json), and npm 10 and older would then try to compile it at `npm ci`, which needs
// Python and a compiler that a bare machine has not.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
lock.packages['node_modules/better-sqlite3'].gypfile = false;
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

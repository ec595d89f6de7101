/** A start while another one has the single-instance lock of this data directory. */
import { readdirSync } from 'node:fs';
import { finish, startShell } from '../drive.ts';
import { scene } from '../stand-in/app.ts';
import { timesCalled } from '../stand-in/record.ts';

const dataDir = process.argv[2] ?? '';
scene.gotLock = false;
await startShell(dataDir);
await finish({ forked: timesCalled('utilityProcess.fork'), windows: timesCalled('BrowserWindow'), written: readdirSync(dataDir) });

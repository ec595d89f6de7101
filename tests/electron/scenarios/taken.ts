/** A start while the loopback host has the data directory. */
import { finish, startShell } from '../drive.ts';
import { lastArgs, timesCalled } from '../stand-in/record.ts';

await startShell(process.argv[2] ?? '');
await finish({ forked: timesCalled('utilityProcess.fork'), windows: timesCalled('BrowserWindow'), box: lastArgs('dialog.showErrorBox') });

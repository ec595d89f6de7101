/** The shell as it is in a package that was made with no place to look for updates, started by a link. */
import { finish, startShell, until, window } from '../drive.ts';
import { scene } from '../stand-in/app.ts';
import { calls, lastArgs, timesCalled } from '../stand-in/record.ts';

scene.isPackaged = true;
// A package has one; this one holds no app-update.yml.
Object.defineProperty(process, 'resourcesPath', { value: process.argv[2] });
// In a package the arguments begin right behind the program.
await startShell(process.argv[2] ?? '', 'docket://open/queue/7');
await until(() => timesCalled('loadURL') > 1);
const options = window().options;
await finish({
  devTools: typeof options === 'object' && options !== null && 'webPreferences' in options ? options.webPreferences : null,
  menuHasTools: JSON.stringify(lastArgs('Menu.setApplicationMenu')).includes('toggleDevTools'),
  schemeClaimed: timesCalled('app.setAsDefaultProtocolClient'),
  pages: calls.filter(({ call }) => call === 'loadURL').map(({ args }) => args[0]),
});

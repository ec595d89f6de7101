/** Starts the shell and asks each of its guards. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finish, handler, orderOf, preventable, startShell, window } from '../drive.ts';
import { app, scene } from '../stand-in/app.ts';
import { session } from '../stand-in/electron.ts';
import { calls, lastArgs, timesCalled } from '../stand-in/record.ts';

const dataDir = process.argv[2] ?? '';
await startShell(dataDir);
// At its start the backend takes away files that its database does not know.
mkdirSync(path.join(dataDir, 'media'), { recursive: true });
writeFileSync(path.join(dataDir, 'media', 'a'.repeat(64)), Buffer.from('GIF89a.................'));
writeFileSync(path.join(dataDir, 'media', 'b'.repeat(64)), '<svg xmlns="http://www.w3.org/2000/svg"/>');
const { webContents } = window();

type Serve = (request: Request) => Promise<Response>;
const handled = new Map(calls.filter(({ call }) => call === 'protocol.handle').map(({ args }) => [args[0], args[1] as Serve]));

async function fetchPage(scheme: string, url: string, init: { readonly method?: string; readonly range?: string } = {}): Promise<unknown> {
  const headers = { get: (name: string) => (name === 'range' ? init.range ?? null : null) };
  // Node's Request refuses unknown schemes with other methods; the shell reads these three alone.
  const answer = await handled.get(scheme)?.({ url, method: init.method ?? 'GET', headers } as unknown as Request);
  return { status: answer?.status, type: answer?.headers.get('content-type') ?? null, policy: answer?.headers.get('content-security-policy') ?? null, nosniff: answer?.headers.get('x-content-type-options') ?? null };
}

function navigation(event: string, facts: object): boolean {
  const asked = preventable(facts);
  webContents.emit(event, asked);
  return asked.prevented;
}

async function link(url: string, answer: number): Promise<unknown> {
  scene.dialogAnswer = answer;
  const [asked, opened] = [timesCalled('dialog.showMessageBox'), timesCalled('shell.openExternal')];
  const { action } = webContents.openHandler?.({ url }) ?? {};
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  return [action, timesCalled('dialog.showMessageBox') - asked, timesCalled('shell.openExternal') - opened];
}

const permissions: boolean[] = [];
for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'unknown']) {
  handler<(contents: unknown, name: string, callback: (granted: boolean) => void) => void>('setPermissionRequestHandler')(webContents, name, (granted) => permissions.push(granted));
}
const screen: unknown[] = [];
handler<(request: unknown, callback: (streams: unknown) => void) => void>('setDisplayMediaRequestHandler')({}, (streams) => screen.push(streams));
const requests: Record<string, unknown> = {};
for (const url of ['docket://app/index.html', 'docket-media://cache/a', 'https://example.org/x.png', 'http://127.0.0.1:80/', 'file:///etc/passwd', 'ws://example.org/', 'data:text/html,x']) {
  handler<(details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void>('onBeforeRequest')({ url }, ({ cancel }) => { requests[url] = cancel; });
}
const download = preventable({});
session.defaultSession.emit('will-download', download);

const links = {
  agreed: await link('https://example.org/a?b=c', 0),
  declined: await link('https://example.org/', 1),
  plain: await link('http://example.org/', 0),
  script: await link('javascript:alert(1)', 0),
  file: await link('file:///etc/passwd', 0),
  other: await link('ms-settings:', 0),
  credentials: await link('https://bank.example@evil.example/', 0),
  nonsense: await link('https://', 0),
};

app.emit('second-instance', {}, ['docket', 'docket://open/queue/5'], '/');
const deepLink = lastArgs('loadURL')[0];
app.emit('second-instance', {}, ['docket', 'docket://open/<script>'], '/');

await finish({
  order: orderOf('app.enableSandbox', 'protocol.registerSchemesAsPrivileged', 'app.requestSingleInstanceLock', 'ready', 'utilityProcess.fork', 'BrowserWindow'),
  window: lastArgs('BrowserWindow')[0],
  firstPage: calls.find(({ call }) => call === 'loadURL')?.args[0],
  schemes: lastArgs('protocol.registerSchemesAsPrivileged')[0],
  profile: calls.filter(({ call }) => call === 'app.setPath').map(({ args }) => args),
  served: {
    page: await fetchPage('docket', 'docket://app/index.html'),
    otherHost: await fetchPage('docket', 'docket://evil/index.html'),
    post: await fetchPage('docket', 'docket://app/index.html', { method: 'POST' }),
    outside: await fetchPage('docket', 'docket://app/..%2f..%2fpackage.json'),
    medium: await fetchPage('docket-media', `docket-media://cache/${'a'.repeat(64)}`),
    part: await fetchPage('docket-media', `docket-media://cache/${'a'.repeat(64)}`, { range: 'bytes=0-3' }),
    drawing: await fetchPage('docket-media', `docket-media://cache/${'b'.repeat(64)}`),
    database: await fetchPage('docket-media', 'docket-media://cache/..%2fdocket.db'),
  },
  permissions: {
    asked: permissions,
    checked: handler<() => boolean>('setPermissionCheckHandler')(),
    devices: handler<() => boolean>('setDevicePermissionHandler')(),
    screen,
  },
  requestsCancelled: requests,
  download: download.prevented,
  navigationPrevented: {
    outside: navigation('will-navigate', { url: 'https://example.org/' }),
    file: navigation('will-navigate', { url: 'file:///etc/passwd' }),
    lookAlike: navigation('will-navigate', { url: 'docket://application/index.html' }),
    own: navigation('will-navigate', { url: 'docket://app/index.html' }),
    redirect: navigation('will-redirect', { url: 'docket://app/index.html' }),
    frame: navigation('will-frame-navigate', { url: 'docket://app/index.html', isMainFrame: false }),
    webview: navigation('will-attach-webview', {}),
  },
  links,
  asked: calls.filter(({ call }) => call === 'dialog.showMessageBox').map(({ args }) => args[0]),
  opened: calls.filter(({ call }) => call === 'shell.openExternal').map(({ args }) => args[0]),
  deepLink,
  afterWrongLink: lastArgs('loadURL')[0],
  menu: lastArgs('Menu.setApplicationMenu')[0],
  tray: timesCalled('Tray'),
  updates: calls.some(({ call }) => call.startsWith('autoUpdater')),
});

import { app, dialog, Notification } from 'electron';
import type { BrowserWindow, MessagePortMain } from 'electron';
import type { Capabilities, Settings, SettingsChanges } from '../contract/setup.ts';
import type { OneWriter } from '../host/one-writer/one-writer.ts';
import { makeRestarts } from '../host/restarts.ts';
import { serveHost } from '../host/router.ts';
import type { HostServices } from '../host/router.ts';
import { openSecrets } from '../host/secrets/open-secrets.ts';
import { openSettings } from '../host/settings.ts';
import type { Log } from '../services/context.ts';
import { startBackendProcess } from './backend-process.ts';
import type { BackendProcess } from './backend-process.ts';
import { guardPages, guardSession } from './guards.ts';
import { askThenOpen } from './links.ts';
import { setMenu } from './menu.ts';
import { notify } from './notify.ts';
import { answerPortRequests, handPort } from './page-port.ts';
import { askPage } from './page-requests.ts';
import { MEDIA_BASE, serveSchemes } from './scheme.ts';
import { canEncrypt, shellStore } from './secrets.ts';
import { openElectronStore } from './settings-file.ts';
import { closeTray, openTray } from './tray.ts';
import { startUpdates } from './updates.ts';
import { openWindow, raise } from './window.ts';

export type ShellInput = {
  readonly dataDir: string;
  /** `preload`, `backend`, `renderer`, `icon`: where the built parts are. */
  readonly files: { readonly preload: string; readonly backend: string; readonly renderer: string; readonly icon: string };
  readonly backendData: Readonly<Record<string, unknown>>;
  readonly passphrase: string | null;
  readonly useKeyring: boolean;
  readonly writer: Extract<OneWriter, { kind: 'mine' }>;
  readonly log: Log;
  readonly now: () => number;
};

export type Shell = {
  /** Brings the window up, or makes it again. */
  readonly show: () => void;
  /** Shows what a link names. */
  readonly open: (path: string) => void;
  /** Closes the database, then lets another start have the data directory. */
  readonly stop: () => Promise<void>;
};

function makeServices(input: ShellInput, show: () => void, changedKeys: (settings: Settings) => void): HostServices {
  const { dataDir, now, log, passphrase, useKeyring } = input;
  const stored = openSettings(dataDir, now, () => openElectronStore(dataDir));
  function change(changes: SettingsChanges): Settings {
    const changed = stored.change(changes);
    changedKeys(changed);
    return changed;
  }
  const shell = { available: canEncrypt, open: (notices: readonly string[]) => shellStore(dataDir, now, notices) };
  const secrets = openSecrets({ dataDir, now, passphrase, useKeyring, shell });
  // Who asks for a secret hears why; nobody asking is no crash.
  secrets.catch((error: unknown) => log.error('secrets-failed', error));
  async function capabilities(): Promise<Capabilities> {
    const { notices } = await secrets;
    return {
      host: 'electron', version: app.getVersion(), dataDir, confirmsLinks: true, notifications: Notification.isSupported(), mediaBase: MEDIA_BASE,
      notices: [...stored.notices, ...notices],
    };
  }
  return {
    capabilities, settings: { ...stored, change }, secrets, now, log,
    openExternal: (url) => askThenOpen(url, log),
    notify: (title, body) => notify(title, body, show),
  };
}

/** Starts everything once the app is ready and the data directory is ours. Throws BackendRefused with its sentence. */
export async function startShell(input: ShellInput): Promise<Shell> {
  const { dataDir, files, backendData, writer, log, now } = input;
  let window: BrowserWindow | null = null;
  let backend: BackendProcess | null = null;
  const mayRestart = makeRestarts(now);

  guardSession(log);
  guardPages(log);
  serveSchemes(files.renderer, dataDir);
  const services = makeServices(input, show, drawMenu);

  function lost(sentence: string): void {
    dialog.showErrorBox('Docket has to stop', `${sentence} What you did is kept. The log is in ${dataDir}.`);
    app.quit();
  }

  process.on('uncaughtException', (error) => lost(`Docket met a fault of its own (${log.error('host-crashed', error)}).`));

  function connect(port: MessagePortMain): void {
    if (backend === null) port.close();
    else backend.connect(port);
  }

  function show(): void {
    if (window === null) {
      window = openWindow({ preload: files.preload, icon: files.icon, onLost: () => lost('The window cannot be shown.') });
      window.on('closed', () => {
        window = null;
      });
    } else raise(window);
  }

  function ask(kind: 'run' | 'open', what: string): void {
    show();
    if (window !== null) askPage(window, { kind, what });
  }

  function drawMenu({ keyPreset, keys }: Settings): void {
    setMenu((id) => ask('run', id), keyPreset === 'docket' && Object.keys(keys).length === 0);
  }

  async function start(): Promise<void> {
    backend = await startBackendProcess({
      entry: files.backend, data: backendData, serveHost: (port) => serveHost(services, port), onCrash: (code) => void restart(code),
    });
  }

  async function restart(code: number): Promise<void> {
    const traceId = log.error('backend-crashed', new Error('the backend ended'), { code });
    backend = null;
    try {
      if (!mayRestart()) throw new Error('too many crashes');
      await start();
      log.warn('backend-restarted', { traceId });
      if (window !== null) handPort(window, connect);
    } catch {
      lost(`The part of Docket that keeps the data stopped and could not be started again (${traceId}).`);
    }
  }

  async function stop(): Promise<void> {
    closeTray();
    await backend?.stop();
    await writer.release();
  }

  drawMenu(services.settings.get());
  answerPortRequests(() => window, connect, log);
  try {
    await start();
  } catch (error) {
    await writer.release();
    throw error;
  }
  show();
  openTray(files.icon, show, () => app.quit());
  // Work goes on without updates.
  startUpdates(log, services.notify).catch((error: unknown) => log.error('updates-failed', error));
  return { show, open: (path) => ask('open', path), stop };
}

import { app, BrowserWindow, nativeTheme } from 'electron';
import { APP_PAGE } from './scheme.ts';

export type WindowInput = {
  readonly preload: string;
  readonly icon: string;
  /** The page's process died too often to be shown again. */
  readonly onLost: () => void;
};

const MOST_RELOADS = 3;

/** Makes the one window. Every security setting is written out, even where it is Electron's default. */
export function openWindow({ preload, icon, onLost }: WindowInput): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Docket',
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    icon,
    // Painted before the page is; the same as its own background, so that nothing flashes.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#fcfcfd',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Chromium would fetch dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  let reloads = 0;
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    reloads += 1;
    if (reloads > MOST_RELOADS) onLost();
    else window.webContents.reload();
  });
  // A link that is opened at once replaces this load.
  window.loadURL(APP_PAGE).catch(() => undefined);
  return window;
}

/** Brings a window in front of the others. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

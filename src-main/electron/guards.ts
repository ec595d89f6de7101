import { app, session } from 'electron';
import type { WebContents } from 'electron';
import type { Log } from '../services/context.ts';
import { askThenOpen } from './links.ts';
import { APP_ORIGIN } from './scheme.ts';

/** What the page's process may load at all: itself, its media, and the developer tools of an unpackaged app. */
const LOADABLE = new Set(['docket:', 'docket-media:', 'devtools:']);

function isOurs(url: string): boolean {
  return URL.canParse(url) && `${new URL(url).protocol}//${new URL(url).host}` === APP_ORIGIN;
}

function guardContents(contents: WebContents, log: Log): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void askThenOpen(url, log);
    return { action: 'deny' };
  });
}

/**
 * Refuses everything a page may ask of the shell (Electron's security checklist, items 5, 12, 13, 14): permissions,
 * devices, downloads, requests to the network, navigation, new windows, webviews. To be called once the app is ready.
 */
export function guardSession(log: Log): void {
  const desk = session.defaultSession;
  desk.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  desk.setPermissionCheckHandler(() => false);
  desk.setDevicePermissionHandler(() => false);
  desk.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  desk.on('will-download', (event) => event.preventDefault());
  desk.webRequest.onBeforeRequest(({ url }, callback) => {
    const allowed = URL.canParse(url) && LOADABLE.has(new URL(url).protocol);
    if (!allowed) log.warn('page-request-refused');
    callback({ cancel: !allowed });
  });
}

/** Guards every page of the app, whoever makes it. To be called before the first window. */
export function guardPages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

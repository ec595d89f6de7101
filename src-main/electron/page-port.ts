import { ipcMain, MessageChannelMain } from 'electron';
import type { BrowserWindow, IpcMainEvent, MessagePortMain } from 'electron';
import type { Log } from '../services/context.ts';
import { APP_PAGE } from './scheme.ts';

const CHANNEL = 'docket-port';

/** Whether a message comes from our page in our window's main frame, and from nowhere else. */
function isFrom(window: BrowserWindow, { sender, senderFrame }: IpcMainEvent): boolean {
  if (sender !== window.webContents || senderFrame === null || senderFrame !== window.webContents.mainFrame) return false;
  return senderFrame.url.split('#', 1)[0] === APP_PAGE;
}

/** Hands the page a port whose other end goes to the backend. */
export function handPort(window: BrowserWindow, connect: (port: MessagePortMain) => void): void {
  const { port1, port2 } = new MessageChannelMain();
  connect(port1);
  window.webContents.postMessage(CHANNEL, null, [port2]);
}

/** Answers the only message a page may send: that it is ready for its port. Anyone else gets nothing. */
export function answerPortRequests(windowNow: () => BrowserWindow | null, connect: (port: MessagePortMain) => void, log: Log): void {
  ipcMain.on(CHANNEL, (event) => {
    const window = windowNow();
    if (window !== null && isFrom(window, event)) handPort(window, connect);
    else log.warn('port-request-refused');
  });
}

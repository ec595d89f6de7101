import { ipcRenderer } from 'electron';

/** What of the page's window is used here; this project's Node side knows no DOM. */
declare const window: {
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
  addEventListener(type: 'DOMContentLoaded', listener: () => void): void;
};

/**
 * Forwards one MessagePort from the shell to the page ('/': to this page's own origin alone), and nothing else: once
 * when the page can hear it, and again when the shell had to start the backend anew.
 */
ipcRenderer.on('docket-port', ({ ports }) => window.postMessage('docket-port', '/', ports));
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('docket-port'));

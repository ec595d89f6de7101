import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { record } from './record.ts';

export type Frame = { url: string };
type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

export class WebContents extends EventEmitter {
  mainFrame: Frame = { url: '' };
  openHandler: OpenHandler | null = null;
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  postMessage(channel: string, message: unknown, transfer: readonly unknown[]): void {
    record('webContents.postMessage', channel, message, transfer);
  }
  reload(): void {
    record('webContents.reload');
  }
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static getFocusedWindow(): BrowserWindow | null {
    return null;
  }
  readonly webContents = new WebContents();
  readonly options: unknown;
  constructor(options: unknown) {
    super();
    this.options = options;
    record('BrowserWindow', options);
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    record('loadURL', url);
    this.webContents.mainFrame.url = url;
  }
  show(): void {
    record('show');
  }
  focus(): void {
    record('focus');
  }
  isMinimized(): boolean {
    return true;
  }
  restore(): void {
    record('restore');
  }
}

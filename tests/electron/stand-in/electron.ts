import { EventEmitter } from 'node:events';
import { app, scene } from './app.ts';
import { record } from './record.ts';
import { BrowserWindow } from './window.ts';
import { MessageChannelMain, utilityProcess } from './ports.ts';

export { app, BrowserWindow, MessageChannelMain, utilityProcess };

export const ipcMain = new EventEmitter();

export const nativeTheme = { shouldUseDarkColors: false };

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown): void {
    record('protocol.registerSchemesAsPrivileged', schemes);
  },
};

/** Handlers are recorded under their own names; the driver calls them. */
class Session extends EventEmitter {
  readonly protocol = { handle: (scheme: string, handler: unknown) => record('protocol.handle', scheme, handler) };
  readonly webRequest = { onBeforeRequest: (handler: unknown) => record('onBeforeRequest', handler) };
  setPermissionRequestHandler(handler: unknown): void {
    record('setPermissionRequestHandler', handler);
  }
  setPermissionCheckHandler(handler: unknown): void {
    record('setPermissionCheckHandler', handler);
  }
  setDevicePermissionHandler(handler: unknown): void {
    record('setDevicePermissionHandler', handler);
  }
  setDisplayMediaRequestHandler(handler: unknown): void {
    record('setDisplayMediaRequestHandler', handler);
  }
}

export const session = { defaultSession: new Session() };

export const Menu = {
  setApplicationMenu(menu: unknown): void {
    record('Menu.setApplicationMenu', menu);
  },
  buildFromTemplate: (template: unknown): unknown => template,
};

export class Tray extends EventEmitter {
  constructor(icon: string) {
    super();
    record('Tray', icon);
  }
  setToolTip(): void {
    record('Tray.setToolTip');
  }
  setContextMenu(menu: unknown): void {
    record('Tray.setContextMenu', menu);
  }
  destroy(): void {
    record('Tray.destroy');
  }
}

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  constructor(options: unknown) {
    super();
    record('Notification', options);
  }
  show(): void {
    record('Notification.show');
  }
}

export const dialog = {
  async showMessageBox(options: unknown): Promise<{ readonly response: number }> {
    record('dialog.showMessageBox', options);
    return { response: scene.dialogAnswer };
  },
  showErrorBox(title: string, content: string): void {
    record('dialog.showErrorBox', title, content);
  },
};

export const shell = {
  async openExternal(url: string): Promise<void> {
    record('shell.openExternal', url);
  },
};

/** Turns text round, which is enough to see that what is on the disk went through it. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => true,
  getSelectedStorageBackend: (): string => scene.storageBackend,
  encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from([...text].toReversed().join('')),
  decryptStringAsync: async (bytes: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }> => {
    return { result: [...bytes.toString()].toReversed().join(''), shouldReEncrypt: false };
  },
};

const everything: Readonly<Record<string, unknown>> = { app, BrowserWindow, MessageChannelMain, utilityProcess, ipcMain, nativeTheme, protocol, session, Menu, Tray, Notification, dialog, shell, safeStorage };
// electron-store takes it as a default.
export { everything as default };

import { EventEmitter } from 'node:events';
import { record } from './record.ts';

/** Set by the driver before the shell is loaded. */
export const scene = { isPackaged: false, gotLock: true, storageBackend: 'gnome_libsecret', dialogAnswer: 1 };

const ready = Promise.withResolvers<void>();
const paths = new Map<string, string>();

class App extends EventEmitter {
  get isPackaged(): boolean {
    return scene.isPackaged;
  }
  enableSandbox(): void {
    record('app.enableSandbox');
  }
  setPath(name: string, value: string): void {
    record('app.setPath', name, value);
    paths.set(name, value);
  }
  getPath(name: string): string {
    return paths.get(name) ?? '';
  }
  getVersion(): string {
    return '1.2.3';
  }
  requestSingleInstanceLock(): boolean {
    record('app.requestSingleInstanceLock');
    return scene.gotLock;
  }
  setAsDefaultProtocolClient(scheme: string): void {
    record('app.setAsDefaultProtocolClient', scheme);
  }
  whenReady(): Promise<void> {
    return ready.promise;
  }
  quit(): void {
    record('app.quit');
    this.emit('will-quit', { preventDefault: () => record('will-quit.preventDefault') });
  }
  exit(code: number): void {
    record('app.exit', code);
    this.emit('stand-in-exit', code);
  }
}

export const app = new App();

// As in Electron, the entry's own code has run by then.
setTimeout(() => {
  record('ready');
  ready.resolve();
}, 50);

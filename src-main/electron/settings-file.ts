import Store from 'electron-store';
import type { KeyValueFile } from '../host/settings-file.ts';

/** The settings through `electron-store`: the same file that `conf` writes in the loopback host. */
export function openElectronStore(dataDir: string): KeyValueFile {
  return new Store<Record<string, unknown>>({
    cwd: dataDir,
    name: 'settings',
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
}

import Conf from 'conf';
import type { KeyValueFile } from '../settings-file.ts';

/** The settings file through `conf`, as `electron-store` (a `conf` itself) writes it in the shell. */
export function openConf(dataDir: string): KeyValueFile {
  return new Conf<Record<string, unknown>>({
    cwd: dataDir,
    configName: 'settings',
    projectName: 'docket',
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
}

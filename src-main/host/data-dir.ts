import { accessSync, constants, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../domain/failure.ts';

/** Where the operating system wants an application's data, for this user. */
export function systemDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Docket');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Docket');
  // XDG Base Directory Specification: a relative XDG_DATA_HOME is to be ignored.
  const data = env['XDG_DATA_HOME'];
  return path.join(data !== undefined && path.isAbsolute(data) ? data : path.join(home, '.local', 'share'), 'docket');
}

/** The absolute data directory: the one asked for, else the system's. */
export function chooseDataDir(asked: string | undefined): string {
  return path.resolve(asked ?? systemDataDir(process.platform, process.env, os.homedir()));
}

/** Makes the directory, readable by its owner only, and checks that it can be written. Throws STORAGE_READ_ONLY. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new Failure('STORAGE_READ_ONLY', `The data directory ${dataDir} cannot be written. Check its permissions, or choose another with --data-dir.`, { cause: error });
  }
}

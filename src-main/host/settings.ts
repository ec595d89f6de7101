import { rmSync } from 'node:fs';
import { settingsChanges } from '../contract/setup.ts';
import type { Settings, SettingsChanges } from '../contract/setup.ts';
import { Failure } from '../domain/failure.ts';
import { checkSettings, repairSettingsFile, settingsPath } from './settings-file.ts';
import type { KeyValueFile } from './settings-file.ts';

export type SettingsStore = {
  readonly get: () => Settings;
  /** Throws INVALID_INPUT, STORAGE_FULL or STORAGE_READ_ONLY; the former settings then stand. */
  readonly change: (changes: SettingsChanges) => Settings;
  /** What the person should read: a file that was put aside. */
  readonly notices: readonly string[];
};

/** Opens the settings through the host's own file library, after putting a broken file aside. */
export function openSettings(dataDir: string, now: () => number, openFile: () => KeyValueFile): SettingsStore {
  const repaired = repairSettingsFile(dataDir, now());
  if (repaired !== null) rmSync(settingsPath(dataDir), { force: true });
  const file = openFile();
  if (repaired !== null && Object.keys(repaired.keep).length > 0) file.set(repaired.keep);

  return {
    get: () => checkSettings(file.store).settings,
    change(changes) {
      const checked = settingsChanges.safeParse(changes);
      if (!checked.success) {
        const fields = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), problem: message }));
        throw new Failure('INVALID_INPUT', 'That setting is not possible. Nothing was changed.', { fields });
      }
      try {
        file.set(Object.fromEntries(Object.entries(checked.data).filter(([, value]) => value !== undefined)));
      } catch (error) {
        throw writeFailure(error);
      }
      return checkSettings(file.store).settings;
    },
    notices: repaired === null ? [] : [repaired.notice],
  };
}

function writeFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOSPC'
    ? new Failure('STORAGE_FULL', 'The disk is full, so the setting was not saved. Free some space and try again.', { cause: error })
    : new Failure('STORAGE_READ_ONLY', 'The settings file cannot be written. Check the permissions of the data directory, then try again.', { cause: error });
}

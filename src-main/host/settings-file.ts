import { existsSync, readFileSync, renameSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { settings as settingsSchema } from '../contract/setup.ts';
import type { Settings } from '../contract/setup.ts';
import { asideName } from './put-aside.ts';

/** The part of `conf` and `electron-store` that is used: one JSON file, written atomically. */
export type KeyValueFile = {
  readonly store: Record<string, unknown>;
  set(values: Record<string, unknown>): void;
};

/** Where the settings are; the same for both hosts. */
export function settingsPath(dataDir: string): string {
  return path.join(dataDir, 'settings.json');
}

type Checked = { readonly values: Record<string, unknown>; readonly settings: Settings; readonly wrong: readonly string[] };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keeps every setting that is valid, leaves the default for the others and names those; unknown ones stay for a newer version. */
export function checkSettings(stored: Record<string, unknown>): Checked {
  const fields: Readonly<Record<string, z.ZodType>> = settingsSchema.shape;
  const wrong = Object.keys(stored).filter((name) => fields[name]?.safeParse(stored[name]).success === false);
  const values = Object.fromEntries(Object.entries(stored).filter(([name]) => !wrong.includes(name)));
  return { values, settings: settingsSchema.parse(values), wrong };
}

/**
 * Makes sure that the file can be opened: one that cannot be read as settings is put aside whole, one with wrong
 * settings is copied aside. Returns what was kept of it and a sentence for the person, or null where nothing was wrong.
 */
export function repairSettingsFile(dataDir: string, now: number): { readonly keep: Record<string, unknown>; readonly notice: string } | null {
  const file = settingsPath(dataDir);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    stored = null;
  }
  const aside = asideName(file, now);
  if (!isRecord(stored)) {
    renameSync(file, aside);
    return { keep: {}, notice: `The settings file could not be read. It was kept as ${path.basename(aside)} in the data directory, and Docket started with its defaults.` };
  }
  const { values, wrong } = checkSettings(stored);
  if (wrong.length === 0) return null;
  copyFileSync(file, aside);
  return {
    keep: values,
    notice: `The settings file holds values that are not possible for ${wrong.join(', ')}. The defaults are used for these; the file as it was is kept as ${path.basename(aside)} in the data directory.`,
  };
}

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { settings as schema } from '../../src-main/contract/setup.ts';
import { openConf } from '../../src-main/host/loopback/settings-file.ts';
import { openSettings } from '../../src-main/host/settings.ts';
import type { SettingsStore } from '../../src-main/host/settings.ts';
import { temporaryDataDir } from '../support/temporary.ts';

const NOW = Date.parse('2026-03-01T10:15:00Z');
const DEFAULTS = schema.parse({});

function open(dataDir: string): SettingsStore {
  return openSettings(dataDir, () => NOW, () => openConf(dataDir));
}

test('settings are the defaults until one is changed, and only that one is written', () => {
  const dataDir = temporaryDataDir();
  const store = open(dataDir);
  expect(store.get()).toEqual(DEFAULTS);
  expect(store.change({ theme: 'dark' })).toEqual({ ...DEFAULTS, theme: 'dark' });
  expect(JSON.parse(readFileSync(path.join(dataDir, 'settings.json'), 'utf8'))).toEqual({ theme: 'dark' });
  expect(statSync(path.join(dataDir, 'settings.json')).mode & 0o077).toBe(0);
  expect(open(dataDir).get()).toEqual({ ...DEFAULTS, theme: 'dark' });
});

test('a change leaves every other setting as it was', () => {
  const store = open(temporaryDataDir());
  store.change({ undoSeconds: 30, actor: 'Rosa' });
  expect(store.change({ theme: 'light' })).toEqual({ ...DEFAULTS, undoSeconds: 30, actor: 'Rosa', theme: 'light' });
});

test('an impossible change is refused with its field and changes nothing', () => {
  const store = open(temporaryDataDir());
  expect(() => store.change({ undoSeconds: 9_000, theme: 'dark' })).toThrowError(expect.objectContaining({
    code: 'INVALID_INPUT', fields: [expect.objectContaining({ path: 'undoSeconds' })],
  }));
  expect(store.get()).toEqual(DEFAULTS);
});

test('a file that is no JSON is put aside whole and said', () => {
  const dataDir = temporaryDataDir();
  writeFileSync(path.join(dataDir, 'settings.json'), '{"theme": "dark"');
  const store = open(dataDir);
  expect(store.get()).toEqual(DEFAULTS);
  expect(store.notices).toEqual([expect.stringContaining('settings.json.broken-20260301T101500')]);
  expect(readFileSync(path.join(dataDir, 'settings.json.broken-20260301T101500'), 'utf8')).toBe('{"theme": "dark"');
  store.change({ theme: 'light' });
  expect(open(dataDir)).toMatchObject({ notices: [] });
});

test('a file that is partly wrong keeps what is right, is copied aside, and the wrong settings are named', () => {
  const dataDir = temporaryDataDir();
  const text = '{"theme":"dark","undoSeconds":-5,"keyPreset":"emacs","later":{"a":1}}';
  writeFileSync(path.join(dataDir, 'settings.json'), text);
  const store = open(dataDir);
  expect(store.get()).toEqual({ ...DEFAULTS, theme: 'dark' });
  expect(store.notices).toEqual([expect.stringMatching(/undoSeconds, keyPreset.*settings\.json\.broken-/)]);
  expect(readFileSync(path.join(dataDir, 'settings.json.broken-20260301T101500'), 'utf8')).toBe(text);
});

test('a setting of a newer version is kept', () => {
  const dataDir = temporaryDataDir();
  writeFileSync(path.join(dataDir, 'settings.json'), '{"later":{"a":1}}');
  open(dataDir).change({ theme: 'dark' });
  expect(JSON.parse(readFileSync(path.join(dataDir, 'settings.json'), 'utf8'))).toEqual({ later: { a: 1 }, theme: 'dark' });
  expect(readdirSync(dataDir)).toEqual(['settings.json']);
});

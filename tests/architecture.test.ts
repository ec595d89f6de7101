import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const sources = globSync('{src-main,src-renderer}/**/*.{ts,tsx}', { cwd: root }).toSorted();

/** A module's imports: where from, and whether only types come. */
type Import = { readonly file: string; readonly target: string; readonly typeOnly: boolean };

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm)) {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const target = specifier.startsWith('.') ? path.relative(root, path.resolve(root, path.dirname(file), specifier)) : specifier;
    found.push({ file, target, typeOnly: match[1] !== undefined });
  }
  return found;
}

const imports = sources.flatMap(importsOf);

/** The room a path belongs to: the first folder under src-main, or the file itself; `src-renderer`. */
function room(file: string): string {
  const [top, second] = file.split('/');
  if (top === 'src-renderer') return 'src-renderer';
  return top === 'src-main' ? second ?? '' : file;
}

/** What each room of src-main may import beside itself and packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  domain: ['contract'],
  store: ['contract', 'domain', 'connectors/connector.ts'],
  connectors: ['contract', 'domain'],
  services: ['contract', 'domain', 'store', 'connectors/connector.ts', 'connectors/fields.ts', 'connectors/registry.ts', 'connectors/http', 'connectors/mapped'],
  host: ['contract', 'domain', 'services/context.ts'],
  electron: ['contract', 'host', 'services/context.ts'],
  'backend.ts': ['contract', 'services', 'host'],
  'serve.ts': ['contract', 'host', 'services/context.ts', 'services/provision.ts'],
  'launch.ts': ['host'],
  'verify.ts': ['contract', 'domain', 'store', 'services', 'host'],
  'main.ts': ['electron', 'host', 'contract', 'services/provision.ts'],
  'preload.ts': [],
};

describe('imports point one way', () => {
  test('rooms of src-main see only what the design lets them see', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (!file.startsWith('src-main/') || !target.startsWith('src-')) return false;
      if (target.startsWith('src-renderer')) return true;
      if (room(file) === room(target)) return false;
      const inside = target.slice('src-main/'.length);
      return !(MAY_IMPORT[room(file)] ?? []).some((allowed) => inside === allowed || inside.startsWith(`${allowed}/`));
    });
    expect(wrong).toEqual([]);
  });

  test('a platform\'s folder is seen by the registry alone; http/ and mapped/ are no platform\'s', () => {
    const platformFolder = /^src-main\/connectors\/(?!http\/|mapped\/)([^/]+)\//;
    const wrong = imports.filter(({ file, target }) => {
      const folder = platformFolder.exec(target)?.[1];
      return folder !== undefined && platformFolder.exec(file)?.[1] !== folder && file !== 'src-main/connectors/registry.ts';
    });
    expect(wrong).toEqual([]);
  });

  test('the desk takes types and plain data from the contract, and no schema library or Node module', () => {
    const plain = ['words.ts', 'errors.ts', 'commands.ts', 'mapped-fields.ts'].map((name) => `src-main/contract/${name}`);
    const wrong = imports.filter(({ file, target, typeOnly }) => file.startsWith('src-renderer/') && (
      target === 'zod' || target.startsWith('node:') || target === 'electron'
      || (target.startsWith('src-main/') && !(typeOnly ? target.startsWith('src-main/contract/') : plain.includes(target)))
    ));
    expect(wrong).toEqual([]);
  });

  test('electron is seen by its own room, main.ts and preload.ts; better-sqlite3 by the store', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) => !typeOnly && (
      (/^electron(-store|-updater)?(\/|$)/.test(target) && !['electron', 'main.ts', 'preload.ts'].includes(room(file)))
      || (target === 'better-sqlite3' && room(file) !== 'store')
    ));
    expect(wrong).toEqual([]);
  });
});

describe('files stay small enough to hold in the head', () => {
  const lengths = sources.map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }));

  test('none is over 500 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
  });

  test('the median is under 100 lines and the 95th percentile under 350', () => {
    const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
    expect({ median: at(0.5) < 100, p95: at(0.95) < 350 }).toEqual({ median: true, p95: true });
  });
});

describe('how the code reads', () => {
  test('no any, no non-null assertion, no default export, no unfinished business in the sources', () => {
    const banned = /\bas any\b|:\s*any(?:\[\])?\s*[;,)=|&]|<any>|@ts-(?:ignore|expect-error|nocheck)|oxlint-disable|eslint-disable|\bTODO\b|\bFIXME\b|export default/;
    const wrong = sources.flatMap((file) => readFileSync(path.join(root, file), 'utf8').split('\n')
      .map((line, index) => `${file}:${index + 1}: ${line.trim()}`)
      .filter((line) => banned.test(line)));
    expect(wrong).toEqual([]);
  });

  test('platforms differ by data, never by name, outside their folders', () => {
    const wrong = sources
      .filter((file) => !/^src-main\/connectors\/[^/]+\//.test(file))
      .flatMap((file) => readFileSync(path.join(root, file), 'utf8').split('\n')
        .map((line, index) => `${file}:${index + 1}: ${line.trim()}`)
        .filter((line) => /platform\s*(===|!==)\s*['"](?!darwin|win32|linux)/.test(line)));
    expect(wrong).toEqual([]);
  });
});

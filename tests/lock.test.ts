import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lock = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional(), gypfile: z.boolean().optional() })),
}).parse(JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package-lock.json'), 'utf8')));

test('npm ci compiles nothing, with an older npm neither; if this fails, run "npm run lock"', () => {
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

test('every optional package is locked, or npm ci refuses; if this fails, choose a version that the registry has for all systems', () => {
  const missing = Object.entries(lock.packages).flatMap(([owner, { optionalDependencies = {} }]) => (
    Object.keys(optionalDependencies).filter((name) => lock.packages[`node_modules/${name}`] === undefined && lock.packages[`${owner}/node_modules/${name}`] === undefined)
  ));
  expect(missing).toEqual([]);
});

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Docket itself takes about half of it; 100,000 rows that were kept would take twice as much again. */
const HEAP_MB = 64;

test('100,000 rows are imported in a heap that has no room for them', async () => {
  const script = path.resolve(import.meta.dirname, '../support/import-in-little-memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${HEAP_MB}`, script, '100000']);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 100_000, pulled: 100_000, total: 100_000, problems: 0, checked: 2000, whole: false });
}, 300_000);

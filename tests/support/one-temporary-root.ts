import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

let root = '';

/** Gives all tests of a run one place for their temporary files, whoever makes them. */
export function setup(): void {
  root = mkdtempSync(path.join(os.tmpdir(), 'docket-tests-'));
  process.env['TMPDIR'] = root;
}

/** Leaves nothing behind. */
export function teardown(): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A directory that nothing else uses. */
export function temporaryDataDir(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'docket-test-'));
}

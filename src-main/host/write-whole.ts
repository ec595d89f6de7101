import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Replaces a file by `text` in one step, readable by its owner only: after a crash it is the old one or the new one. */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.new-${process.pid}`;
  try {
    const fd = openSync(fresh, 'w', 0o600);
    try {
      writeSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Log, LogFacts } from '../services/context.ts';
import { errorFacts } from './log-error.ts';
import { traceId } from './trace-id.ts';

const FILE_BYTES = 1_000_000;
const FILES_KEPT = 5;
const LONGEST_FACT = 2_000;

export type LogInput = {
  readonly dataDir: string;
  /** Which process speaks: the file is `logs/<name>.log`, rotated to `.1` … `.5`. */
  readonly name: string;
  readonly now: () => number;
  readonly random: () => number;
  /** Gets every line too, such as stderr; null for none. */
  readonly echo: ((line: string) => void) | null;
};

function openFile(file: string): number | null {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, 'a', 0o600);
  } catch {
    // A disk that cannot be written must not keep a person from reading; the echo still speaks.
    return null;
  }
}

function rotate(file: string): void {
  for (let n = FILES_KEPT; n >= 1; n -= 1) {
    try {
      renameSync(n === 1 ? file : `${file}.${n - 1}`, `${file}.${n}`);
    } catch {
      // That many files do not exist yet.
    }
  }
}

/** A log of JSON lines that rotates by size. Written at once, so that the last line before a crash is there. */
export function makeLog({ dataDir, name, now, random, echo }: LogInput): Log {
  const file = path.join(dataDir, 'logs', `${name}.log`);
  let fd = openFile(file);
  let bytes = fd === null ? 0 : fstatSync(fd).size;

  function write(level: 'info' | 'warn' | 'error', event: string, facts: LogFacts): void {
    const short = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, LONGEST_FACT) : value]));
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, process: name, event, ...short })}\n`;
    echo?.(line);
    if (fd === null) return;
    try {
      if (bytes > FILE_BYTES) {
        closeSync(fd);
        rotate(file);
        fd = openFile(file);
        bytes = 0;
        if (fd === null) return;
      }
      bytes += writeSync(fd, line);
    } catch {
      // A full disk is reported where it costs work; losing a log line must not end the process.
    }
  }

  return {
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error(event, error, facts = {}) {
      const id = traceId(random);
      write('error', event, { ...facts, traceId: id, ...errorFacts(error) });
      return id;
    },
  };
}

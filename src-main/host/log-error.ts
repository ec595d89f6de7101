import type { LogFacts } from '../services/context.ts';

/** Classes whose messages are the engine's or SQLite's own words. Anyone else's may quote content, so it stays out. */
const SPEAKS_FOR_ITSELF = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SqliteError', 'AssertionError']);
const LONGEST_MESSAGE = 300;

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Stack frames without the message line in front of them, which may span several lines and quote content. */
function framesOf(stack: string): string {
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim()).join('\n');
}

/**
 * What a log may hold of an error: its class, code, frames and causes. The message only where it is known to
 * hold no content, names or secrets; quoted parts are dropped even then.
 */
export function errorFacts(error: unknown, depth = 0): LogFacts {
  if (!(error instanceof Error)) return { name: error === null ? 'null' : typeof error };
  const code = 'code' in error ? textOf(error.code) : null;
  const kind = 'kind' in error ? textOf(error.kind) : null;
  const syscall = 'syscall' in error ? textOf(error.syscall) : null;
  const message = SPEAKS_FOR_ITSELF.has(error.name)
    ? error.message.replaceAll(/"[^"]*"|'[^']{24,}'|`[^`]*`/g, '…').slice(0, LONGEST_MESSAGE)
    : null;
  const facts: LogFacts = {
    name: error.name,
    ...(code === null ? {} : { code }),
    ...(kind === null ? {} : { kind }),
    ...(syscall === null ? {} : { syscall }),
    ...(message === null ? {} : { message }),
    stack: framesOf(error.stack ?? ''),
  };
  if (error.cause === undefined || depth >= 3) return facts;
  const cause = errorFacts(error.cause, depth + 1);
  return { ...facts, ...Object.fromEntries(Object.entries(cause).map(([key, value]) => [`cause.${key}`, value])) };
}

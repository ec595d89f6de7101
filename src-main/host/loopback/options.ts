import { parseArgs } from 'node:util';
import { Failure } from '../../domain/failure.ts';

export type ServeOptions = {
  readonly dataDir: string | undefined;
  /** 0 for a free one. */
  readonly port: number;
  /** Whether to open a window. */
  readonly open: boolean;
  /** Reports in a sample community made for this run; null for none. */
  readonly sample: number | null;
  /** A file of connections that an administrator provides. */
  readonly connections: string | null;
  readonly useKeyring: boolean;
  /** Words for a person instead of lines for a program. */
  readonly plain: boolean;
};

const USAGE = `Options:
  --data-dir DIR        where everything is kept; else the system's place for application data
  --port N              the port on 127.0.0.1; 0, the default, takes a free one
  --no-open             open no window
  --sample N            add a sample community of N reports, up to 1000000
  --connections FILE    connections that an administrator provides, as JSON
  --plain               say in words what goes on, and keep the log to its file
  --secrets passphrase  keep secrets in a file under a passphrase even where the system has a keyring
`;

const MOST_REPORTS = 1_000_000;

function wholeNumber(name: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new Failure('INVALID_INPUT', `--${name} takes a whole number from 0 to ${most}, not "${text}".`);
}

/** Reads the command line. Throws INVALID_INPUT with a sentence. */
export function serveOptions(args: readonly string[]): ServeOptions {
  const { values } = parse(args);
  const secrets = values.secrets ?? 'keyring';
  if (secrets !== 'keyring' && secrets !== 'passphrase') throw new Failure('INVALID_INPUT', `--secrets takes keyring or passphrase, not "${secrets}".`);
  return {
    dataDir: values['data-dir'],
    port: wholeNumber('port', values.port, 65_535) ?? 0,
    open: values['no-open'] !== true,
    sample: wholeNumber('sample', values.sample, MOST_REPORTS),
    connections: values.connections ?? null,
    useKeyring: secrets === 'keyring',
    plain: values.plain === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        sample: { type: 'string' },
        connections: { type: 'string' },
        secrets: { type: 'string' },
        plain: { type: 'boolean' },
      },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('INVALID_INPUT', `${why}\n\n${USAGE}`, { cause: error });
  }
}

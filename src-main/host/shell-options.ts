import { parseArgs } from 'node:util';

export type ShellOptions = {
  readonly dataDir: string | undefined;
  readonly sample: number | null;
  /** A file of connections that an administrator provides. */
  readonly connections: string | null;
  readonly useKeyring: boolean;
};

const MOST_SAMPLES = 1_000_000;

/** Reads the command line leniently: Chromium's own switches and links of the system stand among ours. */
export function shellOptions(args: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, sample: { type: 'string' }, connections: { type: 'string' }, secrets: { type: 'string' } },
  });
  const { 'data-dir': dataDir, sample, connections, secrets } = values;
  return {
    dataDir: typeof dataDir === 'string' ? dataDir : undefined,
    sample: typeof sample === 'string' && /^\d{1,7}$/.test(sample) ? Math.min(Number(sample), MOST_SAMPLES) : null,
    connections: typeof connections === 'string' ? connections : null,
    useKeyring: secrets !== 'passphrase',
  };
}

/**
 * `pull-run.ts DIR SIDE [alone]`: pulls a whole scripted platform into a new database in DIR, once; unless `alone`, the
 * floor takes turns with it. A process of its own, run with --expose-gc, so that its memory can be told. Prints one line:
 * reports a second, the floor's, what is still held after a collection, and resident memory at its highest, MB.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Batch, Session } from '../../src-main/connectors/connector.ts';
import { registry } from '../../src-main/connectors/registry.ts';
import { settings as settingsSchema } from '../../src-main/contract/setup.ts';
import { batchPieces, storePiece } from '../../src-main/services/batches.ts';
import { recordEvent } from '../../src-main/services/record.ts';
import { openStore } from '../../src-main/store/open.ts';
import { keepAccount } from '../../src-main/store/sync-state.ts';
import { makeConnectorIo } from '../support/connector-io.ts';
import type { Side } from './far-sides.ts';
import { QUIET } from './ingest.ts';
import { memoryOf } from './served.ts';

const [dir = '', given = '', alone] = process.argv.slice(2);
const side = JSON.parse(given) as Side;
const found = registry.byId(side.platform);
if (found === null) throw new Error(`no connector for ${side.platform}`);
const known = found;
const { signal } = new AbortController();
const CONNECTION = 1;
/** Reports after which the other one takes its turn, so that both meet the same machine. */
const TURN = 5_000;

function session(): Session {
  const io = makeConnectorIo(known.fields);
  io.use(side.settings, side.secrets);
  return known.open(io, side.settings);
}

const store = openStore({ file: path.join(dir, 'docket.db'), log: QUIET, now: Date.now });
recordEvent({ store, now: Date.now, uuid: randomUUID, settings: () => settingsSchema.parse({}), device: 'bench' }, {
  id: randomUUID(), kind: 'connection.added', source: 'system', subjects: [], payload: { settings: side.settings },
  public: { connectionId: randomUUID(), platform: side.platform, title: side.kind, instance: known.instance(side.settings), provisioned: false },
});

/** The way sync does it: a batch and its cursor in one transaction, yielding between. */
async function keep(batch: Batch): Promise<void> {
  for (const piece of batchPieces(batch)) {
    storePiece(store, CONNECTION, piece, Date.now());
    await turn();
  }
}

type Run = { ms: number; reports: number; ended: boolean; readonly batches: AsyncIterator<Batch>; readonly take: (batch: Batch) => Promise<void> };

async function advance(run: Run, upTo: number): Promise<void> {
  const start = performance.now();
  while (run.reports < upTo && !run.ended) {
    const { done, value } = await run.batches.next();
    if (done === true) run.ended = true;
    else {
      await run.take(value);
      run.reports += value.reports.length;
    }
  }
  run.ms += performance.now() - start;
}

const stored = session();
store.write(() => keepAccount(store, CONNECTION, { name: '', instance: '', scopes: [], missing: [], capabilities: {}, pollMs: 1000 }));
const runs: readonly Run[] = [
  { ms: 0, reports: 0, ended: false, batches: stored.pull(null, signal)[Symbol.asyncIterator](), take: keep },
  ...(alone === undefined ? [{ ms: 0, reports: 0, ended: false, batches: session().pull(null, signal)[Symbol.asyncIterator](), take: async () => undefined }] : []),
];
const [real, floor] = runs;
for (let upTo = TURN; runs.some(({ ended }) => !ended); upTo += TURN) for (const run of runs) await advance(run, upTo);
globalThis.gc?.();
const { heapUsed, external } = process.memoryUsage();
store.close();
const rate = ({ reports, ms }: { readonly reports: number; readonly ms: number }): number => reports / ms * 1000;
process.stdout.write(`${JSON.stringify({
  reports: real?.reports, rate: real === undefined ? null : rate(real), floor: floor === undefined ? null : rate(floor),
  heldMb: (heapUsed + external) / 1_048_576, peakMb: memoryOf(process.pid).peak,
})}\n`);

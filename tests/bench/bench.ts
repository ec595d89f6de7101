import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureDecisions, measurePages, measureSearch } from './backend.ts';
import { measureDesk } from './desk.ts';
import { ingestSample } from './ingest.ts';
import { single, times } from './measure.ts';
import type { Result } from './measure.ts';
import { measurePull } from './pull.ts';
import { bareStartTimes, memoryOf, openServed, startTimes } from './served.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, size: { type: 'string', default: '100000' }, 'no-browser': { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } } });
const size = Number(values.size);
if (!Number.isInteger(size) || size < 1_000 || size > 1_000_000) {
  process.stderr.write('--size takes a whole number from 1,000 to 1,000,000.\n');
  process.exit(2);
}

/** A first pull of this many over HTTP, whatever the size of the sample. */
const PULL_REPORTS = 100_000;

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function measure(dir: string): Promise<Result[]> {
  const results: Result[] = [];
  function add(result: Result): void {
    results.push(result);
    tell(JSON.stringify(result));
  }
  const dataDir = mkdtempSync(path.join(dir, 'data-'));
  const floorDir = mkdtempSync(path.join(dir, 'floor-'));

  tell(`Sample of ${size} reports in ${dataDir}`);
  const ingest = await ingestSample(dataDir, floorDir, size, tell);
  rmSync(floorDir, { recursive: true });
  add(single('ingest', 'reports/s', ingest.rate, ingest.floor, `time inside sync's transactions; the longest took ${Math.round(ingest.worstMs)} ms; floor: the same rows, 5,000 reports a transaction`));

  await startTimes(dataDir, 1);
  add(times('start-to-ready', await startTimes(dataDir, 5), await bareStartTimes(dataDir, 5), 'process start to the ready line; floor: a Node process that opens the database'));

  const { served, client, close } = await openServed(dataDir);
  try {
    add(await measurePages(client, dataDir, 300));
    add(await measureSearch(client, dataDir, 200));
    add(await measureDecisions(client, dataDir, 200));
    const { now, peak } = memoryOf(served.process.pid ?? 0);
    add(single('backend-rss', 'MB', now, null, `the whole process, host and backend; at its highest ${Math.round(peak)} MB`));
  } finally {
    close();
    await served.stop();
  }
  for (const result of await measurePull(dir, PULL_REPORTS)) add(result);
  if (!values['no-browser']) for (const result of await measureDesk(dataDir, size, tell)) add(result);
  return results;
}

const dir = mkdtempSync(path.join(os.tmpdir(), 'docket-bench-'));
try {
  const results = await measure(dir);
  const machine = { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, memoryMb: Math.round(os.totalmem() / 1048576), system: `${os.type()} ${os.release()}`, node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ size, machine, results })}\n`);
  else {
    for (const result of results) {
      const said = 'value' in result ? `${result.value} ${result.unit}` : `p50 ${result.p50}, p95 ${result.p95} ${result.unit}`;
      const beside = 'value' in result ? result.floor : result.floor_p95;
      process.stdout.write(`${result.name.padEnd(20)} ${said.padEnd(32)} ${beside === null ? '' : `floor ${beside}`.padEnd(16)} ${result.ratio === null ? '' : `× ${result.ratio}`}\n`);
    }
  }
} finally {
  if (values.keep) tell(`Kept: ${dir}`);
  else rmSync(dir, { recursive: true, force: true });
}

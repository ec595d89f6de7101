import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDir } from '../support/backend.ts';
import type { WireFault } from '../support/wire-faults.ts';
import { startSynapse, TOKEN } from '../connectors/synapse/server.ts';
import type { ScriptedSynapse } from '../connectors/synapse/server.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../support/deliver-until-killed.ts');
const REDACT = 'PUT /_matrix/client/v3/rooms/:room/redact/:event/:txn';
const DELETE = 'DELETE /_synapse/admin/v1/event_reports/:id';

let far: ScriptedSynapse;
let temporary: ReturnType<typeof temporaryDir>;
let child: ChildProcess | null = null;
beforeEach(async () => {
  far = await startSynapse(() => Date.now() - 60_000);
  temporary = temporaryDir();
});
afterEach(async () => {
  await ended(child);
  await far.close();
  temporary[Symbol.dispose]();
});

function run(what: 'decide' | 'go on'): { readonly child: ChildProcess; readonly said: () => string } {
  const started = spawn(process.execPath, [PROGRAM, temporary.dir, far.server.origin, TOKEN, what], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child = started;
  return { child: started, said: () => out.trim().split('\n').at(-1) ?? '' };
}

async function ended(process: ChildProcess | null): Promise<void> {
  if (process === null || process.exitCode !== null || process.signalCode !== null) return;
  const gone = new Promise((resolve) => { process.once('exit', resolve); });
  process.kill('SIGKILL');
  await gone;
}

/** Kills the backend at a request; then answers, where there is an answer to be given. */
function killed(answer: string | null): WireFault {
  return {
    name: 'a power cut', means: ['survives'],
    send(response) {
      child?.kill('SIGKILL');
      if (answer === null) response.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    },
  };
}

test.each([
  ['before the deed was done', REDACT, false, null],
  ['when it was done and not answered', REDACT, true, null],
  ['when it was answered and nothing else was done', REDACT, true, '{"event_id":"$redaction"}'],
  ['before its report was closed', DELETE, false, null],
  ['when its report was closed and that was not answered', DELETE, true, null],
  ['when all was answered and nothing was written down', DELETE, true, '{}'],
] as const)('killed %s, a decision reaches its platform once', async (_name, route, afterwards, answer) => {
  const event = far.addEvent('@piet:matrix.example', 'buy now');
  far.reportEvent(event, '@mara:matrix.example');
  far.server.plan({ fault: killed(answer), route, times: 1, afterwards });
  const first = run('decide');
  await new Promise((resolve) => { first.child.once('exit', resolve); });
  expect(first.child.signalCode).toBe('SIGKILL');
  const second = run('go on');
  await expect.poll(second.said, { timeout: 30_000 }).toBe('["sent"]');
  // The redaction and the one report's end, each once.
  expect([far.deeds, far.events.get(event)?.redactedBy, far.eventReports.length]).toEqual([2, '@ines:matrix.example', 0]);
});

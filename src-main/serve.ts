import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chooseDataDir, prepareDataDir } from './host/data-dir.ts';
import { makeLog } from './host/log.ts';
import { openAppWindow } from './host/loopback/app-window.ts';
import { serveOptions } from './host/loopback/options.ts';
import type { ServeOptions } from './host/loopback/options.ts';
import { runLoopback } from './host/loopback/run.ts';
import type { Running } from './host/loopback/run.ts';
import { nodeProblem } from './host/node-version.ts';
import { becomeOneWriter } from './host/one-writer/one-writer.ts';
import type { OneWriter } from './host/one-writer/one-writer.ts';
import type { Question, ShowAnswer } from './host/one-writer/control.ts';
import { passphraseFromEnvironment } from './host/secrets/open-secrets.ts';
import { sentenceOf } from './host/sentence.ts';
import { connectionsFrom } from './services/provision.ts';

/** The loopback host: the backend and the desk on 127.0.0.1. Built it runs from `out/main`, else from the sources. */
const fromSource = import.meta.filename.endsWith('.ts');
const root = path.join(import.meta.dirname, fromSource ? '..' : '../..');
const backendEntry = pathToFileURL(path.join(import.meta.dirname, fromSource ? 'backend.ts' : 'backend.js'));

type Theirs = Extract<OneWriter, { kind: 'theirs' }>;

// Whoever started it may be gone: that nobody reads what is said any more is no fault.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints the ready line and nothing else on stdout. */
function sayReady(url: string): void {
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

/** A later start on the same directory: shows the running one; false where it was to be one of its own. */
function sayTheirs(dataDir: string, { pid, answer }: Theirs, open: boolean): boolean {
  const other = `Docket already runs on ${dataDir} (process ${pid})`;
  if (!open || answer === null) {
    say(`${other}. Two cannot write one data directory: use that one, stop it first, or choose another with --data-dir.`);
    return false;
  }
  const shown = answer.window || (answer.url !== null && openAppWindow(dataDir, answer.url) !== null);
  say(shown ? `${other}. Its window was brought up.` : `${other}. Open ${answer.url ?? 'its window'}`);
  return true;
}

async function serve(options: ServeOptions): Promise<number> {
  const now = Date.now;
  // Read before anything is opened: a wrong file stops the start.
  const provisioned = connectionsFrom(options.connections);
  const dataDir = chooseDataDir(options.dataDir);
  // Whatever is written below is this person's alone.
  process.umask(0o077);
  prepareDataDir(dataDir);
  const ended = Promise.withResolvers<number>();
  let running: Running | null = null;
  let stopping = false;
  function end(code: number): void {
    stopping = true;
    ended.resolve(code);
  }
  async function answer(question: Question): Promise<ShowAnswer> {
    if (running === null || stopping || question === 'who') return { window: false, url: null, stopping };
    const window = options.open && running.openWindow();
    return { window, url: window ? null : running.windowUrl(), stopping };
  }

  const writer = await becomeOneWriter({ dataDir, now, question: options.open ? 'show' : 'who', answer });
  if (writer.kind === 'theirs') return sayTheirs(dataDir, writer, options.open) ? 0 : 1;

  const log = makeLog({ dataDir, name: 'host', now, random: Math.random, echo: options.plain ? null : (line) => process.stderr.write(line) });
  // A bug here must not leave the database open behind a dead window.
  process.on('uncaughtException', (error) => {
    say(`Docket has to stop because of a fault of its own. The log has it under ${log.error('host-crashed', error)}.`);
    end(1);
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
  try {
    running = await runLoopback({
      root,
      rendererRoot: path.join(root, 'out/renderer'),
      backendEntry,
      dataDir,
      port: options.port,
      useKeyring: options.useKeyring,
      passphrase: passphraseFromEnvironment(process.env),
      backendData: { dataDir, sample: options.sample, provisioned },
      quiet: options.plain,
      log,
      now,
      onEnd(message) {
        say(message);
        end(1);
      },
    });
    if (!options.plain) sayReady(running.windowUrl());
    if (options.open) say(running.openWindow() ? 'Docket runs until Ctrl+C.' : `Docket runs until Ctrl+C. Open ${running.windowUrl()} in a browser on this machine.`);
    return await ended.promise;
  } finally {
    await running?.stop();
    await writer.release();
  }
}

async function main(): Promise<number> {
  const problem = nodeProblem();
  if (problem !== null) {
    say(problem);
    return 1;
  }
  try {
    return await serve(serveOptions(process.argv.slice(2)));
  } catch (error) {
    say(sentenceOf(error) ?? `Docket could not start: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
    return 1;
  }
}

// Timers and sockets of libraries must not keep a stopped host alive.
process.exit(await main());

import path from 'node:path';
import { app, dialog } from 'electron';
import { linkAmong } from './electron/deep-links.ts';
import { registerSchemes } from './electron/scheme.ts';
import { startShell } from './electron/shell.ts';
import type { Shell } from './electron/shell.ts';
import { chooseDataDir, prepareDataDir } from './host/data-dir.ts';
import { makeLog } from './host/log.ts';
import { becomeOneWriter } from './host/one-writer/one-writer.ts';
import { passphraseFromEnvironment } from './host/secrets/open-secrets.ts';
import { sentenceOf } from './host/sentence.ts';
import { shellOptions } from './host/shell-options.ts';
import { connectionsFrom } from './services/provision.ts';

/** Electron's entry: runs from `out/main`. What has to come before `ready` comes first, then one process per data directory. */
const built = path.join(import.meta.dirname, '..');
const args = process.argv.slice(app.isPackaged ? 1 : 2);
const options = shellOptions(args);
const dataDir = chooseDataDir(options.dataDir);
let shell: Shell | null = null;
let pendingLink = linkAmong(args);
let stopped = false;

function show(): void {
  shell?.show();
}

function open(link: string | null): void {
  if (shell === null) pendingLink = link ?? pendingLink;
  else if (link === null) shell.show();
  else shell.open(link);
}

async function start(): Promise<void> {
  // Read before anything is opened: a wrong file stops the start.
  const provisioned = connectionsFrom(options.connections);
  const log = makeLog({ dataDir, name: 'host', now: Date.now, random: Math.random, echo: null });
  const writer = await becomeOneWriter({
    dataDir,
    now: Date.now,
    question: 'show',
    answer: async (question) => {
      if (!stopped && question === 'show') show();
      return { window: shell !== null, url: null, stopping: stopped };
    },
  });
  if (writer.kind === 'theirs') {
    const sentence = `Docket already runs on ${dataDir} (process ${writer.pid}).`;
    if (writer.answer === null) dialog.showErrorBox('Docket', `${sentence} Use that one, or stop it first.`);
    else process.stderr.write(`${sentence}${writer.answer.url === null ? '' : ` Open ${writer.answer.url}`}\n`);
    return app.exit(writer.answer === null ? 1 : 0);
  }
  await app.whenReady();
  shell = await startShell({
    dataDir,
    files: {
      preload: path.join(built, 'preload/preload.cjs'),
      backend: path.join(built, 'main/backend.js'),
      renderer: path.join(built, 'renderer'),
      icon: path.join(built, '../resources/icon.png'),
    },
    backendData: { dataDir, sample: options.sample, provisioned },
    passphrase: passphraseFromEnvironment(process.env),
    useKeyring: options.useKeyring,
    writer,
    log,
    now: Date.now,
  });
  if (pendingLink !== null) shell.open(pendingLink);
}

/** The database is closed before the process ends, whoever asked for that. */
async function stopThenExit(running: Shell): Promise<void> {
  await running.stop();
  app.exit(0);
}

function cannotStart(error: unknown): void {
  dialog.showErrorBox('Docket could not start', sentenceOf(error) ?? String(error instanceof Error ? error.stack : error));
  app.exit(1);
}

/** Chromium's own files go along with the data directory, and the single-instance lock is one for each of them. */
function ownDataDir(): boolean {
  try {
    prepareDataDir(dataDir);
  } catch (error) {
    cannotStart(error);
    return false;
  }
  app.setPath('userData', path.join(dataDir, 'shell'));
  app.setPath('sessionData', path.join(dataDir, 'shell'));
  return app.requestSingleInstanceLock();
}

// Whatever is written from here on is this person's alone.
process.umask(0o077);
app.enableSandbox();
registerSchemes();

if (ownDataDir()) {
  if (app.isPackaged) app.setAsDefaultProtocolClient('docket');
  app.on('second-instance', (_event, theirArgs) => open(linkAmong(theirArgs)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(linkAmong([url]));
  });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (shell === null || stopped) return;
    event.preventDefault();
    stopped = true;
    void stopThenExit(shell);
  });
  start().catch(cannotStart);
} else {
  app.exit(0);
}

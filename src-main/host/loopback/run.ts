import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Capabilities } from '../../contract/setup.ts';
import type { Log } from '../../services/context.ts';
import { makeRestarts } from '../restarts.ts';
import { serveHost } from '../router.ts';
import type { HostServices } from '../router.ts';
import { openSecrets } from '../secrets/open-secrets.ts';
import { openSettings } from '../settings.ts';
import { makeAppWindows } from './app-window.ts';
import { startBackendThread } from './backend-thread.ts';
import type { BackendThread } from './backend-thread.ts';
import { openExternal } from './open-external.ts';
import { relay } from './relay.ts';
import { startLoopback } from './server.ts';
import { openConf } from './settings-file.ts';

export type RunInput = {
  /** The project's or the package's folder. */
  readonly root: string;
  readonly rendererRoot: string;
  readonly backendEntry: URL;
  readonly dataDir: string;
  readonly port: number;
  readonly useKeyring: boolean;
  readonly passphrase: string | null;
  /** Goes to start-backend as it is. */
  readonly backendData: Readonly<Record<string, unknown>>;
  /** No log lines on stderr. */
  readonly quiet: boolean;
  readonly log: Log;
  readonly now: () => number;
  /** The backend cannot be kept up; everything else was stopped. */
  readonly onEnd: (message: string) => void;
};

export type Running = {
  readonly windowUrl: () => string;
  /** Opens a window; false where that is not possible here. */
  readonly openWindow: () => boolean;
  readonly stop: () => Promise<void>;
};

function versionOf(root: string): string {
  const text: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : '';
}

function hostServices(input: RunInput): HostServices {
  const { dataDir, root, now, log, passphrase, useKeyring } = input;
  const settings = openSettings(dataDir, now, () => openConf(dataDir));
  const secrets = openSecrets({ dataDir, now, passphrase, useKeyring, shell: null });
  // Who asks for a secret hears why; nobody asking is no crash.
  secrets.catch((error: unknown) => log.error('secrets-failed', error));
  async function capabilities(): Promise<Capabilities> {
    const { notices } = await secrets;
    return {
      host: 'loopback', version: versionOf(root), dataDir, confirmsLinks: false, notifications: false, mediaBase: '/media/', notices: [...settings.notices, ...notices],
    };
  }
  return { capabilities, settings, secrets, openExternal, notify: () => undefined, now, log };
}

/** Runs the backend in its thread and serves desks, until `stop`. The data directory has to be ours by now. */
export async function runLoopback(input: RunInput): Promise<Running> {
  const { dataDir, backendEntry, backendData, rendererRoot, port, log, now, onEnd } = input;
  const services = hostServices(input);
  const mayRestart = makeRestarts(now);
  const windows = makeAppWindows(dataDir);
  let backend: BackendThread | null = null;
  let stopping = false;

  async function start(): Promise<void> {
    backend = await startBackendThread({
      entry: backendEntry,
      data: backendData,
      quiet: input.quiet,
      serveHost: (hostPort) => serveHost(services, hostPort),
      onCrash: (error) => void restart(error),
    });
  }

  async function restart(error: unknown): Promise<void> {
    const traceId = log.error('backend-crashed', error);
    backend = null;
    try {
      if (!mayRestart()) throw error;
      await start();
      log.warn('backend-restarted', { traceId });
    } catch {
      if (stopping) return;
      await stop();
      onEnd(`The part of Docket that keeps the data stopped and could not be started again. The log has it under ${traceId}. Nothing that was decided is lost.`);
    }
  }

  const loopback = await startLoopback({
    port, rendererRoot, dataDir, log,
    connect: (socket) => (backend === null ? socket.close(1013, 'the backend starts') : relay(socket, backend.connect())),
  });

  async function stop(): Promise<void> {
    stopping = true;
    windows.close();
    await loopback.close();
    await backend?.stop();
  }

  // A wrong passphrase ends the start; else the backend need not wait for a keyring that answers slowly.
  const outcomes = await Promise.allSettled([input.passphrase === null ? null : services.secrets, start()]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }

  return {
    windowUrl: loopback.windowUrl,
    openWindow: () => windows.open(loopback.windowUrl()),
    stop,
  };
}
